"""Turns: all or nothing, the same everywhere, and each player told only what they may know."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.game.game import Game
from tale_core.game.inputs import AnyInput, Join, Leave, Tick, Typed
from tale_core.story import Acting, Hidden, Rules, World
from tale_core.world.components import Dialogue
from tale_core.world.events import Ask, Ended, Error, Refused, SceneEvent, System
from tale_core.world.grammar import standard_grammar

from ..world.playing import ANNA, BOB, Play, story

ROOT = Path(__file__).parents[2]

WORDS = st.sampled_from(
    [
        *sorted(standard_grammar().verbs),
        *("brass key", "oak door", "chest", "coins", "all", "note", "jar", "bee", "altar", "lamp", "goblin", "ogre"),
        *("it", "in", "on", "with", "from", "and", "then", ".", "north", "south", "down", "east", "yes", "no", "2"),
    ]
)
LINES = st.one_of(
    st.lists(WORDS, max_size=5).map(" ".join),
    st.sampled_from(
        [
            "take all",
            "take brass key",
            "north",
            "s",
            "open chest",
            "take all from chest",
            "search altar",
            "attack goblin",
            "wield sword",
            "drop all",
            "restart",
            "quit",
            "yes",
            "g",
        ]
    ),
    st.text(max_size=30),
)


def inputs() -> st.SearchStrategy[AnyInput]:
    players = st.sampled_from([ANNA, BOB])
    return st.one_of(
        st.builds(Typed, players, LINES),
        st.builds(Typed, players, LINES),
        st.builds(Join, players, st.just("Somebody")),
        st.builds(Leave, players),
        st.just(Tick()),
    )


@pytest.fixture
def play() -> Play:
    return Play()


def events(play: Play, kind: type) -> list[object]:
    return [event for event in play.last.events if isinstance(event, kind)]


# Chains, questions, pronouns


def test_a_chain_is_done_in_order(play: Play) -> None:
    told = play.type("take note. south. drop note")
    assert "You take the note." in told
    assert "Garden" in told
    assert told.endswith("You drop the note.")


def test_a_chain_stops_at_the_first_failure_and_says_what_was_not_done(play: Play) -> None:
    told = play.type("take note, then west, then drop note then wait")
    assert told.split("\n") == [
        "You take the note.",
        "You cannot go west from here.",
        "Not done: drop note then wait",
    ]
    assert play.world.parent("note") == ANNA


def test_a_line_has_an_end(play: Play) -> None:
    assert play.type("wait. " * 50).endswith("That is enough for one line.")


def test_it_means_the_last_thing(play: Play) -> None:
    assert play.types("take note", "read it").startswith("You read:")
    assert play.types("x chest", "open it").startswith("You open the chest.")


def test_again_repeats_what_was_meant(play: Play) -> None:
    play.types("search altar", "x note", "examine key")
    assert isinstance(play.last.events[0], Ask)
    assert play.type("brass") == "A small key."
    assert play.type("again") == "A small key."
    assert play.type("g") == "A small key."


def test_a_question_offers_answers_that_work(play: Play) -> None:
    told = play.types("search altar", "x note", "examine key")
    assert told in (
        "Which key do you mean: the brass key or the iron key?",
        "Which key do you mean: the iron key or the brass key?",
    )
    (ask,) = events(play, Ask)
    for option in ask.options:
        play.type("examine key")
        assert "key" in play.type(option.command)


def test_a_full_command_overrides_a_question(play: Play) -> None:
    play.types("search altar", "examine key", "wait")
    assert play.world.need(ANNA, Dialogue).ask == ""


def test_what_was_not_understood_is_named_with_suggestions(play: Play) -> None:
    told = play.type("opne chest")
    assert told.startswith("You do not know how to “opne”. Did you mean ")
    assert isinstance(play.last.events[0], Refused)
    assert play.type("take froob") == "You can see no “froob” here."


# Ends


def test_quitting_asks_first(play: Play) -> None:
    assert play.type("quit") == "Do you really want to quit?"
    assert play.type("no") == "Very well."
    play.type("quit")
    play.type("yes")
    assert [event.outcome for event in play.last.events if isinstance(event, Ended)] == ["quit"]
    assert play.game.over(ANNA)
    assert not play.game.over(BOB)


def test_who_quits_among_others_is_gone_and_leaves_things_behind(play: Play) -> None:
    play.join(BOB, "Bob")
    play.types("take note", "quit", "yes")
    assert play.heard[BOB] == "Anna leaves the story."
    assert play.world.parent("note") == "hall"
    assert "Anna" not in play.type("look", BOB)
    assert play.join(ANNA, "Anna").startswith("Small")


def test_restarting_alone_makes_the_world_anew(play: Play) -> None:
    play.types("take note", "open chest", "restart")
    told = play.type("yes")
    assert told.startswith("Small")
    assert play.world.parent("note") == "hall"
    assert play.game.scene(ANNA).turns == 0
    assert isinstance(play.last.events[-1], SceneEvent)
    assert events(play, System)[0].clear


def test_restarting_among_others_makes_only_the_player_anew(play: Play) -> None:
    play.join(BOB, "Bob")
    play.types("take note", "south", "restart", "yes")
    assert play.world.parent("note") == "garden"
    assert play.game.scene(ANNA).place == "hall"
    assert play.game.scene(BOB).place == "hall"


# All or nothing


def faulty(fault: BaseException) -> Rules:
    rules = Rules()

    @rules.after("take", item="note")
    def fails(act: Acting) -> None:
        act.world.move("chest", "garden")
        raise fault

    return rules


@pytest.mark.parametrize("fault", [ValueError("secret words"), SystemExit(3), RecursionError(), KeyError("x")])
def test_a_fault_in_a_rule_undoes_the_turn(fault: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    play = Play(faulty(fault))
    before = play.world.state_hash()
    with caplog.at_level(logging.ERROR):
        told = play.type("take note")
    assert play.world.state_hash() == before
    (error,) = play.last.events
    assert isinstance(error, Error)
    assert error.id in told
    assert error.id in caplog.text
    assert "secret words" not in told
    assert "take note" not in caplog.messages[0]
    assert play.type("take brass key") == "You take the brass key."


def test_a_rule_that_runs_away_is_stopped() -> None:
    rules = Rules()

    @rules.after("take")
    def endless(act: Acting) -> None:
        while True:
            act.say("And again.")

    play = Play(rules)
    play.type("take note")
    assert isinstance(play.last.events[0], Error)
    assert play.world.parent("note") == "hall"


def test_faults_have_the_same_id_every_time() -> None:
    ids = set()
    for _ in range(2):
        play = Play(faulty(ValueError()))
        play.type("take note")
        ids.add(play.last.events[0].id)
    assert len(ids) == 1


# Scenes


def test_a_scene_comes_last_and_only_when_it_has_changed(play: Play) -> None:
    play.type("look")
    assert events(play, SceneEvent) == []
    play.type("take note")
    assert isinstance(play.last.events[-1], SceneEvent)


def test_others_here_get_their_scene_and_those_elsewhere_do_not(play: Play) -> None:
    play.join(BOB, "Bob")
    play.type("take note")
    assert {event.to for event in events(play, SceneEvent)} == {ANNA, BOB}
    play.types("south", "wait")
    play.type("wait")
    assert {event.to for event in events(play, SceneEvent)} == {ANNA}


def test_completions_are_whole_lines(play: Play) -> None:
    assert "take brass key" in play.game.complete(ANNA, "take br")
    assert play.game.complete("nobody", "ta") == []


def test_a_tick_lets_time_pass_for_all(play: Play) -> None:
    play.join(BOB, "Bob")
    play.tick()
    assert [play.game.scene(player).turns for player in (ANNA, BOB)] == [1, 1]


# Properties


@given(st.lists(inputs(), max_size=25), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_no_input_ends_in_a_fault_or_tells_of_hidden_things(given_: list[AnyInput], seed: int) -> None:
    play = Play(seed=seed)
    for each in given_:
        turn = play.game.turn(each)
        assert not [event for event in turn.events if isinstance(event, Error)], each
        hidden = {f'"{thing}"' for thing in play.world.every(Hidden)}
        told = msgspec.json.encode(turn.events).decode()
        assert [thing for thing in hidden if thing in told] == []
        assert all(event.to in (ANNA, BOB) for event in turn.events)


@given(st.lists(inputs(), min_size=1, max_size=25))
@settings(max_examples=60, deadline=None)
def test_undoing_a_turns_changes_restores_the_state(given_: list[AnyInput]) -> None:
    play = Play()
    for each in given_:
        world = play.world
        before = world.state_hash()
        with world.transaction() as changes:
            play.game.turn(each)
        if play.world is not world:
            continue  # a restart leaves the old world alone
        after = world.state_hash()
        with world.transaction() as redo:
            world.revert(changes)
        assert world.state_hash() == before
        world.revert(redo)
        assert world.state_hash() == after


@given(st.lists(inputs(), max_size=20), st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_a_scene_that_was_not_sent_has_not_changed(given_: list[AnyInput], seed: int) -> None:
    play = Play(seed=seed)
    last = {ANNA: play.game.scene(ANNA)}
    for each in given_:
        for event in play.game.turn(each).events:
            if isinstance(event, SceneEvent):
                last[event.to] = event.scene
        for player in (ANNA, BOB):
            if play.world.parent(player) is not None:
                assert play.game.scene(player) == last[player]


SCRIPT = """
import msgspec, sys
from tests.world.playing import story
from tale_core.game.game import Game
from tale_core.game.inputs import AnyInput
game = Game(story(), 7)
for given in msgspec.json.decode(sys.stdin.buffer.read(), type=list[AnyInput]):
    turn = game.turn(given)
    print(msgspec.json.encode(turn).decode(), game.world.state_hash())
"""

LONG = (
    "look|take all|search altar|take keys|north|attack goblin|g|g|g|down|s|drop all|open chest|take all from chest|"
    "wait|wait|froob|north|kill goblin|g|g|g|g|attack ogre|g|g|g|restart|yes|look|s|take sword|wield it|eat bread"
)


def test_a_replay_is_the_same_in_another_process_under_another_hash_seed() -> None:
    given_ = [
        Join(ANNA, "Anna"),
        Join(BOB, "Bob"),
        *(Typed(ANNA, line) for line in LONG.split("|")),
        Tick(),
        Leave(BOB),
    ]
    outputs = []
    for hash_seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=msgspec.json.encode(given_),
            capture_output=True,
            timeout=60,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\n") == len(given_)
    game = Game(story(), 7)
    last = [game.turn(each) for each in given_][-1]
    assert outputs[0].rstrip().endswith(game.world.state_hash().encode())
    assert last.n == len(given_)


def test_worlds_are_independent() -> None:
    first, second = Play(), Play()
    first.type("take note")
    assert isinstance(first.world, World)
    assert second.world.parent("note") == "hall"
