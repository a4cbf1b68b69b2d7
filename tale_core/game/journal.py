"""The history of a game: every input in order, each entry bound to all before it and to the events that came of it.

A journal is the save, the bug report and the regression test: whoever gives the same story, seed and inputs to a new
game gets the same events, and the first entry that says otherwise is the first turn that differs.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import msgspec
from msgspec import Struct

from tale_core.errors import JournalError
from tale_core.game.inputs import AnyInput, Asked
from tale_core.world.events import AnyEvent

BEGINNING = ""
"""What the first entry has for the digest of the one before it."""

_encode = msgspec.json.Encoder(order="deterministic").encode


class Entry(Struct, frozen=True, omit_defaults=True):
    """Hold one turn: its number from 1, what caused it, and digests (hex) of the entry before and of its events.

    ``cid`` is the number that the client gave to a typed line, so that a repeat of it is known for one.
    """

    n: int
    input: AnyInput | Asked
    previous: str
    events: str
    cid: int | None = None


_decode = msgspec.json.Decoder(Entry).decode
_decode_events = msgspec.json.Decoder(tuple[AnyEvent, ...]).decode


class Journal:
    """Write and check the chain of one game's entries."""

    def __init__(self) -> None:
        self.n = 0
        """The number of the newest entry, 0 before the first."""
        self.head = BEGINNING
        """The digest of the newest entry."""

    def add(self, given: AnyInput | Asked, told: bytes, cid: int | None) -> bytes:
        """Return the next entry, encoded; ``told`` are its events, encoded."""
        entry = Entry(self.n + 1, given, self.head, _digest(told), cid)
        data = _encode(entry)
        self._follow(entry, data)
        return data

    def read(self, data: bytes) -> Entry:
        """Return the next entry; raise JournalError when it is damaged or does not follow the one before."""
        try:
            entry = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise JournalError(f"entry {self.n + 1} cannot be read ({error})") from None
        if entry.n != self.n + 1 or entry.previous != self.head or data != _encode(entry):
            raise JournalError(f"entry {self.n + 1} does not follow the one before it")
        self._follow(entry, data)
        return entry

    def _follow(self, entry: Entry, data: bytes) -> None:
        self.n = entry.n
        self.head = _digest(data)


def encode_events(events: Iterable[AnyEvent]) -> bytes:
    """Return a turn's events as JSON: the same events, the same bytes, in any process."""
    return _encode(tuple(events))


def decode_events(entry: Entry, told: bytes) -> tuple[AnyEvent, ...]:
    """Return the events of an entry; raise JournalError when they are not those that it is bound to."""
    if _digest(told) != entry.events:
        raise JournalError(f"what was told in turn {entry.n} is damaged")
    try:
        return _decode_events(told)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalError(f"what was told in turn {entry.n} cannot be read ({error})") from None


def digest(events: Iterable[AnyEvent]) -> str:
    """Return what stands for a turn's events: the same events, the same digest, in any process."""
    return _digest(encode_events(events))


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
