"""The hand-written story shows what data can do: it has no code of its own. Its transcripts play every ending."""

from __future__ import annotations

from pathlib import Path

import tale_overdue

from tale_core.game.checking import check
from tale_core.game.reading import read_story
from tale_core.world.components import Actor, Place
from tale_core.world.people import Conversation, Routine

FOLDER = Path(tale_overdue.__file__).parent


def test_it_is_all_data_and_nothing_is_amiss_with_it() -> None:
    assert not (FOLDER / "rules.py").exists()
    assert check(read_story(FOLDER)) == []


def test_it_has_places_enough_and_people_who_talk_and_move() -> None:
    world = read_story(FOLDER).world
    assert len(world.every(Place)) >= 15
    people = world.every(Actor)
    assert len(people) >= 6
    assert all(world.has(person, Conversation) and world.has(person, Routine) for person in people)


def test_every_ending_has_a_transcript() -> None:
    told = "".join(path.read_text("utf-8") for path in sorted((FOLDER / "tests").glob("*.transcript")))
    for ending in ("empty biscuit tin", "second cup", "to the telephone", "until the spring", "dropped anchor"):
        assert ending in told
