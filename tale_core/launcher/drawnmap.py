"""A map as a picture (SVG): for screen and paper, light and dark, and for those who have it read to them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from tale_core.game.atlas import STEPS, Atlas, Level, Passage, Room
from tale_core.world.components import Place
from tale_core.world.store import World

WIDTH, HEIGHT = 148, 66
"""A place's box, in pixels."""

GAP_X, GAP_Y = 58, 46
MARGIN = 28
HEADING = 40
LEGEND = 54
LETTERS = 18
"""Characters that fit into a box side by side."""

STYLE = """
svg { --paper: #fbfaf6; --ink: #25231f; --faint: #6d675c; --box: #ffffff; --edge: #8b8476; --dark: #e4e0d6;
  --start: #1d6b4f; --lock: #a3321f; --way: #7d766a; }
@media (prefers-color-scheme: dark) { svg { --paper: #1b1a18; --ink: #efece4; --faint: #a9a294; --box: #2a2825;
  --edge: #7c7568; --dark: #12110f; --start: #6fd0a8; --lock: #f08b75; --way: #8d8678; } }
.paper { fill: var(--paper); }
text { font: 13px/1.2 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink); }
.heading { font-size: 17px; font-weight: 600; }
.stairs, .legend { font-size: 11px; fill: var(--faint); }
.label { font-size: 11px; fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.room rect { fill: var(--box); stroke: var(--edge); stroke-width: 1.5; }
.room.dark rect { fill: var(--dark); }
.room.start rect { stroke: var(--start); stroke-width: 3; }
.way { fill: none; stroke: var(--way); stroke-width: 2; }
.way.secret { stroke-dasharray: 5 4; }
.door { fill: var(--paper); stroke: var(--way); stroke-width: 2; }
.door.locked { fill: var(--lock); stroke: var(--lock); }
.arrow { fill: var(--way); }
"""


class Point(NamedTuple):
    """Be a point of the picture, in pixels."""

    x: float
    y: float


