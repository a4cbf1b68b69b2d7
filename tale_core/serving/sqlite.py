"""The store that comes with Tale: one SQLite file, with a write-ahead log."""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from filelock import FileLock

from tale_core.errors import StoreError
from tale_core.serving.store import STATES, KeptEntry, KeptGame, KeptSave, KeptSeat, KeptState, Row

log = logging.getLogger(__name__)

VERSION = 3
"""The layout of the tables, kept in the file as its ``user_version``."""

BUSY = 5.0
"""Seconds that a write waits for that of another process."""

CHECKPOINT = 8 << 20
"""Bytes of entries after which the log is worked into the file, by a thread of its own: that takes a while."""

LONGEST = 1 << 16
"""Pages of the log at which nobody waits for that thread any more."""

AT_ONCE = 64
"""Most entries that are written with one statement: each statement hands the interpreter over to other threads, and has
to wait until it gets it back."""

SCHEMA = """
CREATE TABLE games (id TEXT PRIMARY KEY, story TEXT NOT NULL, seed INTEGER NOT NULL) STRICT;
CREATE TABLE seats (session TEXT PRIMARY KEY, game TEXT NOT NULL REFERENCES games, epoch TEXT NOT NULL,
    player TEXT NOT NULL, visitor TEXT NOT NULL, owner TEXT NOT NULL, ended INTEGER NOT NULL) STRICT;
CREATE TABLE entries (id INTEGER PRIMARY KEY, game TEXT NOT NULL REFERENCES games, n INTEGER NOT NULL,
    data BLOB NOT NULL, told BLOB NOT NULL, UNIQUE (game, n)) STRICT;
CREATE TABLE states (game TEXT NOT NULL REFERENCES games, n INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (game, n)) STRICT;
CREATE TABLE saves (owner TEXT NOT NULL, story TEXT NOT NULL, name TEXT NOT NULL, game TEXT NOT NULL,
    n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (owner, story, name)) STRICT;
CREATE INDEX seats_of_games ON seats (game);
CREATE INDEX games_of_stories ON games (story);
"""

# Entries are numbered as they come, whatever their game: so they lie one after another, and tell who was played last.
_PLAYED = "(SELECT id FROM entries WHERE game = games.id ORDER BY n DESC LIMIT 1)"
_GAME = "INSERT INTO games VALUES (?, ?, ?)"
_SEAT = """INSERT INTO seats VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session) DO UPDATE
    SET visitor = excluded.visitor, ended = excluded.ended"""
_ENTRIES = "INSERT INTO entries (game, n, data, told) VALUES"
_VALUES = "(?, ?, ?, ?)"
_STATE = "INSERT OR REPLACE INTO states VALUES (?, ?, ?)"
_OLD = "DELETE FROM states WHERE game = ? AND n NOT IN (SELECT n FROM states WHERE game = ? ORDER BY n DESC LIMIT ?)"
_SAVE = "INSERT OR REPLACE INTO saves VALUES (?, ?, ?, ?, ?, ?)"


