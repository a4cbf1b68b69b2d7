"""Measure the engine without journal and transport: turns a second, and what the world's size has to do with it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story, StoryInfo
from tale_core.serving.render.html import to_html
from tale_core.world.components import Description, Location, Name, Place, Scenery
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

PLAYER = "player"
TURNS = 4_000
TIMES = 5
THINGS = ("lamp", "rope", "coin")


def wide(rooms: int) -> Story:
    """Return a story of rooms in a row, to and fro, each with three things and a piece of scenery."""

    def build(world: World) -> None:
        for n in range(rooms):
            exits = {"east": f"room{n + 1}"} if n + 1 < rooms else {}
            if n:
                exits["west"] = f"room{n - 1}"
            room = world.add(f"room{n}", Name(f"Room {n}"), Place(exits=exits), Description(f"Here it is room {n}."))
            for thing in THINGS:
                world.add(f"{thing}{n}", Name(f"{thing} {n}"), Description(f"A {thing}."), Location(room, "in"))
            world.add(f"wall{n}", Name(f"wall {n}"), Scenery(), Location(room, "in"))

    info = StoryInfo(id="wide", title="Wide", author="Nobody", version="1", start=f"room{rooms // 2}")
    return Story(info=info, folder=Path(), build=build, rules=Rules())


def turns_a_second(game: Game, lines: Sequence[str]) -> float:
    """Return how many turns a second a player's lines come to, each rendered to HTML; the best of some runs."""
    best = 0.0
    for _ in range(TIMES):
        begin = time.perf_counter()
        for n in range(TURNS):
            to_html(game.turn(Typed(PLAYER, lines[n % len(lines)])).events)
        best = max(best, TURNS / (time.perf_counter() - begin))
    return best


def engine() -> None:
    """Count turns a second in a world of 1,000 things, and compare worlds of 10 and of 12,000 rooms."""
    runs = {"look": ["look"], "a step": ["east", "west"], "look and step": ["look", "east", "look", "west"]}
    games = {rooms: Game(wide(rooms)) for rooms in (10, 200, 12_000)}
    for game in games.values():
        game.turn(Join(PLAYER, "You"))
    for what, lines in runs.items():
        rate = {rooms: turns_a_second(game, lines) for rooms, game in games.items()}
        print(f"{what + ', world of 1,000 things':<48} {rate[200]:9.0f} /s", end="")
        print(f"  ({rate[10] / rate[12_000]:.2f} x the time in 12,000 rooms as in 10)")
