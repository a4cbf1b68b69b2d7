"""A game as a file: it comes back as it was, and whatever else is in a file is refused in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.errors import SaveError
from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.journal import Journal, encode_events
from tale_core.game.savefile import LARGEST, VERSION, Header, SaveFile, read_save, write_save
from tests.world.playing import ANNA, story


def saved(lines: int = 4) -> SaveFile:
    game, journal, entries = Game(story(), 3), Journal(), []
    for given_ in (Join(ANNA, "Anna"), *(Typed(ANNA, f"say line {n}") for n in range(lines))):
        told = encode_events(game.turn(given_).events)
        entries.append((journal.add(given_, told, None), told))
    header = Header(VERSION, "Tale 9", "small", "Small", "1.0", 3, ANNA, len(entries))
    return SaveFile(header, tuple(entries), game.state())


SAVED = saved()
FILE = write_save(SAVED.header, SAVED.entries, SAVED.state)


def test_what_is_written_is_read() -> None:
    assert read_save(FILE) == SAVED
    assert read_save(write_save(SAVED.header, SAVED.entries, None)).state is None
    assert [entry.n for entry in SAVED.read()] == [1, 2, 3, 4, 5]


def test_a_person_can_read_it() -> None:
    lines = FILE.decode().splitlines()
    assert json.loads(lines[0])["title"] == "Small"
    assert json.loads(lines[2])["entry"]["input"] == {"kind": "typed", "player": ANNA, "text": "say line 0"}


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_no_changed_byte_goes_unseen(at: int, by: int) -> None:
    damaged = bytearray(FILE)
    damaged[at] ^= by
    with pytest.raises(SaveError):
        read_save(bytes(damaged))


@given(st.integers(0, len(FILE) - 1))
@settings(max_examples=100, deadline=None)
def test_no_cut_goes_unseen(length: int) -> None:
    with pytest.raises(SaveError):
        read_save(FILE[:length])


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(SaveError, match="no save of Tale's"):
        read_save(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"[" * 100_000, "no save"),
        (b'{"format":"tale-save","version":2,"engine":"Tale 7"}\n\n\n', "written by Tale 7"),
        (b'{"format":"tale-save","version":1}\n\n\n', "line 1"),
        (FILE.split(b"\n")[0] + b"\n", "cut off"),
        (b"x" * (LARGEST + 1), "at most 256 MB"),
    ],
)
def test_a_hostile_or_newer_file_is_told_apart(data: bytes, told: str) -> None:
    with pytest.raises(SaveError, match=told):
        read_save(data)


@pytest.mark.parametrize("how", ["swapped", "missing", "changed"])
def test_a_journal_that_was_changed_is_refused_even_with_a_fresh_checksum(how: str) -> None:
    entries = list(SAVED.entries)
    if how == "swapped":
        entries[1:3] = reversed(entries[1:3])
    elif how == "missing":
        del entries[2]
    else:
        entries[2] = (entries[2][0].replace(b"line 1", b"line 9"), entries[2][1])
    with pytest.raises(SaveError, match=r"entry [234]"):
        read_save(write_save(SAVED.header, entries, SAVED.state))
