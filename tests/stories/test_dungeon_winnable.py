"""Ten thousand dungeons can be won on paper: keys, locks, light, and fights that go worse than expected."""

from __future__ import annotations

import pytest

from tale_core.game.story import Story
from tale_core.world.store import World

from .reckoner import Reckoner

FEW = [range(start, start + 100) for start in range(0, 300, 100)]
MANY = [range(start, start + 500) for start in range(0, 10_000, 500)]


def reckoned(dungeon: Story, seed: int) -> Reckoner:
    world = World(seed)
    dungeon.build(world)
    reckoner = Reckoner(world)
    reckoner.reckon()
    return reckoner


@pytest.mark.parametrize("seeds", FEW, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_a_dungeon_can_be_won_at_expected_values(dungeon: Story, seeds: range) -> None:
    for seed in seeds:
        reckoned(dungeon, seed)


@pytest.mark.torture
@pytest.mark.parametrize("seeds", MANY, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_ten_thousand_dungeons_can_be_won_at_expected_values(dungeon: Story, seeds: range) -> None:
    for seed in seeds:
        reckoned(dungeon, seed)


def test_it_is_no_walk(dungeon: Story) -> None:
    played = [reckoned(dungeon, seed) for seed in range(60)]
    assert sum(each.lowest for each in played) / len(played) < 0.5 * 44
    assert min(each.fuel for each in played) > 0
    assert max(each.turns for each in played) < 900
