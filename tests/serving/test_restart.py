"""A server that was stopped or killed, and started again: the same games, to the same players, with nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import tale_web
from msgspec.structs import replace

from tale_core.errors import StoreError
from tale_core.game.inputs import AnyInput, Told
from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.store import MemoryStore, Row
from tale_core.serving.transport import Peer
from tale_core.testing.scripted import DOT, ScriptedGame, ScriptedTurn, draw, scripted_story
from tale_core.world.events import Report, Run, System

from .client import Client, Stream, inline, texts_of

DEADLINE = 10.0

Start = Callable[..., Host]


class FickleStore(MemoryStore):
    """Fail while it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.failing = False

    def write(self, rows: Sequence[Row]) -> None:
        if self.failing:
            raise StoreError("the disk is full")
        super().write(rows)


@pytest.fixture
def store() -> FickleStore:
    return FickleStore()


@pytest.fixture
def start(store: FickleStore, settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a server; a former one is left as a kill would leave it."""
    hosts: list[Host] = []

    def begin(**more: Any) -> Host:
        story = scripted_story(tmp_path)
        host = Host(story, page=tale_web.ROOT, settings=settings, new_game=ScriptedGame, store=store, **more)
        inline(host)
        hosts.append(host)
        return host

    yield begin
    for host in hosts:
        host.close()


def settle(host: Host) -> None:
    """Wait until all that was handed to the scribe has been kept and told."""
    done = Event()
    host._keeper.write((), lambda _kept: done.set())
    assert done.wait(DEADLINE)


def moved(client: Client, host: Host) -> Client:
    """Return the same browser, cookie and all, at another server."""
    other = Client(host)
    other.headers = dict(client.headers)
    return other


def all_texts(host: Host, stream: Stream) -> list[dict[str, Any]]:
    """Return all that a reader gets, more than it gets at once."""
    texts: list[dict[str, Any]] = []
    while messages := read(host, stream):
        texts += [message for message in messages if message["type"] == "text"]
    return texts


def read(host: Host, stream: Stream) -> list[dict[str, Any]]:
    settle(host)
    return stream.read()


def test_a_reader_goes_on_where_it_was(start: Start) -> None:
    host = start()
    client = Client(host)
    stream = client.attach()
    for cid in (1, 2):
        stream.send(f"echo {cid}", cid=cid)
    connected, *messages = read(host, stream)
    assert [message["seq"] for message in messages if message["type"] == "text"] == [1, 2, 3]

    host = start()
    query = f"cap=runs&session={connected['session']}&epoch={connected['epoch']}&after=2"
    stream = moved(client, host).attach(query)
    again, *rest = read(host, stream)
    assert (again["session"], again["epoch"], again["seq"], again["cmd_ack"]) == (
        connected["session"],
        connected["epoch"],
        3,
        2,
    )
    assert again["recovered"]
    assert [texts_of(message) for message in rest if message["type"] == "text"] == [["2"]]
    stream.send("echo 2", cid=2)  # sent again, since its answer was not seen
    stream.send("echo 3", cid=3)
    (text,) = [message for message in read(host, stream) if message["type"] == "text"]
    assert (text["seq"], text["cmd_ack"], texts_of(text)) == (4, 3, ["3"])


def test_every_message_is_the_same_after_a_restart(start: Start, tmp_path: Path) -> None:
    draw(tmp_path)
    host = start()
    client = Client(host)
    stream = client.attach()
    lines = ("echo one", "burst 3", "secret", "hidden", "raise no", "clear", "big 100", f"data {DOT}", "echo last")
    for cid, line in enumerate(lines, 1):
        stream.send(line, cid=cid)
    before = read(host, stream)[1:]
    host = start()
    after = read(host, moved(client, host).attach())[1:]
    assert after == before
    assert [message["seq"] for message in after] == list(range(1, len(lines) + 3))
    assert [message["type"] for message in after[-3:]] == ["text", "data", "text"]


def test_completions_told_as_text_keep_the_numbers_right(start: Start) -> None:
    host = start()
    client = Client(host)
    seed = client.attach("")
    seed.send("e", autocomplete=1)
    seed.send("echo x")
    before = read(host, seed)
    host = start()
    assert read(host, moved(client, host).attach(""))[1:] == before[1:]
    assert "echo" in before[2]["text"]


def test_what_has_ended_does_not_come_back(start: Start) -> None:
    host = start()
    client, other = Client(host), Client(host)
    other.attach()
    stream = client.attach()
    session = read(host, stream)[0]["session"]
    stream.send("quit", cid=1)
    settle(host)
    left = Client(host)
    left.attach()
    left.post("/tale/quit", {})
    settle(host)
    host = start()
    assert len(host._tables) == 1
    renewed = read(host, Client(host).attach())[0]["session"]
    assert renewed != session


def test_a_new_browser_on_this_machine_takes_up_what_was_played_last(start: Start) -> None:
    host = start()
    stream = Client(host).attach()
    stream.send("echo mine", cid=1)
    session = read(host, stream)[0]["session"]
    host = start()
    assert host.goes_on
    client = Client(host)
    assert b"Continue" in client.get("/tale/").body
    assert read(host, client.attach())[0]["session"] == session
    assert not host.goes_on
    assert read(host, Client(host).attach())[0]["session"] != session
    settle(host)
    host = start()
    assert read(host, moved(client, host).attach())[0]["session"] == session


def test_a_stranger_takes_up_nothing(start: Start) -> None:
    host = start()
    session = read(host, Client(host).attach())[0]["session"]
    host = start()
    far = Peer(address=("192.0.2.7", 1), headers={"host": "127.0.0.1"})
    reply = host.http(far, "GET", "/tale/", f"token={host.token}", far.headers, b"")
    cookie = dict(reply.headers)["Set-Cookie"].partition(";")[0]
    found = host.attach(Peer(address=far.address, headers={**far.headers, "cookie": cookie}), "websocket", "cap=runs")
    assert read(host, Stream(found, "websocket"))[0]["session"] != session


@pytest.mark.parametrize("more", [{"afresh": True}, {"seed": 8}])
def test_a_new_game_when_one_is_asked_for(start: Start, more: dict[str, Any]) -> None:
    host = start(seed=7)
    session = read(host, Client(host).attach())[0]["session"]
    host = start(**more)
    assert not host.goes_on
    assert read(host, Client(host).attach())[0]["session"] != session
    host = start(seed=7)
    assert read(host, Client(host).attach())[0]["session"] == session


@pytest.mark.parametrize("fault", ["entry", "told"])
def test_a_damaged_game_is_kept_but_not_taken_up(
    start: Start, store: FickleStore, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    host = start()
    stream = Client(host).attach()
    stream.send("echo one", cid=1)
    settle(host)
    (game,) = store.games("scripted")
    entry = store._entries[game.id][1]
    store._entries[game.id][1] = replace(entry, data=b"{}") if fault == "entry" else replace(entry, told=b"[]")
    host = start()
    assert "could not be taken up: " in caplog.text
    assert ("entry 2" if fault == "entry" else "turn 2") in caplog.text
    assert not host.goes_on
    assert len(store.entries(game.id)) == 2
    stream = Client(host).attach()
    assert [texts_of(message) for message in read(host, stream)[1:]] == [["Welcome."]]


def test_a_story_that_has_changed_is_told_and_what_was_told_stays(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = start()
    client = Client(host)
    stream = client.attach()
    stream.send("echo one", cid=1)
    before = [message for message in read(host, stream) if message["type"] == "text"]
    monkeypatch.setattr(ScriptedGame, "_scene", lambda *_: Report(to="player", text=((Run("Another story."),),)))
    monkeypatch.setattr(ScriptedGame, "turn", told_by_the_server(ScriptedGame.turn))
    for _ in range(2):  # told once, not at every start
        host = start()
        stream = moved(client, host).attach()
        *again, notice = [message for message in read(host, stream) if message["type"] == "text"]
        assert again == before
        assert texts_of(notice) == ["restore.changed 2"]
    stream.send("echo two", cid=2)
    (answer,) = [message for message in read(host, stream) if message["type"] == "text"]
    assert texts_of(answer) == ["two", "Another story."]


def told_by_the_server(turn: Callable[..., ScriptedTurn]) -> Callable[..., ScriptedTurn]:
    def told(game: ScriptedGame, given: AnyInput) -> ScriptedTurn:
        if isinstance(given, Told):
            words = f"{given.message} {given.words['n']}"
            return ScriptedTurn((System(to=given.player, text=((Run(words),),), code=given.message),))
        return turn(game, given)

    return told


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"seed":0,"turn":1,"things":{}}'])
def test_a_state_that_cannot_be_used_costs_nothing(start: Start, store: FickleStore, damage: bytes) -> None:
    host = start()
    client = Client(host)
    stream = client.attach()
    before = []
    for cid in range(1, 70):
        stream.send(f"echo {cid}", cid=cid)
        before += all_texts(host, stream)
    (game,) = store.games("scripted")
    (state,) = store.states(game.id)
    assert state.n == 64
    store._states[game.id] = [replace(state, data=damage)]
    host = start()
    stream = moved(client, host).attach()
    assert all_texts(host, stream) == before
    stream.send("echo more", cid=70)
    (answer,) = [message for message in read(host, stream) if message["type"] == "text"]
    assert (answer["turns"], texts_of(answer)) == (70, ["more"])


def test_a_store_that_fails_is_told_and_loses_nothing_once_it_works_again(start: Start, store: FickleStore) -> None:
    host = start()
    client = Client(host)
    stream = client.attach()
    read(host, stream)
    store.failing = True
    answers = []
    for cid in (1, 2):
        stream.send(f"echo {cid}", cid=cid)
        answers += [texts_of(message) for message in read(host, stream) if message["type"] == "text"]
    assert [len(texts) for texts in answers] == [2, 1]
    assert "cannot keep your game" in answers[0][0]
    (game,) = store.games("scripted")
    assert len(store.entries(game.id)) == 1
    store.failing = False
    stream.send("echo 3", cid=3)
    (text,) = [message for message in read(host, stream) if message["type"] == "text"]
    assert "kept again" in texts_of(text)[0]
    assert len(store.entries(game.id)) == 4
    host = start()
    assert read(host, moved(client, host).attach())[0]["cmd_ack"] == 3


def test_nothing_is_shown_before_it_is_kept(start: Start, store: FickleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    host = start()
    stream = Client(host).attach()
    read(host, stream)
    let_go, writing, write = Event(), Event(), store.write

    def slow(rows: Sequence[Row]) -> None:
        writing.set()
        assert let_go.wait(DEADLINE)
        write(rows)

    monkeypatch.setattr(store, "write", slow)
    stream.send("echo x", cid=1)
    assert writing.wait(DEADLINE)
    assert not [message for message in stream.read() if message["type"] == "text"]
    let_go.set()
    assert [message["seq"] for message in read(host, stream) if message["type"] == "text"] == [2]
