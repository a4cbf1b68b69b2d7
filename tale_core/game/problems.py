"""What is wrong with a story, gathered so that its author sees all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from tale_core.errors import StoryError
from tale_core.game.located import LARGEST, Mark

TOP = Mark(1, 1)


class Problems:
    """Collect one ``file:line:column: text (hint)`` line a mistake; files are named relative to the story's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.marks: dict[str, Mark] = {}
        """Where each key of ``story.toml`` stands."""

    def add(self, file: str, mark: Mark, text: str, hint: str = "") -> None:
        """Note one mistake; the same one is noted only once."""
        line = f"{file}:{mark.line}:{mark.column}: {text}" + (f" ({hint})" if hint else "")
        if line not in self.lines:
            self.lines.append(line)

    def stop_if_any(self) -> None:
        """Raise StoryError if anything has been noted."""
        if self.lines:
            count = "one mistake" if len(self.lines) == 1 else f"{len(self.lines)} mistakes"
            raise StoryError(f"The story in {self.folder} has {count}:", tuple(sorted(self.lines, key=_position)))

    def read(self, name: str) -> str | None:
        """Return the text of a file of the story; note why it cannot be read and return None."""
        path = self.folder / name
        try:
            size = path.stat().st_size
            if size > LARGEST:
                self.add(name, TOP, f"this file has {size} bytes", f"at most {LARGEST} are read: split it")
                return None
            content = path.read_bytes()
        except OSError as error:
            self.add(name, TOP, f"this file cannot be read: {error.strerror or error}")
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = content[: error.start].decode("utf-8", "replace")
            mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
            self.add(name, mark, "this is no UTF-8 text", "save the file as UTF-8")
            return None


def _position(line: str) -> tuple[str, int, int]:
    match = re.match(r"(.*?):(\d+):(\d+): ", line)
    return (match[1], int(match[2]), int(match[3])) if match else (line, 0, 0)


def meant(word: str, options: Iterable[str]) -> str:
    """Return a hint at which of the ``options`` was meant: the nearest one, or all if there are few."""
    known = list(options)
    near = get_close_matches(word, known, n=1, cutoff=0.7)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known: {', '.join(known)}" if known and len(known) <= 40 else ""
