"""Liquids: filling vessels from wells and from one another, pouring and emptying; emptying sacks and chests, too.

A liquid is a thing that is nowhere; wells (``Source``) and vessels refer to it, and answer to its name as well.
"""

from __future__ import annotations

import msgspec

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, is_fixed, need_held, need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Container, Openable, Source, Supporter, Vessel
from tale_core.world.liquids import liquid_in, use_up
from tale_core.world.rulebook import Rules
from tale_core.world.scope import touchable
from tale_core.world.store import World

rules = Rules()


@rules.verify("fill")
def can_be_filled(act: Acting) -> Verdict | None:
    """Find it impossible to fill what holds no liquid, senseless when it is full or there is nothing for it."""
    vessel = act.world.get(act.item, Vessel)
    if act.item and vessel is None:
        return Verdict.IMPOSSIBLE
    if act.target and (act.target == act.item or not liquid_in(act.world, act.target)):
        return Verdict.ILLOGICAL
    return Verdict.ILLOGICAL if vessel is not None and vessel.amount == vessel.most else None


@rules.verify("pour")
def can_be_poured(act: Acting) -> Verdict | None:
    """Prefer vessels with something in them."""
    if act.item and (act.world.has(act.item, Source) or act.item == act.target):
        return Verdict.IMPOSSIBLE
    return None if not act.item or liquid_in(act.world, act.item) else Verdict.ILLOGICAL


@rules.verify("empty")
def can_be_emptied(act: Acting) -> Verdict | None:
    """Prefer what holds something."""
    full = liquid_in(act.world, act.item) or describing.contents(act.world, act.item)
    return None if full else Verdict.ILLOGICAL


@rules.before("water")
def watering_is_pouring(act: Acting) -> None:
    """Treat watering a plant as pouring over it what one has."""
    at_hand = (thing for thing in touchable(act.world, act.actor) if act.world.has(thing, Vessel))
    vessel = act.target or next((thing for thing in at_hand if liquid_in(act.world, thing)), "")
    if not vessel:
        act.refuse("pour.nothing_at_hand")
    act.instead("pour", vessel, act.item)


@rules.before("empty", "pour")
def containers_are_emptied(act: Acting) -> None:
    """Treat emptying a vessel as pouring it out, and pouring out a sack as emptying it."""
    world, item = act.world, act.item
    if act.action == "empty" and world.has(item, Vessel) and not world.has(item, Container):
        act.instead("pour", item)
    if act.action == "pour" and world.has(item, Container) and not world.has(item, Vessel):
        act.instead("empty", item, act.target)


@rules.implicit("fill")
def find_a_well(act: Acting) -> None:
    """Choose what to fill it from when nothing was named: a well, or else a vessel."""
    if act.target or not act.world.has(act.item, Vessel):
        return
    near = [thing for thing in touchable(act.world, act.actor) if thing != act.item and liquid_in(act.world, thing)]
    wells = [thing for thing in near if act.world.has(thing, Source)]
    act.target = next(iter(wells or near), "")


@rules.implicit("fill", "pour")
def take_the_vessel(act: Acting) -> None:
    """Take the vessel into one's hands."""
    if act.world.has(act.item, Vessel) and not is_fixed(act.world, act.item):
        need_held(act, act.item)


@rules.implicit("empty")
def open_it_first(act: Acting) -> None:
    """Open what is closed."""
    openable = act.world.get(act.item, Openable)
    if openable is not None and not openable.open and act.world.has(act.item, Container):
        act.try_("open", act.item)


@rules.check("fill")
def may_be_filled(act: Acting) -> None:
    """Refuse what holds no liquid, is full, or has something else in it."""
    world = act.world
    need_reach(act, act.item, act.target)
    vessel = world.get(act.item, Vessel)
    if vessel is None:
        act.refuse("fill.cannot")
    if not act.target:
        act.refuse("fill.with_what")
    liquid = liquid_in(world, act.target)
    if not liquid or act.target == act.item:
        act.refuse("fill.not_with")
    if vessel.amount and vessel.of != liquid:
        act.refuse("fill.mixed", liquid=vessel.of)
    if vessel.amount == vessel.most:
        act.refuse("fill.full")


@rules.carry_out("fill")
def fill(act: Acting) -> None:
    """Move as much as there is room for."""
    world = act.world
    vessel, liquid = world.need(act.item, Vessel), liquid_in(world, act.target)
    given = world.get(act.target, Vessel)
    measures = vessel.most - vessel.amount if given is None else min(vessel.most - vessel.amount, given.amount)
    use_up(world, act.target, measures)
    world.set(act.item, msgspec.structs.replace(vessel, of=liquid, amount=vessel.amount + measures))
    act.tell("fill.done", liquid=liquid)


@rules.check("pour")
def may_be_poured(act: Acting) -> None:
    """Refuse what is empty, and to mix liquids."""
    world = act.world
    need_reach(act, act.item, act.target)
    if world.has(act.item, Source):
        act.refuse("pour.well")
    if not world.has(act.item, Vessel):
        act.refuse("pour.cannot")
    if not liquid_in(world, act.item):
        act.refuse("pour.empty")
    if act.target == act.item:
        act.refuse("put.itself")
    if describing.is_alive(world, act.target):
        act.refuse("pour.person", liquid=liquid_in(world, act.item))
    if world.has(act.target, Vessel):
        act.instead("fill", act.target, act.item)


@rules.carry_out("pour")
def pour(act: Acting) -> None:
    """Let it run away."""
    liquid = liquid_in(act.world, act.item)
    use_up(act.world, act.item, act.world.need(act.item, Vessel).amount)
    act.tell("pour.over" if act.target else "pour.out", liquid=liquid)


@rules.check("empty")
def may_be_emptied(act: Acting) -> None:
    """Refuse what holds nothing, and to empty it into what has no room."""
    world, item, target = act.world, act.item, act.target
    need_reach(act, item, target)
    if not (world.has(item, Container) or world.has(item, Supporter)):
        act.refuse("empty.cannot")
    loose = _loose(world, item)
    if not loose:
        act.refuse("empty.already")
    holder = world.get(target, Container) or world.get(target, Supporter)
    if target and (holder is None or target == item or item in world.ancestors(target)):
        act.refuse("put.not_in" if target != item else "put.itself")
    if holder is not None and len(world.children(target, "in", "on")) + len(loose) > holder.capacity:
        act.refuse("put.full")


@rules.carry_out("empty")
def empty(act: Acting) -> None:
    """Move everything that is loose."""
    loose = _loose(act.world, act.item)
    act.tell("empty.into" if act.target else "empty.done", things=loose)
    for thing in loose:
        if act.target:
            hand_over(act.world, thing, act.target, "in" if act.world.has(act.target, Container) else "on")
        else:
            hand_over(act.world, thing, act.place)


def _loose(world: World, thing: str) -> list[str]:
    return [each for each in describing.contents(world, thing) if not is_fixed(world, each)]
