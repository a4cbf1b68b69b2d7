"""What players also type: actions that change nothing, each with its own answer instead of a shrug."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach
from tale_core.world.components import Senses
from tale_core.world.rulebook import Rules

rules = Rules()

DONE = {
    "jump": "idle.jump",
    "sing": "idle.sing",
    "pray": "idle.pray",
    "sleep": "idle.sleep",
    "think": "idle.think",
    "xyzzy": "idle.xyzzy",
}
"""Actions on nothing, with what is told to everybody who sees them."""

REPLIES = {"exclaim": "idle.exclaim", "abstain": "idle.abstain"}
"""What is no action at all, with what is told to whoever types it."""

SENSED = {"smell": "sense.smell", "listen": "sense.listen", "touch": "sense.touch", "taste": "sense.taste"}
"""Actions that perceive, with what they perceive of a thing unless the story knows better."""

SENSED_HERE = {
    "smell": "sense.smell_here",
    "listen": "sense.listen_here",
    "touch": "handle.with_what",
    "taste": "handle.with_what",
}
"""What they perceive of a place."""

_SENSES = {"smell": "smell", "listen": "sound", "touch": "feel", "taste": "taste"}


@rules.report(*DONE)
def idle(act: Acting) -> None:
    """Tell everybody."""
    act.tell(DONE[act.action])


@rules.check(*REPLIES)
def reply(act: Acting) -> None:
    """Answer what is said to the story rather than done in it."""
    act.refuse(REPLIES[act.action])


@rules.check(*SENSED)
def in_reach(act: Acting) -> None:
    """Refuse to perceive closely what is out of reach, and to taste oneself; leave people their peace."""
    if act.action == "taste" and act.item == act.actor:
        act.refuse("handle.yourself")
    if act.action != "listen":
        need_reach(act, act.item)
    if act.action in {"touch", "taste"} and describing.is_alive(act.world, act.item) and act.item != act.actor:
        act.refuse("idle.hands_off")


@rules.report(*SENSED)
def sense(act: Acting) -> None:
    """Tell what is perceived: what an author wrote of it, or that it is nothing out of the ordinary."""
    senses = act.world.get(act.item or act.place, Senses)
    told = "" if senses is None else getattr(senses, _SENSES[act.action])
    if told:
        act.say("sense.told", told=told)
    else:
        act.say((SENSED if act.item else SENSED_HERE)[act.action])
