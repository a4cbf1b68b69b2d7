from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.world.command import Ask, Command, Fail
from tale_core.world.components import Dialogue
from tale_core.world.store import World

from .conftest import build_house
from .test_parser import things, understand


@pytest.mark.parametrize(
    ("reply", "item"),
    [
        ("brass", "brass_key"), ("the iron one", "iron_key"), ("iron key", "iron_key"), ("2", "iron_key"),
        ("first", "brass_key"), ("the second one", "iron_key"), ("take iron key", "iron_key"), ("last", "iron_key"),
    ],
)  # fmt: skip
def test_a_question_takes_many_answers(world: World, reply: str, item: str) -> None:
    asked = understand("take key", world)
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    assert things(reply, world) == ("take", {"item": (item,)})


def test_a_new_command_overrides_the_question(world: World) -> None:
    asked = understand("take key", world)
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    assert things("x lamp", world) == ("examine", {"item": ("lamp",)})
    assert things("north", world)[0] == "go"


@pytest.mark.parametrize(
    "text", ["9" * 5000, "take " + "9" * 5000, "take coin " + "9" * 5000, "x " + "9" * 5000 + "th"]
)
def test_a_number_that_nobody_means_is_no_number(world: World, text: str) -> None:
    asked = understand("take key", world)
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    assert isinstance(understand(text, world), Fail)


def test_a_question_is_not_put_again_with_all_that_was_typed_since(world: World) -> None:
    asked = understand("unlock door", world)
    assert isinstance(asked, Ask)
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    assert isinstance(understand("zebra", world), Fail)
    assert isinstance(understand("the big zebra", world), Fail)


QUESTIONS = ("take key", "x key", "unlock door", "take", "drop", "open", "x coin and key", "put key in jar", "give key")


@given(st.sampled_from(QUESTIONS), st.integers(0, 7), st.sampled_from(["label", "command", "number", "the", "upper"]))
def test_any_offered_answer_gives_a_command(question: str, n: int, how: str) -> None:
    world = build_house(World(seed=1))
    asked = understand(question, world)
    for _ in range(3):
        if not isinstance(asked, Ask):
            break
        n %= max(len(asked.options), 1)
        option = asked.options[n]
        said = {
            "label": option.label,
            "command": option.command,
            "number": str(n + 1),
            "the": f"the {option.label}",
            "upper": option.label.upper(),
        }[how]
        world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
        asked = understand(said, world)
        assert not isinstance(asked, Fail), (said, asked)
    assert isinstance(asked, Command)
