"""Where games are kept: the rows, what a store must do with them, and the store of those that need not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Protocol

from msgspec import Struct


class KeptGame(Struct, frozen=True):
    """Hold what a game begins from: its story's id and its seed."""

    id: str
    story: str
    seed: int


class KeptSeat(Struct, frozen=True):
    """Hold whose seat a session is: ``visitor`` is the digest of a cookie in hex, or "local" for the console."""

    session: str
    game: str
    epoch: str
    player: str
    visitor: str
    ended: bool = False


class KeptEntry(Struct, frozen=True):
    """Hold one encoded entry of a game's journal."""

    game: str
    n: int
    data: bytes


Row = KeptGame | KeptSeat | KeptEntry


class Store(Protocol):
    """Keep rows. All methods are thread-safe; all raise ``StoreError`` when the store fails."""

    def write(self, rows: Sequence[Row]) -> None:
        """Keep all rows or none of them; they are durable when this returns. A seat replaces an older one."""

    def games(self, story: str) -> list[KeptGame]:
        """Return a story's games that have a seat which has not ended, that which was played last at the end."""

    def seats(self, game: str) -> list[KeptSeat]:
        """Return a game's seats in the order in which they were taken."""

    def entries(self, game: str) -> list[KeptEntry]:
        """Return a game's journal from its beginning."""

    def close(self) -> None:
        """Let go of files; do nothing when that is done."""


class MemoryStore:
    """Keep rows until the process ends (``Store``)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._games: dict[str, KeptGame] = {}
        self._seats: dict[str, KeptSeat] = {}
        self._entries: dict[str, list[KeptEntry]] = {}

    def write(self, rows: Sequence[Row]) -> None:
        """Keep all rows."""
        with self._lock:
            for row in rows:
                match row:
                    case KeptGame():
                        self._games[row.id] = row
                    case KeptSeat():
                        self._seats[row.session] = row
                    case KeptEntry():
                        self._entries.setdefault(row.game, []).append(row)
                        self._games[row.game] = self._games.pop(row.game)  # the last is the newest

    def games(self, story: str) -> list[KeptGame]:
        """Return a story's games that have a seat which has not ended."""
        with self._lock:
            going = {seat.game for seat in self._seats.values() if not seat.ended}
            return [game for game in self._games.values() if game.story == story and game.id in going]

    def seats(self, game: str) -> list[KeptSeat]:
        """Return a game's seats."""
        with self._lock:
            return [seat for seat in self._seats.values() if seat.game == game]

    def entries(self, game: str) -> list[KeptEntry]:
        """Return a game's journal."""
        with self._lock:
            return list(self._entries.get(game, ()))

    def close(self) -> None:
        """Do nothing."""
