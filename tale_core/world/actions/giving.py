"""Giving things to people and showing them."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, is_held, need_held, need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Player
from tale_core.world.rulebook import Rules

rules = Rules()


@rules.verify("give", "show")
def can_be_given(act: Acting) -> Verdict | None:
    """Prefer what is in hand, and people to give it to."""
    if act.target and (not act.world.has(act.target, Actor) or act.target == act.actor):
        return Verdict.IMPOSSIBLE
    if act.item and not is_held(act.world, act.actor, act.item):
        return Verdict.ILLOGICAL
    return None


@rules.implicit("give", "show")
def take_it_first(act: Acting) -> None:
    """Take the thing into one's hands."""
    need_held(act, act.item)


@rules.check("give", "show")
def there_is_somebody(act: Acting) -> None:
    """Refuse to give to things, to the dead and to oneself."""
    need_reach(act, act.target)
    if act.target == act.actor:
        act.refuse("give.self")
    if not describing.is_alive(act.world, act.target):
        act.refuse("give.nobody")


@rules.check("give")
def it_is_wanted(act: Acting) -> None:
    """Refuse for those whom no person plays: they want nothing unless the story says so."""
    if not act.world.has(act.target, Player):
        act.refuse("give.unwanted")


@rules.carry_out("give")
def give(act: Acting) -> None:
    """Hand the thing over."""
    hand_over(act.world, act.item, act.target, "held")


@rules.report("give")
def report_give(act: Acting) -> None:
    """Tell of the giving."""
    act.tell("give.done")


@rules.report("show")
def report_show(act: Acting) -> None:
    """Tell of the showing, which nobody minds unless the story says so."""
    act.tell("give.shown")
