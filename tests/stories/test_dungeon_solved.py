"""Every dungeon can be won by typing, by somebody who knows nothing but what the game tells."""

from __future__ import annotations

import pytest

from tale_core.game.game import Game
from tale_core.game.story import Story

from .solver import Solver

FEW = [range(start, start + 10) for start in range(0, 60, 10)]
MANY = [range(start, start + 20) for start in range(60, 1000, 20)]


def solve(dungeon: Story, seeds: range) -> list[Solver]:
    """Win each of the dungeons; who dies in one tries again with more care."""
    solvers = []
    for seed in seeds:
        for careful in (0.45, 0.6, 0.75):
            solver = Solver(Game(dungeon, seed), careful=careful)
            if solver.solve() == "won":
                break
        assert solver.outcome == "won", f"seed {seed}: {solver.typed[-12:]}"
        solvers.append(solver)
    return solvers


@pytest.mark.parametrize("seeds", FEW, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_a_sensible_player_wins(dungeon: Story, seeds: range) -> None:
    for solver in solve(dungeon, seeds):
        assert solver.scene.score >= solver.scene.max_score // 2


@pytest.mark.slow
@pytest.mark.parametrize("seeds", MANY, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_a_sensible_player_wins_a_thousand_dungeons(dungeon: Story, seeds: range) -> None:
    solve(dungeon, seeds)


def test_it_is_a_fight(dungeon: Story) -> None:
    solvers = solve(dungeon, range(2000, 2006))
    healed = [sum(line.startswith(("eat", "drink")) for line in solver.typed) for solver in solvers]
    assert sum(healed) >= 2 * len(solvers)
    assert min(solver.lowest for solver in solvers) < 0.5
