"""Turn events into plain text: for transcripts, pipes and logs of play."""

from __future__ import annotations

from collections.abc import Iterable

from tale_core.world.events import Event


def to_plain(events: Iterable[Event]) -> str:
    """Return the events' paragraphs with an empty line between them; what the player typed stands behind ``> ``."""
    paragraphs = []
    for event in events:
        mark = "> " if event.__struct_config__.tag == "input" else ""
        paragraphs += [mark + "".join(run.text for run in each) for each in event.text]
    return "\n\n".join(paragraphs)
