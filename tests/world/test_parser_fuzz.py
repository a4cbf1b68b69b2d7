"""Whatever is typed, and whatever was asked before it, the parser answers; so does the whole game."""

from __future__ import annotations

from itertools import islice

import msgspec
import pytest

from tale_core.game.inputs import Typed
from tale_core.world.command import Ask, Command, Fail
from tale_core.world.components import Dialogue, Name
from tale_core.world.events import Error
from tale_core.world.fuel import Fuel
from tale_core.world.parser import FAILURES, parse
from tale_core.world.performance import Performance
from tale_core.world.vocabulary import words_of

from .fuzzing import lines, study

ANSWER_EVERY = 7
"""Of so many lines one puts its question, which the lines after it then meet."""


def parsed(seed: int, count: int) -> None:
    """Parse lines, each after whatever the lines before it left behind."""
    game = study()
    world = game.world
    performance = Performance(world, game.rules, game.messages)
    names = sorted({word for thing in world.every(Name) for word in words_of(world.name(thing))})
    things = world.every(Name)
    before = world.state_hash()
    for n, line in enumerate(islice(lines(seed, names), count)):
        performance.fuel = Fuel()
        result = parse(line, world, "anna", performance.verify, game.grammar)
        if isinstance(result, Fail):
            assert result.code in FAILURES, line
            assert result.code in game.messages, line
        else:
            assert isinstance(result, Command | Ask), line
        if n % ANSWER_EVERY == 0:
            ask = msgspec.json.encode(result).decode() if isinstance(result, Ask) else ""
            it, them = things[n % len(things)], tuple(things[n % 5 : n % 11])
            world.set("anna", Dialogue(ask, it, them, last=line, failed=line))
    world.set("anna", Dialogue())
    assert world.state_hash() == before


def played(seed: int, count: int) -> None:
    """Play lines in one game, as somebody would who leans on the keyboard."""
    game = study()
    for line in islice(lines(seed, ["lamp", "key", "chest", "coin", "jeeves", "daisy", "book"]), count):
        turn = game.turn(Typed("anna", line))
        assert not any(isinstance(event, Error) for event in turn.events), line
        if game.over("anna"):
            game = study()


@pytest.mark.parametrize("seed", [1, 2])
def test_no_line_is_too_odd_to_be_parsed(seed: int) -> None:
    parsed(seed, 1_500)


def test_no_line_is_too_odd_to_be_played() -> None:
    played(3, 400)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(25))
def test_a_million_odd_lines_are_parsed(seed: int) -> None:
    parsed(100 + seed, 40_000)


@pytest.mark.torture
def test_many_odd_lines_are_played() -> None:
    played(7, 20_000)
