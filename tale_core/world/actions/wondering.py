"""Asking the story itself: where something is, and what nobody but the player can find out."""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.components import Location, Place
from tale_core.world.rulebook import Rules

rules = Rules()
rules.free("find", "wonder")

_WHERE = {"in": "find.in", "on": "find.on", "worn": "find.worn", "held": "find.held", "part": "find.part"}


@rules.report("find")
def find(act: Acting) -> None:
    """Tell where something is that the actor perceives; of a player elsewhere, just that."""
    player = act.words.get("player", "")
    if player:
        act.say("find.elsewhere", who=act.world.name(player))
        return
    location = act.world.get(act.item, Location)
    if act.item == act.actor:
        act.say("find.self", place=act.place)
    elif location is None or act.world.has(location.parent, Place):
        act.say("find.here")
    elif location.parent == act.actor:
        act.say("find.worn_by_you" if location.how == "worn" else "find.yours")
    else:
        act.say(_WHERE[location.how], target=location.parent)


@rules.report("wonder")
def wonder(act: Acting) -> None:
    """Leave it to the player, and say who or what could help."""
    act.say("wonder.done")
