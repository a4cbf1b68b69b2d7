"""A turn's work has an end, whatever an author's rule does."""

from __future__ import annotations

import ast

import pytest

from tale_core.world.fuel import CURRENT, METER, Fuel, RanAway, burn, metered


def run(source: str, fuel: int) -> dict[str, object]:
    """Run metered code with so much fuel; return its names."""
    names: dict[str, object] = {METER: burn}
    token = CURRENT.set(Fuel(fuel))
    try:
        exec(compile(metered(ast.parse(source)), "rules.py", "exec"), names)
    finally:
        CURRENT.reset(token)
    return names


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "def f():\n    '''Doc.'''\n    f()\nimport sys\nf()",
        "for a in iter(int, 1): pass",
        "def g():\n    while True:\n        yield 1\nfor _ in g(): pass",
    ],
)
def test_a_loop_without_an_end_runs_out_of_fuel(source: str) -> None:
    with pytest.raises(RanAway):
        run(source, 500)


def test_metered_code_does_what_it_did() -> None:
    names = run(
        'def f(n):\n    """Doc."""\n    return sum(i for i in range(n))\nx = f(5)\nfor y in range(3): x += y', 100
    )
    assert names["x"] == 13
    assert names["f"].__doc__ == "Doc."  # type: ignore[attr-defined]


def test_nothing_burns_outside_a_turn() -> None:
    assert CURRENT.get() is None
    burn()


def test_fuel_counts_down() -> None:
    fuel = Fuel(2)
    fuel.burn(2)
    with pytest.raises(RanAway, match="loops"):
        fuel.burn()
