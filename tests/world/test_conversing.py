"""What people say depends on what was said before, on their mood, and on who has what."""

from __future__ import annotations

import pytest

from tale_core.game.game import Game
from tale_core.game.story import Story
from tale_core.story import Actor, Answer, Asleep, Conversation, Mood, Name, Obeys, Purse, Topic, Wants, When, World
from tale_core.world.conditions import mood_of, set_facts, times_said
from tale_core.world.conversing import meant_topic, open_topics
from tale_core.world.events import Ask, Say
from tale_core.world.messages import standard
from tale_core.world.people import Asked, Deaf
from tale_core.world.speaking import as_speech

from .playing import ANNA, BOB, Play, story

TOM = Conversation(
    topics={
        "key": Topic(
            words=("lock", "oak door"),
            label="the brass key",
            ask=(
                Answer("Have it.", when=When(mood="merry"), gives="spoon", facts="trusted"),
                "It opens a door.",
                "I said so.",
            ),
            tell="Good to know.",
            show=Answer("“My key!” cries {the speaker}.", mood="merry"),
            give=Answer("Thanks.", takes="brass_key", points=2),
        ),
        "war": Topic(hidden=True, answer="It was long ago."),
        "fire": ("It burns.", "Still."),
        "sister": Topic(
            label="his sister",
            ask=Answer("Do you know her?", opens="war", yes=Answer("Do you!", mood="merry"), no="Pity."),
        ),
        "secret": Topic(when=When(facts="trusted"), answer="The crown is in the pit."),
        "drink": Topic(ask=Answer("Cheers.", costs=3), ask_for="Buy it yourself."),
    },
    greeting=("Good day.", "You again."),
    default="Hm.",
)


def people(world: World) -> None:
    world.add(
        "tom",
        Name("Tom", ("smith",), proper=True, gender="he"),
        Actor(9, 9),
        Mood("gruff", {"kiss": "cross"}),
        at="hall",
    )
    world.set("tom", TOM)
    world.add("spoon", Name("silver spoon"), at="tom", how="held")
    world.add("jon", Name("page", gender="he"), Actor(9, 9), at="garden")


class Talk(Play):
    """Tom the smith is in the hall, with Anna and Bob."""

    def __init__(self) -> None:
        plain = story()

        def build(world: World) -> None:
            plain.build(world)
            people(world)

        self.game = Game(Story(plain.info, plain.folder, build, plain.rules), 1)
        self.heard = {}
        self.join(ANNA, "Anna")
        self.join(BOB, "Bob")


@pytest.fixture
def play() -> Talk:
    return Talk()


def test_several_texts_come_in_turn_and_the_last_stays(play: Talk) -> None:
    assert play.type("ask tom about fire") == "“It burns,” says Tom."
    assert play.type("ask tom about the fire") == "“Still,” says Tom."
    assert play.type("ask tom about fire") == "“Still,” says Tom."


def test_each_player_hears_them_from_the_beginning_and_everybody_hears_all(play: Talk) -> None:
    play.type("ask tom about fire")
    assert play.heard[BOB] == "Anna asks Tom about the fire.\n“It burns,” says Tom."
    assert play.type("ask tom about fire", BOB) == "“It burns,” says Tom."
    assert times_said(play.world, "tom", ANNA, "fire") == 1


def test_an_answer_with_a_condition_goes_first_while_it_fits(play: Talk) -> None:
    assert play.type("ask tom about key") == "“It opens a door,” says Tom."
    play.world.set("tom", Mood("merry"))
    assert play.type("ask tom about key") == "“Have it,” says Tom.\nTom hands the silver spoon to you."
    assert play.heard[BOB].endswith("Tom hands the silver spoon to Anna.")
    assert play.type("ask tom about key") == "“I said so,” says Tom."


def test_topics_open_by_answers_and_by_facts(play: Talk) -> None:
    assert "war" not in open_topics(play.world, "tom", ANNA)
    assert play.type("ask tom about war") == "“Hm,” says Tom.\n(talk to Tom shows what he has something to say about.)"
    play.type("ask tom about his sister")
    assert "war" in open_topics(play.world, "tom", ANNA)
    assert "war" not in open_topics(play.world, "tom", BOB)
    set_facts(play.world, "trusted")
    assert play.type("ask tom about the secret", BOB) == "“The crown is in the pit,” says Tom."


