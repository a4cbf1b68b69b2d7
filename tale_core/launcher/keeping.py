"""Where ``tale play`` keeps games: the store in the user's data folder, claimed by one server at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import Struct

from tale_core.errors import StoreError, UsageError
from tale_core.launcher.discovery import STORES, load_plugins
from tale_core.launcher.names import unknown
from tale_core.launcher.serve import say
from tale_core.serving.sqlite import SqliteStore
from tale_core.serving.store import Store, StoreSpec

SQLITE = "sqlite"
"""The store that comes with Tale."""

API = 1
"""What a store's ``api`` must be."""

FILE = "games.sqlite3"
CLAIM = "games.lock"


log = logging.getLogger(__name__)


class Kept(Struct):
    """Hold an open store, and the claim that lets this server take its games up: None when another one has it."""

    store: Store
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


def open_store(folder: Path, name: str, disabled: frozenset[str] = frozenset()) -> Store:
    """Open the store of that name. Raise ``UsageError`` when there is none, ``StoreError`` when it cannot be used."""
    if name == SQLITE:
        return SqliteStore(folder / FILE)
    known = [SQLITE]
    for plugin in load_plugins(STORES, disabled):
        if plugin.problem is not None and plugin.name == name:
            cure = f" To mend that: {plugin.problem.remedy}" if plugin.problem.remedy else ""
            raise StoreError(f"The store {name!r} is {plugin.problem.state}: {plugin.problem.reason}.{cure}")
        for spec in plugin.items:
            if not isinstance(spec, StoreSpec) or spec.api != API:
                log.warning("%s offers a store that this Tale cannot use; it is left out.", plugin.distribution)
                continue
            known.append(spec.name)
            if spec.name == name:
                return _opened(spec, folder)
    raise UsageError(unknown("store", name, known))


def _opened(spec: StoreSpec, folder: Path) -> Store:
    try:
        return spec.open(folder)
    except StoreError:
        raise
    except Exception as error:  # a plugin's code, which may raise anything
        log.debug("opening the store %s failed", spec.name, exc_info=True)
        raise StoreError(f"The store {spec.name!r} failed: {type(error).__name__}: {error}.") from error


@contextmanager
def archive(folder: Path | None, name: str = SQLITE, *, alone: bool = False) -> Iterator[Store]:
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
        store = open_store(folder, name)
        try:
            yield store
        finally:
            store.close()
    finally:
        claim.release()


def open_kept(folder: Path | None, name: str = SQLITE, disabled: frozenset[str] = frozenset()) -> Kept:
    """Open the store in a folder, by default the user's own. Raise ``StoreError`` when it cannot be used."""
    folder = folder or user_folder()
    claim = FileLock(folder / CLAIM)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        claim.acquire(timeout=0)
    except Timeout:
        say(f"Another Tale is running with the games in {folder}; this one begins new ones.")
        return Kept(open_store(folder, name, disabled), None)
    except OSError as error:
        mend = "Name another folder with --data-dir, or keep nothing with --ephemeral"
        raise StoreError(f"Games cannot be kept in {folder} ({error}). {mend}.") from error
    try:
        return Kept(open_store(folder, name, disabled), claim)
    except (StoreError, UsageError):
        claim.release()
        raise
