"""Where ``tale play`` keeps games: the store in the user's data folder, claimed by one server at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import Struct

from tale_core.errors import StoreError
from tale_core.launcher.serve import say
from tale_core.serving.sqlite import SqliteStore

FILE = "games.sqlite3"
CLAIM = "games.lock"


class Kept(Struct):
    """Hold an open store, and the claim that lets this server take its games up: None when another one has it."""

    store: SqliteStore
    claim: FileLock | None

    def close(self) -> None:
        """Let another server take the games up."""
        self.store.close()
        if self.claim is not None:
            self.claim.release()


def user_folder() -> Path:
    """Return where games are kept unless another folder is named."""
    from platformdirs import user_data_path

    return user_data_path("tale", appauthor=False)


@contextmanager
def archive(folder: Path | None, *, alone: bool = False) -> Iterator[SqliteStore]:
    """Open the store for a while, ``alone`` to change it. Raise ``StoreError`` when a server has it then."""
    folder = folder or user_folder()
    claim = FileLock(folder / CLAIM)
    if alone:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            claim.acquire(timeout=0)
        except Timeout:
            raise StoreError(f"A Tale is running with the games in {folder}. Stop it first.") from None
        except OSError as error:
            raise StoreError(f"Games cannot be kept in {folder} ({error}). Name another with --data-dir.") from error
    try:
        store = SqliteStore(folder / FILE)
        try:
            yield store
        finally:
            store.close()
    finally:
        claim.release()


def open_kept(folder: Path | None) -> Kept:
    """Open the store in a folder, by default the user's own. Raise ``StoreError`` when it cannot be used."""
    folder = folder or user_folder()
    claim = FileLock(folder / CLAIM)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        claim.acquire(timeout=0)
    except Timeout:
        say(f"Another Tale is running with the games in {folder}; this one begins new ones.")
        return Kept(SqliteStore(folder / FILE), None)
    except OSError as error:
        mend = "Name another folder with --data-dir, or keep nothing with --ephemeral"
        raise StoreError(f"Games cannot be kept in {folder} ({error}). {mend}.") from error
    try:
        return Kept(SqliteStore(folder / FILE), claim)
    except StoreError:
        claim.release()
        raise
