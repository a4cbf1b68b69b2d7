"""What every store must do, tried on each."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from tale_core.errors import StoreError
from tale_core.serving.sqlite import VERSION, SqliteStore
from tale_core.serving.store import (
    STATES,
    KeptEntry,
    KeptGame,
    KeptSave,
    KeptSeat,
    KeptState,
    MemoryStore,
    Store,
    new_id,
)

from .client import Client

DEADLINE = 60

Open = Callable[[], Store]


@pytest.fixture(params=["memory", "sqlite"])
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the same store, after letting go of it when it is open."""
    memory, opened = MemoryStore(), []

    def again() -> Store:
        for store in opened:
            store.close()
        opened.append(memory if request.param == "memory" else SqliteStore(tmp_path / "games" / "kept.sqlite3"))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


def seat(game: str, session: str = "", *, visitor: str = "v", ended: bool = False) -> KeptSeat:
    return KeptSeat(session or f"{game}-seat", game, "epoch", "player", visitor, "owner", ended)


def test_an_id_can_be_typed_as_an_argument(client: Client) -> None:
    ids = {new_id() for _ in range(1000)}
    connected = client.attach().read()[0]
    ids |= {connected["session"], connected["epoch"]}
    assert len(ids) == 1002
    assert all(re.fullmatch("[0-9a-f]{18}", each) for each in ids)


def test_rows_come_back_as_they_were_and_in_order(reopened: Open) -> None:
    entries = [KeptEntry("g", n, bytes([n, 0, 255]), b"[]") for n in range(1, 12)]
    reopened().write([KeptGame("g", "hut", 2**40), seat("g"), *entries[:1]])
    reopened().write(entries[1:])
    store = reopened()
    assert store.games("hut") == [KeptGame("g", "hut", 2**40)]
    assert store.seats("g") == [seat("g")]
    assert store.entries("g") == entries
    assert (store.games("other"), store.seats("other"), store.entries("other")) == ([], [], [])


def test_the_game_that_was_played_last_is_the_last(reopened: Open) -> None:
    store = reopened()
    for game in "abc":
        store.write([KeptGame(game, "hut", 1), seat(game), KeptEntry(game, 1, b"{}", b"[]")])
    store.write([KeptEntry("a", 2, b"{}", b"[]")])
    assert [game.id for game in reopened().games("hut")] == ["b", "c", "a"]


def test_a_game_whose_seats_have_ended_is_over(reopened: Open) -> None:
    store = reopened()
    store.write([KeptGame("g", "hut", 1), seat("g"), seat("g", "two"), KeptEntry("g", 1, b"{}", b"[]")])
    store.write([seat("g", ended=True)])
    assert [game.id for game in reopened().games("hut")] == ["g"]
    reopened().write([seat("g", "two", visitor="w", ended=True)])
    store = reopened()
    assert store.games("hut") == []
    assert store.seats("g") == [seat("g", ended=True), seat("g", "two", visitor="w", ended=True)]
    assert len(store.entries("g")) == 1


def test_sqlite_keeps_all_rows_or_none(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "kept")) as store:
        store.write([KeptGame("g", "hut", 1), seat("g"), KeptEntry("g", 1, b"one", b"[]")])
        with pytest.raises(StoreError, match="UNIQUE"):
            store.write([KeptEntry("g", 2, b"two", b"[]"), KeptEntry("g", 1, b"again", b"[]")])
        assert store.entries("g") == [KeptEntry("g", 1, b"one", b"[]")]
        store.write([KeptEntry("g", 2, b"two", b"[]")])
        assert len(store.entries("g")) == 2


def test_two_processes_may_write_games_of_their_own(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "kept")) as one, closing(SqliteStore(tmp_path / "kept")) as two:
        one.write([KeptGame("a", "hut", 1), seat("a"), KeptEntry("a", 1, b"", b"[]")])
        two.write([KeptGame("b", "hut", 1), seat("b"), KeptEntry("b", 1, b"", b"[]")])
        assert [game.id for game in one.games("hut")] == ["a", "b"]


