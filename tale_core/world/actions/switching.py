"""Switching devices on and off, by whatever they have for it, and setting dials.

Stories hook in with ``@rules.after("switch_on", item="fan")`` and ``@rules.after("set", item="dial")``, whose new
setting is ``act.words["topic"]``. A device that is a light, too, is lit while it is on.
"""

from __future__ import annotations

import msgspec

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Device, Dial, Light
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

rules = Rules()

HANDLED = ("push", "pull", "turn")
"""The actions that work a device which is made for them."""


@rules.verify("switch_on", "switch_off", "switch")
def can_be_switched(act: Acting) -> Verdict | None:
    """Find it impossible to switch what is neither device nor light, senseless to switch on what is on."""
    device, light = act.world.get(act.item, Device), act.world.get(act.item, Light)
    if device is None and light is None:
        return Verdict.IMPOSSIBLE
    on = device.on if device is not None else light is not None and light.lit
    if act.action == "switch":
        return None
    return Verdict.ILLOGICAL if on == (act.action == "switch_on") else None


@rules.verify("set")
def can_be_set(act: Acting) -> Verdict | None:
    """Find it impossible to set what has no settings."""
    return None if act.world.has(act.item, Dial) else Verdict.IMPOSSIBLE


@rules.before("switch_on", "switch_off", "switch")
def lights_are_lit(act: Acting) -> None:
    """Treat switching a light that is no device as lighting it, and switching as what makes a change."""
    device, light = act.world.get(act.item, Device), act.world.get(act.item, Light)
    if device is None and light is not None:
        off = light.lit if act.action == "switch" else act.action == "switch_off"
        act.instead("extinguish" if off else "light", act.item)
    if act.action == "switch" and device is not None:
        act.instead("switch_off" if device.on else "switch_on", act.item)


@rules.before("light", "extinguish")
def lamps_are_switched(act: Acting) -> None:
    """Treat lighting a lamp that is a device as switching it on."""
    if act.world.has(act.item, Device):
        act.instead("switch_on" if act.action == "light" else "switch_off", act.item)


@rules.before(*HANDLED)
def levers_are_pulled(act: Acting) -> None:
    """Treat pulling a lever, pushing a button and turning a crank as switching it."""
    device = act.world.get(act.item, Device)
    if device is not None and device.by == act.action:
        act.instead("switch", act.item)


@rules.check("switch_on", "switch_off", "switch")
def may_be_switched(act: Acting) -> None:
    """Refuse what is no device, is in that state already or has no fuel left."""
    need_reach(act, act.item)
    device, light = act.world.get(act.item, Device), act.world.get(act.item, Light)
    if device is None:
        act.refuse("switch.cannot")
    on = act.action == "switch_on"
    if device.on == on:
        act.refuse("switch.already_on" if on else "switch.already_off")
    if on and light is not None and light.fuel == 0:
        act.refuse("light.spent")


@rules.carry_out("switch_on", "switch_off")
def switch(act: Acting) -> None:
    """Change the device, and tell of it while there is light to see it by."""
    world, on = act.world, act.action == "switch_on"
    device = world.need(act.item, Device)
    if not on:
        act.tell("switch.off" if device.by == "switch" else _BY[device.by])
    world.set(act.item, msgspec.structs.replace(device, on=on))
    shine(world, act.item, on)
    if on:
        act.tell("switch.on" if device.by == "switch" else _BY[device.by])


@rules.check("set")
def may_be_set(act: Acting) -> None:
    """Refuse what is no dial, and settings that it does not have."""
    need_reach(act, act.item)
    dial = act.world.get(act.item, Dial)
    if dial is None:
        act.refuse("set.cannot")
    wanted = act.words.get("topic", "")
    if not wanted:
        act.refuse("set.where" if dial.settings else "set.to_what", settings=act.language.comma.join(dial.settings))
    if dial.settings and _setting(dial, wanted) not in dial.settings:
        act.refuse("set.unknown", wanted=wanted, settings=act.language.comma.join(dial.settings))
    if _setting(dial, wanted) == dial.at:
        act.refuse("set.already", at=dial.at)


@rules.carry_out("set")
def set_(act: Acting) -> None:
    """Change the setting."""
    dial = act.world.need(act.item, Dial)
    act.world.set(act.item, msgspec.structs.replace(dial, at=_setting(dial, act.words["topic"])))


@rules.report("set")
def report_set(act: Acting) -> None:
    """Tell the new setting."""
    act.tell("set.done", at=act.world.need(act.item, Dial).at)


def shine(world: World, thing: str, lit: bool) -> None:
    """Light a device's light, or put it out; do nothing where it has none."""
    light = world.get(thing, Light)
    if light is not None:
        world.set(thing, msgspec.structs.replace(light, lit=lit))


_BY = {"push": "switch.pushed", "pull": "switch.pulled", "turn": "switch.turned"}


def _setting(dial: Dial, wanted: str) -> str:
    """Return a setting as the dial has it, whatever its letters' case."""
    plain = wanted.strip().casefold()
    return next((each for each in dial.settings if each.casefold() == plain), wanted.strip())