def svg_map(world: World, atlas: Atlas, title: str) -> str:
    """Return the map of all levels as the text of an SVG file."""
    titles = {room.id: room.title for level in atlas.levels for room in level.rooms}
    sheets = []
    top = float(MARGIN + HEADING)
    for level in atlas.levels:
        sheet = _Sheet(world, atlas, level, titles, top, heading=len(atlas.levels) > 1)
        sheets.append(sheet)
        top += sheet.height
    width = max(460.0, *(sheet.width for sheet in sheets)) + 2 * MARGIN
    height = top + LEGEND
    body = "\n".join(line for sheet in sheets for line in sheet.lines())
    told = escape(" ".join(_described(world, atlas, titles)))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" \
height="{height:.0f}" role="img" aria-labelledby="map-title map-description">
<title id="map-title">Map of {escape(title)}</title>
<desc id="map-description">{told}</desc>
<style>{STYLE}</style>
<rect class="paper" width="100%" height="100%"/>
<text class="heading" x="{MARGIN}" y="{MARGIN + 12}">{escape(title)}</text>
{body}
{_legend(top)}
</svg>
"""


def _described(world: World, atlas: Atlas, titles: dict[str, str]) -> Iterator[str]:
    """Yield what the picture shows, in sentences."""
    if atlas.start in titles:
        yield f"The story starts in: {titles[atlas.start]}."
    passages = [passage for level in atlas.levels for passage in level.passages]
    for each in (*passages, *atlas.stairs):
        how = f" through the {'locked ' if each.locked else ''}{world.name(each.door)}" if each.door else ""
        one_way = "" if each.back else ", with no way back"
        yield f"{each.there.capitalize()} of {titles[each.a]}{how}: {titles[each.b]}{one_way}."


class _Sheet:
    """Draw one level, below ``top``."""

    def __init__(
        self, world: World, atlas: Atlas, level: Level, titles: dict[str, str], top: float, *, heading: bool
    ) -> None:
        self._world = world
        self._atlas = atlas
        self._level = level
        self._titles = titles
        self._heading = heading
        self._left = min(room.x for room in level.rooms)
        self._first = min(room.y for room in level.rooms)
        self._at = {room.id: room for room in level.rooms}
        self._begin = top + (HEADING if heading else 0)
        self._top = top
        columns = max(room.x for room in level.rooms) - self._left + 1
        rows = max(room.y for room in level.rooms) - self._first + 1
        self.width = columns * (WIDTH + GAP_X) - GAP_X
        self.height = self._begin - top + rows * (HEIGHT + GAP_Y)

    def lines(self) -> Iterator[str]:
        """Yield the elements: ways below, places above them."""
        if self._heading:
            yield f'<text class="heading" x="{MARGIN}" y="{self._top + 18:.0f}">Level {self._level.number}</text>'
        for passage in self._level.passages:
            yield from self._way(passage)
        for room in self._level.rooms:
            yield from self._room(room)
        for passage in self._level.passages:
            yield from self._labels(passage)

    def _corner(self, room: Room) -> Point:
        x = MARGIN + (room.x - self._left) * (WIDTH + GAP_X)
        return Point(x, self._begin + (room.y - self._first) * (HEIGHT + GAP_Y))

    def _room(self, room: Room) -> Iterator[str]:
        x, y = self._corner(room)
        place = self._world.get(room.id, Place) or Place()
        kind = "room" + (" start" if room.id == self._atlas.start else "") + (" dark" if place.dark else "")
        stairs = [f"{_SIGNS.get(way, way)} {self._titles[there]}" for way, there in self._atlas.stairs_of(room.id)]
        words = textwrap.wrap(room.title, LETTERS, max_lines=2 if stairs else 3, placeholder="…")
        yield f'<g class="{kind}">'
        yield f"<title>{escape(room.title)} ({escape(room.id)})</title>"
        yield f'<rect x="{x:.0f}" y="{y:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        middle = y + (HEIGHT - 17 * min(len(stairs), 1)) / 2 - (len(words) - 1) * 8 + 4.5
        for number, line in enumerate(words):
            yield _text("", x + WIDTH / 2, middle + number * 16, line)
        if stairs:
            shown = textwrap.shorten(", ".join(stairs), 26, placeholder=" …")
            yield _text("stairs", x + WIDTH / 2, y + HEIGHT - 9, shown)
        yield "</g>"

    def _way(self, passage: Passage) -> Iterator[str]:
        a, b = self._at[passage.a], self._at[passage.b]
        start, leaving = self._port(a, b, passage.there)
        end, coming = self._port(b, a, passage.back)
        if a is b:
            start, end = _aside(start, leaving, -9), _aside(start, leaving, 9)
            coming = leaving
        reach = 34.0 if a is b else max(18.0, (abs(end.x - start.x) + abs(end.y - start.y)) / 3)
        one = Point(start.x + leaving.x * reach, start.y + leaving.y * reach)
        two = Point(end.x + coming.x * reach, end.y + coming.y * reach)
        kind = "way secret" if passage.secret else "way"
        yield f'<path class="{kind}" d="M{_xy(start)} C{_xy(one)} {_xy(two)} {_xy(end)}"/>'
        middle = Point((start.x + 3 * one.x + 3 * two.x + end.x) / 8, (start.y + 3 * one.y + 3 * two.y + end.y) / 8)
        if passage.door:
            kind = "door locked" if passage.locked else "door"
            locked = "locked " if passage.locked else ""
            yield f'<rect class="{kind}" x="{middle.x - 6:.1f}" y="{middle.y - 6:.1f}" width="12" height="12" rx="2">'
            yield f"<title>{escape(locked + self._world.name(passage.door))}</title></rect>"
        if not passage.back:
            yield _arrow(two, end)

    def _labels(self, passage: Passage) -> Iterator[str]:
        """Name the ways whose directions the picture does not show."""
        a, b = self._at[passage.a], self._at[passage.b]
        for way, here, other in ((passage.there, a, b), (passage.back, b, a)):
            if way and way not in STEPS:
                point, out = self._port(here, other, way)
                yield _text("label", point.x + 14 * out.x + 13 * abs(out.y), point.y + 11 * out.y + 4, way)

    def _port(self, room: Room, other: Room, direction: str) -> tuple[Point, Point]:
        """Return where a way leaves a box, and in which direction: at the side or corner that it is named after."""
        step = STEPS.get(direction)
        if step is None:
            dx, dy = other.x - room.x, other.y - room.y
            step = ((dx > 0) - (dx < 0), 0) if abs(dx) > abs(dy) else (0, (dy > 0) - (dy < 0))
        x, y = self._corner(room)
        point = Point(x + WIDTH / 2 * (1 + step[0]), y + HEIGHT / 2 * (1 + step[1]))
        length = 2**0.5 if all(step) else 1
        return point, Point(step[0] / length, step[1] / length)


_SIGNS = {"up": "▲", "down": "▼"}


def _text(kind: str, x: float, y: float, words: str) -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(words)}</text>'


def _xy(point: Point) -> str:
    return f"{point.x:.1f},{point.y:.1f}"


def _aside(point: Point, out: Point, by: float) -> Point:
    """Return a point beside another, across the direction ``out``."""
    return Point(point.x - out.y * by, point.y + out.x * by)


def _arrow(before: Point, tip: Point) -> str:
    """Return an arrow's head that points from ``before`` to ``tip``."""
    dx, dy = tip.x - before.x, tip.y - before.y
    length = (dx * dx + dy * dy) ** 0.5 or 1
    dx, dy = dx / length * 11, dy / length * 11
    left, right = Point(tip.x - dx - dy / 2, tip.y - dy + dx / 2), Point(tip.x - dx + dy / 2, tip.y - dy - dx / 2)
    return f'<path class="arrow" d="M{_xy(tip)} L{_xy(left)} L{_xy(right)} Z"/>'


def _legend(top: float) -> str:
    """Return what the signs mean."""
    y = top + 22
    x = float(MARGIN)
    parts = []
    for sign, words in (
        ('<rect class="door" x="{x}" y="{y}" width="12" height="12" rx="2"/>', "door"),
        ('<rect class="door locked" x="{x}" y="{y}" width="12" height="12" rx="2"/>', "locked"),
        ('<path class="way secret" d="M{x},{m} h14"/>', "secret"),
        ('<path class="arrow" d="M{r},{m} l-11,-6 v12 Z"/>', "one way"),
        ('<g class="room start"><rect x="{x}" y="{y}" width="14" height="12" rx="2"/></g>', "the start"),
        ('<g class="room dark"><rect x="{x}" y="{y}" width="14" height="12" rx="2"/></g>', "dark"),
    ):
        parts.append(sign.format(x=x, y=y - 10, m=y - 4, r=x + 13))
        parts.append(f'<text class="legend" x="{x + 20:.0f}" y="{y}">{words}</text>')
        x += 34 + 6.2 * len(words)
    return "\n".join(parts)
