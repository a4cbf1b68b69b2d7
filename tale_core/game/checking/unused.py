"""What a story ships for nothing: messages that nobody is told, images that are missing or have no text."""

from __future__ import annotations

from collections.abc import Iterator

from tale_core.game.located import Mark
from tale_core.game.reading import Finding, Reading, Spot
from tale_core.game.storyfile import mark_in
from tale_core.game.storytexts import MESSAGES
from tale_core.world.components import Place
from tale_core.world.messages import standard

RESOURCES = "resources"
"""The folder of a story's images."""


def findings(reading: Reading, named: frozenset[str]) -> Iterator[Finding]:
    """Yield unused messages and images that are missing or have no alternative text."""
    known = standard()
    for message in reading.story.messages:
        if message not in known and message not in named:
            text = f"nothing tells the message {message!r}"
            hint = "take it out, or use it in rules.py; the engine's own ids are in docs/stories"
            spot = Spot(MESSAGES, _mark(reading, message))
            yield reading.finding("warning", "unused", message, spot, text, hint)
    for place in reading.world.every(Place):
        yield from _image(reading, place)


def _image(reading: Reading, place: str) -> Iterator[Finding]:
    found = reading.world.need(place, Place)
    if not found.image:
        return
    spot = reading.spot(place, "image")
    home = (reading.story.folder / RESOURCES).resolve()
    path = (home / found.image).resolve()
    if not path.is_relative_to(home):
        text = f"the image {found.image!r} of {place!r} is outside of the story's folder {RESOURCES!r}"
        yield reading.finding("error", "image", found.image, spot, text, f"copy it to {RESOURCES}/")
    elif not path.is_file():
        text = f"the image {found.image!r} of {place!r} is not there"
        yield reading.finding("error", "image", found.image, spot, text, f"put it into {RESOURCES}/")
    if not found.alt:
        text = f"the image of {place!r} says nothing to those who do not see it"
        yield reading.finding("warning", "alt", place, spot, text, "alt: what the image shows, in one sentence")


def _mark(reading: Reading, message: str) -> Mark:
    text = (reading.story.folder / MESSAGES).read_text(encoding="utf-8-sig")
    return mark_in(text, message.rpartition(".")[2])
