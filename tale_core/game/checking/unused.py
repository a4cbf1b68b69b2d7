"""What a story ships for nothing: messages that nobody is told."""

from __future__ import annotations

from collections.abc import Iterator

from tale_core.game.located import Mark
from tale_core.game.reading import Finding, Reading, Spot
from tale_core.game.storyfile import mark_in
from tale_core.game.storytexts import MESSAGES
from tale_core.world.messages import standard


def findings(reading: Reading, named: frozenset[str]) -> Iterator[Finding]:
    """Yield unused messages."""
    known = standard()
    for message in reading.story.messages:
        if message not in known and message not in named:
            text = f"nothing tells the message {message!r}"
            hint = "take it out, or use it in rules.py; the engine's own ids are in docs/stories"
            spot = Spot(MESSAGES, _mark(reading, message))
            yield reading.finding("warning", "unused", message, spot, text, hint)


def _mark(reading: Reading, message: str) -> Mark:
    text = (reading.story.folder / MESSAGES).read_text(encoding="utf-8-sig")
    return mark_in(text, message.rpartition(".")[2])
