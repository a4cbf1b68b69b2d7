"""A game as a file: readable, versioned, and bound by a checksum. One JSON value a line.

The first line tells what it is and which story and seed it belongs to, one line a turn holds the journal's entry and
what was told, and the last line the state that the game had then, with the checksum of all before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from tale_core.errors import JournalError, SaveError
from tale_core.game.journal import Entry, Journal
from tale_core.game.state import State

T = TypeVar("T")

FORMAT = "tale-save"
VERSION = 1

LARGEST = 256 * 1024 * 1024
"""Bytes that a file may have."""


class Header(Struct, frozen=True, tag=FORMAT, tag_field="format"):
    """Hold what a save is of: the story's id, title and version, its seed, and whose game it is."""

    version: int
    engine: str
    story: str
    title: str
    story_version: str
    seed: int
    player: str
    turns: int


class SaveFile(Struct, frozen=True):
    """Hold a save: ``entries`` are encoded journal entries with the encoded events that came of each."""

    header: Header
    entries: tuple[tuple[bytes, bytes], ...]
    state: State | None = None

    def read(self) -> list[Entry]:
        """Return the journal; raise ``SaveError`` at the first entry that does not follow the one before."""
        journal = Journal()
        try:
            return [journal.read(data) for data, _ in self.entries]
        except JournalError as error:
            raise SaveError(f"The save is damaged: {error}.") from None


class _Line(Struct, frozen=True):
    entry: Raw
    events: Raw


class _End(Struct, frozen=True):
    state: State | None
    checksum: str


def write_save(header: Header, entries: Iterable[tuple[bytes, bytes]], state: State | None) -> bytes:
    """Return the file."""
    encode = msgspec.json.encode
    lines = [encode(header), *(encode(_Line(Raw(data), Raw(told))) for data, told in entries)]
    body = b"".join(line + b"\n" for line in lines)
    return body + encode(_End(state, _checksum(body, state))) + b"\n"


def read_save(data: bytes) -> SaveFile:
    """Return what a file holds; raise ``SaveError`` in words for whoever chose the file. Runs nothing of it."""
    if len(data) > LARGEST:
        raise SaveError(f"A save may have at most {LARGEST // 1024**2} MB. Is this the right file?")
    first, *lines = data.split(b"\n")
    header = _header(first)
    if len(lines) < 2 or lines[-1] != b"":
        raise SaveError("The save is cut off at its end. Copy it again from where it came.")
    turns, last = lines[:-2], lines[-2]
    end = _part(last, _End, len(lines))
    if end.checksum != _checksum(data[: -len(last) - 1], end.state):
        raise SaveError("The save is damaged: its checksum is another one. Copy it again from where it came.")
    read = [_part(line, _Line, n) for n, line in enumerate(turns, 2)]
    save = SaveFile(header, tuple((bytes(line.entry), bytes(line.events)) for line in read), end.state)
    save.read()
    return save


def _header(line: bytes) -> Header:
    try:
        found: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise SaveError("This is no save of Tale's. `tale sessions export` writes one.")
    if found.get("version") != VERSION:
        written = found.get("engine", "another Tale")
        newer = "in a form that this Tale cannot read. Install that one to use it"
        raise SaveError(f"The save was written by {written!s:.40}, {newer}.")
    try:
        return msgspec.convert(found, Header)
    except msgspec.ValidationError as error:
        raise SaveError(f"The save is damaged: line 1 has not the right form ({error}).") from None


def _part(line: bytes, kind: type[T], n: int) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SaveError(f"The save is damaged: line {n} has not the right form ({error}).") from None


def _checksum(body: bytes, state: State | None) -> str:
    return blake2b(body + msgspec.json.encode(state), digest_size=32).hexdigest()
