"""Coming into a world, leaving it, and coming back."""

from __future__ import annotations

import pytest

from tale_core.game.game import Game
from tale_core.game.inputs import Join
from tale_core.world.components import Away, Player
from tale_core.world.events import Error, RoomEvent, SceneEvent, System
from tale_core.world.messages import plain

from ..world.playing import ANNA, BOB, Play, story


@pytest.fixture
def play() -> Play:
    return Play()


def test_joining_tells_of_the_story_then_the_place_then_the_scene() -> None:
    turn = Game(story(), 1).turn(Join(ANNA, "Anna"))
    assert [type(event) for event in turn.events] == [System, RoomEvent, SceneEvent]
    assert (turn.n, turn.input) == (1, Join(ANNA, "Anna"))
    assert plain(turn.events[0].text) == "Small\n\nYou wake."


def test_a_second_player_sees_the_first_and_is_seen(play: Play) -> None:
    assert "Anna is here." in play.join(BOB, "Bob")
    assert play.heard[ANNA] == "Bob joins the story."


def test_who_leaves_comes_back_where_they_were_with_what_they_had(play: Play) -> None:
    play.types("take note", "south")
    play.leave(ANNA)
    assert play.type("look") == "You are not in this story any more."
    told = play.join(ANNA, "Anna")
    assert told.startswith("You were away for a while")
    assert "Garden" in told
    assert "note" in play.type("i")


def test_who_comes_back_to_a_place_that_is_there_no_more_begins_where_the_story_does(play: Play) -> None:
    play.types("take note", "south")
    play.leave(ANNA)
    play.world.set(ANNA, Away("ruins"))
    told = play.join(ANNA, "Anna")
    assert told.startswith("You were away for a while, and the place where you were is there no more.")
    assert "Great Hall" in told
    assert "note" in play.type("i")


def test_joining_twice_only_describes_again(play: Play) -> None:
    play.type("south")
    assert play.join(ANNA, "Anna").startswith("Garden")
    assert [type(event) for event in play.last.events] == [RoomEvent, SceneEvent]


def test_a_player_cannot_be_a_thing_of_the_story(play: Play) -> None:
    play.take(Join("goblin", "Goblin"), "goblin")
    assert isinstance(play.last.events[0], Error)
    assert not play.world.has("goblin", Player)
