from __future__ import annotations

import msgspec
import pytest

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story
from tale_core.world.components import Actor, Behaviour, Drinkable, Hidden, Place, Player, Scenery
from tale_core.world.events import Ended, Refused, Say, Score
from tale_core.world.messages import plain
from tale_core.world.people import Asleep

ME = "player"


@pytest.fixture
def game(dungeon: Story) -> Game:
    game = Game(dungeon, 3)
    game.turn(Join(ME, "Ann"))
    return game


def told(game: Game, line: str) -> str:
    return "\n".join(plain(event.text) for event in game.turn(Typed(ME, line)).events)


def put(game: Game, place: str) -> None:
    game.world.move(ME, place)
    for monster in game.world.every(Behaviour):
        if game.world.parent(monster) == place and monster != "forge.smith_king":
            game.world.remove(monster)


def weaken(game: Game, monster: str, hp: int = 1) -> None:
    game.world.set(monster, msgspec.structs.replace(game.world.need(monster, Actor), hp=hp))


def strengthen(game: Game) -> None:
    game.world.set(ME, Actor(500, 500, skill=100, damage=500))


def test_a_player_begins_with_the_body_the_dungeon_is_made_for(game: Game) -> None:
    assert game.world.need(ME, Actor).hp == 44


def test_nobody_goes_home_without_the_ember(game: Game) -> None:
    for line in ("up", "enter stair"):
        refused = [event for event in game.turn(Typed(ME, line)).events if isinstance(event, Refused)]
        assert "Not without the Ember" in plain(refused[0].text)
    assert game.scene(ME).place == "entrance"


def test_good_water_heals_and_never_runs_out(game: Game) -> None:
    spring = next(thing for thing in game.world.every(Drinkable) if game.world.has(thing, Scenery))
    put(game, game.world.place_of(spring))
    for _ in range(2):
        weaken(game, ME, 3)
        assert "as good as new" in told(game, f"drink {game.world.name(spring)}")
        assert game.world.need(ME, Actor).hp == 44
    assert "as good as new" not in told(game, "drink water")


def test_what_is_found_lies_on_the_ground_afterwards(game: Game) -> None:
    hidden = next(t for t in game.world.every(Hidden) if game.world.has(game.world.parent(t) or "", Scenery))
    holder = game.world.parent(hidden)
    assert holder is not None
    place = game.world.place_of(holder)
    put(game, place)
    game.world.move("entrance.lantern", ME, "held")
    assert "You find" in told(game, f"search {game.world.name(holder)}")
    assert game.world.parent(hidden) == place
    assert game.world.name(hidden) in told(game, "look")


def test_a_sleeper_sleeps_until_it_is_attacked(dungeon: Story) -> None:
    for seed in range(50):
        game = Game(dungeon, seed)
        sleeper = next(iter(game.world.every(Asleep)), None)
        if sleeper is not None:
            break
    assert sleeper is not None
    game.turn(Join(ME, "Ann"))
    game.world.move("entrance.lantern", ME, "held")
    game.world.move(ME, game.world.place_of(sleeper))
    strengthen(game)
    for _ in range(3):
        told(game, "wait")
    assert game.world.need(ME, Actor).hp == 500
    weaken(game, ME, 499)
    assert "(asleep)" in told(game, "look")
    assert "points of damage" in told(game, f"attack {game.world.name(sleeper)}")
    assert not game.world.need(sleeper, Actor).hp
    assert "asleep" not in told(game, "look")


def test_the_king_speaks_once_and_then_fights(game: Game) -> None:
    put(game, game.world.place_of("forge.smith_king"))
    spoken = [event for event in game.turn(Typed(ME, "wait")).events if isinstance(event, Say)]
    assert [event.speaker for event in spoken] == ["forge.smith_king"]
    assert not [event for event in game.turn(Typed(ME, "wait")).events if isinstance(event, Say)]
    assert game.world.need("forge.smith_king", Behaviour).provoked


def test_the_ember_is_not_to_be_had_while_the_king_lives(game: Game) -> None:
    put(game, game.world.place_of("forge.smith_king"))
    assert [e.code for e in game.turn(Typed(ME, "take ember")).events if isinstance(e, Refused)] == ["take.owned"]


def test_taking_the_ember_wins(game: Game) -> None:
    put(game, game.world.place_of("forge.smith_king"))
    strengthen(game)
    weaken(game, "forge.smith_king")
    assert "at your feet lies the Ember" in told(game, "attack king")
    events = game.turn(Typed(ME, "take ember")).events
    assert [event.change for event in events if isinstance(event, Score)] == [25]
    assert [event.outcome for event in events if isinstance(event, Ended)] == ["won"]
    assert game.world.need(ME, Player).outcome == "won"


def test_a_new_beginning_is_the_same_dungeon(game: Game) -> None:
    before = game.scene(ME)
    told(game, "take all")
    told(game, "restart")
    told(game, "yes")
    assert game.scene(ME) == before


def test_every_feature_can_be_examined(dungeon: Story) -> None:
    for seed in range(12):
        game = Game(dungeon, seed)
        game.turn(Join(ME, "Ann"))
        game.world.move("entrance.lantern", ME, "held")
        for monster in game.world.every(Behaviour):
            game.world.remove(monster)
        for place in game.world.every(Place):
            game.world.move(ME, place)
            for feature in game.world.children(place):
                if game.world.has(feature, Scenery):
                    events = game.turn(Typed(ME, f"examine {game.world.name(feature)}")).events
                    assert not any(isinstance(event, Refused) for event in events), (seed, feature)
