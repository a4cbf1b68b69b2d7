"""A whole game as something to read: what one player typed and was told, from the beginning, as text or as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from tale_core.game.inputs import Typed
from tale_core.game.journal import Entry
from tale_core.serving.messages import Input
from tale_core.serving.render.html import to_html
from tale_core.world.events import AnyEvent, Event, Prompt, Run, SceneEvent
from tale_core.world.messages import plain

Turns = Iterable[tuple[Entry, tuple[AnyEvent, ...]]]

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def blocks(turns: Turns, player: str) -> Iterator[Event]:
    """Yield what the player typed and was told; what they typed unseen stays unseen."""
    hidden = False
    for entry, events in turns:
        if isinstance(entry.input, Typed) and entry.input.player == player:
            yield Input(text=((Run("" if hidden else entry.input.text),),))
            hidden = False
        for event in events:
            if event.to == player and not isinstance(event, SceneEvent):
                hidden = hidden or (isinstance(event, Prompt) and event.noecho)
                yield event


def as_text(told: Iterable[Event]) -> str:
    """Return blocks as plain text, commands after a ``>``."""
    parts = (f"> {plain(block.text)}" if isinstance(block, Input) else plain(block.text) for block in told)
    return "".join(f"{part}\n\n" for part in parts if part)


def as_page(title: str, told: Iterable[Event]) -> str:
    """Return blocks as an HTML page that needs nothing else."""
    parts: list[str] = []
    for block in told:
        text = to_html((block,), echo=True)
        parts.append(f"<hr>\n<p><b>&gt; {escape(plain(block.text))}</b></p>" if isinstance(block, Input) else text)
    return PAGE.format(title=escape(title), body="\n".join(part for part in parts if part))
