"""The seed as it may be asked for: a number, or the day's, which is the same for everybody who plays on that day."""

from __future__ import annotations

from datetime import UTC, datetime

import click

DAILY = "daily"


def seed_of(ctx: click.Context | None, param: click.Parameter | None, text: str | None) -> int | None:
    """Return what an option means: a whole number, or with ``daily`` the date in Greenwich as one, like 20261124."""
    if text is None:
        return None
    if text.strip().lower() == DAILY:
        return int(f"{datetime.now(UTC):%Y%m%d}")
    try:
        return int(text)
    except ValueError:
        message = f"{text!r} is no seed: write a whole number, or {DAILY!r} for the one of today."
        raise click.BadParameter(message, ctx, param) from None