def test_many_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    many, at_once = 8, Barrier(8)

    def open_and_close(file: Path) -> None:
        at_once.wait(DEADLINE)
        SqliteStore(file).close()

    with ThreadPoolExecutor(many) as pool:
        for n in range(20):
            list(pool.map(open_and_close, [tmp_path / str(n)] * many, timeout=DEADLINE))


@pytest.mark.parametrize("content", [b"no database at all" * 400, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kept"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"kept cannot be used .*--data-dir"):
        SqliteStore(file)
    assert file.read_bytes() == content


def test_a_newer_file_is_told_and_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "kept")
    database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    with pytest.raises(StoreError, match=r"newer Tale.*--data-dir"):
        SqliteStore(tmp_path / "kept")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        SqliteStore(tmp_path / "file" / "kept")


def test_states_and_saves_come_back(reopened: Open) -> None:
    store = reopened()
    store.write([KeptGame("g", "hut", 1), seat("g"), KeptEntry("g", 1, b"{}", b"[]")])
    for n in range(1, 6):
        store.write([KeptState("g", n, bytes([n, 0, 255]))])
    saves = [KeptSave("me", "hut", name, "g", n, b"{}") for n, name in enumerate(("tower", "attic", "tower"))]
    store.write(saves)
    store.write([KeptSave("you", "hut", "mine", "g", 1, b"{}"), KeptSave("me", "other", "there", "g", 1, b"{}")])
    store = reopened()
    assert store.states("g") == [KeptState("g", n, bytes([n, 0, 255])) for n in range(6 - STATES, 6)]
    assert store.saves("me", "hut") == saves[1:]
    assert [save.name for save in store.saves("you", "hut")] == ["mine"]


def test_a_deleted_game_leaves_its_saves(reopened: Open) -> None:
    store = reopened()
    for game in "ab":
        save = KeptSave("me", "hut", game, game, 1, b"{}")
        store.write(
            [KeptGame(game, "hut", 1), seat(game), KeptEntry(game, 1, b"{}", b"[]"), KeptState(game, 1, b""), save]
        )
    store.delete("a")
    store.delete("unknown")
    store = reopened()
    assert [game.id for game in store.all_games()] == [game.id for game in store.games("hut")] == ["b"]
    assert (store.seats("a"), store.entries("a"), store.states("a")) == ([], [], [])
    assert len(store.entries("b")) == 1
    assert [save.name for save in store.saves("me", "hut")] == ["a", "b"]


def test_an_older_file_is_told_and_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "kept")
    database.execute(f"PRAGMA user_version = {VERSION - 1}")
    database.close()
    with pytest.raises(StoreError, match=r"older Tale.*--data-dir"):
        SqliteStore(tmp_path / "kept")


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "kept")) as store:
        store.write([KeptGame("g", "hut", 1), seat("g"), KeptEntry("g", 1, b"one", b"[]")])
        (pages,) = store._database.execute("PRAGMA page_count").fetchone()
        store._database.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match=r"full.*Free some space"):
            store.write([KeptEntry("g", 2, bytes(100_000), b"[]")])
        assert [entry.n for entry in store.entries("g")] == [1]
        store._database.execute("PRAGMA max_page_count = 1000000")
        store.write([KeptEntry("g", 2, bytes(100_000), b"[]")])
        assert [entry.n for entry in store.entries("g")] == [1, 2]


def test_a_file_that_became_read_only_is_told(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "kept")) as store:
        store.write([KeptGame("g", "hut", 1), seat("g"), KeptEntry("g", 1, b"one", b"[]")])
        store._database.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match=r"readonly.*mend its rights"):
            store.write([KeptEntry("g", 2, b"two", b"[]")])
        assert [entry.n for entry in store.entries("g")] == [1]
