"""Timers run when they are due, in a known order, once for a world; the time of day follows from the turns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.story import Acting, Clock, Day, Rules, fact, set_fact
from tale_core.world.clock import minute_of
from tale_core.world.facts import count

from .playing import ANNA, BOB, Play


def ringing(**started: int) -> Rules:
    """Return rules with a timer that tells all, and words that start and stop it."""
    rules = Rules()
    rules.timer("bell", **started)(lambda act: act.tell_all("Ding."))
    rules.after("jump")(lambda act: act.start("bell", after=2))
    rules.after("dance")(lambda act: act.start("bell", every=3))
    rules.after("sleep")(lambda act: act.cancel("bell"))
    return rules


def dings(play: Play, *lines: str) -> list[bool]:
    return ["Ding." in play.type(line) for line in lines]


def test_a_timer_runs_once_after_as_many_turns_as_it_was_started_for() -> None:
    assert dings(Play(ringing()), "jump", "wait", "wait", "wait") == [False, False, True, False]


def test_a_timer_may_run_again_and_again_until_it_is_stopped() -> None:
    play = Play(ringing())
    assert dings(play, "dance", *["wait"] * 6) == [False, False, False, True, False, False, True]
    assert dings(play, "sleep", *["wait"] * 6) == [False] * 7


def test_starting_a_running_timer_starts_it_anew() -> None:
    assert dings(Play(ringing()), "jump", "jump", "wait", "wait") == [False, False, False, True]


def test_a_timer_may_run_from_the_beginning_with_its_first_time_apart() -> None:
    assert dings(Play(ringing(after=1, every=3)), *["wait"] * 5) == [True, False, False, True, False]


def test_what_costs_no_time_moves_no_clock() -> None:
    assert dings(Play(ringing()), "jump", "look", "x note", "take nothing", "wait", "z") == [False] * 5 + [True]


def test_timers_that_are_due_together_run_in_the_order_in_which_they_were_started() -> None:
    order: list[str] = []
    rules = Rules()
    for name in ("first", "second", "third"):
        rules.timer(name)(lambda act: order.append(act.words["timer"]))

    @rules.after("jump")
    def start(act: Acting) -> None:
        act.start("second", after=2)
        act.start("third", after=1)
        act.start("first", after=2)

    play = Play(rules)
    play.types("jump", "wait", "wait", "wait")
    assert order == ["third", "second", "first"]


def test_a_timer_that_another_one_stopped_does_not_run_any_more() -> None:
    rules = ringing(every=2)
    rules.timer("hush", every=2)(lambda act: act.cancel("bell"))
    rules.started = {"hush": (2, 0), "bell": (2, 2)}
    assert dings(Play(rules), "wait", "wait", "wait", "wait") == [False] * 4


def test_undo_takes_the_clock_back_and_a_kept_state_brings_timers_along() -> None:
    play = Play(ringing())
    play.types("jump", "wait")
    before = play.world.state_hash()
    play.types("wait", "undo")
    assert play.world.state_hash() == before
    other = Play(ringing())
    other.game.resume(play.game.state())
    assert dings(other, "wait") == dings(play, "wait") == [True]


def test_the_clock_moves_once_for_each_command_whoever_gives_it_and_once_a_tick() -> None:
    play = Play(ringing(every=3))
    play.join(BOB, "Bob")
    assert [play.type("wait", who).count("Ding.") for who in (ANNA, BOB, ANNA, BOB)] == [0, 0, 1, 0]
    assert [play.tick().count("Ding.") for _ in range(3)] == [0, 1, 0]
    assert play.world.need("story", Clock).turns == 7


def test_a_story_without_timers_has_no_clock() -> None:
    play = Play()
    play.type("wait")
    assert not play.world.has("story", Clock)


@pytest.mark.parametrize("after", [0, -1])
def test_a_timer_is_due_in_a_turn_or_more(after) -> None:
    rules = ringing()
    rules.after("sing")(lambda act: act.start("bell", after=after))
    assert "Something went wrong" in Play(rules).type("sing")


def timed(begins: str, minutes: int, *times: str) -> Play:
    rules = Rules()
    rules.at(*times)(lambda act: act.say(f"[{act.words['time']}]"))
    play = Play(rules)
    play.world.set("story", Day(minute_of(begins), minutes))
    return play


def test_rules_for_a_time_of_day_run_each_day_in_the_order_of_their_times() -> None:
    play = timed("23:00", 30, "23:45", "23:40", "0:00", "23:00")
    assert [play.type("wait").replace("Time passes.", "").replace("You wait a while.", "").split() for _ in "123"] == [
        [],
        ["[23:40]", "[23:45]", "[0:00]"],
        [],
    ]
    assert "[23:00]" in play.types(*["wait"] * 45)


@pytest.mark.parametrize(
    ("begins", "told"),
    [
        ("4:59", "It is 4:59 at night."),
        ("8:05", "It is 8:05 in the morning."),
        ("12:00", "It is 12:00 in the afternoon."),
        ("18:30", "It is 18:30 in the evening."),
        ("22:00", "It is 22:00 at night."),
    ],
)
def test_time_tells_the_time_of_day(begins, told) -> None:
    assert timed(begins, 1).type("what time is it?") == told


def test_time_tells_the_turns_where_nobody_keeps_the_time() -> None:
    play = Play()
    play.type("wait")
    assert play.type("time") == "Nobody keeps the time here. You have spent 1 turn."


@pytest.mark.parametrize("time", ["8", "24:00", "8:60", "noon", ""])
def test_what_is_no_time_of_day_is_refused(time) -> None:
    with pytest.raises(ValueError, match="is no time of day"):
        Rules().at(time)


def test_facts_keep_their_kind_and_are_undone() -> None:
    rules = Rules()
    rules.facts(visits=0, name="nobody")
    rules.after("jump")(lambda act: act.set_fact("visits", int(act.fact("visits")) + 1))
    rules.after("sing")(lambda act: act.set_fact("name", 3))
    play = Play(rules)
    play.types("jump", "jump")
    assert fact(play.world, "visits") == 2
    play.type("undo")
    assert fact(play.world, "visits") == 1
    play.type("sing")
    assert fact(play.world, "name") == "nobody"


def test_a_fact_that_nobody_declared_is_false_until_it_is_set() -> None:
    world = Play().world
    assert fact(world, "rang") is False
    set_fact(world, "rang")
    assert fact(world, "rang") is True


def test_a_timer_started_by_a_timer_is_due_as_many_turns_later_and_tells_how_many_are_left() -> None:
    seen: list[object] = []
    rules = Rules()
    rules.timer("second")(lambda act: seen.append("second"))

    @rules.timer("first", after=1)
    def chain(act: Acting) -> None:
        act.start("second", after=2)
        seen.append(act.left("second"))

    rules.after("jump")(lambda act: seen.append(act.left("second")))
    play = Play(rules)
    play.types("wait", "jump", "jump", "jump")
    assert seen == [2, 1, 0, "second", None]


def test_counting_begins_at_nothing_and_takes_numbers_only() -> None:
    world = Play().world
    assert [count(world, "knocks", by) for by in (0, 1, 2, -1)] == [0, 1, 3, 2]
    set_fact(world, "rang")
    with pytest.raises(TypeError, match="no number"):
        count(world, "rang")


LINES = st.lists(st.sampled_from(["jump", "dance", "sleep", "wait", "look", "undo", "sing", "x note"]), max_size=25)


def busy() -> Rules:
    rules = ringing(after=2, every=4)
    rules.timer("chain")(lambda act: act.start("bell", after=1))
    rules.after("sing")(lambda act: act.start("chain", after=2))
    return rules


@given(LINES, LINES)
@settings(max_examples=40, deadline=None)
def test_timers_go_on_from_a_kept_state_as_if_nothing_had_been(before, after) -> None:
    play, other = Play(busy()), Play(busy())
    play.types(*before)
    other.game.resume(play.game.state())
    assert [other.type(line) for line in after] == [play.type(line) for line in after]
    assert other.world.state_hash() == play.world.state_hash()


@given(LINES)
@settings(max_examples=40, deadline=None)
def test_whatever_timers_do_can_be_undone(lines) -> None:
    play = Play(busy())
    play.types("wait", *lines)
    spent = play.game.scene(ANNA).turns
    play.type("sing")
    before = play.world.state_hash()
    play.types("wait", "undo")
    assert play.world.state_hash() == before
    assert play.game.scene(ANNA).turns == spent + 1
