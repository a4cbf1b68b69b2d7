"""When a stream that has nothing to say wakes next."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tale_core.serving.pumps import Bell, seconds_until

DEADLINE = 10.0


@pytest.mark.parametrize(("due", "now", "seconds"), [(7.25, 7.0, 0.25), (7.0, 7.25, 0.0), (16.0, 7.0, 9.0)])
def test_what_is_near_is_kept_to_the_moment(due: float, now: float, seconds: float) -> None:
    assert seconds_until(due, now) == seconds


def test_what_is_far_is_kept_by_all_at_once_and_never_early() -> None:
    now = 100.125
    for due in (125.125, 125.5, 125.75, 126.0):
        assert now + seconds_until(due, now) == 126.0


def test_a_bell_that_rang_early_is_heard_once() -> None:
    bell = Bell()
    bell.set()
    bell.set()
    assert bell.wait(DEADLINE)
    assert not bell.wait(0)


def test_a_bell_may_be_silenced() -> None:
    bell = Bell()
    bell.clear()
    bell.set()
    bell.clear()
    assert not bell.wait(0)


def test_a_bell_wakes_who_waits() -> None:
    bell = Bell()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(bell.wait, DEADLINE)
        bell.set()
        assert waiting.result()
