"""Measure what a session takes in memory beyond its game: outbox, transcript, journal's end, strand and timers."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path
from threading import Event

import tale_dungeon
import tale_web

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story, load_story
from tale_core.serving.gate import Visitor
from tale_core.serving.host import Host
from tale_core.serving.session import Session
from tale_core.serving.wire import ClientMessage

SESSIONS = 40
LINES = ("look", "inventory", "wait", "examine me", "east", "look") * 5
DEADLINE = 60


def sessions() -> None:
    """Print how many KiB an idle session takes beyond its game, fresh and after some commands."""
    story = load_story(Path(tale_dungeon.__file__).parent)
    for what, lines in (("at its welcome", ()), (f"after {len(LINES)} commands", LINES)):
        alone = _traced(lambda lines=lines: _games(story, lines))
        seated = _traced(lambda lines=lines: _seats(story, lines))
        print(f"{'a session beyond its game, ' + what:<48} {(seated - alone) / SESSIONS / 1024:9.0f} KiB")


def _traced(make: object) -> int:
    assert callable(make)
    make()  # what is made only once is not counted
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = make()
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    del kept
    return size


def _games(story: Story, lines: tuple[str, ...]) -> list[Game]:
    games = [Game(story, seed) for seed in range(SESSIONS)]
    for game in games:
        for given in (Join("player", "You"), *(Typed("player", line) for line in lines)):
            game.turn(given)
    return games


def _seats(story: Story, lines: tuple[str, ...]) -> Host:
    host = Host(story, page=tale_web.ROOT)
    sessions: list[Session] = []
    for seed in range(SESSIONS):
        host._seed = seed
        visitor = Visitor(f"visitor{seed}", near=False)
        sessions.append(host._seat(visitor))
        for cid, line in enumerate(lines, 1):
            sessions[-1]._tokens = 2.0
            sessions[-1].submit(ClientMessage(cmd=line, cid=cid))
        done = Event()
        host._tables[sessions[-1].id]._strand.post(done.set)
        assert done.wait(DEADLINE)
    return host
