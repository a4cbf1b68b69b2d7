"""The story's own time: a clock that moves on by one with each command that takes time, and timers that run out by it.

The clock is one for the whole world, whoever spends the time; a ``Tick`` moves it by one, too. A story without timers,
times of day or a clock in its ``story.toml`` has none, and pays nothing for it. What is due comes in this order:
rules for a time of day, by their times; people with a routine or an errand go one place further; then timers, those
first that were started first. Clock and timers are state like any other: saved, undone and hashed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tale_core.world.components import STORY, Component
from tale_core.world.store import World

DAY = 24 * 60
"""Minutes of a day."""

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Timer(Struct, frozen=True, omit_defaults=True):
    """Hold a running timer: it is due when the clock shows ``due`` turns, and again ``every`` so many if not 0."""

    name: str
    due: int
    every: int = 0


class Clock(Component, frozen=True):
    """Hold how many turns the story's clock has moved on, and the timers that run, in the order of their start."""

    turns: int = 0
    timers: tuple[Timer, ...] = ()


class Day(Component, frozen=True):
    """Say at which minute of the day the story begins, and how many minutes a turn takes."""

    begins: int
    minutes: int = 1


class Time(NamedTuple):
    """Hold a time of day; ``day`` counts from 1."""

    day: int
    hour: int
    minute: int

    def __str__(self) -> str:
        return f"{self.hour}:{self.minute:02}"


def minute_of(time: str) -> int:
    """Return the minute of the day that "8:45" is; raise ValueError for what is no time."""
    match = _TIME.fullmatch(time)
    if match is None:
        raise ValueError(f"{time!r} is no time of day: write it like 8:45 or 17:00")
    return int(match[1]) * 60 + int(match[2])


def time_of(world: World) -> Time | None:
    """Return the time of day, None in a story that keeps none."""
    day = world.get(STORY, Day)
    if day is None:
        return None
    minute = day.begins + turns(world) * day.minutes
    return Time(minute // DAY + 1, minute % DAY // 60, minute % 60)


def turns(world: World) -> int:
    """Return how many turns the story's clock has moved on."""
    clock = world.get(STORY, Clock)
    return 0 if clock is None else clock.turns


def start(world: World, name: str, after: int, every: int = 0) -> None:
    """Start a timer, anew if it runs: due when the clock has moved ``after`` times, and then ``every`` so many."""
    clock = world.get(STORY, Clock) or Clock()
    running = tuple(timer for timer in clock.timers if timer.name != name)
    world.set(STORY, replace(clock, timers=(*running, Timer(name, clock.turns + after, every))))


def cancel(world: World, name: str) -> bool:
    """Stop a timer; return whether it was running."""
    clock = world.get(STORY, Clock)
    if clock is None or all(timer.name != name for timer in clock.timers):
        return False
    world.set(STORY, replace(clock, timers=tuple(timer for timer in clock.timers if timer.name != name)))
    return True


def left(world: World, name: str) -> int | None:
    """Return how often the clock has to move until a timer is due, None when it does not run."""
    clock = world.get(STORY, Clock)
    timers = () if clock is None else clock.timers
    return next((timer.due - turns(world) for timer in timers if timer.name == name), None)


def move_on(world: World) -> Clock:
    """Move the clock on by a turn and return it."""
    clock = world.get(STORY, Clock) or Clock()
    clock = replace(clock, turns=clock.turns + 1)
    world.set(STORY, clock)
    return clock


def go_off(world: World, timer: Timer) -> bool:
    """Start a timer that is due over, or take it off; return False when it has been changed since it was seen due."""
    clock = world.get(STORY, Clock)
    if clock is None or timer not in clock.timers:
        return False
    again = replace(timer, due=timer.due + timer.every)
    kept = (again if each == timer else each for each in clock.timers if each != timer or timer.every)
    world.set(STORY, replace(clock, timers=tuple(kept)))
    return True


def struck(world: World, minute: int) -> int | None:
    """Return how many minutes ago, within the last turn, a minute of the day was; None when it was not."""
    day = world.get(STORY, Day)
    if day is None:
        return None
    ago = (day.begins + turns(world) * day.minutes - minute) % DAY
    return ago if ago < day.minutes else None
