"""Putting things into containers and onto supporters."""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, is_held, need_held, need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Container, Lock, Openable, Supporter
from tale_core.world.rulebook import Rules

rules = Rules()


@rules.before("put_in")
def onto_what_only_bears(act: Acting) -> None:
    """Treat putting something "in" a table as putting it on it."""
    if act.world.has(act.target, Supporter) and not act.world.has(act.target, Container):
        act.instead("put_on", act.item, act.target)


@rules.before("put_in")
def into_a_lock_is_unlocking(act: Acting) -> None:
    """Treat putting a key into a door as unlocking it."""
    if act.world.has(act.target, Lock) and not act.world.has(act.target, Container):
        act.instead("unlock", act.target, act.item)


@rules.before("put_on")
def into_what_only_holds(act: Acting) -> None:
    """Treat putting something "on" a basket as putting it in."""
    if act.world.has(act.target, Container) and not act.world.has(act.target, Supporter):
        act.instead("put_in", act.item, act.target)


@rules.before("put_on")
def onto_oneself_is_wearing(act: Acting) -> None:
    """Treat putting something on oneself as wearing it."""
    if act.target == act.actor:
        act.instead("wear", act.item)


@rules.verify("put_in", "put_on")
def can_be_put(act: Acting) -> Verdict | None:
    """Prefer what is in hand, and targets that can hold or bear something."""
    world = act.world
    if act.target and not (world.has(act.target, Container) or world.has(act.target, Supporter)):
        return Verdict.IMPOSSIBLE
    if act.item and (act.item == act.target or world.parent(act.item) == act.target):
        return Verdict.ILLOGICAL
    if act.item and not is_held(world, act.actor, act.item):
        return Verdict.ILLOGICAL
    return None


@rules.implicit("put_in", "put_on")
def take_it_first(act: Acting) -> None:
    """Take the thing into one's hands."""
    if act.world.parent(act.item) != act.target:
        need_held(act, act.item)


@rules.implicit("put_in")
def open_it_first(act: Acting) -> None:
    """Open the container."""
    openable = act.world.get(act.target, Openable)
    if openable is not None and not openable.open and act.world.has(act.target, Container):
        act.try_("open", act.target)


@rules.check("put_in", "put_on")
def may_be_put(act: Acting) -> None:
    """Refuse what does not hold, does not fit or would end inside itself."""
    world, item, target = act.world, act.item, act.target
    need_reach(act, target)
    if item == target or item in world.ancestors(target):
        act.refuse("put.itself")
    if world.parent(item) == target:
        act.refuse("put.already_in" if act.action == "put_in" else "put.already_on")
    holder = world.get(target, Container) if act.action == "put_in" else world.get(target, Supporter)
    if holder is None:
        act.refuse("put.not_in" if act.action == "put_in" else "put.not_on")
    if not is_held(world, act.actor, item):
        act.refuse("drop.not_held")
    openable = world.get(target, Openable)
    if act.action == "put_in" and openable is not None and not openable.open:
        act.refuse("put.closed")
    if len(world.children(target, "in", "on")) >= holder.capacity:
        act.refuse("put.full")


@rules.carry_out("put_in", "put_on")
def put(act: Acting) -> None:
    """Move the thing."""
    hand_over(act.world, act.item, act.target, "in" if act.action == "put_in" else "on")


@rules.report("put_in")
def report_put_in(act: Acting) -> None:
    """Tell that it is in."""
    act.tell("put.in")


@rules.report("put_on")
def report_put_on(act: Acting) -> None:
    """Tell that it is on."""
    act.tell("put.on")
