"""The bare plan of the dungeon: rooms on a grid, what connects them, what is locked and where its key lies.

Pure and free of prose. A floor grows room by room on a square grid, so that every direction makes sense. Its entry and
its goal (the way down, or on the last floor the throne) are far apart; one vault and often one secret room hang on as
dead ends. Only links that are the sole way on are ever locked, and a key is laid only where one can get without opening
what it opens: locks are taken in the order in which they are met, each key among the rooms reached so far.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from tale_core.story import Stream

Kind = Literal["entry", "goal", "room", "corridor", "vault", "secret"]
Way = Literal["open", "door", "locked", "secret"]
Cell = tuple[int, int]

STEPS = {"north": (0, -1), "east": (1, 0), "south": (0, 1), "west": (-1, 0)}
OPPOSITE = {"north": "south", "east": "west", "south": "north", "west": "east"}

SMALLEST, LARGEST = 5, 7
"""Rooms of a floor before its vault and its secret room are added."""


MOST_DOORS = 2
"""Doors without lock that one room may have: so three looks are enough for no room to have two alike."""


class Room(NamedTuple):
    """Place one room on the grid; ``x`` grows eastward, ``y`` southward."""

    kind: Kind
    x: int
    y: int


class Link(NamedTuple):
    """Connect room ``a`` with room ``b``, which lies ``direction`` of it; ``a`` is the nearer to the entry.

    ``key`` is the room where the key lies, -1 for a link without lock.
    """

    a: int
    b: int
    direction: str
    way: Way
    key: int = -1


class Floor(NamedTuple):
    """Hold the plan of one floor; rooms are numbered by their order, 0 is the entry."""

    rooms: tuple[Room, ...]
    links: tuple[Link, ...]
    goal: int

    def reached(self, shut: Iterable[int] = ()) -> list[int]:
        """Return the rooms to which one gets from the entry with the links of these numbers shut, nearest first."""
        barred = frozenset(shut)
        found = [0]
        for here in found:
            for number, link in enumerate(self.links):
                if number not in barred and here in (link.a, link.b):
                    there = link.b if here == link.a else link.a
                    if there not in found:
                        found.append(there)
        return found


def plan(seed: object, floors: int) -> tuple[Floor, ...]:
    """Return the plans of all floors from the top down; each begins beneath the goal of the one above it."""
    found: list[Floor] = []
    at = (0, 0)
    for number in range(floors):
        floor = _floor(Stream(seed, "layout", number), at, last=number == floors - 1)
        found.append(floor)
        goal = floor.rooms[floor.goal]
        at = (goal.x, goal.y)
    return tuple(found)


def _floor(chances: Stream, at: Cell, *, last: bool) -> Floor:
    cells: list[Cell] = [at]
    tree: list[tuple[int, int, str]] = []  # a, b, direction
    size = chances.between(SMALLEST, LARGEST)
    while len(cells) < size:
        newest = len(cells) - 1
        _grow(chances, cells, tree, newest if chances.percent(55) else chances.below(len(cells)))
    goal = _distances(tree)[-1]
    dead_ends = []
    for wanted in (True, chances.percent(75)):
        if wanted:
            near = [room for room in range(1, size) if room != goal]
            dead_ends.append(
                next(_grow(chances, cells, tree, room) for room in chances.shuffled(near) if _free(cells, room))
            )
    loops = _loops(chances, cells, tree, {goal, *dead_ends})
    kinds = _kinds(chances, len(cells), tree + loops, goal, dead_ends)
    rooms = tuple(Room(kind, x, y) for kind, (x, y) in zip(kinds, cells, strict=True))
    order = _distances(tree + loops)
    links = [_nearer_first(link, order) for link in tree + loops]
    floor = Floor(rooms, tuple(Link(a, b, direction, "open") for a, b, direction in links), goal)
    return _locked(chances, floor, last=last)


def _free(cells: list[Cell], room: int) -> list[str]:
    x, y = cells[room]
    return [direction for direction, (dx, dy) in STEPS.items() if (x + dx, y + dy) not in cells]


def _grow(chances: Stream, cells: list[Cell], tree: list[tuple[int, int, str]], base: int) -> int:
    """Add a room beside ``base`` if there is space; return the number of the last room."""
    free = _free(cells, base)
    if free:
        direction = chances.choice(free)
        (x, y), (dx, dy) = cells[base], STEPS[direction]
        cells.append((x + dx, y + dy))
        tree.append((base, len(cells) - 1, direction))
    return len(cells) - 1


def _distances(links: list[tuple[int, int, str]]) -> list[int]:
    """Return all rooms in the order of their distance from the entry."""
    order = [0]
    for here in order:
        order += [b for a, b, _ in links if a == here and b not in order]
        order += [a for a, b, _ in links if b == here and a not in order]
    return order


def _nearer_first(link: tuple[int, int, str], order: list[int]) -> tuple[int, int, str]:
    a, b, direction = link
    return link if order.index(a) < order.index(b) else (b, a, OPPOSITE[direction])


def _loops(
    chances: Stream, cells: list[Cell], tree: list[tuple[int, int, str]], kept: set[int]
) -> list[tuple[int, int, str]]:
    """Return a few further links between neighbours, so that not every way back is the way there."""
    linked = {frozenset((a, b)) for a, b, _ in tree}
    found: list[tuple[int, int, str]] = []
    for a, (x, y) in enumerate(cells):
        for direction in ("east", "south"):
            dx, dy = STEPS[direction]
            beside = (x + dx, y + dy)
            b = cells.index(beside) if beside in cells else a
            if b != a and not {a, b} & kept and frozenset((a, b)) not in linked and chances.percent(40):
                found.append((a, b, direction))
    return found


def _kinds(
    chances: Stream, size: int, links: list[tuple[int, int, str]], goal: int, dead_ends: list[int]
) -> list[Kind]:
    """Say what each room is; passages are among those with exactly two ways out."""
    kinds: list[Kind] = ["room"] * size
    corridors, most = 0, (size - 2 - len(dead_ends)) // 2
    for room in range(1, size):
        ways = sum(room in link[:2] for link in links)
        if ways == 2 and corridors < most and chances.percent(40):
            kinds[room] = "corridor"
            corridors += 1
    kinds[0], kinds[goal] = "entry", "goal"
    special: tuple[Kind, ...] = ("vault", "secret")
    for room, kind in zip(dead_ends, special, strict=False):
        kinds[room] = kind
    return kinds


def _locked(chances: Stream, floor: Floor, *, last: bool) -> Floor:
    """Put doors into links, hide the secret room's, lock the vault's and mostly one on the way to the goal."""
    ways: list[Way] = []
    doors = [0] * len(floor.rooms)
    for link in floor.links:
        kind = floor.rooms[link.b].kind
        way: Way = "locked" if kind == "vault" else "secret" if kind == "secret" else "open"
        if way == "open" and chances.percent(35) and max(doors[link.a], doors[link.b]) < MOST_DOORS:
            doors[link.a] += 1
            doors[link.b] += 1
            way = "door"
        ways.append(way)
    on_the_way = [n for n in range(len(floor.links)) if floor.goal not in floor.reached((n,))]
    if last:
        ways[next(n for n in on_the_way if floor.links[n].b == floor.goal)] = "locked"
    elif chances.percent(75):
        ways[chances.choice(on_the_way)] = "locked"
    keys = _keys(chances, floor, ways)
    links = (link._replace(way=ways[n], key=keys.get(n, -1)) for n, link in enumerate(floor.links))
    return floor._replace(links=tuple(links))


def _keys(chances: Stream, floor: Floor, ways: list[Way]) -> dict[int, int]:
    """Return for each locked link the room of its key: one that is reached while it and all later locks are shut."""
    secret = {n for n, way in enumerate(ways) if way == "secret"}
    shut = {n for n, way in enumerate(ways) if way == "locked"}
    keys: dict[int, int] = {}
    while shut:
        reached = floor.reached(shut | secret)
        met = [n for n in sorted(shut) if floor.links[n].a in reached]
        for n in met:
            usual = [room for room in reached if floor.rooms[room].kind == "room"]
            keys[n] = chances.choice(usual or reached)
        shut -= set(met)
    return keys
