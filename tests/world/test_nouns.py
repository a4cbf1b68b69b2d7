from __future__ import annotations

import pytest

from tale_core.world.command import Ask, Command, Fail
from tale_core.world.components import Actor, Dialogue, Fixed, Name, Scenery
from tale_core.world.store import World

from .test_parser import things, understand


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("x the iron one", {"iron_key"}),
        ("x the closed one", {"chest", "jar", "oak_door"}),
        ("take any key", {"brass_key"}),
        ("take either key", {"brass_key"}),
        ("take one of the coins", {"coin1"}),
        ("take two of the coins", {"coin1", "coin2"}),
        ("take a couple of coins", {"coin1", "coin2"}),
        ("take a pair of keys", {"brass_key", "iron_key"}),
        ("take some coins", {"coin1", "coin2"}),
        ("take one key", {"brass_key"}),
        ("take 2nd coin", {"coin2"}),
        ("take all coins but one", {"coin2"}),
        ("take all but one coin", {"brass_key", "iron_key", "lamp", "apple", "jar", "coin2", "club"}),
        ("take all except for the keys", {"lamp", "apple", "jar", "coin1", "coin2", "club"}),
        ("take every key", {"brass_key", "iron_key"}),
        ("take all of the coins", {"coin1", "coin2"}),
    ],
)
def test_what_is_meant_of_several(text: str, items: set[str]) -> None:
    asked = understand(text)
    found = asked.things["item"] if isinstance(asked, Command) else getattr(asked, "ids", ())
    assert set(found) == items


def test_a_plural_that_names_one_thing_may_mean_several_others(world: World) -> None:
    world.add("shelf", Name("old books", plural=True), Scenery(), Fixed(), at="hall")
    world.add("red", Name("red book"), at="hall")
    world.add("blue", Name("blue book"), at="hall")
    assert things("take books", world) == ("take", {"item": ("red", "blue")})
    assert things("take all books", world) == ("take", {"item": ("red", "blue")})
    assert things("search books", world) == ("search", {"item": ("shelf",)})


def test_where_things_are_tells_which_of_several_are_meant(world: World) -> None:
    world.add("shelf", Name("old books", plural=True), Scenery(), Fixed(), at="hall")
    world.add("red", Name("red book"), at="table", how="on")
    world.add("blue", Name("blue book"), at="table", how="on")
    assert things("x books on table", world) == ("examine", {"item": ("red", "blue")})
    assert things("take both books", world) == ("take", {"item": ("red", "blue")})
    assert things("take all the things on the table", world) == ("take", {"item": ("apple", "red", "blue")})
    assert things("take everything on table but the apple", world) == ("take", {"item": ("red", "blue")})


def test_named_things_stay_when_nothing_can_be_done_with_any(world: World) -> None:
    world.move("coin1", "me", "held")
    world.move("coin2", "me", "held")
    assert things("take all coins", world) == ("take", {"item": ("coin1", "coin2")})
    assert things("take every statue", world) == ("take", {"item": ("statue",)})


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("x floor", "parse.mentioned", "floor"),
        ("look at the cold stone walls", "parse.mentioned", "cold stone walls"),
        ("take my hands", "parse.mentioned", "hands"),
        ("x the unicorn", "parse.unknown_noun", "unicorn"),
        ("the unicorn", "parse.unknown_noun", "unicorn"),
        ("x chest north", "parse.not_understood", "north"),
        ("x red unicorn", "parse.unknown_noun", "red unicorn"),
    ],
)
def test_what_is_everywhere_is_told_from_what_is_not_there(text: str, code: str, word: str) -> None:
    result = understand(text)
    assert isinstance(result, Fail)
    assert (result.code, result.word) == (code, word)


def test_a_story_that_has_a_floor_has_it_meant(world: World) -> None:
    world.add("floor", Name("mosaic floor"), Scenery(), at="hall")
    assert things("x floor", world) == ("examine", {"item": ("floor",)})


def test_the_other_one_is_of_the_kind_last_spoken_of(world: World) -> None:
    world.set("me", Dialogue(it="brass_key"))
    assert things("x the other one", world) == ("examine", {"item": ("iron_key",)})


def test_a_state_that_a_thing_is_not_in_suggests_the_thing(world: World) -> None:
    result = understand("x lit lamp", world)
    assert isinstance(result, Fail)
    assert result.suggestions == ("brass lamp",)


def test_all_means_what_is_worn_only_where_it_is_taken_off() -> None:
    result = understand("remove all")
    assert isinstance(result, Command)
    assert "cloak" in result.things["item"]
    assert understand("drop all") == Fail("parse.nothing", "drop")


def test_names_in_a_row_are_a_list_if_each_says_what_the_thing_is(world: World) -> None:
    listed = understand("take lamp, apple and coin", world)
    assert isinstance(listed, Command)
    bare = understand("take the lamp the apple coin", world)
    assert isinstance(bare, Command)
    assert bare.things == listed.things
    assert things("take brass key", world) == things("take the brass key", world)
    assert understand("take lamp oil", world) == Fail("parse.unknown_noun", "lamp oil", ("brass lamp",))
    assert understand("open chest door", world) == Fail("parse.one_only", "open")


def test_whom_him_means_is_asked_where_it_may_be_several(world: World) -> None:
    assert understand("x him", world) == Fail("parse.not_here", "him")
    world.add("bob", Name("Bob", proper=True, gender="he"), Actor(9, 9), at="hall")
    assert things("x him", world) == ("examine", {"item": ("bob",)})
    world.add("tom", Name("Tom", proper=True, gender="he"), Actor(9, 9), at="hall")
    asked = understand("x him", world)
    assert isinstance(asked, Ask)
    assert (asked.word, asked.ids) == ("him", ("bob", "tom"))
    world.set("me", Dialogue(he="tom"))
    assert things("x him", world) == ("examine", {"item": ("tom",)})
