"""Names that players choose in a world that they share."""

from __future__ import annotations

import pytest

from tale_core.game.inputs import Join, Leave

from .playing import ANNA, BOB, Play

ASKED = "What do you want to be called?"


@pytest.fixture
def play() -> Play:
    """Return a game that Anna shares with a player who has no name yet."""
    play = Play()
    play.take(Join(ANNA, "Anna", shared=True), ANNA)
    play.take(Join(BOB, "Player 2", shared=True, unnamed=True), BOB)
    return play


def test_who_has_no_name_is_asked_for_one_and_answers_with_just_that(play: Play) -> None:
    assert ASKED in play.heard[BOB]
    assert play.type("bob.", BOB) == "You are Bob from now on."
    assert play.heard[ANNA] == "Player 2 is called Bob from now on."
    assert "Bob is here." in play.type("look")
    assert play.type("tell bob hello") == "You tell Bob alone: “hello”"


def test_a_command_is_no_name(play: Play) -> None:
    assert "You take the note." in play.type("take note", BOB)
    assert play.heard[ANNA] == "Player 2 takes the note."
    assert "Player 2" in play.type("who", BOB)


@pytest.mark.parametrize(
    "line", ["Robin", "name robin", "my name is Robin", "Call me Robin!", "I am Robin", "name “Robin”"]
)
def test_a_name_is_chosen_in_any_words(play: Play, line: str) -> None:
    play.to(BOB, "garden")
    assert play.type(line, BOB) == "You are Robin from now on."
    assert play.heard[ANNA] == "Player 2 is called Robin from now on."


def test_whoever_leaves_without_a_name_is_asked_again_and_nobody_else_is(play: Play) -> None:
    for player, named in ((ANNA, True), (BOB, False)):
        play.take(Leave(player), player)
        assert (ASKED not in play.take(Join(player, "Nobody", shared=True, unnamed=True), player)) == named


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Anna", "Somebody else in this story is called Anna."),
        ("anná", "Somebody else"),
        ("Lamp", "“Lamp” means something else in this story."),
        ("keys", "means something else"),
        ("goblin", "means something else"),
        ("Hall", "means something else"),
        ("north", "means something else"),
        ("ne", "means something else"),
        ("Everything", "means something else"),
        ("him", "means something else"),
        ("look", "means something else"),
        ("Robin Hood", "A name is one word"),
        ("R", "A name is one word"),
        ("R2D2", "A name is one word"),
        ("<b>", "A name is one word"),
        ("x" * 21, "A name is one word"),
    ],
)
def test_a_name_that_would_be_taken_for_something_else_is_refused_and_asked_for_again(
    play: Play, name: str, why: str
) -> None:
    told = play.type(f"name {name}", BOB)
    assert why in told
    assert ASKED in told
    assert ANNA not in play.heard
    assert play.type("Zoë", BOB) == "You are Zoë from now on."


def test_who_has_a_name_may_have_another(play: Play) -> None:
    assert play.type("name") == "You are Anna. What else do you want to be called?"
    assert play.type("anna") == "That is your name already."
    assert play.type("name हिन्दी") == "You are हिन्दी from now on."


def test_a_name_is_nobody_elses_while_its_owner_is_away(play: Play) -> None:
    play.take(Leave(ANNA), ANNA)
    assert "Somebody else" in play.type("name Anna", BOB)


def test_who_plays_alone_needs_no_name() -> None:
    assert Play().type("name Robin") == "Nobody else is in this story, so that you need no name."
