"""Traps: on ways and on things, found or not, disarmed or sprung."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Effect, Fixed, Hidden, Name, Trap
from tale_core.world.effects import effects_on
from tale_core.world.events import Ended

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    """Return a game with a hidden cord on the way south from the hall, and a hidden needle on the chest."""
    play = Play()
    play.calm()
    play.world.add("cord", Name("trip cord"), Trap(6, "south", "Something falls on you"), Hidden(), Fixed(), at="hall")
    needle = (Name("needle"), Trap(2), Effect("poisoned", turns=9, harm=1), Hidden())
    play.world.add("needle", *needle, at="chest", how="part")
    return play


def deft(play: Play, skill: int) -> None:
    play.world.set(ANNA, Actor(30, 30, skill=skill))


def test_a_trap_on_the_way_goes_off_once_under_who_does_not_know_of_it(play: Play) -> None:
    told = play.type("south")
    assert "Something falls on you: " in told
    assert "Garden" in told
    assert 24 <= play.world.need(ANNA, Actor).hp <= 26
    assert "falls" not in play.types("north", "south")
    assert "a sprung trip cord" in play.type("north")


def test_other_ways_are_safe(play: Play) -> None:
    assert "falls" not in play.types("east")


def test_searching_finds_it_and_who_knows_of_it_steps_around(play: Play) -> None:
    assert "You find a" in play.type("search")
    told = play.type("go south")
    assert "(You step around the trip cord.)" in told
    assert play.world.need(ANNA, Actor).hp == 30


def test_the_others_see_who_sets_it_off(play: Play) -> None:
    play.join(BOB, "Bob")
    play.type("south")
    assert "Anna sets off the trip cord" in play.heard[BOB]


def test_monsters_know_their_traps(play: Play) -> None:
    play.world.move("ogre", "hall")
    play.do("go", player="ogre", direction="south")
    assert play.world.need("ogre", Actor).hp == 6
    assert play.world.has("cord", Trap)


def test_a_trap_that_kills_leaves_its_victim_where_they_were(play: Play) -> None:
    play.world.set(ANNA, Actor(1, 30))
    assert "Garden" not in play.type("south")
    assert play.world.place_of(ANNA) == "hall"
    assert [event.outcome for event in play.last.events if isinstance(event, Ended)] == ["lost"]
    assert "Garden" not in play.type("undo")
    assert play.world.has("cord", Hidden)


def test_a_trap_on_a_chest_goes_off_as_it_is_opened(play: Play) -> None:
    told = play.type("open chest")
    assert "You set off the needle: 2 points of damage." in told
    assert "You are poisoned now." in told
    assert "You open the chest." in told
    assert [effect.name for effect in effects_on(play.world, ANNA)] == ["poisoned"]


def test_a_closed_chest_can_be_searched_for_traps(play: Play) -> None:
    assert play.type("search chest") == "You find a needle!"
    assert "There is still a needle on the chest." in play.type("open chest")
    assert play.type("no") == "Very well."
    assert "harmless" in (deft(play, 100), play.type("disarm needle"))[1]
    assert play.type("open chest").startswith("You open the chest.")
    assert play.world.need(ANNA, Actor).hp == 30


def test_a_closed_chest_without_a_trap_is_opened_to_be_searched(play: Play) -> None:
    play.world.remove("needle")
    assert play.type("search chest").startswith("(first opening the chest)")


def test_opening_all_the_same_sets_it_off(play: Play) -> None:
    play.types("search chest", "open chest")
    assert "You set off the needle" in play.type("yes")


def test_who_is_clumsy_sets_off_what_they_disarm(play: Play) -> None:
    deft(play, -10)
    play.type("search")
    assert "Your hand slips." in play.type("disarm cord")
    assert play.world.need(ANNA, Actor).hp < 30
    assert play.type("disarm cord") == "There is nothing about the sprung trip cord that could be disarmed."


def test_a_disarmed_trap_does_nothing_any_more(play: Play) -> None:
    deft(play, 100)
    play.types("search", "defuse cord")
    assert "step" not in play.type("south")
    assert "a disarmed trip cord" in play.type("north")


def test_an_offer_says_that_it_can_be_disarmed(play: Play) -> None:
    play.type("search")
    (cord,) = (entry for entry in play.game.scene(ANNA).things if entry.id == "cord")
    assert cord.commands[0] == "disarm trip cord"
