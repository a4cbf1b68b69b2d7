"""Games outlive their server: killed at any moment and started again, it goes on, nothing lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

WIRES = ("websocket", "eventsource")
ROUNDS = ((0, 6), (5, 6), (3, 8), (8, 8), (1, 4))
"""How many answers are waited for before the server is killed, and how many commands have been sent by then."""


EACH = pytest.mark.parametrize(("transport", "wire"), [(t, w) for t in ("fastapi", "flask") for w in WIRES])


@EACH
def test_a_server_that_is_killed_loses_and_doubles_nothing(play, tmp_path: Path, transport: str, wire: str) -> None:
    kill(play, tmp_path, f"{transport}:{wire}", wire, ROUNDS)


@pytest.mark.torture
@pytest.mark.timeout(300)
@EACH
def test_fifty_kills_under_load(play, tmp_path: Path, transport: str, wire: str) -> None:
    chance = Random(f"{transport}:{wire}")
    rounds = [(chance.randint(0, 12), 12) for _ in range(50)]
    kill(play, tmp_path, f"{transport}:{wire}", wire, rounds, "--seed", "1")


def kill(play, tmp_path: Path, transport: str, wire: str, rounds: Sequence[tuple[int, int]], *more: str) -> None:
    """Kill a server in every round, as soon as so many of so many new commands are answered; look at what is left."""
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "games")}
    arguments = ("play", "dungeon", "--port", "0", "--no-open", "--strict", "--transport", transport, *more)
    query, seen, shown, sent, cookie = "cap=runs", 0, [], 0, ""
    for answers, commands in (*rounds, (4, 4)):
        running = play(*arguments, **where)
        browser = running.browser()
        browser.headers["Cookie"] = cookie = cookie or browser.headers["Cookie"]
        stream = browser.open(wire, query)
        connected = stream.read()
        assert connected["recovered"]
        done = connected["cmd_ack"]
        for cid in range(done + 1, sent + commands + 1):
            stream.send(cmd=f"say line {cid}", cid=cid)
        sent += commands
        while done < sent - commands + answers:
            message = stream.read()
            if message["type"] == "text":
                assert message["seq"] == seen + 1
                seen = message["seq"]
                done = message["cmd_ack"]
                shown += [block["text"][0][0]["text"] for block in message["runs"] if block["kind"] == "input"]
        query = f"cap=runs&session={connected['session']}&epoch={connected['epoch']}&after={seen}"
        running.process.kill()
        running.process.wait()
        stream.close()
    assert shown == [f"say line {cid}" for cid in range(1, sent + 1)]


def test_a_second_server_begins_games_of_its_own(play, installation, tmp_path: Path) -> None:
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "games")}
    arguments = ("play", "dungeon", "--port", "0", "--no-open")
    first = play(*arguments, **where)
    with first.browser().open("websocket") as stream:
        session = stream.read()["session"]
        second = play(*arguments, **where)
        with second.browser().open("websocket") as other:
            assert other.read()["session"] != session
        code, _, err, _ = second.end()
        assert (code, "Another Tale is running with the games in" in err) == (0, True)
    assert first.end()[:3] == (0, "", "")
    third = play(*arguments, **where)
    code, _, err, _ = third.end()
    assert (code, err) == (0, "tale: Going on where you were. To begin afresh: --new\n")
    assert play(*arguments, "--new", **where).end()[:3] == (0, "", "")


def test_the_terminal_goes_on_where_the_browser_was(play, installation, tmp_path: Path) -> None:
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "games")}
    running = play("play", "dungeon", "--port", "0", "--no-open", **where)
    with running.browser().open("websocket") as stream:
        stream.send(cmd="take lantern", cid=1)
        while stream.read().get("cmd_ack") != 1:
            pass
    running.end()
    done = installation.tale("play", "dungeon", "--transport", "console", **where)
    assert done.returncode == 0
    assert "You take the brass lantern." in done.stdout
    assert "Going on where you were" in done.stderr


@pytest.mark.parametrize("fault", ["file", "damaged"])
def test_a_folder_that_cannot_keep_games_is_told(installation, tmp_path: Path, fault: str) -> None:
    folder = tmp_path / "games"
    if fault == "file":
        folder.write_text("")
    else:
        folder.mkdir()
        (folder / "games.sqlite3").write_bytes(b"no database" * 1000)
    done = installation.tale("play", "dungeon", "--port", "0", TALE_EPHEMERAL="", TALE_DATA_DIR=str(folder))
    assert done.returncode == (2 if fault == "file" else 1)
    assert str(folder) in done.stderr
    assert "Traceback" not in done.stderr
