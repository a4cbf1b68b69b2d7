"""How the blocks of a message look in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.text import Text

Message = dict[str, Any]  # decoded JSON

STYLES = {
    "title": "bold cyan",
    "location": "cyan",
    "emphasis": "italic",
    "quote": "italic",
    "danger": "bold red",
    "reward": "bold yellow",
    "dim": "dim",
    "item": "green",
    "person": "magenta",
    "exit": "blue",
    "code": "bold",
}


def printable(blocks: Iterable[Message]) -> Iterator[Text]:
    """Yield the blocks' paragraphs; a question's options follow it, with the numbers that choose them."""
    number = 0
    for block in blocks:
        for paragraph in block.get("text", ()):
            text = Text()
            for run in paragraph:
                text.append(run["text"], STYLES.get(run.get("role", ""), ""))
            yield text
        options = block.get("options", ())
        if options:
            lines = [f"  {number + n}. {option['label']}" for n, option in enumerate(options, 1)]
            number += len(options)
            yield Text("\n".join(lines))


def pictured(message: Message) -> Text:
    """Return what a picture shows, in words."""
    return Text(f"[{message['alt']}]", "dim")


def status_of(scene: Message) -> str:
    """Return one line about where the player is and how they are."""
    parts = [scene.get("location", "")]
    if scene.get("max_score"):
        parts.append(f"{scene.get('score', 0)} of {scene['max_score']} points")
    vitals = scene.get("vitals")
    if vitals:
        parts.append(f"health {vitals['hp']} of {vitals['max_hp']}")
    exits = ", ".join(each["direction"] for each in scene.get("exits", ()))
    if exits:
        parts.append(f"exits: {exits}")
    return " · ".join(part for part in parts if part)
