"""How a story's rules come before, change and replace what actions do."""

from __future__ import annotations

import re

import pytest

from tale_core.story import Acting, Actor, Name, Rules, Verdict
from tale_core.world.acting import command
from tale_core.world.events import Error, Refused
from tale_core.world.performance import Performance

from .playing import ANNA, BOB, Play


def played(rules: Rules) -> Play:
    return Play(rules)


def test_before_may_forbid_with_a_text_of_its_own() -> None:
    rules = Rules()

    @rules.before("take", item="brass_key")
    def cursed(act: Acting) -> None:
        act.refuse("{The item} burns your fingers.")

    play = played(rules)
    assert play.type("take brass key") == "The brass key burns your fingers."
    assert play.last.events == (Refused(to=ANNA, text=play.last.events[0].text, code="story"),)
    assert play.world.parent("brass_key") == "hall"


def test_before_may_replace_an_action() -> None:
    rules = Rules()

    @rules.before("take", item="brass_key")
    def melts(act: Acting) -> None:
        act.world.remove("brass_key")
        act.tell("{The item} melts away.")
        act.done()

    play = played(rules)
    assert play.type("take brass key") == "The brass key melts away."
    assert play.game.scene(ANNA).turns == 1


def test_before_may_redirect() -> None:
    rules = Rules()

    @rules.before("take", item="brass_key")
    def other(act: Acting) -> None:
        act.instead("take", "note")

    assert played(rules).type("take brass key") == "You take the note."


def test_redirections_in_a_circle_are_a_fault_not_a_hang() -> None:
    rules = Rules()

    @rules.before("take")
    def first(act: Acting) -> None:
        act.instead("drop", act.item)

    @rules.before("drop")
    def second(act: Acting) -> None:
        act.instead("take", act.item)

    play = played(rules)
    play.type("take brass key")
    assert isinstance(play.last.events[0], Error)


def test_rules_for_things_come_after_rules_for_places_and_all() -> None:
    order: list[str] = []
    rules = Rules()
    rules.check("take", item="note")(lambda _: order.append("thing"))
    rules.check("take", place="hall")(lambda _: order.append("place"))
    rules.check("take")(lambda _: order.append("all"))
    rules.check("take", place="garden")(lambda _: order.append("elsewhere"))
    played(rules).type("take note")
    assert order == ["all", "place", "thing"]


def test_a_rule_without_actions_is_for_all_of_them() -> None:
    seen: list[str] = []
    rules = Rules()
    rules.before()(lambda act: seen.append(act.action))
    played(rules).types("take note", "wait")
    assert seen == ["join", "take", "wait"]


def test_after_may_silence_the_report() -> None:
    rules = Rules()

    @rules.after("take", item="note")
    def quiet(act: Acting) -> None:
        act.say("It crackles.")
        act.done()

    play = played(rules)
    assert play.type("take note") == "It crackles."
    assert play.world.parent("note") == ANNA


def test_a_refusal_while_carrying_out_undoes_the_action() -> None:
    rules = Rules()

    @rules.after("take", item="note")
    def too_late(act: Acting) -> None:
        act.say("You have it.")
        act.refuse("No, you have not.")

    play = played(rules)
    assert play.type("take note") == "No, you have not."
    assert play.world.parent("note") == "hall"


def test_verify_steers_the_parser_and_the_storys_comes_first() -> None:
    rules = Rules()

    @rules.verify("take", item="iron_key")
    def never(_: Acting) -> Verdict:
        return Verdict.IMPOSSIBLE

    play = played(rules)
    play.type("search altar")
    assert play.type("take key") == "You take the brass key."


def test_a_confirmation_comes_back_to_the_action() -> None:
    rules = Rules()

    @rules.check("take", item="note")
    def sure(act: Acting) -> None:
        act.confirm("Touch {the item}?")

    play = played(rules)
    assert play.type("take note") == "Touch the note?"
    assert play.type("yes") == "You take the note."
    assert play.types("drop note", "take note", "no") == "Very well."
    assert play.world.parent("note") == "hall"
    assert play.types("take note", "wait", "yes") == "There was no question."


def test_every_turn_is_asked_when_time_has_passed() -> None:
    rules = Rules()

    @rules.every_turn
    def bell(act: Acting) -> None:
        act.tell("A bell tolls.")

    play = played(rules)
    assert "bell" not in play.type("look")
    assert play.type("wait").endswith("A bell tolls.")


def test_an_author_may_let_somebody_else_act() -> None:
    rules = Rules()

    @rules.after("wait")
    def ogre_takes(act: Acting) -> None:
        act.world.move("ogre", "hall")
        act.do("take", "note", actor="ogre")

    assert "The ogre takes the note." in played(rules).type("wait")


def test_people_speak_to_all_who_are_there() -> None:
    rules = Rules()

    @rules.after("wait")
    def greet(act: Acting) -> None:
        act.speak(act.actor, "“{greeting},” {speaker:say|says} {the speaker}.", greeting="Hello {there}")

    play = played(rules)
    play.join(BOB, "Bob")
    assert "“Hello {there},” say you." in play.type("wait")
    assert "“Hello {there},” says Anna." in play.heard[BOB]


def test_score_and_the_end_are_told_in_order() -> None:
    rules = Rules()

    @rules.after("take", item="note")
    def win(act: Acting) -> None:
        act.score(5, "reading between the lines")
        act.end("won", "You have found it.")

    told = played(rules).type("take note").split("\n")
    assert told[0] == "You take the note."
    assert told[1] == "Your score has gone up by 5 points for reading between the lines."
    assert told[2] == "You have found it."
    assert told[-1] == "Do you want to undo that, to restart or to quit?"


