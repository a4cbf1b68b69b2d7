"""What may be given as a seed."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import pytest

from tale_core.launcher.seeds import seed_of


@pytest.mark.parametrize(("text", "seed"), [("7", 7), (" 12 ", 12), ("-3", -3)])
def test_a_number_is_a_seed(text: str, seed: int) -> None:
    assert seed_of(None, None, text) == seed


@pytest.mark.parametrize("text", ["daily", "Daily"])
def test_the_days_seed_is_its_date(text: str) -> None:
    before = int(f"{datetime.now(UTC):%Y%m%d}")
    assert before <= seed_of(None, None, text) <= int(f"{datetime.now(UTC):%Y%m%d}")


def test_anything_else_is_refused_with_what_may_be_written() -> None:
    with pytest.raises(click.BadParameter, match="'weekly' is no seed: write a whole number, or 'daily'"):
        seed_of(None, None, "weekly")


def test_the_days_seed_is_played(installation) -> None:
    done = installation.tale(
        "play", "dungeon", "--transport", "terminal", "--ephemeral", "--seed", "daily", input="quit\nyes\n"
    )
    assert f"dungeon number {datetime.now(UTC):%Y}" in done.stdout
