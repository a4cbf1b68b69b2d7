"""The two questions at the start: who the player is, and what winter it is; and what becomes of the answers."""

from __future__ import annotations

import pytest

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story
from tale_core.world.components import Actor, Behaviour, Hidden, Light, Name, Trap
from tale_core.world.events import Ask, Refused
from tale_core.world.messages import plain
from tale_core.world.money import coins_of

from .solver import Solver

ME = "player"


@pytest.fixture
def game(dungeon: Story) -> Game:
    return Game(dungeon, 3)


def told(game: Game, line: str) -> str:
    return "\n".join(plain(event.text) for event in game.turn(Typed(ME, line)).events)


def asked(game: Game, line: str = "") -> list[str]:
    turn = game.turn(Typed(ME, line) if line else Join(ME, "Ann"))
    return [option.command for event in turn.events if isinstance(event, Ask) for option in event.options]


def test_the_story_begins_with_a_question_and_tells_its_number(game: Game) -> None:
    events = game.turn(Join(ME, "Ann")).events
    assert any("dungeon number 3" in plain(event.text) for event in events)
    assert isinstance(events[-2], Ask)
    assert [option.command for option in events[-2].options] == [
        "be the carter",
        "be the farrier",
        "be the poacher",
        "be the sexton",
    ]


@pytest.mark.parametrize("answer", ["2", "the farrier", "farrier", "be the farrier", "second", "strong"])
def test_an_answer_may_be_a_number_a_word_or_the_whole_line(game: Game, answer: str) -> None:
    asked(game)
    assert asked(game, answer) == ["choose a mild winter", "choose a hard winter", "choose a cruel winter"]
    assert game.world.need(ME, Actor).max_hp == 54
    assert game.world.parent("farrier.hammer") == ME


def test_one_may_think_again_until_time_has_passed(game: Game) -> None:
    asked(game)
    told(game, "farrier")
    assert "You are the poacher." in told(game, "be the poacher")
    assert game.world.parent("farrier.hammer") is None
    told(game, "wait")
    refused = [event for event in game.turn(Typed(ME, "be the farrier")).events if isinstance(event, Refused)]
    assert "too late" in plain(refused[0].text)


def test_who_answers_nothing_is_a_carter_with_money(game: Game) -> None:
    asked(game)
    told(game, "take lantern")
    assert coins_of(game.world, ME) == 16
    assert "You are the carter." in told(game, "x me")


def test_winters_differ_and_can_be_changed_for_another(game: Game) -> None:
    asked(game)
    strength = {}
    for name in ("cruel", "mild", "hard", "cruel"):
        told(game, f"choose a {name} winter")
        bodies = [game.world.need(each, Actor) for each in game.world.every(Behaviour)]
        found = (sum(body.hp for body in bodies), sum(body.skill for body in bodies))
        assert strength.setdefault(name, found) == found
    assert strength["mild"] < strength["hard"] < strength["cruel"]
    oil = game.world.need("entrance.lantern", Light).fuel
    assert oil is not None
    assert oil < 240


def test_the_poacher_sees_most_snares_in_time(dungeon: Story) -> None:
    seen = 0
    for seed in range(25):
        game = Game(dungeon, seed)
        asked(game)
        told(game, "poacher")
        told(game, "take lantern")
        (direction, *_) = (exit.direction for exit in game.scene(ME).exits)
        told(game, direction)
        target = game.world.place_of(ME)
        game.world.move(ME, "entrance")
        game.world.add("snare", Name("snare"), Trap(1, "down"), Hidden(), at=target)
        told(game, direction)
        seen += not game.world.has("snare", Hidden)
    assert 10 < seen < 25


def test_the_sexton_is_heard_once_on_every_floor(game: Game) -> None:
    asked(game)
    told(game, "sexton")
    body = game.world.need(ME, Actor)
    game.world.set(ME, Actor(5, body.max_hp))
    assert "You feel better for it." in told(game, "pray")
    assert game.world.need(ME, Actor).hp == 25
    assert "once is enough" in told(game, "pray")
    game.world.move(ME, "caves.0")
    assert "You feel better for it." in told(game, "pray")


@pytest.mark.parametrize("who", ["farrier", "poacher", "sexton"])
@pytest.mark.parametrize("winter", ["mild", "hard"])
def test_everybody_can_win(dungeon: Story, who: str, winter: str) -> None:
    assert Solver(Game(dungeon, 1), f"be the {who}", f"choose a {winter} winter").solve() == "won"