def test_a_person_who_asks_waits_for_yes_or_no_but_for_nothing_else(play: Talk) -> None:
    play.type("ask tom about his sister")
    asked = next(event for event in play.last.events if isinstance(event, Ask))
    assert [option.command for option in asked.options] == ["yes", "no"]
    assert play.type("take note") == "You take the note."
    assert play.type("yes") == "“Do you!” says Tom."
    assert play.heard[BOB].startswith("Anna says yes to Tom.")
    assert mood_of(play.world, "tom") == "merry"
    assert play.type("yes") == "There was no question."


def test_a_question_lapses_when_one_goes_away(play: Talk) -> None:
    play.types("ask tom about his sister", "south")
    assert play.type("no") == "There was no question."


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("2", "“It burns,” says Tom."),
        ("second", "“It burns,” says Tom."),
        ("the fire", "“It burns,” says Tom."),
        ("lock", "“It opens a door,” says Tom."),
        ("take note", "You take the note."),
        ("n", "(first unlocking the oak door with the brass key)"),
        ("xyzzy", "A hollow nothing happens."),
        ("frobnicate", "You do not know how to “frobnicate”."),
    ],
)
def test_a_menu_is_answered_by_number_name_or_word_and_is_never_a_trap(play: Talk, answer: str, told: str) -> None:
    assert play.type("talk to tom").startswith(
        "“Good day,” says Tom.\nYou could ask Tom about the brass key, the fire or"
    )
    play.world.move("brass_key", ANNA, "held")
    assert play.type(answer).startswith(told)


def test_a_menus_lines_work_as_they_are(play: Talk) -> None:
    play.type("talk to tom")
    options = next(event for event in play.last.events if isinstance(event, Ask)).options
    assert "ask Tom about his sister" in [option.command for option in options]
    for option in options:
        assert "Hm" not in play.type(option.command)


def test_after_an_answer_the_next_topic_needs_no_verb(play: Talk) -> None:
    play.type("ask tom about key")
    assert play.type("fire") == "“It burns,” says Tom."
    assert play.type("his sister").startswith("“Do you know her?” says Tom.")


def test_showing_and_giving_have_their_own_answers(play: Talk) -> None:
    play.give("brass_key", "note")
    assert play.type("show key to tom") == "You show the brass key to Tom.\n“My key!” cries Tom."
    assert play.type("give key to tom").startswith("You give the brass key to Tom.\n“Thanks,” says Tom.")
    assert play.world.parent("brass_key") == "tom"
    assert play.game.scene(ANNA).score == 2
    assert play.type("give note to tom") == "Tom does not want the note."
    assert play.type("show note to tom") == "You show the note to Tom."


def test_who_wants_a_thing_takes_it_and_says_thanks(play: Talk) -> None:
    play.world.set("tom", Wants("note"))
    play.give("note")
    told = play.type("give note to tom")
    assert told in {
        "You give the note to Tom.\nTom thanks you.",
        "You give the note to Tom.\n“Thank you,” says Tom.",
    }
    assert play.world.parent("note") == "tom"


def test_an_answer_may_cost_coins_and_does_not_come_without(play: Talk) -> None:
    assert play.type("ask tom about drink").startswith("“Hm,” says Tom.")
    play.world.set(ANNA, Purse(4))
    assert play.type("ask tom about drink") == "“Cheers,” says Tom."
    assert play.world.need(ANNA, Purse).coins == 1
    assert play.world.need("tom", Purse).coins == 3


def test_asking_for_things(play: Talk) -> None:
    assert play.type("ask tom for a drink") == "“Buy it yourself,” says Tom."
    assert play.type("ask tom for the spoon") in {
        "Tom would rather keep the silver spoon.",
        "“The silver spoon? No,” says Tom. “It stays with me.”",
    }
    play.give("note")
    assert play.type("ask tom for note") == "You have the note yourself."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ask tom about it", "“It opens a door,” says Tom."),
        ("ask smith about the keys", "“It opens a door,” says Tom."),
        ("ask tom about the lock of the old house", "“It opens a door,” says Tom."),
        ("tell tom about key", "“Good to know,” says Tom."),
        ("talk to tom about key", "“It opens a door,” says Tom."),
        ("tom, tell me about key", "“It opens a door,” says Tom."),
        ("tom, what about the key?", "“It opens a door,” says Tom."),
        (
            "tom, where did you find the key?",
            "You say to Tom: “where did you find the key”\n“It opens a door,” says Tom.",
        ),
        ("ask tom where the key is", "You say to Tom: “where the key is”\n“It opens a door,” says Tom."),
        ("tom, hello", "You say to Tom: “hello”\n“Good day,” says Tom."),
        ("say hello to tom", "You say to Tom: “hello”\n“Good day,” says Tom."),
        ("say fire", "You say: “fire”\n“It burns,” says Tom."),
        ("hello", "“Good day,” says Tom."),
        ("greet tom", "“Good day,” says Tom."),
        ("tom, goodbye", "You say to Tom: “goodbye”"),
        ("topics", "You could ask Tom about"),
        ("topics for tom", "You could ask Tom about"),
        ("ask tom", "“Good day,” says Tom."),
        ("question tom about fire", "“It burns,” says Tom."),
        ("ask goblin about key", "You can see no “goblin” here."),
        ("ask chest about key", "The chest does not answer."),
        ("talk to me", "You know what you would answer."),
    ],
)
def test_ways_of_saying_it(play: Talk, line: str, told: str) -> None:
    play.type("x brass key")
    assert play.type(line).startswith(told)