class SqliteStore:
    """Keep rows in ``file``, which is made where it is missing (``store.Store``)."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = Lock()
        self._logged = 0  # bytes since the last checkpoint
        self._checkpointer: Thread | None = None
        with self._told():
            file.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                file, timeout=BUSY, check_same_thread=False, isolation_level=None, cached_statements=2 * AT_ONCE
            )
            try:
                with FileLock(
                    file.with_name(f"{file.name}.opening"), timeout=BUSY
                ):  # two cannot make the tables at once
                    self._prepare()
            except BaseException:
                self._database.close()
                raise

    def write(self, rows: Sequence[Row]) -> None:
        """Keep all rows or none of them, in one transaction."""
        entries = [row for row in rows if isinstance(row, KeptEntry)]
        if len(entries) == len(rows) <= AT_ONCE:  # one statement is a transaction of its own
            with self._told(), self._lock:
                self._insert(entries)
        else:
            with self._writing():
                for row in rows:
                    self._put(row)
                for first in range(0, len(entries), AT_ONCE):
                    self._insert(entries[first : first + AT_ONCE])
        self._logged += sum([len(entry.data) + len(entry.told) for entry in entries])
        if self._logged >= CHECKPOINT and (self._checkpointer is None or not self._checkpointer.is_alive()):
            self._logged = 0
            self._checkpointer = Thread(target=self._checkpoint, name="tale-checkpoint", daemon=True)
            self._checkpointer.start()

    def games(self, story: str) -> list[KeptGame]:
        """Return a story's games that have a seat which has not ended, that which was played last at the end."""
        going = "id IN (SELECT game FROM seats WHERE NOT ended)"
        found = self._all(f"SELECT id, story, seed FROM games WHERE story = ? AND {going} ORDER BY {_PLAYED}", story)  # noqa: S608
        return [KeptGame(*row) for row in found]

    def seats(self, game: str) -> list[KeptSeat]:
        """Return a game's seats."""
        columns = "session, game, epoch, player, visitor, owner, ended"
        found = self._all(f"SELECT {columns} FROM seats WHERE game = ? ORDER BY rowid", game)  # noqa: S608
        return [
            KeptSeat(session, game, epoch, player, visitor, owner, bool(ended))
            for session, game, epoch, player, visitor, owner, ended in found
        ]

    def entries(self, game: str) -> list[KeptEntry]:
        """Return a game's journal."""
        found = self._all("SELECT game, n, data, told FROM entries WHERE game = ? ORDER BY n", game)
        return [KeptEntry(*row) for row in found]

    def states(self, game: str) -> list[KeptState]:
        """Return a game's newest states."""
        found = self._all("SELECT game, n, data FROM states WHERE game = ? ORDER BY n", game)
        return [KeptState(game, n, _unpacked(data)) for game, n, data in found]

    def saves(self, owner: str, story: str) -> list[KeptSave]:
        """Return somebody's saves."""
        columns = "name, game, n, data"
        found = self._all(f"SELECT {columns} FROM saves WHERE owner = ? AND story = ? ORDER BY rowid", owner, story)  # noqa: S608
        return [KeptSave(owner, story, name, game, n, _unpacked(data)) for name, game, n, data in found]

    def all_games(self) -> list[KeptGame]:
        """Return every game."""
        return [KeptGame(*row) for row in self._all(f"SELECT id, story, seed FROM games ORDER BY {_PLAYED}")]  # noqa: S608

    def delete(self, game: str) -> None:
        """Forget a game."""
        with self._writing():
            for table in ("states", "entries", "seats"):
                self._database.execute(f"DELETE FROM {table} WHERE game = ?", (game,))  # noqa: S608
            self._database.execute("DELETE FROM games WHERE id = ?", (game,))

    def close(self) -> None:
        """Close the file."""
        if self._checkpointer is not None:
            self._checkpointer.join()
        with self._told(), self._lock:
            self._database.close()

    def _prepare(self) -> None:
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if 0 < version < VERSION:
            older = (
                "was written by an older Tale, whose games this one cannot read. Keep games elsewhere with --data-dir"
            )
            raise StoreError(f"{self.file} {older}, or move that file away.")
        if version > VERSION:
            newer = "was written by a newer Tale. Install that, or keep this one's games elsewhere with --data-dir"
            raise StoreError(f"{self.file} {newer}.")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing
        self._database.execute(f"PRAGMA wal_autocheckpoint = {LONGEST}")
        self._database.execute("PRAGMA foreign_keys = ON")
        if version == 0:
            self._database.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")

    def _checkpoint(self) -> None:
        """Work the log into the file while others write, then what they wrote meanwhile, so that it begins anew."""
        try:
            with closing(sqlite3.connect(self.file, timeout=BUSY, isolation_level=None)) as database:
                database.execute("PRAGMA wal_checkpoint(PASSIVE)")
                with self._lock:
                    database.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:  # the log is as good as the file; the next one may do it
            log.warning("%s: its log could not be worked in (%s).", self.file, error)

    def _insert(self, entries: Sequence[KeptEntry]) -> None:
        if entries:
            values = [value for entry in entries for value in (entry.game, entry.n, entry.data, entry.told)]
            self._database.execute(f"{_ENTRIES} {', '.join([_VALUES] * len(entries))}", values)

    def _put(self, row: Row) -> None:
        match row:
            case KeptGame():
                self._database.execute(_GAME, (row.id, row.story, row.seed))
            case KeptSeat():
                values = (row.session, row.game, row.epoch, row.player, row.visitor, row.owner, row.ended)
                self._database.execute(_SEAT, values)
            case KeptState():
                self._database.execute(_STATE, (row.game, row.n, _packed(row.data)))
                self._database.execute(_OLD, (row.game, row.game, STATES))
            case KeptSave():
                self._database.execute(_SAVE, (row.owner, row.story, row.name, row.game, row.n, _packed(row.data)))

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._told(), self._lock:
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Do all of it or nothing."""
        with self._told(), self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in Tale's own words what went wrong, and with which file."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:  # a lock that is not to be had in time is an OSError, too
            mend = "Free some space, mend its rights, or keep games elsewhere with --data-dir"
            raise StoreError(f"{self.file} cannot be used ({error}). {mend}.") from error


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""  # whoever reads it will find that it is damaged
