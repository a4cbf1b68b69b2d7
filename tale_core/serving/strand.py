"""Strands: jobs of one game run one after another, never two at once, on a worker pool that all games share."""

from __future__ import annotations

import logging
from collections import deque
from threading import Lock

from tale_core.serving.workers import Job, Pool

log = logging.getLogger(__name__)

FAIR_SHARE = 32
"""Jobs that a strand runs before it lets another one have the worker."""


class Strand:
    """Run posted jobs in order, one at a time. ``post`` never blocks and may be called from any thread."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lock = Lock()
        self._jobs: deque[Job] = deque()
        self._running = False

    def post(self, job: Job) -> None:
        """Enqueue a job; it runs on a worker after all that were posted before it."""
        with self._lock:
            self._jobs.append(job)
            if self._running:
                return
            self._running = True
        self._schedule()

    def _schedule(self) -> None:
        try:
            self._pool.submit(self._run)
        except RuntimeError:  # the pool is shut down: the host is closing, and nobody waits for the outcome
            with self._lock:
                self._jobs.clear()
                self._running = False

    def _run(self) -> None:
        for _ in range(FAIR_SHARE):
            with self._lock:
                if not self._jobs:
                    self._running = False
                    return
                job = self._jobs.popleft()
            try:
                job()
            except Exception:  # the turn boundary: one job's fault must not stop the game's later ones
                log.exception("a job failed on its strand")
        self._schedule()
