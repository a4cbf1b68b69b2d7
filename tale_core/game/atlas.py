"""Where the places of a world lie: a grid a level, from their own coordinates or from the directions of their exits.

Directions lay a place one step from where one comes from. Where that cell is taken, everything beyond moves on by one,
so that what lies north of something stays north of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from tale_core.world.components import Door, Hidden, Lock, Place
from tale_core.world.directions import OPPOSITES
from tale_core.world.store import World
from tale_core.world.ways import beyond

STEPS = {
    "north": (0, -1),
    "northeast": (1, -1),
    "east": (1, 0),
    "southeast": (1, 1),
    "south": (0, 1),
    "southwest": (-1, 1),
    "west": (-1, 0),
    "northwest": (-1, -1),
}
"""How far each direction of the compass leads; ``x`` grows eastward, ``y`` southward."""

FLOORS = {"up": 1, "down": -1}

_NEAR = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1))

Cell = tuple[int, int]


class Passage(NamedTuple):
    """Connect two places: ``there`` is the direction from ``a``, ``back`` that from ``b``; "" when there is none."""

    a: str
    b: str
    there: str
    back: str = ""
    door: str = ""
    locked: bool = False
    secret: bool = False


class Room(NamedTuple):
    """Place one place on the grid of its level."""

    id: str
    title: str
    x: int
    y: int


class Level(NamedTuple):
    """Hold the rooms of one level, and the passages that do not leave it."""

    number: int
    rooms: tuple[Room, ...]
    passages: tuple[Passage, ...]


class Atlas(NamedTuple):
    """Hold a whole world's map, the uppermost level first; ``stairs`` lead from one level to another."""

    start: str
    levels: tuple[Level, ...]
    stairs: tuple[Passage, ...]

    def stairs_of(self, place: str) -> list[tuple[str, str]]:
        """Return the directions in which a place is left for another level, and where each leads."""
        found = [(each.there, each.b) for each in self.stairs if each.a == place]
        return found + [(each.back, each.a) for each in self.stairs if each.b == place and each.back]


def atlas(world: World, start: str) -> Atlas:
    """Return the map of a world; places that no exit leads to come last."""
    places = world.every(Place)
    order = _order(world, start, places)
    levels = _levels(world, order)
    passages = list(_passages(world, order))
    drawn: list[Level] = []
    rising = sum((levels[each.b] - levels[each.a]) * FLOORS.get(each.there, 0) for each in passages)
    for number in sorted(set(levels.values()), reverse=rising > 0):
        here = [place for place in order if levels[place] == number]
        cells = _given(world, here) or _laid_out(world, here)
        rooms = tuple(Room(place, world.name(place), *cells[place]) for place in here)
        inside = tuple(each for each in passages if levels[each.a] == number == levels[each.b])
        drawn.append(Level(number, rooms, inside))
    stairs = tuple(each for each in passages if levels[each.a] != levels[each.b])
    return Atlas(start, tuple(drawn), stairs)


def _neighbours(world: World, place: str) -> Iterator[tuple[str, str, str]]:
    """Yield each way out as (direction, place beyond, what the exit names)."""
    for direction, target in world.need(place, Place).exits.items():
        there = beyond(world, place, target)
        if world.has(there, Place):
            yield direction, there, target


def _order(world: World, start: str, places: list[str]) -> list[str]:
    """Return the places in the order in which one comes to them."""
    order: dict[str, None] = {}
    for first in (start, *places):
        queue = deque([first] if first not in order and world.has(first, Place) else [])
        order.update(dict.fromkeys(queue))
        while queue:
            for _, there, _ in _neighbours(world, queue.popleft()):
                if there not in order:
                    order[there] = None
                    queue.append(there)
    return list(order)


def _levels(world: World, order: list[str]) -> dict[str, int]:
    """Return each place's level: the author's own if there are any, or else by what leads up and down."""
    given = {place: world.need(place, Place).level for place in order}
    if any(given.values()):
        return given
    levels: dict[str, int] = {}
    for first in order:
        queue = deque([first] if first not in levels else [])
        levels.update(dict.fromkeys(queue, 0))
        while queue:
            here = queue.popleft()
            for direction, there, _ in _neighbours(world, here):
                if there not in levels:
                    levels[there] = levels[here] + FLOORS.get(direction, 0)
                    queue.append(there)
    return levels


def _passages(world: World, order: list[str]) -> Iterator[Passage]:
    """Yield every passage once, with both its directions when there is a way back by the same door or by none."""
    taken: set[tuple[str, str]] = set()
    for place in order:
        for direction, there, target in _neighbours(world, place):
            if (place, direction) in taken:
                continue
            taken.add((place, direction))
            door = target if world.has(target, Door) else ""
            ways_back = [
                way
                for way, back, through in _neighbours(world, there)
                if back == place and (there, way) not in taken and (through == door if door else through == place)
            ]
            opposite = OPPOSITES.get(direction, "")
            back = opposite if opposite in ways_back else ways_back[0] if ways_back else ""
            taken.add((there, back))
            lock = world.get(door, Lock) if door else None
            locked = lock is not None and lock.locked
            yield Passage(place, there, direction, back, door, locked, bool(door) and world.has(door, Hidden))


def _given(world: World, places: list[str]) -> dict[str, Cell]:
    """Return the author's own coordinates; nothing when there are none, or when two places share them."""
    cells = {place: (found.x, found.y) for place in places for found in [world.need(place, Place)]}
    return cells if len(set(cells.values())) == len(cells) and any(any(cell) for cell in cells.values()) else {}


def _laid_out(world: World, places: list[str]) -> dict[str, Cell]:
    """Lay places out by the directions of their exits; what hangs together by none of them stands beside the rest."""
    laid: dict[str, Cell] = {}
    for first in places:
        if first in laid:
            continue
        part = _Part(world, places, first).cells
        left = min(x for x, _ in part.values())
        top = min(y for _, y in part.values())
        begin = max((x for x, _ in laid.values()), default=-1) + 1
        laid.update({place: (x - left + begin, y - top) for place, (x, y) in part.items()})
    return laid


class _Part:
    """Lay out all that can be reached from one place within its level."""

    def __init__(self, world: World, places: list[str], first: str) -> None:
        self.cells: dict[str, Cell] = {first: (0, 0)}
        self._taken = {(0, 0)}
        allowed = set(places)
        queue = deque([first])
        while queue:
            here = queue.popleft()
            found = [(way, there) for way, there, _ in _neighbours(world, here) if there in allowed]
            for direction, there in sorted(found, key=lambda each: each[0] not in STEPS):
                if there not in self.cells:
                    self._put(there, here, STEPS.get(direction))
                    queue.append(there)

    def _put(self, place: str, beside: str, step: Cell | None) -> None:
        x, y = self.cells[beside]
        if step is None:
            step = next((near for near in _NEAR if (x + near[0], y + near[1]) not in self._taken), _NEAR[0])
        cell = x + step[0], y + step[1]
        if cell in self._taken:
            self._make_room(cell, step)
        self.cells[place] = cell
        self._taken.add(cell)

    def _make_room(self, cell: Cell, step: Cell) -> None:
        """Move everything from the cell on by one, in the direction of the step."""
        (cx, cy), (dx, dy) = cell, step
        for place, (x, y) in self.cells.items():
            along = dx if dx and (x - cx) * dx >= 0 else 0
            down = dy if dy and (y - cy) * dy >= 0 else 0
            self.cells[place] = x + along, y + down
        self._taken = set(self.cells.values())
