"""The Ember of Greywick: a dungeon that is another one for every seed. Here is only the hook by which Tale finds it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tale_core.plugins import hookimpl


@hookimpl
def tale_stories() -> Sequence[Path]:
    """Return the folder of the story."""
    return [Path(__file__).parent]
