"""What an actor perceives and can reach: light, containment and transparency decide.

The cost grows with what is near, never with the world: everything is found by walking from the actor's surroundings.
"""

from __future__ import annotations

from collections.abc import Iterator

from tale_core.world.components import (
    Actor,
    Container,
    Door,
    Enterable,
    Felt,
    Hidden,
    Light,
    Location,
    Openable,
    Place,
)
from tale_core.world.store import World


def is_open(world: World, thing: str) -> bool:
    """Tell whether things can pass in and out of the thing; what cannot be closed is open."""
    openable = world.get(thing, Openable)
    return openable is None or openable.open


def shows_inside(world: World, thing: str) -> bool:
    """Tell whether what is in the thing can be seen from outside, and light gets through."""
    container = world.get(thing, Container)
    return is_open(world, thing) or (container is not None and container.transparent)


def enclosure(world: World, actor: str) -> str:
    """Return what bounds the actor's view: the nearest closed, opaque thing around it, or its place."""
    here, location = actor, world.get(actor, Location)
    while location is not None:
        here, how = location.parent, location.how
        location = world.get(here, Location)
        if location is not None and how == "in" and not shows_inside(world, here):
            return here
    return here


def is_lit(world: World, place: str) -> bool:
    """Tell whether one can see in a place (or inside a thing): by itself, or by a burning light that is there."""
    found = world.get(place, Place)
    if found is not None and not found.dark:
        return True
    return any(_burns(world, thing) for thing in _inside(world, place))


def visible(world: World, actor: str) -> list[str]:
    """Return what the actor perceives, itself and its place left out: what is around it, doors, what it has.

    In the dark it feels what it has and what it is in or on.
    """
    around = enclosure(world, actor)
    if not is_lit(world, around):
        return [*_felt(world, actor), *_inside(world, actor)]
    found = [thing for thing in _inside(world, around) if thing != actor]
    if not world.has(around, Place):
        return [around, *found]
    return found + _abroad(world, around)


def touchable(world: World, actor: str) -> list[str]:
    """Return what the actor perceives and can reach: glass shows, but does not let a hand through."""
    return [thing for thing in visible(world, actor) if _reaches(world, actor, thing)]


def can_see(world: World, actor: str, thing: str) -> bool:
    """Tell whether the actor perceives the thing; always itself, and its place when there is light."""
    if thing == actor:
        return True
    around = enclosure(world, actor)
    if thing == around:
        return not world.has(thing, Place) or is_lit(world, around)
    if world.has(thing, Hidden):
        return False
    if _leads_to(world, thing, actor) or thing in _felt(world, actor):
        return True
    return is_seen_from(world, around, thing) and is_lit(world, around)


def is_seen_from(world: World, around: str, thing: str) -> bool:
    """Tell whether one who is in ``around``, a place or something closed, sees the thing as soon as there is light."""
    if _leads_to(world, thing, around):
        return True
    return any(thing == each or _leads_to(world, thing, each) for each in _around(world, around))


def can_touch(world: World, actor: str, thing: str) -> bool:
    """Tell whether the actor perceives the thing and can reach it."""
    return can_see(world, actor, thing) and _reaches(world, actor, thing)


def directions(world: World, actor: str) -> dict[str, str]:
    """Return the exits that the actor perceives: direction -> id of a place or of a door; none in the dark."""
    here = enclosure(world, actor)
    place = world.get(here, Place)
    if place is None or not is_lit(world, here):
        return {}
    hidden = world.table(Hidden)
    return {way: target for way, target in place.exits.items() if target not in hidden}


def _inside(world: World, parent: str) -> Iterator[str]:
    """Yield what can be perceived in ``parent`` by whoever looks into it, outermost first."""
    for thing in world.children(parent):
        shape = world.shape(thing)
        if Hidden in shape:
            continue
        yield thing
        if world.is_empty(thing):
            continue
        if Actor in shape or shows_inside(world, thing):
            yield from _inside(world, thing)
        else:
            for part in world.children(thing, "on", "part"):
                if not world.has(part, Hidden):
                    yield part
                    yield from _inside(world, part)


def _leads_to(world: World, thing: str, root: str) -> bool:
    """Tell whether one who looks from ``root`` sees all the way down to ``thing``."""
    here = thing
    while (location := world.get(here, Location)) is not None:
        if world.has(here, Hidden):
            return False
        here = location.parent
        if here == root:
            return True
        if location.how == "in" and not world.has(here, Actor) and not shows_inside(world, here):
            return False
    return False


def _reaches(world: World, actor: str, thing: str) -> bool:
    around: set[str] = set()
    for each in world.ancestors(actor):
        around.add(each)
        seat = world.get(each, Enterable)
        if seat is not None and not seat.reach:
            if thing not in around and (around | {actor}).isdisjoint(world.ancestors(thing)):
                return False
            break
    location = world.get(thing, Location)
    while location is not None and location.parent not in around and location.parent != actor:
        if location.how == "in" and not is_open(world, location.parent):
            return False
        location = world.get(location.parent, Location)
    if location is None or location.parent == actor:
        return True
    return location.how != "in" or is_open(world, location.parent) or location.parent in around


def _felt(world: World, actor: str) -> list[str]:
    """Return what the actor is in or on, its place left out, and what it has found by feel."""
    found = [thing for thing in world.ancestors(actor) if not world.has(thing, Place)]
    felt = world.get(actor, Felt)
    if felt is not None and felt.around == enclosure(world, actor):
        found += [thing for thing in felt.things if world.parent(thing) == felt.around]
    return found


def _abroad(world: World, place: str) -> list[str]:
    """Return what is seen in a place and yet not in it: its doors and backdrops, with what is on or part of them."""
    found: list[str] = []
    for thing in _around(world, place):
        if thing not in found:
            found += [thing, *_inside(world, thing)]
    return found


def _around(world: World, place: str) -> list[str]:
    """Return the doors and backdrops of a place that are not hidden."""
    found = world.get(place, Place)
    if found is None:
        return []
    doors = [target for target in dict.fromkeys(found.exits.values()) if world.has(target, Door)]
    return [thing for thing in (*doors, *world.backdrops(place)) if not world.has(thing, Hidden)]


def _burns(world: World, thing: str) -> bool:
    light = world.get(thing, Light)
    return light is not None and light.lit and light.fuel != 0
