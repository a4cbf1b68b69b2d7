"""The same seed and the same lines give the same bytes in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tale_core.game.game import Game
from tale_core.game.story import Story

from .solver import Solver

PLAY = """
import sys
from pathlib import Path

import msgspec

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import load_story

game = Game(load_story(Path(sys.argv[1])), 5)
inputs = [Join("player", "Ann"), *(Typed("player", line) for line in sys.stdin.read().splitlines())]
for given in inputs:
    sys.stdout.buffer.write(msgspec.json.encode(game.turn(given)) + b"\\n")
sys.stdout.flush()
print(game.world.state_hash())
"""


def transcript(dungeon: Path, lines: list[str], hash_seed: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", PLAY, dungeon],
        input="\n".join(lines).encode(),
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_two_processes_give_the_same_bytes(dungeon: Story) -> None:
    solver = Solver(Game(dungeon, 5))
    solver.solve()
    lines = [*solver.typed, "restart", "look", "take all", "xyzzy", "unlock door with the the", "x everything"]
    one, other = (transcript(dungeon.folder, lines, hash_seed) for hash_seed in ("0", "4711"))
    assert one == other
    assert one.count(b"\n") == len(lines) + 2
    assert b'"outcome":"won"' in one
