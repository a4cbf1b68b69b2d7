"""Where games are kept: the rows, what a store must do with them, and the store of those that need not be kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol

from msgspec import Struct


def new_id() -> str:
    """Return an id nobody has had, of 18 hexadecimal digits: it can be typed, and never looks like an option."""
    return secrets.token_hex(9)


class KeptGame(Struct, frozen=True):
    """Hold what a game begins from: its story's id and its seed."""

    id: str
    story: str
    seed: int


class KeptSeat(Struct, frozen=True):
    """Hold whose seat a session is: ``visitor`` is the digest of a cookie in hex, or "local" for the console.

    ``owner`` is who has the saves that are made from it: the visitor, or "local" for anybody on this machine.
    """

    session: str
    game: str
    epoch: str
    player: str
    visitor: str
    owner: str = "local"
    ended: bool = False


class KeptEntry(Struct, frozen=True):
    """Hold one encoded entry of a game's journal, and the events that came of it, encoded."""

    game: str
    n: int
    data: bytes
    told: bytes


class KeptState(Struct, frozen=True):
    """Hold where a game stood after entry ``n``, encoded, so that it need not be played again from its beginning."""

    game: str
    n: int
    data: bytes


class KeptSave(Struct, frozen=True):
    """Hold what a player saved under a name: where a game stood after entry ``n``, encoded."""

    owner: str
    story: str
    name: str
    game: str
    n: int
    data: bytes


Row = KeptGame | KeptSeat | KeptEntry | KeptState | KeptSave

STATES = 2
"""How many states of a game are kept, the newest ones."""


class Store(Protocol):
    """Keep rows. All methods are thread-safe; all raise ``StoreError`` when the store fails."""

    def write(self, rows: Sequence[Row]) -> None:
        """Keep all rows or none of them; they are durable when this returns.

        A seat replaces an older one, and a save one of its name.
        """

    def games(self, story: str) -> list[KeptGame]:
        """Return a story's games that have a seat which has not ended, that which was played last at the end."""

    def seats(self, game: str) -> list[KeptSeat]:
        """Return a game's seats in the order in which they were taken."""

    def entries(self, game: str) -> list[KeptEntry]:
        """Return a game's journal from its beginning."""

    def states(self, game: str) -> list[KeptState]:
        """Return a game's newest states, the newest at the end."""

    def saves(self, owner: str, story: str) -> list[KeptSave]:
        """Return the saves that somebody has of a story, the newest at the end."""

    def all_games(self) -> list[KeptGame]:
        """Return every game of every story, that which was played last at the end."""

    def delete(self, game: str) -> None:
        """Forget a game with all that belongs to it, but not the saves that were made in it."""

    def close(self) -> None:
        """Let go of files; do nothing when that is done."""


class StoreSpec(Struct, frozen=True):
    """Describe a store that a plugin offers: ``open`` is given the data folder, which need not be there yet."""

    name: str
    open: Callable[[Path], Store]
    summary: str = ""
    api: int = 1


class MemoryStore:
    """Keep rows until the process ends (``Store``)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._games: dict[str, KeptGame] = {}
        self._seats: dict[str, KeptSeat] = {}
        self._entries: dict[str, list[KeptEntry]] = {}
        self._states: dict[str, list[KeptState]] = {}
        self._saves: dict[tuple[str, str, str], KeptSave] = {}

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
                    case KeptState():
                        self._states[row.game] = [*self._states.get(row.game, ()), row][-STATES:]
                    case KeptSave():
                        self._saves.pop((row.owner, row.story, row.name), None)
                        self._saves[row.owner, row.story, row.name] = row

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

    def states(self, game: str) -> list[KeptState]:
        """Return a game's newest states."""
        with self._lock:
            return list(self._states.get(game, ()))

    def saves(self, owner: str, story: str) -> list[KeptSave]:
        """Return somebody's saves."""
        with self._lock:
            return [save for save in self._saves.values() if (save.owner, save.story) == (owner, story)]

    def all_games(self) -> list[KeptGame]:
        """Return every game."""
        with self._lock:
            return list(self._games.values())

    def delete(self, game: str) -> None:
        """Forget a game."""
        with self._lock:
            self._games.pop(game, None)
            self._entries.pop(game, None)
            self._states.pop(game, None)
            self._seats = {key: seat for key, seat in self._seats.items() if seat.game != game}

    def close(self) -> None:
        """Do nothing."""
