"""When a stream that has nothing to say wakes next."""

from __future__ import annotations

import pytest

from tale_core.serving.pumps import seconds_until


@pytest.mark.parametrize(("due", "now", "seconds"), [(7.25, 7.0, 0.25), (7.0, 7.25, 0.0), (16.0, 7.0, 9.0)])
def test_what_is_near_is_kept_to_the_moment(due: float, now: float, seconds: float) -> None:
    assert seconds_until(due, now) == seconds


def test_what_is_far_is_kept_by_all_at_once_and_never_early() -> None:
    now = 100.125
    for due in (125.125, 125.5, 125.75, 126.0):
        assert now + seconds_until(due, now) == 126.0
