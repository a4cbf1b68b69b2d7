from __future__ import annotations

import logging
from contextlib import closing
from threading import Event, Thread

import pytest

from tale_core.serving.strand import Strand
from tale_core.serving.workers import Workers

DEADLINE = 10


def test_jobs_run_in_order_and_never_two_at_once() -> None:
    with closing(Workers(4, "test")) as pool:
        strand, seen, inside, overlaps, done = Strand(pool), [], [], [], Event()

        def job(n: int) -> None:
            if inside:
                overlaps.append(n)
            inside.append(n)
            seen.append(n)
            inside.pop()
            if n == 499:
                done.set()

        for n in range(500):
            strand.post(lambda n=n: job(n))  # type: ignore[misc]
        assert done.wait(DEADLINE)
    assert seen == list(range(500))
    assert overlaps == []


def test_jobs_posted_by_many_threads_all_run() -> None:
    with closing(Workers(2, "test")) as pool:
        strand, seen, done = Strand(pool), [], Event()

        def post(name: int) -> None:
            for n in range(100):
                strand.post(lambda n=n: seen.append((name, n)))  # type: ignore[misc]

        posters = [Thread(target=post, args=(name,)) for name in range(8)]
        for poster in posters:
            poster.start()
        for poster in posters:
            poster.join(DEADLINE)
        strand.post(done.set)
        assert done.wait(DEADLINE)
    assert sorted(seen) == [(name, n) for name in range(8) for n in range(100)]
    for name in range(8):
        assert [n for who, n in seen if who == name] == list(range(100))


def test_a_slow_game_does_not_hold_up_another() -> None:
    with closing(Workers(2, "test")) as pool:
        slow, quick, release, done = Strand(pool), Strand(pool), Event(), Event()
        slow.post(lambda: release.wait(DEADLINE) and None)
        quick.post(done.set)
        assert done.wait(DEADLINE)
        release.set()


def test_a_failing_job_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    with closing(Workers(1, "test")) as pool:
        strand, done = Strand(pool), Event()

        def fail() -> None:
            raise RuntimeError("on purpose")

        with caplog.at_level(logging.ERROR):
            strand.post(fail)
            strand.post(done.set)
            assert done.wait(DEADLINE)
    assert "on purpose" in caplog.text


def test_posting_to_a_closed_pool_is_harmless() -> None:
    pool = Workers(1, "test")
    strand = Strand(pool)
    pool.close()
    strand.post(lambda: None)
    strand.post(lambda: None)
