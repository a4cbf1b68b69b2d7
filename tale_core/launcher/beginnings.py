"""Carry out ``tale new``: write the files of a small story that works."""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from tale_core.errors import TaleError, UsageError

BEGINNING = "beginning"
"""The folder, beside this module, of the story that is written."""

SCHEMA = "world.schema.json"


def write_story(name: str, into: Path | None, *, title: str | None = None, author: str | None = None) -> Path:
    """Write the files of a new story called ``name``; return their folder. Raise ``UsageError`` when it is in use."""
    id = re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-_")
    if not id or not id[0].isalpha():
        raise UsageError(f"{name!r} makes no id: begin with a letter, and use letters, digits, '_' and '-'.")
    folder = into or Path(id)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already. Name another folder with --into.")
    words = {"id": id, "title": title or re.sub(r"[-_]+", " ", id).title(), "author": author or "You"}
    quoted = {key: value.replace("\\", "\\\\").replace('"', '\\"') for key, value in words.items()}
    try:
        _write(resources.files("tale_core.launcher") / BEGINNING, folder, quoted)
        write_schema(folder / SCHEMA)
    except OSError as error:
        raise TaleError(f"The story cannot be written to {folder} ({error.strerror or error}).") from None
    return folder


def write_schema(file: Path) -> None:
    """Write the JSON Schema of world data, which editors complete and check it with."""
    from tale_core.game.schema import schema_text

    file.write_text(schema_text(), encoding="utf-8")


def _write(source: Traversable, folder: Path, words: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                _write(entry, folder / entry.name, words)
            continue
        text = entry.read_text(encoding="utf-8")
        if entry.name == "story.toml":
            for key, value in words.items():
                text = text.replace(f"{{{key}}}", value)
        (folder / entry.name).write_text(text, encoding="utf-8")
