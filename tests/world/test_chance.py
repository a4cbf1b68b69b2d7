from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from tale_core.world.chance import Stream
from tale_core.world.store import World

SCRIPT = """
from tale_core.world.chance import Stream
s = Stream(7, "fight", "goblin", 3)
print([s.below(100) for _ in range(5)], s.shuffled("abcdef"), s.weighted([("x", 1), ("y", 3)]), s.percent(50))
"""


def test_the_same_name_gives_the_same_numbers_in_every_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert outputs == {"[5, 52, 1, 40, 48] ['b', 'c', 'f', 'a', 'e', 'd'] x False\n"}


def test_purposes_ids_turns_and_seeds_are_independent() -> None:
    world = World(seed=3)
    first = world.rng("hit", "goblin").below(10**9)
    assert world.rng("hit", "goblin").below(10**9) == first
    others = [world.rng("hit", "orc"), world.rng("loot", "goblin"), World(seed=4).rng("hit", "goblin")]
    world.turn += 1
    others.append(world.rng("hit", "goblin"))
    assert first not in [stream.below(10**9) for stream in others]


@given(st.integers(1, 1000), st.integers())
def test_numbers_stay_in_their_range(n: int, seed: int) -> None:
    stream = Stream(seed)
    assert all(0 <= stream.below(n) < n for _ in range(20))
    assert all(-n <= stream.between(-n, n) <= n for _ in range(20))
    assert sorted(stream.shuffled(range(n))) == list(range(n))
    assert stream.weighted([("never", 0), ("always", n)]) == "always"
    assert not stream.percent(0)
    assert stream.percent(100)
