"""Ways out of a place: where each leads, through which door, and who bars it."""

from __future__ import annotations

from msgspec import Struct

from tale_core.world.components import Actor, Behaviour, Door, Hidden, Name, Openable, Place, Visited
from tale_core.world.people import Asleep
from tale_core.world.scope import directions
from tale_core.world.store import World


class Way(Struct, frozen=True):
    """Describe one way out: ``door`` is "" for an open passage, ``beyond`` is the place that it leads to."""

    direction: str
    door: str
    beyond: str

    def is_closed(self, world: World) -> bool:
        """Tell whether a closed door is in the way."""
        openable = world.get(self.door, Openable) if self.door else None
        return openable is not None and not openable.open


def beyond(world: World, place: str, target: str) -> str:
    """Return the place behind an exit's target: the door's other side, or the target itself."""
    door = world.get(target, Door)
    return target if door is None else door.other_side(place)


def ways(world: World, actor: str) -> list[Way]:
    """Return the ways out that the actor knows of, in the order of its place's exits."""
    here = world.place_of(actor)
    return [_way(world, here, direction, target) for direction, target in directions(world, actor).items()]


def way(world: World, actor: str, direction: str) -> Way | None:
    """Return the way out in one direction, or None; in the dark too, where it can be felt but not listed."""
    here = world.place_of(actor)
    place = world.get(here, Place)
    target = None if place is None else place.exits.get(direction)
    if target is None or world.has(target, Hidden):
        return None
    return _way(world, here, direction, target)


def all_ways(world: World, actor: str) -> list[Way]:
    """Return the ways out in all directions, in the dark too: for who need not see them to take them."""
    place = world.get(world.place_of(actor), Place)
    found = (way(world, actor, direction) for direction in (() if place is None else place.exits))
    return [each for each in found if each is not None]


def way_through(world: World, actor: str, door: str) -> Way | None:
    """Return the way out that leads through a door of the actor's place (or straight to a place), or None."""
    here = world.place_of(actor)
    place = world.get(here, Place)
    exits = {} if place is None else place.exits
    return next((_way(world, here, way, target) for way, target in exits.items() if target == door), None)


def nearby(world: World, place: str, steps: int) -> list[str]:
    """Return a place and those from which it is at most so many steps away, nearest first, doors or not."""
    found = {place: None}
    edge = [place]
    for _ in range(steps):
        edge = [
            other
            for here in edge
            if (known := world.get(here, Place)) is not None
            for other in dict.fromkeys(beyond(world, here, target) for target in known.exits.values())
            if other not in found
        ]
        found.update(dict.fromkeys(edge))
    return list(found)


def known_name(world: World, place: str) -> str:
    """Return a place's title when players have seen it, else ""."""
    name = world.get(place, Name) if world.has(place, Visited) else None
    return "" if name is None else name.name


def guard_of(world: World, actor: str, to: str) -> str:
    """Return the id of who stops ``actor`` from going on to the place ``to``, or "".

    A living guard lets nobody of whom it knows open or pass what leads deeper: to a place of a higher ``level``. The
    way back, and any other of the same level, stays free. Guards do not stop one another.
    """
    here = world.place_of(actor)
    if _level(world, to) <= _level(world, here) or _guards(world, actor):
        return ""
    return next((other for other in world.children(here) if _guards(world, other)), "")


def _guards(world: World, thing: str) -> bool:
    behaviour, body = world.get(thing, Behaviour), world.get(thing, Actor)
    if behaviour is None or behaviour.kind != "guard" or world.has(thing, Hidden) or world.has(thing, Asleep):
        return False
    return body is not None and body.hp > 0


def _way(world: World, here: str, direction: str, target: str) -> Way:
    door = world.get(target, Door)
    return Way(direction, "", target) if door is None else Way(direction, target, door.other_side(here))


def _level(world: World, place: str) -> int:
    found = world.get(place, Place)
    return 0 if found is None else found.level
