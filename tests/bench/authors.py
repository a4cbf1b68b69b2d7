"""What authors wait for: a story of two thousand places that is loaded and checked, and a bot that walks one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import tale_cloak
import tale_dungeon

from tale_core.game.checking import check
from tale_core.game.reading import read_story
from tale_core.game.story import load_story
from tale_core.testing.explorer import walk

PLACES = 2000
ACROSS = 50
TURNS = 4000
STORY = 'id = "big"\ntitle = "Big"\nauthor = "A bench"\nversion = "1"\nstart = "p0"\n'


def write_big(folder: Path) -> Path:
    """Write a story of many places on a grid, with three things in each."""
    lines = ["places:"]
    for n in range(PLACES):
        ways = {"east": n + 1, "west": n - 1, "south": n + ACROSS, "north": n - ACROSS}
        edge = {"east": (n + 1) % ACROSS == 0, "west": n % ACROSS == 0}
        exits = [f"{way}: p{to}" for way, to in ways.items() if 0 <= to < PLACES and not edge.get(way)]
        text = f"A wide hall with a tall pillar and the number {n} on the wall. Dust lies on a bench."
        lines += [f"  p{n}:", f"    title: Hall {n}", f"    description: {text}", f"    exits: {{{', '.join(exits)}}}"]
    lines.append("things:")
    for n in range(PLACES):
        lines += [
            f"  pillar{n}: {{name: tall pillar, in: p{n}, scenery: true, description: It is a pillar.}}",
            f"  bench{n}: {{name: bench, in: p{n}, supporter: true, fixed: true}}",
            f"  ball{n}: {{name: red ball, on: bench{n}, description: A ball.}}",
        ]
    (folder / "story.toml").write_text(STORY, "utf-8")
    (folder / "world.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def authors(show: Callable[[str, list[float]], None], rounds: int = 3) -> None:
    """Print how long loading and checking take, and how many turns a second a bot plays."""
    with TemporaryDirectory() as folder:
        big = write_big(Path(folder))
        for what, run in (("loading", load_story), ("checking", lambda path: check(read_story(path)))):
            times = []
            for _ in range(rounds):
                begin = time.perf_counter()
                run(big)
                times.append(time.perf_counter() - begin)
            show(f"{what} a story of {PLACES:,} places", times)
        stories = [Path(package.__file__).parent for package in (tale_cloak, tale_dungeon)] + [big]
        for path in stories:
            story = load_story(path)
            begin = time.process_time()  # what a bot would play on a machine that has nothing else to do
            walk(story, 1, TURNS)
            rate = TURNS / (time.process_time() - begin)
            print(f"{'turns a second of a bot, ' + story.info.id:<48} {rate:9.0f}")


if __name__ == "__main__":
    from tests.bench.__main__ import show

    authors(show)
