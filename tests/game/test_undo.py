"""Taking turns back, states as data, and going back to a save: each leaves the world exactly as it was."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.game.game import UNDONE, Game
from tale_core.game.inputs import Join, Restored, Told, Typed
from tale_core.game.journal import digest
from tale_core.game.state import State
from tale_core.world.components import Openable, Player
from tale_core.world.events import Ended, Error, SceneEvent
from tale_core.world.messages import plain
from tale_core.world.store import World
from tests.world.playing import ANNA, BOB, Play, story

from .test_game import LINES

ALONE = st.lists(
    st.one_of(LINES, st.sampled_from(["undo", "undo 3", "take all", "north", "east", "wait", "restart. yes"]))
)


def alone() -> Game:
    game = Game(story(), 1)
    game.turn(Join(ANNA, "Anna"))
    return game


def play(game: Game, *lines: str) -> str:
    """Return what is told for the last line."""
    told = ""
    for line in lines:
        turn = game.turn(Typed(ANNA, line))
        assert not [event for event in turn.events if isinstance(event, Error)], line
        told = "\n".join("".join(run.text for run in part) for event in turn.events for part in event.text)
    return told


def test_a_line_whose_last_command_is_refused_can_be_taken_back() -> None:
    game = alone()
    before = game.world.state_hash()
    play(game, "east. down", "undo")
    assert game.world.state_hash() == before


@given(ALONE, LINES)
@settings(max_examples=40, deadline=None)
def test_undo_after_do_is_where_it_was(before: list[str], line: str) -> None:
    game = alone()
    play(game, *before)
    state, turn = game.world.state_hash(), game.world.turn
    world, moves = game.world, game.world.need(ANNA, Player).moves
    play(game, line)
    if game.world is world and game.world.need(ANNA, Player).moves <= moves:
        return  # no time has passed, so there is nothing to take back
    after = game.world.state_hash()
    play(game, "undo")
    assert (game.world.state_hash(), game.world.turn) == (state, turn)
    play(game, line)
    assert game.world.state_hash() == after, "what is done again comes out the same"


def test_undo_goes_back_many_turns_and_no_further() -> None:
    game = alone()
    states = []
    for _ in range(UNDONE):
        states.append(game.world.state_hash())
        play(game, "wait")
    for state in reversed(states):
        assert "Taken back: wait" in play(game, "undo")
        assert game.world.state_hash() == state
    assert play(game, "undo") == "There is nothing to take back."
    before = game.world.state_hash()
    play(game, "wait", "look", "wait", "verbs")
    play(game, "undo 2")
    assert game.world.state_hash() == before


def test_undo_after_death_and_after_a_new_beginning() -> None:
    game = alone()
    play(game, "south", "take potion", "drink potion")
    assert game.world.need(ANNA, Player).outcome == "lost"
    assert "You died" not in play(game, "undo")
    assert game.world.need(ANNA, Player).outcome == ""
    assert "potion" in play(game, "inventory")
    play(game, "restart", "yes")
    assert "potion" not in play(game, "inventory")
    assert "You are back where you were." in play(game, "undo")
    assert "potion" in play(game, "inventory")


def test_what_others_have_seen_is_not_taken_back() -> None:
    shared = Play()
    shared.game.turn(Join(BOB, "Bob"))
    shared.type("take lamp")
    assert "You cannot take back what others have seen." in shared.type("undo")
    assert shared.world.parent("lamp") == ANNA


def test_the_scene_follows() -> None:
    game = alone()
    play(game, "south")
    turn = game.turn(Typed(ANNA, "undo"))
    (scene,) = [event.scene for event in turn.events if isinstance(event, SceneEvent)]
    assert (scene.location, scene.turns) == ("Great Hall", 0)


# States


def through_json(state: State) -> State:
    return msgspec.json.decode(msgspec.json.encode(state), type=State)


@given(ALONE, ALONE)
@settings(max_examples=40, deadline=None)
def test_a_game_goes_on_from_its_state_as_if_it_had_never_stopped(before: list[str], after: list[str]) -> None:
    one = alone()
    play(one, *before)
    other = Game(story(), 1)
    assert other.resume(through_json(one.state())) == []
    assert (other.world.state_hash(), other.world.turn) == (one.world.state_hash(), one.world.turn)
    for line in after:
        turns = [game.turn(Typed(ANNA, line)) for game in (one, other)]
        assert digest(turns[0].events) == digest(turns[1].events), line
        assert one.world.state_hash() == other.world.state_hash()


@given(ALONE, ALONE, st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_restoring_is_being_there_again_and_can_be_taken_back(before: list[str], after: list[str], seed: int) -> None:
    game = alone()
    play(game, *before)
    if game.over(ANNA):
        return
    saved, there = through_json(game.state()), game.world.state_hash()
    other = Game(story(), seed)
    other.turn(Join(ANNA, "Anna"))
    for each in (game, other):
        play(each, *after)
        now = each.world.state_hash()
        if each.over(ANNA):
            continue
        told = each.turn(Restored(ANNA, "tower", saved))
        assert each.world.state_hash() == there
        assert not [event for event in told.events if isinstance(event, Error)]
        play(each, "undo")
        assert each.world.state_hash() == now


def test_what_the_story_has_no_more_is_named_and_left_out() -> None:
    game = alone()
    play(game, "take lamp", "take note")
    raw = json.loads(msgspec.json.encode(game.state()))
    raw["things"]["unicorn"] = {"Location": {"parent": "stable", "how": "in"}, "Horn": {}}
    raw["things"]["note"]["Location"] = {"parent": 7}
    raw["things"]["jar"] = {"Name": {"name": "jar"}, "Location": {"parent": "bee", "how": "in"}}
    raw["things"]["bee"] = {"Name": {"name": "bee"}, "Location": {"parent": "jar", "how": "in"}}
    other = alone()
    turn = other.turn(Restored(ANNA, "old", msgspec.convert(raw, State)))
    told = "\n".join("".join(run.text for run in part) for event in turn.events for part in event.text)
    assert "unicorn, note (Location), bee" in told
    assert other.world.parent("lamp") == ANNA


def test_somebody_elses_state_is_refused() -> None:
    saved = alone().state()
    game = Game(story(), 1)
    game.turn(Join(BOB, "Bob"))
    before = game.world.state_hash()
    turn = game.turn(Restored(BOB, "hers", saved))
    assert "cannot be restored" in turn.events[0].text[0][0].text
    assert game.world.state_hash() == before


def test_a_player_whose_place_is_gone_stands_at_the_beginning() -> None:
    game = alone()
    raw = json.loads(msgspec.json.encode(game.state()))
    raw["things"][ANNA]["Location"]["parent"] = "gone"
    other = Game(story(), 1)
    assert other.resume(msgspec.convert(raw, State)) == [ANNA]
    assert other.world.parent(ANNA) == "hall"


@pytest.mark.parametrize("line", ["save tower", "restore tower", "saves", "script"])
def test_what_the_game_cannot_do_itself_is_wished_for(line: str) -> None:
    turn = alone().turn(Typed(ANNA, line))
    assert turn.wish is not None
    assert (turn.wish.what, turn.wish.player) == (line.split(maxsplit=1)[0], ANNA)
    assert turn.wish.name == line.partition(" ")[2]


def test_a_new_beginning_leaves_the_state_before_it() -> None:
    game = alone()
    play(game, "take lamp", "restart")
    left = game.turn(Typed(ANNA, "yes")).left
    assert left is not None
    game.turn(Restored(ANNA, "before", left))
    assert game.world.parent("lamp") == ANNA


def test_what_the_server_says_is_told_in_the_games_words() -> None:
    turn = alone().turn(Told(ANNA, "save.done", {"name": "tower"}))
    assert turn.events[0].text[0][0].text.startswith("Saved as “tower”.")
    assert not [event for event in turn.events if isinstance(event, Ended)]


def test_the_difference_names_what_was_added_and_taken_away() -> None:
    world = World()
    world.add("a", Player())
    world.settle()
    world.add("b")
    world.drop("a", Player)
    assert world.difference() == {"b": {}, "a": {"Player": None}}


def test_a_world_for_many_is_turned_back_by_nobody_even_when_alone() -> None:
    game = Game(story(), 1)
    game.turn(Join(ANNA, "Anna", shared=True))
    note = game.world.parent("note")
    for line in ("take note", "undo", "save", "restore", "saves"):
        turn = game.turn(Typed(ANNA, line))
        assert turn.wish is None
        assert not turn.left
    assert game.world.parent("note") == ANNA
    told = [plain(event.text) for event in game.turn(Typed(ANNA, "save")).events]
    assert told == ["This world goes on for everybody in it, so there is nothing to save: what you do stays done."]
    game.turn(Typed(ANNA, "restart"))
    game.turn(Typed(ANNA, "yes"))
    assert game.world.parent("note") == "hall"
    assert note == "hall"
    game.turn(Typed(ANNA, "open chest"))
    game.turn(Typed(ANNA, "restart"))
    game.turn(Typed(ANNA, "yes"))
    assert game.world.need("chest", Openable).open
