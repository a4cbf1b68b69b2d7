"""Poison and other lasting effects: what brings them, how they work, how they end."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Behaviour, Drinkable, Effect, Name, Weapon
from tale_core.world.actions.fighting import armour_of, chance_to_hit, most_damage
from tale_core.world.effects import effects_on
from tale_core.world.events import Ended

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    play = Play()
    play.calm()
    return play


def phial(play: Play, effect: Effect) -> None:
    play.world.add("phial", Name("phial"), Drinkable(), effect, at=ANNA, how="held")


def test_what_is_drunk_works_for_its_turns_and_no_longer(play: Play) -> None:
    phial(play, Effect("strong", turns=3, skill=10, damage=4, armour=2))
    assert play.type("drink phial").endswith("You are strong now.")
    assert (chance_to_hit(play.world, ANNA), most_damage(play.world, ANNA), armour_of(play.world, ANNA)) == (70, 7, 2)
    assert "You are strong." in play.type("x me")
    assert "strong" not in play.type("wait")
    assert "You are no longer strong." in play.type("wait")
    assert (chance_to_hit(play.world, ANNA), most_damage(play.world, ANNA), armour_of(play.world, ANNA)) == (60, 3, 0)
    assert effects_on(play.world, ANNA) == ()


def test_poison_wounds_every_turn(play: Play) -> None:
    phial(play, Effect("poisoned", turns=3, harm=2))
    play.types("drink phial", "wait", "wait", "wait")
    assert play.world.need(ANNA, Actor).hp == 24


def test_poison_may_kill(play: Play) -> None:
    phial(play, Effect("poisoned", turns=30, harm=20))
    play.type("drink phial")
    assert "You are dead." in play.type("wait")
    assert [event.outcome for event in play.last.events if isinstance(event, Ended)] == ["lost"]
    assert effects_on(play.world, ANNA) == ()


def test_what_mends_does_so_up_to_health(play: Play) -> None:
    phial(play, Effect("mending", turns=9, harm=-4))
    play.world.set(ANNA, Actor(20, 30))
    play.types("drink phial", "wait", "wait", "wait")
    assert play.world.need(ANNA, Actor).hp == 30


def test_a_cure_ends_what_it_is_for(play: Play) -> None:
    phial(play, Effect("poisoned", turns=30, harm=1))
    play.world.add("herb", Name("herb"), Drinkable(), Effect("clear-headed", cures="poisoned"), at=ANNA, how="held")
    play.type("drink phial")
    assert "You are no longer poisoned." in play.type("drink herb")
    assert effects_on(play.world, ANNA) == ()


def test_the_same_again_begins_anew(play: Play) -> None:
    phial(play, Effect("strong", turns=5, damage=1))
    play.world.add("flask", Name("flask"), Drinkable(), Effect("strong", turns=9, damage=2), at=ANNA, how="held")
    play.types("drink phial", "drink flask")
    assert [(each.turns, each.damage) for each in effects_on(play.world, ANNA)] == [(8, 2)]


def test_a_bite_may_poison_and_a_poisoned_blade_does_so_to_others(play: Play) -> None:
    play.world.add("viper", Name("viper"), Actor(90, 90, 200, 1), Behaviour("hostile", provoked=True), at="hall")
    play.world.set("viper", Effect("poisoned", turns=5, harm=1))
    play.join(BOB, "Bob")
    assert "You are poisoned now." in play.type("wait")
    assert "Anna is poisoned now." in play.heard[BOB]
    play.world.set("sword", Effect("numb", turns=4, skill=-30))
    play.world.set("sword", Weapon(1, 100))
    play.give("sword")
    assert "The viper is numb now." in play.type("attack viper with sword")
    assert chance_to_hit(play.world, "viper") == 170


def test_poison_works_on_monsters_too_and_the_slayer_is_rewarded(play: Play) -> None:
    play.world.add("viper", Name("viper"), Actor(1, 90, points=7), Behaviour("still"), at="hall")
    play.world.set("sword", Effect("poisoned", turns=4, harm=5))
    play.world.set("sword", Weapon(1, 100))
    play.world.set("viper", Actor(3, 90, points=7))
    play.give("sword")
    play.types("attack viper with sword")
    assert play.world.need(ANNA, Actor).hp == 30
    assert not play.world.need("viper", Actor).hp
    assert "7" in play.type("score")


def test_undo_takes_an_effect_back(play: Play) -> None:
    phial(play, Effect("strong", turns=5, damage=1))
    before = play.world.state_hash()
    play.types("drink phial", "undo")
    assert play.world.state_hash() == before
