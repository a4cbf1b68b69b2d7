"""What nobody can get to: places without a way, exits that lead back by none, things that are nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from tale_core.game.reading import Finding, Reading
from tale_core.world.components import Actor, Backdrop, Door, Location, Name, Place
from tale_core.world.hints import Hints
from tale_core.world.store import World
from tale_core.world.ways import beyond


def findings(reading: Reading, named: frozenset[str]) -> Iterator[Finding]:
    """Yield what cannot be reached, and exits without return that do not say ``one_way``."""
    world = reading.world
    reached = reachable(world, reading.story.info.start)
    for place in world.every(Place):
        if place not in reached and place not in named:
            text = f"nobody can get to {world.name(place)!r} ({place}) from where the story starts"
            hint = "give another place an exit to it, or name it in rules.py"
            yield reading.finding("warning", "unreachable", place, reading.spot(place), text, hint)
        yield from _without_return(reading, place, named)
    for thing in world.every(Name):
        elsewhere = (Place, Door, Backdrop, Location, Hints)  # hints on what is nowhere are on an aim
        if not any(world.has(thing, kind) for kind in elsewhere) and thing not in named:
            what = "is nowhere, and nothing brings it into the story"
            verb = "in: some_place" if not world.has(thing, Actor) else "in: some_place, or name it in rules.py"
            text = f"{world.name(thing)!r} ({thing}) {what}"
            yield reading.finding("warning", "nowhere", thing, reading.spot(thing), text, verb)


def reachable(world: World, start: str) -> dict[str, None]:
    """Return every place to which exits lead from ``start``, whatever is locked, nearest first."""
    found = {start: None} if world.has(start, Place) else {}
    for place in (queue := list(found)):
        for target in world.need(place, Place).exits.values():
            there = beyond(world, place, target)
            if there not in found and world.has(there, Place):
                found[there] = None
                queue.append(there)
    return found


def _without_return(reading: Reading, place: str, named: frozenset[str]) -> Iterator[Finding]:
    world = reading.world
    known = world.need(place, Place)
    for direction, target in known.exits.items():
        there = beyond(world, place, target)
        back = world.get(there, Place)
        if there == place or back is None or direction in known.one_way or {place, there} <= named:
            continue
        if all(beyond(world, there, exit_) != place for exit_ in back.exits.values()):
            text = f"{direction} of {place!r} is {there!r}, from which no exit leads back"
            hint = f"give {there!r} an exit to {place!r}, or say 'one_way: {direction}' here"
            spot = reading.spot(place, "exits", direction)
            yield reading.finding("warning", "one-way", f"{place}.{direction}", spot, text, hint)
