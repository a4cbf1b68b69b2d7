"""Carry out ``tale new``: write the files of a small story, or of a transport, that works."""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from tale_core.errors import TaleError, UsageError

BEGINNING = "beginning"
"""The folder, beside this module, of the story that is written."""

CARRIER = "transport_beginning", "pigeon"
"""The folder of the transport that is written, and what it is called there: it works as it is, and is only renamed."""

SCHEMA = "world.schema.json"


def write_story(name: str, into: Path | None, *, title: str | None = None, author: str | None = None) -> Path:
    """Write the files of a new story called ``name``; return their folder. Raise ``UsageError`` when it is in use."""
    id = re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-_")
    if not id or not id[0].isalpha():
        raise UsageError(f"{name!r} makes no id: begin with a letter, and use letters, digits, '_' and '-'.")
    folder = _free(into or Path(id))
    words = {"id": id, "title": title or re.sub(r"[-_]+", " ", id).title(), "author": author or "You"}
    quoted = {key: value.replace("\\", "\\\\").replace('"', '\\"') for key, value in words.items()}
    try:
        _write(resources.files("tale_core.launcher") / BEGINNING, folder, quoted)
        write_schema(folder / SCHEMA)
    except OSError as error:
        raise TaleError(f"The story cannot be written to {folder} ({error.strerror or error}).") from None
    return folder


def write_transport(name: str, into: Path | None) -> Path:
    """Write a package with a new transport; return its folder. Raise ``UsageError`` when that is in use."""
    id = re.sub(r"[^a-z0-9]+", "_", name.lower().removeprefix("tale-")).strip("_")
    if not id or not id[0].isalpha():
        raise UsageError(f"{name!r} makes no name for a package: begin with a letter, and use letters, digits and '_'.")
    folder = _free(into or Path(f"tale-{id}"))
    source, former = CARRIER
    renamed = {former.title(): "".join(part.title() for part in id.split("_")), former: id}
    try:
        _rename(resources.files("tale_core.launcher") / source, folder, renamed)
    except OSError as error:
        raise TaleError(f"The package cannot be written to {folder} ({error.strerror or error}).") from None
    return folder


def _rename(source: Traversable, folder: Path, renamed: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        target = folder / _replaced(entry.name, renamed)
        if entry.is_dir():
            if entry.name != "__pycache__":
                _rename(entry, target, renamed)
            continue
        target.write_text(_replaced(entry.read_text(encoding="utf-8"), renamed), encoding="utf-8")


def _replaced(text: str, renamed: dict[str, str]) -> str:
    for former, name in renamed.items():
        text = text.replace(former, name)
    return text


def _free(folder: Path) -> Path:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already. Name another folder with --into.")
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
