from __future__ import annotations

import msgspec
import pytest
from tale_dungeon.ending import rank
from tale_dungeon.remedies import OIL
from tale_dungeon.scrolls import SCROLLS
from tale_dungeon.stock import components

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story
from tale_core.world.components import Actor, Behaviour, Door, Drinkable, Hidden, Light, Place, Player, Scenery
from tale_core.world.components import Rules as Scoring
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


def foe(game: Game) -> str:
    """Return somebody in the cellars who is awake and hostile."""
    world = game.world
    hostile = (each for each in world.every(Behaviour) if world.need(each, Behaviour).kind == "hostile")
    return next(each for each in hostile if each.startswith("cellars.") and not world.has(each, Asleep))


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


def test_a_death_is_summed_up_fairly_and_can_be_taken_back(game: Game) -> None:
    rat = foe(game)
    game.world.move(ME, game.world.place_of(rat))
    game.world.move("entrance.lantern", ME, "held")
    weaken(game, ME)
    game.world.set(rat, Actor(8, 8, skill=500, damage=9))
    told(game, "wait")
    summary = told(game, "wait")
    assert "You were the carter, in a hard winter, in dungeon number 3. You came as far as the cellars" in summary
    assert "got the better of none of those who live here. That makes you a cautionary tale." in summary
    assert f"The {game.world.name(rat)} has killed you." in summary
    assert "Taken back: wait" in told(game, "undo")
    assert game.world.need(ME, Actor).hp == 1


def test_ranks_rise_with_the_score(game: Game) -> None:
    most = game.world.need("story", Scoring).max_score
    ranks = []
    for share in (0, 10, 40, 70, 100):
        game.world.set(ME, Player(score=most * share // 100))
        ranks.append(rank(game.world, ME))
    assert len(set(ranks)) == 5
    assert ranks[0] == "a cautionary tale"


@pytest.mark.parametrize(
    ("scroll", "told_so"),
    [
        ("slumber", "asleep"),
        ("the lie of the land", "every hole and every way round"),
        ("daylight", "get light"),
        ("mending", "grows together"),
        ("retreat", "by the collar"),
    ],
)
def test_a_scroll_works_once(game: Game, scroll: str, told_so: str) -> None:
    rat = foe(game)
    game.world.move(ME, game.world.place_of(rat))
    game.world.move("entrance.lantern", ME, "held")
    good = next(each for each in SCROLLS if each.name == f"scroll of {scroll}")
    game.world.add("scroll", *components(good), at=ME, how="held")
    assert told_so in told(game, f"read scroll of {scroll}")
    assert game.world.parent("scroll") is None
    if scroll == "slumber":
        assert game.world.has(rat, Asleep)
    if scroll == "retreat":
        assert any(game.world.has(thing, Drinkable) for thing in game.world.children(game.world.place_of(ME)))
    if scroll == "the lie of the land":
        assert not any(game.world.has(door, Hidden) for door in game.world.every(Door) if door.startswith("cellars."))


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


@pytest.mark.parametrize("line", ["refuel lantern", "refuel lantern with oil", "refuel lantern with flask of oil"])
def test_the_lantern_takes_the_oil_in_hand_without_a_question(game: Game, line: str) -> None:
    world = game.world
    world.move("entrance.lantern", ME, "held")
    for number, where in enumerate((world.place_of(ME), ME, ME)):
        world.add(f"oil{number}", *components(OIL), at=where, how="in" if where != ME else "held")
    fuel = world.need("entrance.lantern", Light).fuel or 0
    assert told(game, line).startswith("You use the flask of oil")
    assert world.need("entrance.lantern", Light).fuel == fuel + 110 - 1
    assert world.parent("oil0") == world.place_of(ME)
