"""Stores of other people's: found, used, and explained when they cannot be."""

from __future__ import annotations

import pytest

STORE = """
    from tale_core.plugins import hookimpl
    from tale_core.serving.store import MemoryStore, StoreSpec

    class Noted(MemoryStore):
        def __init__(self, folder):
            super().__init__()
            folder.mkdir(parents=True, exist_ok=True)
            self.file = folder / "noted.txt"

        def write(self, rows):
            super().write(rows)
            with self.file.open("a") as file:
                file.writelines(type(row).__name__ + "\\n" for row in rows)

    def broken(folder):
        raise OSError("no such machine")

    @hookimpl
    def tale_stores():
        return [StoreSpec("noted", Noted), StoreSpec("far", broken), "a word"]
"""


def test_a_plugins_store_keeps_games(installation, play, tmp_path) -> None:
    installation.add("tale-noted", STORE, group="tale.stores")
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "kept")}
    running = play("play", "dungeon", "--port", "0", "--no-open", "--store", "noted", **where)
    with running.browser().open("websocket") as stream:
        assert stream.read()["type"] == "connected"
        assert stream.read()["type"] == "text"
    assert running.end()[0] == 0
    assert (tmp_path / "kept" / "noted.txt").read_text().split() == ["KeptGame", "KeptSeat", "KeptEntry"]


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("nowhere", 2, "no store 'nowhere'"),
        ("far", 1, "The store 'far' failed: OSError: no such machine."),
        ("tale-torn", 1, "The store 'tale-torn' is unavailable"),
    ],
)
def test_a_store_that_cannot_be_used_is_told(installation, tmp_path, name: str, code: int, told: str) -> None:
    installation.add("tale-noted", STORE, group="tale.stores")
    installation.add("tale-torn", "def tale_stores(", group="tale.stores")
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "kept")}
    done = installation.tale("play", "dungeon", "--transport", "terminal", "--store", name, **where)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
