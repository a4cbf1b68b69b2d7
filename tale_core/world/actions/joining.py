"""How players come into the world and leave it."""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.actions.looking import describe_place
from tale_core.world.components import Away, Posture
from tale_core.world.rulebook import Rules

rules = Rules()
rules.free("join", "depart")


@rules.carry_out("join")
def enter(act: Acting) -> None:
    """Put the player back where they left, or where the story begins (``words["start"]``)."""
    away = act.world.get(act.actor, Away)
    act.world.drop(act.actor, Away)
    if act.world.parent(act.actor) is None:
        known = away is not None and act.world.exists(away.place)
        act.world.move(act.actor, away.place if away is not None and known else act.words["start"])
        act.tell_others("join.others")
        if away is not None:
            act.say("join.back" if known else "join.elsewhere")


@rules.report("join")
def look_around(act: Acting) -> None:
    """Describe the place to who has come."""
    describe_place(act)


@rules.carry_out("depart")
def depart(act: Acting) -> None:
    """Take the player out of the world with all that they carry."""
    act.tell_others("depart.others")
    act.world.set(act.actor, Away(act.place))
    act.world.drop(act.actor, Posture)
    act.world.remove(act.actor)
