"""Do the things of a world refer to what exists? Backdrops to places, wells to liquids, stairs to directions."""

from __future__ import annotations

from collections.abc import Iterator

from tale_core.game.problems import meant
from tale_core.world.components import Backdrop, Dial, Enterable, Leads, Location, Name, Place, Source, Vessel
from tale_core.world.directions import OPPOSITES
from tale_core.world.store import World

Reference = tuple[str, tuple[str, ...], str, str]
"""A thing, the keys to the value that is wrong, what is wrong with it, and a hint."""


def broken_references(world: World) -> Iterator[Reference]:
    """Yield everything that a thing's components say of what is not there, or in vain."""
    yield from _backdrops(world)
    yield from _liquids(world)
    for thing in world.every(Leads):
        direction = world.need(thing, Leads).direction
        if direction not in OPPOSITES:
            yield thing, ("leads",), f"{direction!r} is no direction", meant(direction, OPPOSITES)
    for thing in world.every(Dial):
        dial = world.need(thing, Dial)
        if dial.settings and dial.at and dial.at not in dial.settings:
            yield thing, ("dial", "at"), f"{dial.at!r} is none of the settings", meant(dial.at, dial.settings)
    for thing in world.every(Enterable):
        if not world.need(thing, Enterable).postures:
            yield thing, ("enterable", "postures"), f"nobody can be in or on {thing!r}", "postures: [stand, sit, lie]"


def _backdrops(world: World) -> Iterator[Reference]:
    for thing in world.every(Backdrop):
        if world.has(thing, Location):
            yield thing, ("backdrop",), f"the backdrop {thing!r} is in one place, too", "take out where it is"
        for place in world.need(thing, Backdrop).places:
            if not world.has(place, Place):
                text = f"the backdrop {thing!r} is seen in {place!r}, which is no place"
                yield thing, ("backdrop",), text, meant(place, world.every(Place))


def _liquids(world: World) -> Iterator[Reference]:
    known = [thing for thing in world.every(Name) if not world.has(thing, Location)]
    for thing in world.every(Source):
        liquid = world.need(thing, Source).of
        if not world.has(liquid, Name):
            yield thing, ("source",), f"{liquid!r}, which {thing!r} gives, does not exist", meant(liquid, known)
    for thing in world.every(Vessel):
        vessel = world.need(thing, Vessel)
        if vessel.of and not world.has(vessel.of, Name):
            text = f"{vessel.of!r}, which is in {thing!r}, does not exist"
            yield thing, ("vessel", "of"), text, meant(vessel.of, known)
        if bool(vessel.of) != bool(vessel.amount):
            yield thing, ("vessel",), f"{thing!r} needs both a liquid and an amount", "vessel: {of: water, amount: 1}"
        elif vessel.amount > vessel.most:
            text = f"{thing!r} holds {vessel.amount}, of which there is room for {vessel.most}"
            yield thing, ("vessel", "amount"), text, "raise 'most'"
