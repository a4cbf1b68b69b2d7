"""Blows, armour, death, and what monsters do by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.story import Actor, Behaviour, Player, Rules, Weapon, Wearable, World, harm
from tale_core.world.actions.fighting import armour_of, chance_to_hit, most_damage
from tale_core.world.events import Ask, Combat, Ended

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    play = Play()
    play.world.remove("ogre")
    play.to(ANNA, "vault")
    return play


def blows(play: Play, attacker: str) -> list[Combat]:
    return [event for event in play.last.events if isinstance(event, Combat) and event.attacker == attacker]


def sure_hit(world: World, actor: str, damage: int = 100) -> None:
    """Make every blow of the actor hit."""
    body = world.need(actor, Actor)
    world.set(actor, Actor(body.hp, body.max_hp, skill=100, damage=damage, points=body.points))


def test_a_weapon_gives_its_damage_and_adds_its_skill(play: Play) -> None:
    assert (chance_to_hit(play.world, ANNA), most_damage(play.world, ANNA)) == (60, 3)
    play.give("sword")
    assert play.type("attack goblin").startswith("(first wielding the iron sword)")
    assert (chance_to_hit(play.world, ANNA), most_damage(play.world, ANNA)) == (80, 6)


def test_armour_is_what_one_wears_and_is(play: Play) -> None:
    play.give("helmet", "cap")
    play.type("wear helmet")
    assert armour_of(play.world, ANNA) == 2


@given(seed=st.integers(0, 10_000), damage=st.integers(1, 20), armour=st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_a_hit_does_at_least_one_and_at_most_damage_less_armour(seed: int, damage: int, armour: int) -> None:
    play = Play(seed=seed)
    play.world.remove("ogre")
    play.to(ANNA, "vault")
    sure_hit(play.world, ANNA, damage)
    play.world.set("goblin", Actor(1000, 1000, armour=armour))
    play.type("attack goblin")
    (blow,) = blows(play, ANNA)
    assert 1 <= blow.damage <= max(1, damage - armour)
    assert play.world.need("goblin", Actor).hp == 1000 - blow.damage


def test_the_dead_drop_what_they_had_and_stay_as_bodies(play: Play) -> None:
    sure_hit(play.world, ANNA)
    play.world.set("goblin", Actor(1, 8, points=5))
    told = play.type("attack goblin").split("\n")
    assert told[1:] == [
        "The goblin falls and dies.",
        "The goblin leaves a club behind.",
        "Your score has gone up by 5 points.",
    ]
    assert play.world.parent("club") == "vault"
    assert play.type("take dead goblin") == "The dead goblin cannot be taken."
    assert play.type("attack goblin") == "The dead goblin is dead already."
    assert play.type("x goblin") == "No life is left in it."
    assert "a dead goblin" in play.type("look")


def test_the_dead_no_longer_fight(play: Play) -> None:
    sure_hit(play.world, ANNA)
    play.world.set("goblin", Actor(1, 8))
    play.types("attack goblin", "wait")
    assert blows(play, "goblin") == []


def test_a_hostile_monster_threatens_before_it_attacks(play: Play) -> None:
    assert play.type("wait").endswith("The goblin notices you and comes at you!")
    assert blows(play, "goblin") == []
    play.type("wait")
    assert len(blows(play, "goblin")) == 1


def test_looking_and_errors_give_monsters_no_time(play: Play) -> None:
    play.type("wait")
    for line in ("look", "x goblin", "i", "help", "froob", "take froob", "score"):
        play.type(line)
        assert blows(play, "goblin") == []


def test_only_whose_time_passes_is_attacked(play: Play) -> None:
    play.join(BOB, "Bob")
    play.to(BOB, "vault")
    play.type("wait")
    play.type("wait")
    assert {blow.target for blow in blows(play, "goblin")} == {ANNA}
    assert {event.to for event in blows(play, "goblin")} == {ANNA, BOB}


def test_a_blow_is_told_to_each_from_their_side(play: Play) -> None:
    play.join(BOB, "Bob")
    play.to(BOB, "vault")
    play.world.remove("club")
    sure_hit(play.world, "goblin", 1)
    play.types("wait", "wait")
    assert "you" in play.heard[ANNA].lower()
    assert "Anna" in play.heard[BOB]
    assert "Anna" not in play.heard[ANNA]


def test_players_do_not_fight_each_other(play: Play) -> None:
    play.join(BOB, "Bob")
    play.to(BOB, "vault")
    assert play.type("attack bob") == "You two are on the same side."


def test_a_guard_lets_nobody_deeper_but_everybody_back() -> None:
    play = Play()
    play.world.remove("goblin")
    play.to(ANNA, "vault")
    assert play.type("down") == "The ogre bars your way!"
    assert play.world.place_of(ANNA) == "vault"
    assert play.game.scene(ANNA).turns == 0
    play.give("brass_key")
    assert "Great Hall" in play.type("south")


def test_a_guard_fights_once_somebody_tried_to_pass() -> None:
    play = Play()
    play.world.remove("goblin")
    play.to(ANNA, "vault")
    play.type("wait")
    assert blows(play, "ogre") == []
    play.types("down", "wait")
    assert len(blows(play, "ogre")) == 1


def test_a_dead_guard_lets_pass() -> None:
    play = Play()
    play.world.remove("goblin")
    play.to(ANNA, "vault")
    sure_hit(play.world, ANNA)
    play.types("attack ogre")
    assert "A deep pit." in play.type("down")


def test_death_ends_the_story_with_a_summary_and_a_choice(play: Play) -> None:
    sure_hit(play.world, "goblin")
    play.world.set("club", Weapon(200))
    play.world.set("goblin", Behaviour("hostile", provoked=True))
    play.world.set(ANNA, Actor(1, 30))
    told = play.type("wait").split("\n")
    assert told[-4:] == [
        "*** You have died ***",
        "",
        "In 1 turn you have scored 0 of 20 points.",
        "Do you want to undo that, to restart or to quit?",
    ]
    ended, ask = play.last.events[-3:-1]
    assert isinstance(ended, Ended)
    assert ended.outcome == "lost"
    assert isinstance(ask, Ask)
    assert [option.command for option in ask.options] == ["undo", "restart", "quit"]


def test_the_dead_can_do_nothing_but_start_over_or_leave(play: Play) -> None:
    play.world.set(ANNA, Actor(0, 30))
    play.world.set(ANNA, Player(outcome="lost"))
    assert play.type("wait") == "Do you want to undo that, to restart or to quit?"
    assert play.type("score").startswith("You have scored 0 of 20 points in 0 turns.")
    assert play.type("restart").startswith("Small")
    assert play.game.scene(ANNA).place == "hall"


def test_one_that_roams_wanders_and_is_seen_to() -> None:
    play = Play()
    play.world.remove("goblin")
    play.world.move("ogre", "garden")
    play.world.set("ogre", Behaviour("roam"))
    told = [play.type("wait") for _ in range(30)]
    assert any("The ogre comes in from the south." in line for line in told)
    assert any("The ogre goes" in line for line in told)


def test_a_trap_may_harm() -> None:
    rules = Rules()
    rules.after("take", item="note")(lambda act: harm(act, act.actor, 7))
    play = Play(rules)
    play.type("take note")
    assert play.world.need(ANNA, Actor).hp == 23


def test_wearable_armour_of_another_kind_counts_too(play: Play) -> None:
    play.world.set("note", Wearable("shield", 3))
    play.give("note")
    play.type("wear note")
    assert armour_of(play.world, ANNA) == 3


def test_a_nimble_target_is_harder_to_hit(play: Play) -> None:
    play.world.set("goblin", Actor(8, 8, dodge=35))
    assert chance_to_hit(play.world, ANNA, "goblin") == 25
    play.world.set("goblin", Actor(8, 8, dodge=90))
    assert chance_to_hit(play.world, ANNA, "goblin") == 5


def test_fleeing_leads_to_where_one_has_been_and_nobody_is_angry(play: Play) -> None:
    play.give("brass_key")
    play.to(ANNA, "hall")
    play.types("look", "unlock door", "north", "wait")
    for line in ("flee", "run away", "retreat", "escape from goblin"):
        play.to(ANNA, "vault")
        told = play.type(line)
        assert play.world.place_of(ANNA) == "hall"
        assert "You turn and run." in told or "You run for it!" in told


def test_there_is_no_fleeing_from_nobody(play: Play) -> None:
    play.world.remove("goblin")
    assert play.type("flee") == "There is nobody here to run from."


def test_a_change_of_health_is_told_in_words(play: Play) -> None:
    sure_hit(play.world, ANNA, 1)
    play.world.set("goblin", Actor(6, 8))
    told = play.type("attack goblin")
    assert "The goblin is wounded now." in told or "The goblin looks wounded." in told


def test_who_killed_is_named(play: Play) -> None:
    sure_hit(play.world, "goblin", 900)
    play.world.remove("club")
    play.world.set("goblin", Behaviour("hostile", provoked=True))
    assert "The goblin has killed you." in play.type("wait")


def test_a_story_may_add_to_a_death() -> None:
    rules = Rules()
    rules.after("die", item=())(lambda act: act.say("All goes grey."))
    play = Play(rules)
    play.world.set(ANNA, Actor(1, 30))
    play.give("poison")
    assert "All goes grey." in play.type("drink potion")
