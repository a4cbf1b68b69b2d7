"""People who go about their day: where each should be now, and which way leads there.

A routine says where somebody is from which time of day on; an errand sends them somewhere once, before all else. Each
time the story's clock moves they go one place further, by the action by which players go: they are seen to leave and to
come, they open doors, and a locked one stops them. They go round no lock, but wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from tale_core.world.clock import DAY, Clock, minute_of, time_of
from tale_core.world.components import STORY, Actor, Component, Door, Hidden, Location, Place
from tale_core.world.conditions import fits
from tale_core.world.people import Asleep, Routine
from tale_core.world.store import World
from tale_core.world.ways import beyond

FARTHEST = 400
"""Places that are looked at for a way; one that is farther is not found."""


class Errand(Component, frozen=True):
    """Send somebody to a place; it is over when they are there."""

    place: str


def send(world: World, person: str, place: str) -> None:
    """Let a person set out for a place."""
    world.set(person, Errand(place))
    if not world.has(STORY, Clock):
        world.set(STORY, Clock())


def steps(world: World) -> Iterator[tuple[str, str]]:
    """Yield who goes in which direction now, in the order in which people were added."""
    for person in (*world.every(Errand), *(each for each in world.every(Routine) if not world.has(each, Errand))):
        body = world.get(person, Actor)
        if body is None or body.hp <= 0 or world.has(person, Asleep) or not world.has(person, Location):
            continue
        here = world.place_of(person)
        errand = world.get(person, Errand)
        if errand is not None and errand.place == here:
            world.drop(person, Errand)
            errand = None
        goal = errand.place if errand is not None else _place_in_routine(world, person)
        direction = way_to(world, here, goal) if goal not in {"", here} else ""
        if direction:
            yield person, direction


def way_to(world: World, here: str, goal: str) -> str:
    """Return the direction of the first step of a shortest way between two places, "" when there is none."""
    first = {here: ""}
    queue = deque([here])
    while queue and len(first) < FARTHEST:
        place = queue.popleft()
        found = world.get(place, Place)
        for direction, target in (found.exits if found is not None else {}).items():
            there = beyond(world, place, target)
            if there in first or world.has(target, Hidden) or not (world.has(target, Door) or world.has(target, Place)):
                continue
            first[there] = first[place] or direction
            if there == goal:
                return first[there]
            queue.append(there)
    return ""


def _place_in_routine(world: World, person: str) -> str:
    routine, now = world.get(person, Routine), time_of(world)
    if routine is None or now is None or not fits(routine.when, routine.unless, world, person, person):
        return ""
    minute = now.hour * 60 + now.minute
    return min(routine.at.items(), key=lambda each: (minute - minute_of(each[0])) % DAY, default=("", ""))[1]
