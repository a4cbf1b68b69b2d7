from __future__ import annotations

import msgspec
import pytest

from tale_core.world.command import Ask, Command, Fail
from tale_core.world.components import Actor, Dialogue, Name, Player
from tale_core.world.store import World

from .test_parser import understand


@pytest.fixture
def world(world: World) -> World:
    world.add("bob", Name("Bob", proper=True, gender="he"), Actor(9, 9), at="hall")
    world.add("anna", Name("Anna", proper=True, gender="she"), Actor(9, 9), Player(), at="hall")
    world.add("rope", Name("rope"), at="bob", how="held")
    return world


@pytest.mark.parametrize(
    ("text", "action", "things", "words"),
    [
        ("bob, open the chest", "open", {"item": ("chest",)}, {}),
        ("Bob, please open chest.", "open", {"item": ("chest",)}, {}),
        ("bob, could you open the chest?", "open", {"item": ("chest",)}, {}),
        ("tell bob to open the chest", "open", {"item": ("chest",)}, {}),
        ("ask bob to open the chest", "open", {"item": ("chest",)}, {}),
        ("order bob to drop the rope", "drop", {"item": ("rope",)}, {}),
        ("bob, drop all", "drop", {"item": ("rope",)}, {}),
        ("bob, n", "go", {}, {"direction": "north"}),
        ("bob, give me the rope", "give", {"item": ("rope",), "target": ("me",)}, {}),
        ("bob, x yourself", "examine", {"item": ("bob",)}, {}),
        ("bob, x me", "examine", {"item": ("me",)}, {}),
        ("bob, take lamp, apple and coin", "take", {"item": ("lamp", "apple", "coin1")}, {}),
        ("goblin, take the iron key", "take", {"item": ("iron_key",)}, {}),
        ("bob, wait", "wait", {}, {}),
    ],
)
def test_somebody_is_told_to_do_something(world: World, text: str, action: str, things: dict, words: dict) -> None:
    result = understand(text, world)
    assert isinstance(result, Command), result
    assert result.action == "order"
    assert result.things == {"item": ("goblin",) if text.startswith("goblin") else ("bob",)}
    assert result.order is not None
    assert (result.order.action, result.order.things, result.order.words) == (action, things, words)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bob, how are you today?", "how are you today"),
        ("anna, shall we go north?", "shall we go north"),
        ("anna, take zebra", "take zebra"),
        ("anna, take key", "take key"),
    ],
)
def test_words_that_are_no_command_are_said_to_a_person(world: World, text: str, said: str) -> None:
    result = understand(text, world)
    assert isinstance(result, Command), result
    assert (result.action, result.words, result.order) == ("order", {"topic": said}, None)


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("bob, take zebra", "parse.unknown_noun", "zebra"),
        ("bob, opne chest", "parse.unknown_verb", "opne"),
        ("tell bob to tell anna to jump", "parse.not_understood", "tell"),
        ("zelda, open the chest", "parse.unknown_noun", "zelda"),
        ("lamp, open the chest", "parse.no_verb", "lamp"),
    ],
)
def test_what_somebody_cannot_be_told(world: World, text: str, code: str, word: str) -> None:
    result = understand(text, world)
    assert isinstance(result, Fail), result
    assert (result.code, result.word) == (code, word)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("bob, take lamp and go north", "bob, go north"),
        ("bob, take lamp, n, wait", "bob, n, wait"),
        ("Bob, take lamp then wait", "Bob, wait"),
        ("tell bob to take lamp and wait", "tell bob to wait"),
        ("bob, take lamp. go north", "go north"),
        ("bob, take lamp. anna, wait", "anna, wait"),
    ],
)
def test_what_follows_an_and_is_for_the_same_person(world: World, text: str, rest: str) -> None:
    result = understand(text, world)
    assert isinstance(result, Command), result
    assert result.order is not None
    assert (result.order.things, result.rest) == ({"item": ("lamp",)}, rest)


@pytest.mark.parametrize(
    ("question", "options", "answer"),
    [
        ("bob, take key", ["bob, take brass key", "bob, take iron key"], "iron"),
        ("tell bob to take key", ["tell bob to take brass key", "tell bob to take iron key"], "the second one"),
        ("bob, take key", ["bob, take brass key", "bob, take iron key"], "bob, take iron key"),
    ],
)
def test_a_question_about_an_order_can_be_answered(
    world: World, question: str, options: list[str], answer: str
) -> None:
    asked = understand(question, world)
    assert isinstance(asked, Ask), asked
    assert [option.command for option in asked.options] == options
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    result = understand(answer, world)
    assert isinstance(result, Command), result
    assert (result.action, result.things) == ("order", {"item": ("bob",)})
    assert result.order is not None
    assert result.order.things == {"item": ("iron_key",)}


def test_all_keys_can_be_the_answer_about_an_order(world: World) -> None:
    asked = understand("bob, take key", world)
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    result = understand("both", world)
    assert isinstance(result, Command)
    assert result.order is not None
    assert (result.order.things, result.order.multiple) == ({"item": ("brass_key", "iron_key")}, True)


def test_an_order_lacks_something(world: World) -> None:
    asked = understand("bob, unlock oak door", world)
    assert isinstance(asked, Ask)
    assert (asked.kind, asked.slot, asked.word) == ("missing", "target", "bob, unlock oak door with")
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    result = understand("brass key", world)
    assert isinstance(result, Command)
    assert result.order == Command("unlock", {"item": ("oak_door",), "target": ("brass_key",)})


def test_a_person_is_asked_for_when_several_are_called(world: World) -> None:
    world.add("bob2", Name("Bob Brown", proper=True, gender="he"), Actor(9, 9), at="hall")
    world.add("bob3", Name("Bob Black", proper=True, gender="he"), Actor(9, 9), at="hall")
    world.remove("bob")
    asked = understand("bob, open chest", world)
    assert isinstance(asked, Ask)
    assert [option.command for option in asked.options] == ["Bob Brown, open chest", "Bob Black, open chest"]
    world.set("me", Dialogue(ask=msgspec.json.encode(asked).decode()))
    result = understand("black", world)
    assert isinstance(result, Command)
    assert (result.things, result.order) == ({"item": ("bob3",)}, Command("open", {"item": ("chest",)}))


@pytest.mark.parametrize(
    "order",
    ["open the chest", "drop all", "n", "give me the rope", "take lamp, apple and coin", "take key", "take zebra"],
)
def test_a_name_means_the_same_before_and_behind_an_order(world: World, order: str) -> None:
    first, last, bare = (understand(line, world) for line in (f"bob, {order}", f"{order}, bob", f"bob {order}"))
    assert first == last == bare


@pytest.mark.parametrize("text", ["x lamp, bob", "say hello, bob", "take lamp, apple"])
def test_what_makes_sense_without_an_order_is_none(world: World, text: str) -> None:
    result = understand(text, world)
    assert isinstance(result, Command)
    assert result.action != "order"
