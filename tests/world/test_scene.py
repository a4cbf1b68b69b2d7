"""What the panels beside the text show, and that every command they offer works when it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story, StoryInfo
from tale_core.story import Actor, Hidden, Name, Place, Rules, World
from tale_core.world.command import Ask, Command, Fail
from tale_core.world.events import ExitEntry, Vitals
from tale_core.world.messages import plain
from tale_core.world.parser import parse
from tale_core.world.performance import Performance

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    return Play()


def commands(play: Play, thing: str, player: str = ANNA) -> tuple[str, ...]:
    scene = play.game.scene(player)
    return next(entry.commands for entry in (*scene.things, *scene.people, *scene.inventory) if entry.id == thing)


def test_the_scene_shows_place_exits_and_health(play: Play) -> None:
    scene = play.game.scene(ANNA)
    assert (scene.place, scene.location, scene.max_score) == ("hall", "Great Hall", 20)
    assert scene.exits == (
        ExitEntry("north", "north", "", "closed"),
        ExitEntry("east", "east"),
        ExitEntry("south", "south"),
    )
    assert scene.vitals == Vitals(30, 30)
    assert scene.room is not None
    assert scene.room.exits == ("north", "east", "south")


def test_a_locked_door_is_known_as_such_once_tried(play: Play) -> None:
    play.type("open oak door")
    assert play.game.scene(ANNA).exits[0].state == "locked"
    play.give("brass_key")
    play.type("unlock oak door with brass key")
    assert play.game.scene(ANNA).exits[0].state == "closed"


def test_exits_name_places_that_were_seen(play: Play) -> None:
    play.types("south", "north")
    assert play.game.scene(ANNA).exits[2].label == "Garden"


@pytest.mark.parametrize(
    ("thing", "first"),
    [
        ("oak_door", "open oak door"),
        ("brass_key", "take brass key"),
        ("chest", "open chest"),
        ("altar", "examine marble altar"),
        ("note", "take note"),
    ],
)
def test_the_likeliest_command_comes_first(play: Play, thing: str, first: str) -> None:
    assert commands(play, thing)[0] == first


def test_what_is_to_be_attacked_is_offered_so(play: Play) -> None:
    play.to(ANNA, "vault")
    assert commands(play, "goblin")[0] == "attack goblin"
    play.world.set("goblin", Actor(3, 8))
    assert play.game.scene(ANNA).people[0].state == "wounded"


def test_a_key_in_hand_unlocks_first(play: Play) -> None:
    play.give("brass_key")
    assert commands(play, "oak_door")[0] == "unlock oak door with brass key"


def test_weapons_and_clothes_in_hand(play: Play) -> None:
    play.give("sword", "cap")
    assert commands(play, "sword")[0] == "wield iron sword"
    assert commands(play, "cap")[0] == "wear leather cap"
    play.types("wield sword", "wear cap")
    assert commands(play, "sword")[0] == "unwield iron sword"
    assert commands(play, "cap")[0] == "remove leather cap"
    assert {entry.state for entry in play.game.scene(ANNA).inventory} == {"wielded", "worn"}


@pytest.mark.parametrize("place", ["hall", "garden", "vault", "pit", "cellar", "lane"])
def test_every_offered_command_is_understood_as_that_thing(play: Play, place: str) -> None:
    play.join(BOB, "Bob")
    for thing in play.world.every(Hidden):
        play.world.drop(thing, Hidden)
    play.give("brass_key", "iron_key", "lamp", "cap")
    play.to(ANNA, place)
    play.to(BOB, place)
    play.type("open chest")
    performance = Performance(play.world, play.game.rules, play.game.messages)
    scene = play.game.scene(ANNA)
    offered = [
        (entry.id, line)
        for part in (scene.things, scene.people, scene.inventory)
        for entry in part
        for line in entry.commands
    ]
    assert offered
    for thing, line in offered:
        result = parse(line, play.world, ANNA, performance.verify)
        assert isinstance(result, Command), (line, result)
        assert thing in result.things["item"] or play.world.name(thing) == play.world.name(result.things["item"][0])
    for way in scene.exits:
        assert isinstance(parse(way.command, play.world, ANNA, performance.verify), Command)
    assert not isinstance(parse("look", play.world, ANNA, performance.verify), Ask | Fail)


def test_darkness_shows_only_what_one_carries(play: Play) -> None:
    play.give("note")
    play.to(ANNA, "cellar")
    scene = play.game.scene(ANNA)
    assert scene.location == "Darkness"
    assert (scene.exits, scene.things, scene.people, scene.room) == ((), (), (), None)
    assert [entry.id for entry in scene.inventory] == ["note"]


def test_hidden_things_and_others_belongings_are_not_shown(play: Play) -> None:
    play.join(BOB, "Bob")
    play.give("note", player=BOB)
    scene = play.game.scene(ANNA)
    assert [entry.id for entry in scene.people] == [BOB]
    assert {"iron_key", "note"}.isdisjoint(entry.id for entry in scene.things)


def test_no_player_no_scene(play: Play) -> None:
    with pytest.raises(KeyError, match="nobody"):
        play.game.scene("nobody")


def test_health_is_not_shown_where_nobody_fights() -> None:
    game = quiet()
    assert game.scene("anna").vitals is None
    assert "hit points" not in plain(game.turn(Typed("anna", "x me")).events[0].text)
    world = game.world
    world.set("anna", replace(world.need("anna", Actor), hp=7))
    assert game.scene("anna").vitals == Vitals(7, 30)


def quiet() -> Game:
    def build(world: World) -> None:
        world.add("yard", Name("Yard"), Place())

    info = StoryInfo(id="quiet", title="Quiet", author="Nobody", version="1", start="yard")
    game = Game(Story(info=info, folder=Path(), build=build, rules=Rules()))
    game.turn(Join("anna", "Anna"))
    return game
