"""Cloak of Darkness, the small game that every system for interactive fiction tells in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tale_core.plugins import hookimpl


@hookimpl
def tale_stories() -> Sequence[Path]:
    """Return the folder of the story."""
    return [Path(__file__).parent]
