"""The threads that run games: as few at work as keep everybody answered.

Python runs one thread at a time, so that a second one at work does not make short turns any faster, but makes each wait
for the interpreter. One is enough, therefore, while turns are short; where one takes long, another thread steps in.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from threading import Condition, Lock, Thread
from typing import Protocol

log = logging.getLogger(__name__)

LATE = 0.01
"""Seconds for which jobs wait behind one that takes long before another thread takes them up."""

Job = Callable[[], None]


class Pool(Protocol):
    """Run jobs, each at some time on some thread."""

    def submit(self, job: Job, /) -> object:
        """Take a job; raise RuntimeError once no more are taken."""


class Workers:
    """Run jobs on at most ``most`` threads, in the order in which they came. ``submit`` never blocks."""

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._name = name
        self._lock = Lock()
        self._change = Condition(self._lock)
        self._jobs: deque[Job] = deque()
        self._begun = 0  # how many jobs have been begun so far
        self._threads = 0
        self._idle = 0
        self._busy = 0
        self._called = False  # a thread is on its way
        self._watched = False  # a thread looks on while others are at work, to step in where that takes long
        self._closed = False

    def submit(self, job: Job) -> None:
        """Run a job after those that came before it; raise RuntimeError after ``close``."""
        with self._lock:
            if self._closed:
                raise RuntimeError("no more jobs are taken")
            self._jobs.append(job)
            if not (self._busy and self._watched):
                self._call()

    def close(self) -> None:
        """Take no more jobs, and forget those that have not begun."""
        with self._lock:
            self._closed = True
            self._jobs.clear()
            self._change.notify_all()

    def _call(self) -> None:
        """Have a thread look what there is to do."""
        if self._called:
            return
        if self._idle:
            self._called = True
            self._change.notify()
        elif self._threads < self._most:
            self._called = True
            self._threads += 1
            Thread(target=self._run, name=f"{self._name}-{self._threads}", daemon=True).start()

    def _run(self) -> None:
        with self._lock:
            while not self._closed:
                self._called = False
                if self._jobs and not self._busy:
                    self._work()
                elif self._jobs and not self._watched:
                    self._watch()
                else:
                    self._wait()

    def _work(self) -> None:
        """Run jobs as long as there are any."""
        self._busy += 1
        if not self._watched and len(self._jobs) > 1:
            self._call()
        while self._jobs:
            job = self._jobs.popleft()
            self._begun += 1
            self._lock.release()
            try:
                job()
            except Exception:  # a job's own fault must not cost the thread that ran it
                log.exception("a job failed")
            finally:
                self._lock.acquire()
        self._busy -= 1

    def _watch(self) -> None:
        """Look on for as long as jobs are begun; step in when none is, and some wait."""
        self._watched = True
        begun = -1
        while self._busy and begun != self._begun:
            begun = self._begun
            self._wait(LATE)
        self._watched = False
        if self._jobs:
            self._work()

    def _wait(self, seconds: float | None = None) -> None:
        self._idle += 1
        self._change.wait(seconds)
        self._idle -= 1
