"""The way to a place that players have been in, by its title: "go to the garden" from three places away."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from tale_core.world.components import Hidden, Name, Place, Visited
from tale_core.world.store import World
from tale_core.world.vocabulary import words_of
from tale_core.world.ways import beyond, ways

MOST_PLACES = 400
"""Places that are looked at for one command."""


class Route(NamedTuple):
    """Hold the first direction of a way to a place, and the place's title."""

    direction: str
    title: str


def route(world: World, actor: str, words: tuple[str, ...]) -> Route | None:
    """Return the shortest way that the actor can know to a place whose title has these words; None if there is none."""
    wanted = set(words)
    here = world.place_of(actor)
    seen = {here}
    edge = deque((way.beyond, way.direction) for way in ways(world, actor))
    partly: Route | None = None
    while edge and len(seen) < MOST_PLACES:
        place, first = edge.popleft()
        if place in seen or not world.has(place, Visited):
            continue
        seen.add(place)
        title = world.name(place)
        if world.has(place, Name) and wanted <= set(words_of(title)):
            if wanted == set(words_of(title)):
                return Route(first, title)
            partly = partly or Route(first, title)
        known = world.get(place, Place)
        for target in () if known is None else known.exits.values():
            if not world.has(target, Hidden):
                edge.append((beyond(world, place, target), first))
    return partly
