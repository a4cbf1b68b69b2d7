"""How long a player waits: one turn, a number of turns, or until a time of day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tale_core.world.choices import NUMBERS
from tale_core.world.clock import DAY, Day, time_of
from tale_core.world.command import Command
from tale_core.world.components import STORY
from tale_core.world.store import World

if TYPE_CHECKING:
    from tale_core.world.performance import Performance

MOST = 100
"""How many turns one may wait at once."""

_NAMED = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
_TIME = re.compile(r"(\d{1,2}|[a-z]+)(?:[:.]([0-5]\d))?\s*(?:o['’]?clock)?\s*(am|pm)?")
_HALF = DAY // 2


def turns_of(world: World, command: Command) -> int:
    """Return how many turns a command waits, at least 1 and at most ``MOST``."""
    number, until = command.words.get("number", ""), command.words.get("topic", "")
    turns = int(number) if number.isdecimal() else turns_until(world, until) if until else 1
    return min(max(turns or 1, 1), MOST)


def let_pass(performance: Performance, player: str, turns: int) -> None:
    """Let turns pass, fewer when something happens that the player is told of."""
    told = len(performance.events)
    for _ in range(turns):
        performance.pass_time(player)
        performance.move_clock(player)
        if performance.is_over(player) or any(event.to == player for event in performance.events[told:]):
            return


def turns_until(world: World, typed: str) -> int | None:
    """Return in how many turns it is the time that was typed ("five", "17:30"), None when that is no time here.

    A time without a morning or an afternoon of its own is the next one.
    """
    now = time_of(world)
    minute = _minute(typed.casefold().strip(" .!"))
    if now is None or minute is None:
        return None
    wanted, ambiguous = minute
    ahead = (wanted - now.hour * 60 - now.minute) % (_HALF if ambiguous else DAY)
    return -(-ahead // world.need(STORY, Day).minutes)


def _minute(text: str) -> tuple[int, bool] | None:
    """Return a time as a minute of the day, and whether it may be twelve hours later as well."""
    if text in _NAMED:
        return _NAMED[text], False
    match = _TIME.fullmatch(text)
    hour = -1 if match is None else int(match[1]) if match[1].isdecimal() else NUMBERS.get(match[1], -1)
    if match is None or not 0 <= hour < 24 or (match[3] and not 0 < hour <= 12):
        return None
    if match[3]:
        return (hour % 12 + (12 if match[3] == "pm" else 0)) * 60 + int(match[2] or 0), False
    return hour * 60 + int(match[2] or 0), 0 < hour <= 12
