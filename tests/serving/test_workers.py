from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing
from threading import Event, Lock, current_thread

import pytest

from tale_core.serving.workers import Workers

DEADLINE = 10


@pytest.fixture
def workers() -> Iterator[Workers]:
    with closing(Workers(4, "test")) as made:
        yield made


def test_jobs_begin_in_the_order_in_which_they_came(workers: Workers) -> None:
    seen, done = [], Event()
    for n in range(1000):
        workers.submit(lambda n=n: seen.append(n))  # type: ignore[misc]
    workers.submit(done.set)
    assert done.wait(DEADLINE)
    assert seen == list(range(1000))


def test_short_jobs_share_one_thread(workers: Workers) -> None:
    threads, done, started = set(), Event(), Event()
    workers.submit(lambda: started.wait(DEADLINE) and None)
    for _ in range(200):
        workers.submit(lambda: threads.add(current_thread().name))
    workers.submit(done.set)
    started.set()
    assert done.wait(DEADLINE)
    assert len(threads) == 1


@pytest.mark.parametrize("stuck", [1, 2, 3])
def test_jobs_behind_ones_that_take_long_are_run_by_another_thread(workers: Workers, stuck: int) -> None:
    with ExitStack() as stack:
        for _ in range(stuck):
            release = Event()
            stack.callback(release.set)
            workers.submit(lambda release=release: release.wait(DEADLINE) and None)  # type: ignore[misc]
        done = Event()
        workers.submit(done.set)
        assert done.wait(DEADLINE)


def test_a_job_that_comes_while_another_takes_long_does_not_wait_for_it(workers: Workers) -> None:
    release, begun, done = Event(), Event(), Event()

    def slow() -> None:
        begun.set()
        release.wait(DEADLINE)

    workers.submit(slow)
    assert begun.wait(DEADLINE)
    workers.submit(done.set)
    assert done.wait(DEADLINE)
    release.set()


def test_no_more_threads_than_allowed_are_at_work(workers: Workers) -> None:
    inside, most, lock, left, done = 0, 0, Lock(), 40, Event()
    pause = Event()

    def job() -> None:
        nonlocal inside, most, left
        with lock:
            inside += 1
            most = max(most, inside)
        pause.wait(0.02)  # longer than a job may take before another thread steps in
        with lock:
            inside -= 1
            left -= 1
            if not left:
                done.set()

    for _ in range(left):
        workers.submit(job)
    assert done.wait(DEADLINE)
    assert 1 < most <= 4


def test_a_failing_job_does_not_cost_the_thread(workers: Workers, caplog: pytest.LogCaptureFixture) -> None:
    done = Event()

    def fail() -> None:
        raise RuntimeError("on purpose")

    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            workers.submit(fail)
        workers.submit(done.set)
        assert done.wait(DEADLINE)
    assert caplog.text.count("RuntimeError: on purpose") == 5


def test_a_closed_pool_takes_no_more_jobs(workers: Workers) -> None:
    workers.close()
    with pytest.raises(RuntimeError, match="no more jobs"):
        workers.submit(lambda: None)
