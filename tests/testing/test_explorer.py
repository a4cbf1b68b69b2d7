"""Bots find what is wrong with a story, and do the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.game.reading import Reading, read_story
from tale_core.testing.explorer import STUCK, unseen, walk

HEAD = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\n'
WORLD = """\
places:
  hall: {title: Hall, description: A hall., exits: {east: pit, west: vault_door}}
  pit: {title: Pit, description: A pit.}
  vault: {title: Vault, description: A vault., exits: {east: vault_door}}
  moon: {title: Moon, description: A moon.}
things:
  vault_door: {door: {a: hall, b: vault}, openable: true, lock: {keys: ring}}
  ring: {in: moon, description: A ring.}
  ball: {in: hall, description: A ball.}
rules:
  - {after: take, item: ball, say: It is a ball.}
  - {after: take, item: ring, say: It shines.}
"""
RULES = """\
from tale_core.story import Rules
rules = Rules()
@rules.after("open", item="vault_door")
def never(act):
    raise RuntimeError("never")
@rules.before("push", item="ball")
def broken(act):
    raise ValueError("it bursts")
"""


def story(folder: Path, rules: str = "") -> Reading:
    (folder / "story.toml").write_text(HEAD, "utf-8")
    (folder / "world.yaml").write_text(WORLD, "utf-8")
    (folder / "messages.toml").write_text('[ghost]\nboo = "Boo."\n[wait]\ndone = "You stand about."\n', "utf-8")
    if rules:
        (folder / "rules.py").write_text(rules, "utf-8")
    return read_story(folder)


def test_what_nobody_sees_and_where_nobody_gets_out_is_found(tmp_path: Path) -> None:
    reading = story(tmp_path)
    found = walk(reading.story, 1, 10 * STUCK)
    missed = unseen(reading, found)
    assert missed.places == ("vault", "moon")
    assert missed.dead_ends == ("pit",)
    assert missed.descriptions == ("vault", "moon", "ring")
    assert missed.messages == ("ghost.boo",)
    assert missed.texts == ("world.yaml:12: It shines.",)
    assert not found.faults
    assert found.lives > 1


def test_a_rule_that_fails_is_told_with_how_it_came_about(tmp_path: Path, caplog) -> None:
    reading = story(tmp_path, RULES)
    found = walk(reading.story, 1, 600)
    (fault,) = found.faults.values()
    assert (fault.error, fault.where) == ("ValueError: it bursts", "rules.py:8")
    assert fault.typed[-1].startswith("push ")
    assert not caplog.records, "it is told, not logged"


@pytest.mark.parametrize("seed", [1, 7])
def test_a_bot_does_the_same_every_time(tmp_path: Path, seed: int) -> None:
    reading = story(tmp_path)
    one, other = (walk(reading.story, seed, 300) for _ in range(2))
    assert (one.places, one.told, one.messages, one.lives) == (other.places, other.told, other.messages, other.lives)
    assert walk(reading.story, seed + 1, 300).places != one.places
