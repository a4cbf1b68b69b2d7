"""A map as text, for a terminal: a box a place, lines between neighbours, and in words what no line can show."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tale_core.game.atlas import STEPS, Atlas, Level, Passage, Room
from tale_core.world.store import World

WIDTH, HEIGHT = 18, 4
"""Characters of a box, its border included."""

GAP_X, GAP_Y = 5, 1

LEGEND = "* the start   ▲ ▼ up, down   + door   # locked door   ? secret   > < ^ v one way"


def text_map(world: World, atlas: Atlas) -> str:
    """Return the map of all levels."""
    titles = {room.id: room.title for level in atlas.levels for room in level.rooms}
    parts = []
    for level in atlas.levels:
        if len(atlas.levels) > 1:
            parts.append(f"Level {level.number}")
        picture, words = _Picture(world, atlas, level).drawn()
        parts.append(picture)
        if words:
            parts.append("\n".join(_said(world, each, titles) for each in words))
    if atlas.stairs:
        parts.append("\n".join(_said(world, each, titles) for each in atlas.stairs))
    return "\n\n".join([*parts, LEGEND]) + "\n"


def _said(world: World, passage: Passage, titles: dict[str, str]) -> str:
    a, b = titles[passage.a], titles[passage.b]
    how = []
    if passage.door:
        how.append(f"{'locked ' if passage.locked else ''}{world.name(passage.door)}")
    if passage.secret:
        how.append("secret")
    if not passage.back:
        how.append("one way")
    back = f", {passage.back} back" if passage.back else ""
    remark = f" ({', '.join(how)})" if how else ""
    return f"{a}: {passage.there} to {b}{back}{remark}"


class _Picture:
    def __init__(self, world: World, atlas: Atlas, level: Level) -> None:
        self._world = world
        self._atlas = atlas
        self._level = level
        self._left = min(room.x for room in level.rooms)
        self._top = min(room.y for room in level.rooms)
        self._rooms = {room.id: room for room in level.rooms}
        self._cells = {(room.x, room.y) for room in level.rooms}
        self._ink: dict[tuple[int, int], str] = {}

    def drawn(self) -> tuple[str, list[Passage]]:
        """Return the picture, and the passages that it does not show."""
        for room in self._level.rooms:
            self._box(room)
        words = [passage for passage in self._level.passages if not self._line(passage)]
        bottom = max(y for _, y in self._ink)
        lines = []
        for y in range(bottom + 1):
            right = max((x for x, row in self._ink if row == y), default=-1)
            lines.append("".join(self._ink.get((x, y), " ") for x in range(right + 1)))
        return "\n".join(lines), words

    def _corner(self, room: Room) -> tuple[int, int]:
        return (room.x - self._left) * (WIDTH + GAP_X), (room.y - self._top) * (HEIGHT + GAP_Y)

    def _box(self, room: Room) -> None:
        x, y = self._corner(room)
        title = f"* {room.title}" if room.id == self._atlas.start else room.title
        words = textwrap.wrap(title, WIDTH - 4, max_lines=HEIGHT - 2, placeholder="…")
        ways = {direction for direction, _ in self._atlas.stairs_of(room.id)}
        marks = "".join(mark for way, mark in (("up", "▲"), ("down", "▼")) if way in ways)
        foot = f"{marks}─" if marks else ""
        rows = [f"┌{'─' * (WIDTH - 2)}┐"]
        rows += [f"│ {line:<{WIDTH - 4}} │" for line in words + [""] * (HEIGHT - 2 - len(words))]
        rows += [f"└{foot.rjust(WIDTH - 2, '─')}┘"]
        for down, row in enumerate(rows):
            for along, letter in enumerate(row):
                self._ink[x + along, y + down] = letter

    def _line(self, passage: Passage) -> bool:
        """Draw a passage as a straight line; return False when it is not straight or something is in the way."""
        a, b = self._rooms[passage.a], self._rooms[passage.b]
        step = STEPS.get(passage.there)
        steps = max(abs(b.x - a.x), abs(b.y - a.y))
        if step is None or a is b or (b.x - a.x, b.y - a.y) != (step[0] * steps, step[1] * steps):
            return False
        if passage.back and STEPS.get(passage.back) != (-step[0], -step[1]):
            return False
        if any((a.x + step[0] * n, a.y + step[1] * n) in self._cells for n in range(1, steps)):
            return False
        if all(step) and steps > 1:
            return False
        points = list(self._points(a, b, step))
        if any(point in self._ink for point in points):
            return False
        for point in points:
            self._ink[point] = {(0, 1): "│", (1, 0): "─", (1, 1): "╲", (1, -1): "╱"}[max(step, (-step[0], -step[1]))]
        middle = points[len(points) // 2]
        if passage.door or not passage.back:
            arrow = {(1, 0): ">", (-1, 0): "<", (0, 1): "v", (0, -1): "^"}.get(step, "o")
            mark = "?" if passage.secret else "#" if passage.locked else "+"
            self._ink[middle] = mark if passage.door else arrow
        return True

    def _points(self, a: Room, b: Room, step: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Yield the characters between two boxes."""
        (ax, ay), (bx, by) = self._corner(a), self._corner(b)
        if step[1] == 0:
            left, right = sorted((ax, bx))
            yield from ((x, ay + HEIGHT // 2 - 1) for x in range(left + WIDTH, right))
        elif step[0] == 0:
            top, bottom = sorted((ay, by))
            yield from ((ax + WIDTH // 2, y) for y in range(top + HEIGHT, bottom))
        else:
            x = ax + WIDTH if step[0] > 0 else ax - 1
            y = ay + HEIGHT if step[1] > 0 else ay - 1
            yield x + step[0] * (GAP_X // 2), y
