"""Carry out ``tale explore``: let bots walk a story, in several processes if wished, and tell what they found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from msgspec import to_builtins

from tale_core.game.reading import Reading
from tale_core.launcher import formats
from tale_core.launcher.stories import find_stories, story_folder
from tale_core.testing.explorer import Unseen, Walk, unseen, walk
from tale_core.world.components import Place

SHOWN = 12
"""How many of a kind are listed."""

Order = tuple[Path, int, int, frozenset[str]]


def explore(wish: str, turns: int, seeds: int, jobs: int, disabled: frozenset[str], *, as_json: bool) -> bool:
    """Let bots walk a story for ``turns`` turns each; print what they found, return whether nothing failed."""
    folder = story_folder(wish, find_stories(disabled), disabled)
    reading = formats.read(folder, disabled)
    if jobs == 1 or seeds == 1:
        walks = [walk(reading.story, seed, turns) for seed in range(1, seeds + 1)]
    else:
        walks = _in_processes([(folder, seed, turns, disabled) for seed in range(1, seeds + 1)], min(jobs, seeds))
    found = Walk()
    for each in walks:
        found.add(each)
    missed = unseen(reading, found)
    if as_json:
        click.echo(json.dumps(_data(found, missed), indent=2, ensure_ascii=False))
    else:
        for line in _report(reading, found, missed):
            click.echo(line)
    return not found.faults


def _in_processes(orders: Sequence[Order], jobs: int) -> list[Walk]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_one, orders))


def _one(order: Order) -> Walk:
    folder, seed, turns, disabled = order
    return walk(formats.load(folder, disabled), seed, turns)


def _data(found: Walk, missed: Unseen) -> dict[str, object]:
    return {
        "turns": found.turns,
        "lives": found.lives,
        "endings": dict(found.endings),
        "faults": to_builtins(list(found.faults.values())),
        "unseen": to_builtins(missed),
    }


def _report(reading: Reading, found: Walk, missed: Unseen) -> Iterator[str]:
    endings = ", ".join(f"{number} {outcome}" for outcome, number in sorted(found.endings.items())) or "none"
    places = len(reading.world.every(Place))
    yield f"{reading.story.info.title}: {found.turns} turns in {found.lives} games; endings: {endings}."
    yield f"{places - len(missed.places)} of {places} places were seen."
    for fault in found.faults.values():
        yield ""
        yield f"{click.style('FAILED', fg='red')} {fault.where}: {fault.error}"
        yield f"  seed {fault.seed}, turn {fault.turn}, after: {'. '.join(fault.typed)}"
    lists = (
        ("Nobody got out of", missed.dead_ends),
        ("Nobody came to", missed.places),
        ("Nobody read the description of", missed.descriptions),
        ("Nobody was told the message", missed.messages),
        ("Nobody was told", missed.texts),
    )
    for head, several in lists:
        if several:
            yield ""
            yield f"{head} ({len(several)}):"
            yield from (f"  {each}" for each in several[:SHOWN])
            if len(several) > SHOWN:
                yield f"  … and {len(several) - SHOWN} more"
