"""What players perceive of one another, lights, talk, and the answers to idle wishes."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Drinkable, Fixed, Light, Name, Player
from tale_core.world.actions.handling import DONE as HANDLED
from tale_core.world.actions.handling import REFUSED as VAIN
from tale_core.world.actions.idling import DONE, SENSED
from tale_core.world.events import Report

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    play = Play()
    play.join(BOB, "Bob")
    return play


@pytest.mark.parametrize(
    ("line", "mine", "theirs"),
    [
        ("take note", "You take the note.", "Anna takes the note."),
        ("open chest", "You open the chest.", "Anna opens the chest."),
        ("read note", "You read:", "Anna reads the note."),
        ("search altar", "You find an iron key!", "Anna searches the marble altar.\nAnna finds an iron key!"),
    ],
)
def test_each_is_told_in_their_own_form(play: Play, line: str, mine: str, theirs: str) -> None:
    assert play.type(line).startswith(mine)
    assert play.heard[BOB] == theirs


def test_implicit_actions_are_announced_to_the_actor_and_told_to_others(play: Play) -> None:
    assert play.type("put note in chest").startswith("(first taking the note)\n(first opening the chest)")
    assert play.heard[BOB].split("\n") == [
        "Anna takes the note.",
        "Anna opens the chest.",
        "Anna puts the note into the chest.",
    ]


def test_announcements_are_dim(play: Play) -> None:
    play.type("put note in chest")
    first = play.last.events[0]
    assert isinstance(first, Report)
    assert {run.role for run in first.text[0]} == {"dim", "item"}


def test_refusals_and_looks_are_private(play: Play) -> None:
    for line in ("take altar", "look", "x chest", "i", "score", "froob"):
        play.type(line)
        assert BOB not in play.heard


def test_those_elsewhere_perceive_nothing(play: Play) -> None:
    play.to(BOB, "garden")
    play.type("take note")
    assert BOB not in play.heard


def test_in_the_dark_a_touch_is_felt_but_its_cause_has_no_name(play: Play) -> None:
    play.to(ANNA, "cellar")
    play.to(BOB, "cellar")
    play.give("note")
    play.do("attack", BOB, player="goblin")
    assert play.do("give", "note", BOB) == "You can see no such thing here."
    play.world.move("goblin", "cellar")
    play.do("threaten", BOB, player="goblin")
    assert play.heard[BOB] == "Someone notices you and comes at you!"
    assert ANNA not in play.heard


def test_dead_players_lie_there_and_hear_nothing(play: Play) -> None:
    play.world.set(BOB, Actor(0, 30))
    play.world.set(BOB, Player(outcome="lost"))
    assert "Bob (dead)" in play.type("look")
    play.type("take note")
    assert BOB not in play.heard


def test_lights_are_lit_and_put_out(play: Play) -> None:
    assert play.do("extinguish", "lamp") == "You put out the lamp."
    assert play.do("extinguish", "lamp") == "The lamp is not lit."
    assert play.do("light", "lamp") == "(first taking the lamp)\nYou light the lamp."
    assert play.do("light", "lamp") == "The lamp is lit already."
    assert play.do("light", "note") == "The note cannot be lit."
    play.world.set("lamp", Light(lit=False, fuel=0))
    assert play.do("light", "lamp") == "The lamp has nothing left to burn."


def test_what_is_said_is_heard_as_it_is(play: Play) -> None:
    assert play.do("say", topic="hello {you}") == "You say: “hello {you}”"
    assert play.heard[BOB] == "Anna says: “hello {you}”"
    assert play.do("say") == "Say what?"


def test_talking_needs_somebody_alive(play: Play) -> None:
    assert play.do("talk", "chest") == "The chest does not answer."
    assert play.do("talk", BOB) == "You greet Bob."
    assert play.heard[BOB] == "Anna greets you."
    play.world.set("goblin", Actor(0, 8))
    play.world.move("goblin", "hall")
    assert play.do("talk", "goblin") == "The goblin does not answer any more."


@pytest.mark.parametrize("action", [*DONE, *SENSED, *VAIN, *HANDLED])
def test_every_idle_wish_has_an_answer_of_its_own(play: Play, action: str) -> None:
    before = play.world.state_hash()
    assert play.do(action, "" if action in DONE else "altar").endswith((".", "!"))
    assert play.world.state_hash() == before


def test_a_well_is_not_used_up(play: Play) -> None:
    play.world.add("well", Name("well"), Drinkable(3), Fixed(), at="hall")
    play.world.set(ANNA, Actor(10, 30))
    assert play.type("drink from well").split("\n")[0] == "You drink from the well."
    assert play.world.need(ANNA, Actor).hp == 13
    assert play.world.parent("well") == "hall"


def test_a_person_given_to_nobody_stays_where_they_are(play: Play) -> None:
    for action in ("give", "show"):
        play.do(action, BOB)
        assert play.world.parent(BOB) == "hall"
