"""Those whose seats wait for them: each may be away for the same time, and a timer runs only while somebody is."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock, Timer

from tale_core.serving.session import Session


class Absences:
    """Hand over the sessions of those who stay away for longer than ``seconds``. All methods are thread-safe."""

    def __init__(self, seconds: float, stayed: Callable[[Session], None]) -> None:
        self._seconds = seconds
        self._stayed = stayed
        self._lock = Lock()
        self._until: dict[Session, float] = {}  # in the order in which they are due
        self._timer: Timer | None = None

    def __len__(self) -> int:
        """Return how many are away."""
        return len(self._until)

    def begin(self, session: Session) -> None:
        """Count the time of a player's absence from now on."""
        with self._lock:
            self._until.pop(session, None)
            self._until[session] = time.monotonic() + self._seconds
            if self._timer is None:
                self._wait()

    def end(self, session: Session) -> None:
        """Know a player for present."""
        with self._lock:
            self._until.pop(session, None)
            if not self._until:
                self._rest()

    def expire(self, now: float) -> None:
        """Hand over those whose time is up."""
        with self._lock:
            late = [session for session, until in self._until.items() if until <= now]
            for session in late:
                del self._until[session]
            self._rest()
            if self._until:
                self._wait()
        for session in late:
            self._stayed(session)

    def close(self) -> None:
        """Wait for nobody any more."""
        with self._lock:
            self._until.clear()
            self._rest()

    def _wait(self) -> None:
        seconds = max(0.0, next(iter(self._until.values())) - time.monotonic())
        self._timer = Timer(seconds, lambda: self.expire(time.monotonic()))
        self._timer.name = "tale-absences"
        self._timer.daemon = True
        self._timer.start()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
