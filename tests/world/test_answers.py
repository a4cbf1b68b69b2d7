from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.world.command import Ask, Command, Fail
from tale_core.world.components import Dialogue
from tale_core.world.events import Option
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


MENU = Ask(
    "choose",
    Command("ask", {"item": ("goblin",)}),
    "topic",
    (Option("the cellar", "ask goblin about the cellar"), Option("where to dig", "ask goblin about where to dig")),
    word="ask goblin about",
)


@given(
    st.sampled_from(["take key", "unlock door", "put lamp", "give lamp to", "ask goblin about", "menu"]),
    st.sampled_from(
        [
            "look", "n", "x lamp", "take apple", "take all", "drop cloak", "take zebra", "open cellar", "xyzzy cellar",
            "go to the cellar", "dig in the cellar", "take cellar, lamp", "wear it", "goblin, open chest", "inventory",
        ]
    ),
)  # fmt: skip
def test_a_command_of_its_own_means_under_a_question_what_it_means_without(question: str, line: str) -> None:
    world = build_house(World(seed=1))
    asked = MENU if question == "menu" else understand(question, world)
    assert isinstance(asked, Ask)
    without = understand(line, world)
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    assert understand(line, world) == without


def test_what_an_option_says_is_an_answer_though_it_begins_like_a_command(world: World) -> None:
    asked = Ask(
        "missing", Command("hint"), "topic", (Option("dig in the cellar", "hint dig in the cellar"),), word="hint"
    )
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    answered = understand("dig in the cellar", world)
    assert isinstance(answered, Command)
    assert (answered.action, answered.words) == ("hint", {"topic": "dig in the cellar"})
