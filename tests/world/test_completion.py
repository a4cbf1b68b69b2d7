from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tale_core.game.inputs import Join, Typed
from tale_core.world.command import Fail
from tale_core.world.components import Hidden, Name
from tale_core.world.parser import parse
from tale_core.world.performance import Performance
from tale_core.world.store import World

from .fuzzing import TYPED, study
from .test_parser import verifier

GAME = study()


def offered(text: str) -> list[str]:
    return GAME.complete("anna", text)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", "look"),
        ("ex", "examine"),
        ("ble", "bless"),
        ("take brass l", "take brass lamp"),
        ("take the br", "take the brass key"),
        ("take LAMP and le", "take LAMP and letter"),
        ("take lamp, i", "take lamp, iron key"),
        ("take all but le", "take all but letter"),
        ("put lamp in ", "put lamp in cardboard box"),
        ("put lamp ", "put lamp on"),
        ("unlock oak door with ", "unlock oak door with iron key"),
        ("n. take l", "n. take letter"),
        ("take lamp then dr", "take lamp then drop"),
        ("jeeves, op", "jeeves, open"),
        ("jeeves, open oak c", "jeeves, open oak chest"),
        ("tell daisy to t", "tell daisy to take"),
        ("hint ", "hint getting into the closet"),
        ("notify ", "notify off"),
        ("help ta", "help take"),
        ("nab le", "nab letter"),
        ("  take le", "take letter"),
        ("go n", "go north"),
        ("give lamp to d", "give lamp to Daisy"),
    ],
)
def test_a_line_is_completed(typed: str, line: str) -> None:
    assert line in offered(typed)


@pytest.mark.parametrize(
    "typed", ["take si", "x sil", "take crown", "x rat", "go to g", "unlock oak door with le", "zz"]
)
def test_nothing_is_offered_that_is_unknown_or_makes_no_sense(typed: str) -> None:
    assert offered(typed) == []


def test_what_fits_comes_first() -> None:
    assert offered("take ")[:2] == ["take brass key", "take iron key"]
    assert offered("open ")[:2] == ["open oak door", "open oak chest"]


def test_answers_to_the_pending_question_come_first() -> None:
    game = study()
    game.turn(Typed("anna", "x key"))
    assert game.complete("anna", "")[:2] == ["brass key", "iron key"]
    assert game.complete("anna", "ir")[0] == "iron key"
    game.turn(Typed("anna", "quit"))
    assert game.complete("anna", "")[:2] == ["yes", "no"]


def test_nobody_is_offered_what_another_has_found() -> None:
    game = study()
    game.turn(Join("bob", "Bob"))
    game.turn(Typed("bob", "n"))
    game.turn(Typed("bob", "nw"))
    assert not any("sword" in line for line in game.complete("anna", "take "))
    assert any("sword" in line for line in game.complete("bob", "take "))


BEGINNINGS = st.one_of(
    st.text(max_size=30),
    st.tuples(st.sampled_from(TYPED), st.integers(0, 40)).map(lambda each: each[0][: each[1]]),
    st.tuples(st.sampled_from(TYPED), st.integers(0, 40)).map(lambda each: each[0][: each[1]] + " "),
)


@given(BEGINNINGS)
@example("N N")
def test_whatever_is_offered_is_understood(text: str) -> None:
    performance = Performance(GAME.world, GAME.rules, GAME.messages)
    lines = offered(text)
    assert len(lines) <= 20
    for line in lines:
        if " " in line.strip():
            assert not isinstance(parse(line, GAME.world, "anna", performance.verify, GAME.grammar), Fail), line


@given(BEGINNINGS)
def test_nothing_out_of_sight_is_offered(text: str) -> None:
    unseen = ("silver crown", "walking shoes", "sword", "Cellar", "Walled Garden")
    typed = text.casefold()
    for line in offered(text):
        new = line.casefold().replace(typed.strip(), "", 1)
        assert not any(name.casefold() in new for name in unseen if name.casefold() not in typed), line


def test_hidden_things_are_never_completed(world: World) -> None:
    from tale_core.world.completion import complete

    for typed in ("take ", "x ", "take s", "put lamp in "):
        lines = complete(typed, world, "me", verifier(world))
        assert not any(world.name(thing) in line for line in lines for thing in world.every(Hidden))
        assert all(world.has(thing, Name) for thing in world.every(Hidden))
