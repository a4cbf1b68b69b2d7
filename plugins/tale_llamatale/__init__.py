"""Plays LlamaTale's JSON stories: a folder with ``story_config.json``. Here is only the hook by which Tale finds it."""

from __future__ import annotations

from collections.abc import Sequence

from tale_core.game.formats import Reader, StoryFormat
from tale_core.plugins import hookimpl


def load() -> Reader:
    """Import what reads such stories."""
    from tale_llamatale.reader import read

    return read


@hookimpl
def tale_story_formats() -> Sequence[StoryFormat]:
    """Return the one form that this plugin knows."""
    summary = "LlamaTale's: story_config.json and world.json"
    return [StoryFormat(name="llamatale", files=("story_config.json",), load=load, summary=summary)]
