"""People and players who follow, go on rounds, and pick up what they want."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Asleep, Follows, Name, Obeys, Rounds, Wants
from tale_core.world.perception import playing

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    play = Play()
    play.calm()
    play.join(BOB, "Bob")
    play.world.add("tom", Name("Tom", proper=True, gender="he"), Actor(9, 9), at="hall")
    return play


def test_a_follower_comes_after_one_and_is_seen_to_do_so(play: Play) -> None:
    play.world.set("tom", Follows(ANNA))
    assert play.type("south").endswith("Tom comes in from the north.")
    assert play.heard[BOB] == "Anna goes south.\nTom goes south."
    assert play.world.place_of("tom") == "garden"


def test_who_obeys_follows_and_stays_as_told(play: Play) -> None:
    play.world.set("tom", Obeys())
    assert play.type("tom, follow me") == "Tom goes with you from now on."
    assert play.world.get("tom", Follows) == Follows(ANNA)
    play.types("south", "tom, stay here", "north")
    assert play.world.place_of("tom") == "garden"


def test_players_can_follow_and_see_where_they_come(play: Play) -> None:
    assert play.type("follow anna", BOB) == "You go with Anna from now on."
    assert play.heard[ANNA] == "Bob goes with you from now on."
    play.type("south")
    assert "Roses." in play.heard[BOB]
    assert play.world.place_of(BOB) == "garden"
    assert play.type("stop following", BOB) == "You stop following Anna."
    play.type("north")
    assert play.world.place_of(BOB) == "garden"


def test_nobody_follows_things_themselves_or_in_a_ring(play: Play) -> None:
    assert play.type("follow note") == "The note is nothing to follow."
    assert play.type("follow me") == "You are with yourself already."
    play.type("follow bob")
    assert play.type("follow bob") == "You are following Bob already."
    assert play.type("follow anna", BOB) == "Anna follows you: one of you has to lead."
    assert play.type("stay", BOB) == "You stay where you are. You are following nobody."


def test_who_sleeps_does_not_follow(play: Play) -> None:
    play.world.set("tom", Follows(ANNA))
    play.world.set("tom", Asleep())
    play.type("south")
    assert play.world.place_of("tom") == "hall"


def test_rounds_lead_from_place_to_place_and_back(play: Play) -> None:
    play.world.set("tom", Rounds(("hall", "garden"), every=2))
    seen = []
    for _ in range(8):
        play.type("jump")
        seen.append(play.world.place_of("tom"))
    assert set(seen) == {"hall", "garden"}
    assert seen.count("hall") > 1
    assert seen.count("garden") > 1


def test_what_somebody_wants_is_picked_up(play: Play) -> None:
    play.world.set("tom", Wants(("note", "crown")))
    assert "Tom takes the note." in play.type("jump")
    assert play.world.parent("note") == "tom"
    play.give("crown")
    play.type("jump")
    assert play.world.parent("crown") == ANNA
    assert playing(play.world, ANNA)
