"""Carry out ``tale check``: read a story, look it over, and list what is amiss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from tale_core.errors import StoryError
from tale_core.game.checking import check
from tale_core.game.reading import Finding, Reading
from tale_core.launcher import formats, listing
from tale_core.launcher.stories import find_stories, story_folder
from tale_core.world.components import Actor, Name, Place

_LINE = re.compile(r"(.*?):(\d+):(\d+): (.*)", re.DOTALL)
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def show_check(wish: str, disabled: frozenset[str], *, as_json: bool) -> bool:
    """Check a story and print what is found; return whether it can be played."""
    folder = story_folder(wish, find_stories(disabled), disabled)
    reading: Reading | None = None
    try:
        reading = formats.read(folder, disabled)
        found = check(reading)
    except StoryError as error:
        found = errors_of(error)
    if as_json:
        click.echo(listing.as_json(found))
    else:
        for finding in found:
            click.echo(_coloured(finding))
        click.echo(_summary(folder, reading, found))
    return all(finding.level != "error" for finding in found)


def errors_of(error: StoryError) -> list[Finding]:
    """Return the mistakes that kept a story from being read."""
    lines = error.problems or (f"story.toml:1:1: {error}",)
    matches = [_LINE.fullmatch(line) for line in lines]
    return [
        Finding("error", "story", match[1], match[1], int(match[2]), int(match[3]), match[4])
        for match in matches
        if match is not None
    ]


def _coloured(finding: Finding) -> str:
    level = click.style(finding.level, fg=_COLOURS[finding.level], bold=True)
    hint = f" ({finding.hint})" if finding.hint else ""
    tail = click.style(f" [{finding.code}:{finding.about}]", dim=True) if finding.level != "error" else ""
    return f"{finding.file}:{finding.line}:{finding.column}: {level}: {finding.text}{hint}{tail}"


def _summary(folder: Path, reading: Reading | None, found: Sequence[Finding]) -> str:
    counts = [(sum(each.level == level for each in found), level) for level in ("error", "warning", "note")]
    told = ", ".join(_count(number, level) for number, level in counts if number) or "nothing is amiss"
    if reading is None:
        return f"{folder}: {told}. Until the errors are mended, nothing else is checked."
    world = reading.world
    places, people = len(world.every(Place)), len(world.every(Actor))
    things = len(world.every(Name)) - places - people
    parts = ((places, "place"), (things, "thing"), (people, "person"))
    has = ", ".join(_count(number, word) for number, word in parts)
    return f"{reading.story.info.title}: {has}; {told}."


def _count(number: int, word: str) -> str:
    plural = {"person": "people"}.get(word, f"{word}s")
    return f"{number} {word if number == 1 else plural}"
