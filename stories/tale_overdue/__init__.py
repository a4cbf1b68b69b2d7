"""Forty-One Years Overdue: a story of an island, a foghorn and a library, all of it written as data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tale_core.plugins import hookimpl


@hookimpl
def tale_stories() -> Sequence[Path]:
    """Return the folder of the story."""
    return [Path(__file__).parent]