def test_the_dead_and_the_sleeping_do_not_talk(play: Talk) -> None:
    play.world.set("tom", Asleep())
    assert "asleep" in play.type("ask tom about fire") or "sleep" in play.type("ask tom about fire")
    assert play.type("wake tom").startswith("Tom")
    assert play.type("wake tom") == "Tom is awake already."
    assert play.type("ask tom about fire") == "“It burns,” says Tom."
    play.world.set("tom", Actor(0, 9))
    assert play.type("ask tom about fire") == "Tom does not answer any more."


def test_who_has_nothing_to_say_says_so_by_name(play: Talk) -> None:
    play.to(ANNA, "garden")
    for line in ("talk to page", "ask page about fire", "tell page about fire", "ask page for bread"):
        assert "the page" in play.type(line).casefold()


def test_who_is_hostile_does_not_talk_nor_obey(play: Talk) -> None:
    play.to(ANNA, "vault")
    for line in ("talk to goblin", "ask goblin about crown", "goblin, go down"):
        assert "The goblin" in play.type(line)
    assert "not to be won over" in play.type("hug goblin")


def test_the_deaf_see_that_something_is_said(play: Talk) -> None:
    play.world.set(BOB, Deaf())
    play.type("say hello there")
    assert play.heard[BOB].startswith("Anna says something, but you cannot hear it.")
    assert "hello there" not in play.heard[BOB]


def test_what_is_said_is_an_event_of_its_speaker(play: Talk) -> None:
    play.type("ask tom about fire")
    assert [event.speaker for event in play.last.events if isinstance(event, Say)] == [ANNA, "tom", "tom"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It burns.", "“It burns,” {speaker:say|says} {the speaker}."),
        ("Who?", "“Who?” {speaker:say|says} {the speaker}."),
        ("Well", "“Well,” {speaker:say|says} {the speaker}."),
        ("And then …", "“And then …” {speaker:say|says} {the speaker}."),
        ("“No,” he says.", "“No,” he says."),
    ],
)
def test_plain_words_become_a_sentence(text: str, sentence: str) -> None:
    assert as_speech(standard().language, text) == sentence


def test_memory_is_taken_back_with_the_turn() -> None:
    play = Talk()
    play.leave(BOB)
    before = play.world.state_hash()
    play.type("ask tom about his sister")
    play.type("undo")
    assert play.world.state_hash() == before
    assert not play.world.has(ANNA, Asked)


def test_topics_that_nothing_fits_are_not_met(play: Talk) -> None:
    assert meant_topic(play.world, "tom", ANNA, "brass") == "key"
    assert meant_topic(play.world, "tom", ANNA, "the brass band") == ""
    assert meant_topic(play.world, "tom", ANNA, "of the") == ""
    assert meant_topic(play.world, "tom", ANNA, "") == ""


def test_people_who_obey_do_so_by_the_same_actions(play: Talk) -> None:
    play.world.set("tom", Obeys(("open", "take", "look"), refusal="Do it yourself."))
    assert play.type("tom, open chest") == "Tom opens the chest."
    assert play.heard[BOB] == "Anna says to Tom: “open chest”\nTom opens the chest."
    assert play.type("tom, take note") == "Tom takes the note."
    assert play.type("tom, look") == "Tom does so."
    assert play.type("tom, jump") == "“Do it yourself,” says Tom."
    assert play.type("tell tom to take altar") in {
        "Tom tries, and gives up.",
        "Tom looks around and lifts his hands: it cannot be done.",
    }
    assert play.type("tom, undo") == "That is not for Tom to do."


def test_people_who_do_not_obey_refuse_politely(play: Talk) -> None:
    assert play.type("tom, open chest").split()[0] in {"Tom", "“Not"}
    assert play.world.parent("note") == "hall"


def test_a_player_is_only_told(play: Talk) -> None:
    assert play.type("bob, open chest") == "You say to Bob: “open chest”"
    assert play.heard[BOB] == "Anna says to you: “open chest”"
