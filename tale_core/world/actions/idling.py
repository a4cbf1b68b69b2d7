"""What players also type: actions that change nothing, each with its own answer instead of a shrug."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach
from tale_core.world.rulebook import Rules

rules = Rules()

DONE = {
    "jump": "idle.jump",
    "sing": "idle.sing",
    "dance": "idle.dance",
    "pray": "idle.pray",
    "sleep": "idle.sleep",
    "wave": "idle.wave",
    "laugh": "idle.laugh",
    "think": "idle.think",
    "xyzzy": "idle.xyzzy",
}
"""Actions on nothing, with what is told to everybody who sees them."""

SENSED = {"smell": "idle.smell", "listen": "idle.listen", "touch": "idle.touch", "taste": "idle.taste"}
"""Actions that perceive, with what they perceive unless the story knows better."""

REFUSED = {
    "push": "idle.push",
    "pull": "idle.pull",
    "turn": "idle.turn",
    "climb": "idle.climb",
    "kiss": "idle.kiss",
    "throw": "idle.throw",
    "burn": "idle.burn",
    "tie": "idle.tie",
    "dig": "idle.dig",
    "fill": "idle.fill",
    "use": "idle.use",
    "swim": "idle.swim",
    "break": "idle.break",
}
"""Actions that do nothing, with why not."""


@rules.report(*DONE)
def idle(act: Acting) -> None:
    """Tell everybody."""
    act.tell(DONE[act.action])


@rules.check(*SENSED)
def in_reach(act: Acting) -> None:
    """Refuse to perceive closely what is out of reach; leave people their peace."""
    need_reach(act, act.item)
    if act.action in {"touch", "taste"} and describing.is_alive(act.world, act.item) and act.item != act.actor:
        act.refuse("idle.hands_off")


@rules.report(*SENSED)
def sense(act: Acting) -> None:
    """Tell what is perceived."""
    act.say(SENSED[act.action])


@rules.check(*REFUSED)
def refuse(act: Acting) -> None:
    """Tell why nothing comes of it."""
    need_reach(act, act.item)
    act.refuse(REFUSED[act.action])
