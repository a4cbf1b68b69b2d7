"""Pictures of places, and those that rules show: whether they are there, are small enough, and say what they show."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tale_core.game.located import Mark
from tale_core.game.reading import Finding, Reading, Shown, Spot
from tale_core.game.resources import LARGEST, fault
from tale_core.world.components import Place


def findings(reading: Reading) -> Iterator[Finding]:
    """Yield pictures that cannot be shown, and those without an alternative text."""
    for place in reading.world.every(Place):
        there = reading.world.need(place, Place)
        if there.image:
            spot = reading.spot(place, "image")
            yield from _missing(reading, there.image, spot, f"the image {there.image!r} of {place!r}")
            if not there.alt:
                text = f"the image of {place!r} says nothing to those who do not see it"
                yield reading.finding("warning", "alt", place, spot, text, "alt: what the image shows, in one sentence")
    for spot, image, alt in (*reading.shown, *_shown_by_code(reading.story.folder)):
        yield from _missing(reading, image, spot, f"the picture {image!r}", LARGEST)
        if not alt.strip():
            text = f"the picture {image!r} says nothing to those who do not see it"
            yield reading.finding("error", "alt", image, spot, text, "say what it shows, in one sentence")


def _missing(reading: Reading, image: str, spot: Spot, what: str, most: int | None = None) -> Iterator[Finding]:
    wrong, hint = fault(reading.story.folder, image, most)
    if wrong:
        yield reading.finding("error", "image", image, spot, f"{what} {wrong}", hint)


def _shown_by_code(folder: Path) -> Iterator[Shown]:
    """Yield what ``act.picture`` is called with in a story's code, where that is written down there."""
    for path in sorted(folder.rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes())
        except (OSError, SyntaxError, ValueError):  # no code that this story runs, or it would not have been loaded
            continue
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="picture"), args=[ast.Constant(str(image)), ast.Constant(str(alt))]
                ):
                    mark = Mark(node.lineno, node.col_offset + 1)
                    yield Shown(Spot(path.relative_to(folder).as_posix(), mark), image, alt)
