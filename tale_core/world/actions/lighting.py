"""Lights: switching or kindling them, putting them out, and how their fuel runs down.

A light with fuel burns on the time of the player who carries it; one that nobody carries on that of any player in its
place. What is left burning elsewhere does not run down.
"""

from __future__ import annotations

import msgspec

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_held, need_reach, owner
from tale_core.world.command import Verdict
from tale_core.world.components import Fixed, Light, Player, Scenery
from tale_core.world.rulebook import Rules

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


@rules.every_turn
def burn_down(act: Acting) -> None:
    """Use up a turn's fuel of the lights around the player, and warn as they run low."""
    world, place = act.world, act.place
    for thing in world.every(Light):
        light = world.need(thing, Light)
        if not light.lit or light.fuel is None or world.place_of(thing) != place:
            continue
        carrier = owner(world, thing)
        if carrier != act.actor and world.has(carrier, Player):
            continue
        left = max(0, light.fuel - 1)
        if left == 0:
            act.tell("light.out", item=thing)
        world.set(thing, Light(lit=left > 0, fuel=left))
        if left in {LOW, LOW // 2}:
            act.tell("light.low", item=thing, n=left)
