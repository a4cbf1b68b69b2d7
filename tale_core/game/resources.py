"""The files that a story brings beside its words: where they lie, and which of them can be shown as pictures."""

from __future__ import annotations

from pathlib import Path

RESOURCES = "resources"
"""The folder of a story's files."""

LARGEST = 128 << 10
"""Bytes of a picture that is shown in the course of a game, since it is sent to each player."""

PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The kinds of pictures, by the ending of their names."""


def found(folder: Path, name: str) -> Path | None:
    """Return the file of that name among a story's resources; None when there is none there, or it lies outside."""
    try:
        home = (folder / RESOURCES).resolve()
        path = (home / name).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except (OSError, ValueError):
        return None


def fault(folder: Path, name: str, most: int | None = None) -> tuple[str, str]:
    """Say what keeps a picture from being shown, and what mends that; empty texts for nothing."""
    path = found(folder, name)
    if path is None:
        home = (folder / RESOURCES).resolve()
        if not (home / name).resolve().is_relative_to(home):
            return f"is outside of the story's folder {RESOURCES!r}", f"copy it to {RESOURCES}/"
        return "is not there", f"put it into {RESOURCES}/"
    if path.suffix.lower() not in PICTURES:
        return "is no picture that every browser shows", f"make it one of {', '.join(PICTURES)}"
    size = path.stat().st_size
    if most is not None and size > most:
        return f"has {size} bytes", f"at most {most}: it is sent to each player who is shown it"
    return "", ""
