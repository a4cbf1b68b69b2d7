"""The chain of a game's entries: what it lets through, and that nothing in it can be changed unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tale_dungeon
from hypothesis import given
from hypothesis import strategies as st

from tale_core.errors import JournalError
from tale_core.game.game import Game
from tale_core.game.inputs import Asked, Join, Leave, Tick, Typed
from tale_core.game.journal import Journal, digest, encode_events
from tale_core.game.story import load_story
from tale_core.world.events import Report, Run

DUNGEON = Path(tale_dungeon.__file__).parent

INPUTS = st.one_of(
    st.builds(Typed, player=st.just("p"), text=st.text()),
    st.builds(Asked, player=st.just("p"), text=st.text()),
    st.builds(Join, player=st.just("p"), name=st.text()),
    st.just(Leave("p")),
    st.just(Tick()),
)


@given(st.lists(st.tuples(INPUTS, st.none() | st.integers(1, 2**53)), max_size=8))
def test_what_is_written_is_read(inputs: list) -> None:
    written, read = Journal(), Journal()
    for n, (put, cid) in enumerate(inputs, 1):
        entry = read.read(written.add(put, b"[]", cid))
        assert (entry.n, entry.input, entry.cid) == (n, put, cid)
    assert read.n == len(inputs)


def chain() -> list[bytes]:
    journal = Journal()
    return [
        journal.add(Typed("p", f"line {n}"), encode_events((Report(to="p", text=((Run("Yes."),),)),)), n)
        for n in range(1, 6)
    ]


@pytest.mark.parametrize("damage", ["missing", "twice", "swapped", "changed", "events", "cut", "foreign", "spaced"])
def test_no_change_goes_unseen(damage: str) -> None:
    entries = chain()
    match damage:
        case "missing":
            del entries[2]
        case "twice":
            entries.insert(2, entries[2])
        case "swapped":
            entries[2:4] = reversed(entries[2:4])
        case "changed":
            entries[2] = entries[2].replace(b"line 3", b"line 9")
        case "events":
            entry = json.loads(entries[2])
            entries[2] = entries[2].replace(entry["events"].encode(), b"0" * 32)
        case "cut":
            entries[2] = entries[2][:-5]
        case "foreign":
            entries[2] = b'{"n":3}'
        case "spaced":
            entries[2] += b" "
    journal = Journal()
    with pytest.raises(JournalError, match=r"entry [34] "):
        [journal.read(data) for data in entries]


def test_a_digest_stands_for_the_events_and_their_order() -> None:
    one, two = (Report(to="p", text=((Run(word),),)) for word in ("one", "two"))
    assert digest((one, two)) == digest([one, two]) != digest((two, one))


def test_the_same_inputs_give_the_same_digests() -> None:
    story = load_story(DUNGEON)
    lines = ("take lantern", "look", "w", "open chest", "take all")
    runs = []
    for _ in range(2):
        game = Game(story, 5)
        turns = [game.turn(Join("player", "You")), *(game.turn(Typed("player", line)) for line in lines)]
        runs.append([digest(turn.events) for turn in turns])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == len(lines) + 1
