"""Does a world hang together? Finds exits, doors, keys and parents that name what does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tale_core.game.problems import meant
from tale_core.game.references import broken_references
from tale_core.game.worlddata import WHERE, Draft
from tale_core.world.clock import Day, minute_of
from tale_core.world.components import STORY, Door, How, Location, Lock, Openable, Place
from tale_core.world.directions import OPPOSITES
from tale_core.world.hints import Hints
from tale_core.world.people import Routine
from tale_core.world.store import World
from tale_core.world.template import Template


class Fault(NamedTuple):
    """Say what is wrong with a thing; ``keys`` lead to the value that is wrong."""

    thing: str
    keys: tuple[str, ...]
    text: str
    hint: str = ""


def loops(drafts: list[Draft]) -> Iterator[Fault]:
    """Yield every thing that is, in the end, inside itself; no world could be built of them."""
    by_id = {draft.id: draft for draft in drafts}
    for draft in drafts:
        if loop := _loop(draft, by_id):
            yield Fault(draft.id, (_word(draft.how),), f"{draft.id!r} is inside itself: {' in '.join(map(repr, loop))}")


def faults(world: World, start: str) -> Iterator[Fault]:
    """Yield everything in a finished world that refers to what is not there."""
    yield from _start(world, start)
    for place in world.every(Place):
        yield from _exits(world, place)
    for door in world.every(Door):
        yield from _door(world, door)
    for thing in world.every(Lock):
        for key in world.need(thing, Lock).keys:
            if not world.exists(key):
                hint = meant(key, _others(world))
                yield Fault(thing, ("lock", "keys"), f"{thing!r} is locked with {key!r}, which does not exist", hint)
    for person in world.every(Routine):
        yield from _routine(world, person)
    for thing in world.every(Hints):
        yield from _hints(world, thing)
    for broken in broken_references(world):
        yield Fault(*broken)
    for thing in world.every(Location):
        parent, how = world.need(thing, Location).parent, _word(world.need(thing, Location).how)
        if not world.exists(parent):
            hint = meant(parent, [*world.every(Place), *_others(world)])
            yield Fault(thing, (how,), f"{thing!r} is {how} {parent!r}, which does not exist", hint)


def _hints(world: World, thing: str) -> Iterator[Fault]:
    levels = world.need(thing, Hints).levels
    if not levels:
        yield Fault(thing, ("hints", "levels"), f"{thing!r} has no hints", "hints: [a gentle one, a plain one]")
    for level in levels:
        try:
            Template(level)
        except ValueError as error:
            yield Fault(thing, ("hints", "levels"), str(error))


def _start(world: World, start: str) -> Iterator[Fault]:
    places = world.every(Place)
    if not places:
        yield Fault("", (), "the story has no places", "add them to world.yaml or in build(world) of rules.py")
    elif not start:
        yield Fault("", ("start",), "the story does not say where it starts", f'start = "{places[0]}"')
    elif start not in places:
        yield Fault("", ("start",), f"the story starts in {start!r}, which is no place", meant(start, places))


def _exits(world: World, place: str) -> Iterator[Fault]:
    for direction, target in world.need(place, Place).exits.items():
        keys = ("exits", direction)
        if direction not in OPPOSITES:
            yield Fault(place, keys, f"{direction!r} is no direction", meant(direction, OPPOSITES))
        door = world.get(target, Door)
        if door is None and not world.has(target, Place):
            what = "is neither a place nor a door" if world.exists(target) else "does not exist"
            hint = meant(target, [*world.every(Place), *world.every(Door)])
            yield Fault(place, keys, f"{place!r} leads {direction} to {target!r}, which {what}", hint)
        elif door is not None and place not in (door.a, door.b):
            text = f"{place!r} leads {direction} to {target!r}, a door between {door.a!r} and {door.b!r}"
            yield Fault(place, keys, text, "one side of it must be this place")


def _door(world: World, door: str) -> Iterator[Fault]:
    sides = world.need(door, Door)
    for key, side in (("a", sides.a), ("b", sides.b)):
        place = world.get(side, Place)
        if place is None:
            text = f"the door {door!r} is in {side!r}, which is no place"
            yield Fault(door, ("door", key), text, meant(side, world.every(Place)))
        elif door not in place.exits.values():
            text = f"no exit of {side!r} leads through the door {door!r}"
            yield Fault(door, ("door", key), text, f"give {side!r} an exit to {door!r}")
    if not world.has(door, Openable):
        yield Fault(door, ("door",), f"the door {door!r} cannot be opened", "add 'openable: true'")


def _routine(world: World, person: str) -> Iterator[Fault]:
    for time, place in world.need(person, Routine).at.items():
        keys = ("routine", "at", time)
        if not world.has(place, Place):
            hint = meant(place, world.every(Place))
            yield Fault(person, keys, f"{person!r} is at {time} in {place!r}, which is no place", hint)
        try:
            minute_of(time)
        except ValueError as error:
            yield Fault(person, keys, str(error))
    if not world.has(STORY, Day):
        yield Fault(
            person, ("routine",), f"{person!r} has a routine in a story without a clock", "[clock] in story.toml"
        )


def _loop(draft: Draft, by_id: dict[str, Draft]) -> list[str]:
    """Return the chain of ids that leads from a thing back to it, or nothing."""
    chain, here = [draft.id], by_id.get(draft.parent)
    while here is not None and len(chain) <= len(by_id):
        chain.append(here.id)
        if here is draft:
            return chain
        here = by_id.get(here.parent)
    return []


def _word(how: How) -> str:
    """Return the key that says so in world data: "held by" for "held"."""
    return next(word for word, known in WHERE.items() if known == how)


def _others(world: World) -> list[str]:
    """Return the ids of everything that is somewhere."""
    return [thing for thing in world.every(Location) if world.exists(thing)]
