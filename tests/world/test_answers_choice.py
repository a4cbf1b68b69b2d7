"""Questions of a story's own, with answers to choose from."""

from __future__ import annotations

import pytest

from tale_core.story import Acting, Rules
from tale_core.world.events import Ask

from .playing import Play


def play() -> Play:
    rules = Rules()

    @rules.instead("sing")
    def ask(act: Acting) -> None:
        act.choose("Which song?", {"say la": "a short one", "say lala": "a long one, with a chorus"})

    return Play(rules)


@pytest.mark.parametrize("answer", ["2", "second", "chorus", "the long one", "a long one, with a chorus", "say lala"])
def test_a_choice_is_made_by_number_words_or_line(answer: str) -> None:
    game = play()
    assert game.type("sing") == "Which song?"
    (asked,) = (event for event in game.last.events if isinstance(event, Ask))
    assert [(option.label, option.command) for option in asked.options] == [
        ("a short one", "say la"),
        ("a long one, with a chorus", "say lala"),
    ]
    assert "lala" in game.type(answer)


def test_what_fits_two_answers_chooses_none() -> None:
    game = play()
    game.type("sing")
    assert "la" not in game.type("one").split()


def test_any_command_does_instead() -> None:
    game = play()
    game.type("sing")
    assert "Great Hall" in game.type("look")
    assert "lala" not in game.type("2")
