"""The scribe: writes what all games hand it, many at a time, and lets each go on once its rows are kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Condition, Lock, Thread
from typing import Protocol

from msgspec import Struct

from tale_core.errors import StoreError
from tale_core.serving.store import Row, Store

log = logging.getLogger(__name__)

Then = Callable[[bool], None]
"""Called once rows are kept (True), or could not be (False); in the order of the rows."""


def _nothing(kept: bool) -> None:
    del kept


class _Page(Struct):
    rows: Sequence[Row]
    then: Then


class Keeper(Protocol):
    """Be told of every row before anybody hears of it."""

    keeps: bool
    """Whether rows are kept at all."""

    def write(self, rows: Sequence[Row], then: Then = _nothing) -> None:
        """Keep rows, then call ``then``."""

    def close(self) -> None:
        """Keep what is left, and nothing more."""


class Ephemeral:
    """Keep nothing, for games that end with the server (``Keeper``)."""

    keeps = False

    def write(self, rows: Sequence[Row], then: Then = _nothing) -> None:
        """Go on at once."""
        del rows
        then(True)

    def close(self) -> None:
        """Do nothing."""


class Scribe:
    """Write rows to a store from a thread of its own (``Keeper``). ``write`` never blocks; any thread may call it.

    While the store fails, games go on: each is told so, and what could not be kept is tried again with the next rows.
    """

    keeps = True

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._work = Condition(self._lock)
        self._pages: list[_Page] = []
        self._owed: list[Row] = []
        self._closed = False
        self._thread = Thread(target=self._run, name="tale-scribe", daemon=True)
        self._thread.start()

    def write(self, rows: Sequence[Row], then: Then = _nothing) -> None:
        """Keep rows, then call ``then``. After ``close`` nothing is kept."""
        with self._lock:
            if self._closed:
                return
            self._pages.append(_Page(rows, then))
            self._work.notify()

    def close(self) -> None:
        """Write what is left."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._work.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._lock:
                self._work.wait_for(lambda: self._pages or self._closed)
                pages, self._pages = self._pages, []
                if not pages:
                    return
            kept = self._keep([row for page in pages for row in page.rows])
            for page in pages:
                try:
                    page.then(kept)
                except Exception:  # one game's fault must not stop the others
                    log.exception("what follows a turn failed")

    def _keep(self, rows: list[Row]) -> bool:
        self._owed += rows
        if not self._owed:
            return True
        try:
            self._store.write(self._owed)
        except StoreError as error:
            log.error("%s", error)
            return False
        self._owed = []
        return True
