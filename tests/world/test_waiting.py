"""One may wait for some turns, or until a time; whatever happens meanwhile ends it."""

from __future__ import annotations

import pytest

from tale_core.story import Clock, Day, Rules
from tale_core.world.clock import minute_of
from tale_core.world.waiting import MOST, turns_until

from .playing import ANNA, Play


def playing(begins: str = "15:30", minutes: int = 10, rules: Rules | None = None) -> Play:
    play = Play(rules)
    play.calm()
    play.world.set("story", Day(minute_of(begins), minutes))
    play.world.set("story", Clock())
    return play


@pytest.mark.parametrize(
    ("typed", "turns"),
    [
        ("wait", 1),
        ("wait 5", 5),
        ("wait three turns", 3),
        ("wait 5000", MOST),
        ("wait until 16:00", 3),
        ("wait until four", 3),
        ("z till 4 o'clock", 3),
        ("wait till 4:05", 4),
        ("wait until 3", 69),
        ("wait until 3 am", 69),
        ("wait until noon", MOST),
        ("wait until midnight", 51),
    ],
)
def test_waiting_takes_as_many_turns(typed, turns) -> None:
    play = playing()
    told = play.type(typed)
    assert play.game.scene(ANNA).turns == turns
    assert "\n" not in told


def test_a_time_that_is_now_takes_one_turn() -> None:
    assert playing().type("wait until 15:30") in {"Time passes.", "You wait a while."}


@pytest.mark.parametrize("typed", ["wait until 25:00", "wait for bob", "wait until thirteen pm", "wait until later"])
def test_what_is_no_time_is_refused_with_what_can_be_said(typed) -> None:
    play = playing()
    assert "wait until six" in play.type(typed)
    assert play.game.scene(ANNA).turns == 0


def test_a_story_without_a_clock_knows_turns_only() -> None:
    play = Play()
    assert play.type("wait until five") == "You can wait, or wait 5 for five turns or until something happens."
    assert turns_until(play.world, "five") is None


def test_waiting_ends_when_something_happens() -> None:
    rules = Rules()
    rules.timer("bell", after=3)(lambda act: act.tell_all("Ding."))
    play = playing(rules=rules)
    play.game.rules.begin(play.world)
    assert play.type("wait 9").endswith("Ding.")
    assert play.game.scene(ANNA).turns == 3


def test_a_whole_wait_is_undone_at_once() -> None:
    play = playing()
    before = play.world.state_hash()
    play.types("wait 9", "undo")
    assert play.world.state_hash() == before
