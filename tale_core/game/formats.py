"""The forms that stories come in: Tale's own, a folder with ``story.toml``, and those that plugins add."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from tale_core.game.reading import Reading, read_story
from tale_core.game.storyfile import INFO

API = 1
"""What a format's ``api`` must be."""

Reader = Callable[[Path], Reading]
"""Reads the story in a folder; raises StoryError with every mistake in it, as ``file:line:column: text`` lines."""


class StoryFormat(Struct, frozen=True, kw_only=True):
    """Tell how to recognise and read one form of story.

    A folder that holds all of ``files`` is such a story. ``load`` imports what reads it: nothing heavy is imported
    before a folder of this form is met.
    """

    name: str
    files: tuple[str, ...]
    load: Callable[[], Reader]
    summary: str = ""
    api: int = API

    def fits(self, folder: Path) -> bool:
        """Tell whether the folder holds a story of this form."""
        return all((folder / name).is_file() for name in self.files)


OWN = StoryFormat(name="tale", files=(INFO,), load=lambda: read_story, summary="Tale's own: story.toml and YAML")
"""The form that Tale's own stories have."""
