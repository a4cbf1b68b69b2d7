"""What wells and vessels hold: a liquid is a thing that is nowhere, and they refer to it."""

from __future__ import annotations

import msgspec

from tale_core.world.components import Source, Vessel
from tale_core.world.store import World


def liquid_in(world: World, thing: str) -> str:
    """Return the id of the liquid that a well or a vessel holds, or ""."""
    source = world.get(thing, Source)
    if source is not None:
        return source.of
    vessel = world.get(thing, Vessel)
    return vessel.of if vessel is not None and vessel.amount else ""


def use_up(world: World, thing: str, measures: int = 1) -> None:
    """Take so much out of a vessel; a well has always more."""
    vessel = world.get(thing, Vessel)
    if vessel is not None:
        left = max(0, vessel.amount - measures)
        world.set(thing, msgspec.structs.replace(vessel, amount=left, of=vessel.of if left else ""))