def test_random_numbers_of_one_purpose_do_not_shift_another() -> None:
    play = played(Rules())
    performance = Performance(play.world, play.game.rules, play.game.messages)
    act = Acting(performance, ANNA, command("take", "note"), "note")
    before = act.rng("a").below(1000)
    act.rng("b").below(1000)
    assert act.rng("a").below(1000) == before


def test_merged_rules_keep_what_is_free() -> None:
    mine, others = Rules(), Rules()
    mine.free("dance")
    others.free("look")
    merged = mine.merged(others)
    assert not merged.costs_time("dance")
    assert not merged.costs_time("look")
    assert merged.costs_time("take")


def test_a_new_body_for_players_comes_from_the_story() -> None:
    rules = Rules()

    @rules.after("join")
    def strong(act: Acting) -> None:
        act.world.set(act.actor, Actor(50, 50, skill=90))

    play = played(rules)
    assert play.world.need(ANNA, Actor).max_hp == 50


def test_points_of_an_action_that_fails_are_not_given() -> None:
    rules = Rules()

    @rules.carry_out("take", item="note")
    def greedy(act: Acting) -> None:
        act.score(5)
        act.refuse("It slips from your fingers.")

    play = played(rules)
    assert play.type("take note") == "It slips from your fingers."
    assert play.game.scene(ANNA).score == 0


def test_a_treasure_counts_even_when_its_taking_is_not_reported() -> None:
    rules = Rules()
    rules.after("take", item="crown")(lambda act: act.done())
    play = played(rules)
    play.to(ANNA, "pit")
    assert play.type("take crown") == "Your score has gone up by 15 points."


def test_instead_takes_the_place_of_an_action_and_costs_its_time() -> None:
    rules = Rules()

    @rules.instead("take", item="brass_key")
    def melts(act: Acting) -> None:
        act.world.remove("brass_key")
        act.tell("{The item} melts away.")
        act.done()

    play = played(rules)
    assert play.type("take brass key") == "The brass key melts away."
    assert play.game.scene(ANNA).turns == 1
    assert play.world.parent("brass_key") is None


def test_only_the_first_instead_that_fits_runs_and_before_comes_first() -> None:
    seen: list[str] = []
    rules = Rules()
    rules.instead("take", item="note", when=lambda _: False)(lambda _: seen.append("never"))
    rules.instead("take", item="note")(lambda _: seen.append("first"))
    rules.instead("take", item="note")(lambda _: seen.append("second"))
    rules.before("take")(lambda _: seen.append("before"))
    rules.after("take")(lambda _: seen.append("after"))
    played(rules).type("take note")
    assert seen == ["before", "first"]


def test_a_refusal_in_place_of_an_action_changes_nothing_and_costs_nothing() -> None:
    rules = Rules()

    @rules.instead("take", item="note")
    def torn(act: Acting) -> None:
        act.world.remove("note")
        act.say("It tears.")
        act.refuse("Better leave it alone.")

    play = played(rules)
    assert play.type("take note") == "Better leave it alone."
    assert play.world.parent("note") == "hall"
    assert play.game.scene(ANNA).turns == 0


def test_a_rule_may_be_for_some_actors_and_some_times_only() -> None:
    rules = Rules()
    rules.check("jump", actor=BOB)(lambda act: act.refuse("Bob's knee hurts."))
    rules.check("sing", when=lambda act: act.world.has("brass_key", Name))(lambda act: act.refuse("Not by the key."))
    play = played(rules)
    play.join(BOB, "Bob")
    assert play.type("jump", BOB) == "Bob's knee hurts."
    assert play.type("jump") == "You jump on the spot."
    assert play.type("sing") == "Not by the key."


def ringing() -> Rules:
    rules = Rules()
    rules.action(
        "ring", "ring|jangle {item}", "ring {item} with {target}", otherwise="{The item} {item:do|does} not ring."
    )

    @rules.report("ring", item="jar")
    def chime(act: Acting) -> None:
        act.tell("{You} {ring|rings} {the item}.")

    return rules


def test_a_story_has_actions_of_its_own() -> None:
    play = played(ringing())
    play.join(BOB, "Bob")
    assert play.type("ring jar") == "You ring the jar."
    assert play.heard[BOB] == "Anna rings the jar."
    assert play.type("ring jar. jangle chest") == "You ring the jar.\nThe chest does not ring."
    assert play.type("ring") == "Ring what?"
    assert "ring jar" in play.game.complete(ANNA, "ring j")


def test_a_storys_own_words_are_unknown_in_others() -> None:
    played(ringing()).type("jangle jar")
    assert "do not know how to “jangle”" in played(Rules()).type("jangle jar")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("", "is empty"),
        ("ring {thing}", "there are {item}"),
        ("ring {item", "is no slot"),
        ("ring| {item}", "is no word"),
        ("ring {item} {item}", "the second thing is {target}"),
    ],
)
def test_a_sentence_that_makes_no_sense_is_refused_with_what_to_do(sentence, told) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        Rules().action("ring", sentence)


def test_a_story_may_say_an_action_in_its_own_words() -> None:
    rules = Rules()
    rules.sentence("take", "pluck {item*}")
    assert played(rules).type("pluck note") == "You take the note."
