"""Lights: kindling them, putting them out, how their fuel runs down and is filled up, and the dark.

A light with fuel burns on the time of the player who carries it; one that nobody carries on that of any player in its
place. What is left burning elsewhere does not run down.
"""

from __future__ import annotations

import msgspec

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_held, need_reach, owner
from tale_core.world.command import Verdict
from tale_core.world.components import Device, Fixed, InDark, Light, Player, Refill, Scenery
from tale_core.world.perception import players_in
from tale_core.world.rulebook import Rules
from tale_core.world.scope import enclosure, is_lit, touchable
from tale_core.world.store import World

rules = Rules()

LOW = 10
"""Turns of fuel at which a light begins to fail; it warns once more at half of that."""


@rules.verify("light", "extinguish")
def can_be_lit(act: Acting) -> Verdict | None:
    """Find it impossible to light what is no light, senseless to light what is lit."""
    light = act.world.get(act.item, Light)
    if light is None:
        return Verdict.IMPOSSIBLE
    return Verdict.ILLOGICAL if light.lit == (act.action == "light") else None


@rules.implicit("light")
def take_it_first(act: Acting) -> None:
    """Take a light that can be carried into one's hands."""
    world = act.world
    light = world.get(act.item, Light)
    if light is None or light.lit or world.has(act.item, Fixed) or world.has(act.item, Scenery):
        return
    if owner(world, act.item) != act.actor:
        need_held(act, act.item)


@rules.check("light", "extinguish")
def may_be_lit(act: Acting) -> None:
    """Refuse what is no light, is in that state already or has no fuel left."""
    need_reach(act, act.item)
    light = act.world.get(act.item, Light)
    wanted = act.action == "light"
    if light is None:
        act.refuse("light.cannot" if wanted else "extinguish.cannot")
    if light.lit == wanted:
        act.refuse("light.already" if wanted else "extinguish.already")
    if wanted and light.fuel == 0:
        act.refuse("light.spent")


@rules.carry_out("light", "extinguish")
def switch(act: Acting) -> None:
    """Change the light and tell of it while there is light to see it by."""
    light = act.world.need(act.item, Light)
    if light.lit:
        act.tell("extinguish.done")
    act.world.set(act.item, msgspec.structs.replace(light, lit=not light.lit))
    if not light.lit:
        act.tell("light.done")


@rules.before("fill", "pour", "put_in")
def filling_is_refuelling(act: Acting) -> None:
    """Treat filling a lamp with oil, pouring oil into it and putting a battery in as refuelling."""
    lamp, refill = (act.item, act.target) if act.action == "fill" else (act.target, act.item)
    if _fits(act.world, lamp, refill):
        act.instead("refuel", lamp, refill)


@rules.verify("refuel")
def can_be_refuelled(act: Acting) -> Verdict | None:
    """Find it impossible to refuel what burns nothing, or with what does not burn; best with what is in hand."""
    world = act.world
    light = world.get(act.item, Light)
    if (act.item and (light is None or not light.burns)) or (act.target and not world.has(act.target, Refill)):
        return Verdict.IMPOSSIBLE
    if act.target and not _fits(world, act.item, act.target):
        return Verdict.ILLOGICAL
    return None if not act.target or owner(world, act.target) == act.actor else Verdict.DANGEROUS


@rules.implicit("refuel")
def find_fuel(act: Acting) -> None:
    """Choose what fits among what is in reach when nothing was named, and take it into one's hands."""
    if not act.target:
        found = [each for each in touchable(act.world, act.actor) if _fits(act.world, act.item, each)]
        mine = [each for each in found if owner(act.world, each) == act.actor]
        free = [each for each in found if not owner(act.world, each)]
        act.target = next(iter((*mine, *free)), "")
    if _fits(act.world, act.item, act.target):
        need_held(act, act.target)


@rules.check("refuel")
def may_be_refuelled(act: Acting) -> None:
    """Refuse what burns nothing, and what does not fit."""
    need_reach(act, act.item)
    light = act.world.get(act.item, Light)
    if light is None or not light.burns:
        act.refuse("light.no_fuel")
    if not act.target:
        act.refuse("light.needs", fuel=light.burns)
    if not _fits(act.world, act.item, act.target):
        act.refuse("light.wrong_fuel")


@rules.carry_out("refuel")
def refuel(act: Acting) -> None:
    """Use the fuel up."""
    light, refill = act.world.need(act.item, Light), act.world.need(act.target, Refill)
    fuel = None if light.fuel is None else light.fuel + refill.turns
    act.world.set(act.item, msgspec.structs.replace(light, fuel=fuel))
    act.tell("light.refuelled")
    act.world.remove(act.target)


@rules.every_turn
def burn_down(act: Acting) -> None:
    """Use up a turn's fuel of the lights around the player, and warn as they run low."""
    world = act.world
    for thing in _burning(world, act.place):
        light = world.need(thing, Light)
        carrier = owner(world, thing)
        if light.fuel is None or (carrier != act.actor and world.has(carrier, Player)):
            continue
        left = max(0, light.fuel - 1)
        if left == 0:
            act.tell("light.out", item=thing)
            device = world.get(thing, Device)
            if device is not None:
                world.set(thing, msgspec.structs.replace(device, on=False))
        world.set(thing, msgspec.structs.replace(light, lit=left > 0, fuel=left))
        if left in {LOW, LOW // 2}:
            act.tell("light.low", item=thing, n=left)
        elif left == 1:
            act.tell("light.last", item=thing)


@rules.every_turn
def notice_the_dark(act: Acting) -> None:
    """Tell those around the player when it has become dark; let them see what is there when there is light again."""
    world = act.world
    for player in players_in(world, act.place):
        dark = not is_lit(world, enclosure(world, player))
        if dark == world.has(player, InDark):
            continue
        if dark:
            world.set(player, InDark())
            act.report_to(player, "look.gone_dark")
        else:
            act.do("look", actor=player)


def _burning(world: World, where: str) -> list[str]:
    """Return what burns there, however deep inside other things."""
    lights, found = world.table(Light), []
    for thing in world.children(where):
        light = lights.get(thing)
        if light is not None and light.lit:
            found.append(thing)
        if not world.is_empty(thing):
            found += _burning(world, thing)
    return found


def _fits(world: World, lamp: str, refill: str) -> bool:
    """Tell whether the one can be used up to keep the other burning."""
    light, fuel = world.get(lamp, Light), world.get(refill, Refill)
    return light is not None and fuel is not None and light.burns == fuel.kind
