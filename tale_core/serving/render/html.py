"""Turn events into the HTML that a LlamaTale page shows: paragraphs, and spans of the classes that it knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from tale_core.world.events import Event, Paragraph, Role, Say

CLASSES: dict[Role, str] = {
    "title": "txt-location",
    "location": "txt-location",
    "emphasis": "txt-it",
    "quote": "txt-it",
    "danger": "txt-bright",
    "reward": "txt-bright",
    "dim": "txt-dim",
    "item": "txt-bright",
    "person": "txt-bright",
    "exit": "txt-ul",
    "code": "txt-monospaced",
}


def to_html(events: Iterable[Event], *, echo: bool = False) -> str:
    """Return the events' text as escaped HTML; ``echo`` includes what the player typed, which the page shows itself."""
    parts: list[str] = []
    for event in events:
        kind = event.__struct_config__.tag
        if kind == "input" and not echo:
            continue
        style = "txt-userinput" if kind == "input" else ""
        text = "".join([f"<p>{_paragraph(each, style)}</p>" for each in event.text])
        parts.append(f'<div class="chat-container">{text}</div>' if isinstance(event, Say) else text)
    return "\n".join(part for part in parts if part)


def _paragraph(runs: Paragraph, style: str) -> str:
    return "".join([_span(run.text, style or CLASSES.get(run.role, "")) for run in runs])


@lru_cache(maxsize=2048)
def _span(text: str, style: str) -> str:
    clean = escape(text).replace("\n", "<br>")
    return f'<span class="{style}">{clean}</span>' if style else clean
