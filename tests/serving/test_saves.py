"""Saves as players meet them: typed, on the page, after a restart, and in the next game."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import tale_web
from msgspec.structs import replace

from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.shelf import MOST, named
from tale_core.serving.store import KeptSave, MemoryStore
from tests.world.playing import story

from .client import Client, Stream, inline, texts_of
from .test_restart import moved, settle


@pytest.fixture(params=["kept", "ephemeral"])
def store(request: pytest.FixtureRequest) -> MemoryStore | None:
    return MemoryStore() if request.param == "kept" else None


@pytest.fixture
def start(store: MemoryStore | None, settings: Settings) -> Iterator[Callable[..., Host]]:
    hosts: list[Host] = []

    def begin(**more: Any) -> Host:
        host = Host(story(), page=tale_web.ROOT, settings=settings, store=store, **more)
        inline(host)
        hosts.append(host)
        return host

    yield begin
    for host in hosts:
        host.close()


def type_(host: Host, stream: Stream, *lines: str) -> str:
    """Return what the last line was answered."""
    answers: list[str] = []
    for line in lines:
        stream.send(line)
        settle(host)
        answers = [text for each in stream.read() if each["type"] == "text" for text in texts_of(each)]
    return "\n".join(answers)


def test_a_save_brings_back_what_was(start: Callable[..., Host]) -> None:
    host = start()
    stream = Client(host).attach()
    assert "Saved as “Tower One”." in type_(host, stream, "take lamp", "save Tower One")
    type_(host, stream, "south", "drop lamp")
    assert "Restored “Tower One”." in type_(host, stream, "restore tower one")
    assert "a lamp" in type_(host, stream, "inventory")
    assert "Tower One, autosave" in type_(host, stream, "saves")
    assert "Restored “autosave”." in type_(host, stream, "restore autosave")
    assert "nothing" in type_(host, stream, "inventory")


def test_what_was_saved_last_is_restored_when_none_is_named(start: Callable[..., Host]) -> None:
    host = start()
    stream = Client(host).attach()
    assert "You have no saves yet." in type_(host, stream, "restore")
    assert "You have no saves yet." in type_(host, stream, "saves")
    type_(host, stream, "save a", "save b", "save a", "south")
    assert "Restored “a”." in type_(host, stream, "restore")
    assert "no save called “c”. There are: b, a, autosave." in type_(host, stream, "restore c")


def test_names_are_bounded(start: Callable[..., Host]) -> None:
    host = start()
    stream = Client(host).attach()
    for name in ("a/b", "<b>", "x" * 41):
        assert "A save's name may have" in type_(host, stream, f"save {name}")
    for n in range(MOST):
        type_(host, stream, f"save {n}")
    assert "as many saves as can be kept" in type_(host, stream, "save more")
    assert "Saved as “7”" in type_(host, stream, "save 7")
    assert named("  a   b ") == "a b"


def test_saves_outlive_the_game_and_the_server(start: Callable[..., Host], store: MemoryStore | None) -> None:
    host = start()
    client = Client(host)
    stream = client.attach()
    type_(host, stream, "take lamp", "save tower")
    if store is not None:
        host = start(afresh=True, seed=99)
        client = Client(host)
    else:
        client.post("/tale/quit", {})
        settle(host)
    stream = client.attach()
    assert "nothing" in type_(host, stream, "inventory")
    type_(host, stream, "restore tower")
    assert "a lamp" in type_(host, stream, "inventory")


def test_the_page_lists_saves_and_restores_them(start: Callable[..., Host]) -> None:
    host = start()
    client = Client(host)
    assert b"no saves yet" in client.get("/tale/saves").body
    assert client.post("/tale/saves", form="save=x").status == 404
    stream = client.attach()
    type_(host, stream, "take lamp")
    reply = client.post("/tale/saves", form="save=the+tower")
    assert (reply.status, dict(reply.headers)["Location"]) == (303, "/tale/story")
    type_(host, stream, "south", "drop lamp")
    assert b'value="the tower"' in client.get("/tale/saves").body
    assert json.loads(client.get("/tale/saves", accept="application/json").body) == ["the tower"]
    client.post("/tale/saves", form="restore=the+tower")
    assert "a lamp" in type_(host, stream, "inventory")
    assert client.post("/tale/saves", form="erase=x").status == 400


def test_one_cannot_see_anothers_saves(start: Callable[..., Host]) -> None:
    host = start()
    far = Client(host)
    visitor = host.gate.visitor(far.peer)
    assert visitor is not None
    visitor.near = False
    stream = far.attach()
    type_(host, stream, "save mine")
    near = Client(host)
    assert "You have no saves yet." in type_(host, near.attach(), "saves")


def test_a_damaged_save_leaves_the_game_as_it_is(start: Callable[..., Host]) -> None:
    host = start()
    stream = Client(host).attach()
    type_(host, stream, "take lamp", "save tower", "south")
    (kept,) = host._shelf.of("local").values()
    for damage in (b"", b"{}", b"[1", kept.data.replace(b'"turn":', b'"turn":"x', 1)):
        host._shelf.put(replace(kept, data=damage))
        assert "cannot be restored: it is damaged." in type_(host, stream, "restore tower")
    assert "Garden" in type_(host, stream, "look")
    host._shelf.put(KeptSave("local", "small", "tower", "g", 1, b'{"seed":1,"turn":1,"things":{"lamp":{"Name":7}}}'))
    assert "cannot be restored" in type_(host, stream, "restore tower")
    assert "Garden" in type_(host, stream, "look")


def test_a_transcript_holds_all_of_it(start: Callable[..., Host], store: MemoryStore | None) -> None:
    host = start()
    client = Client(host)
    assert client.get("/tale/transcript.txt").status == 404
    stream = client.attach()
    type_(host, stream, "take lamp", "say <b>bold</b>", "script")
    reply = client.get("/tale/transcript.txt")
    text = reply.body.decode()
    assert dict(reply.headers)["Content-Disposition"] == 'attachment; filename="small.txt"'
    assert text.index("You wake.") < text.index("> take lamp") < text.index("You take") < text.index("> script")
    page = client.get("/tale/transcript.html").body.decode()
    assert "&gt; say &lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold" not in page
    if store is not None:
        host = start()
        assert moved(client, host).get("/tale/transcript.txt").body.decode() == text


@pytest.mark.parametrize("store", ["kept"], indirect=True)
def test_a_restored_game_goes_on_after_a_restart(start: Callable[..., Host], store: MemoryStore | None) -> None:
    assert store is not None
    host = start()
    client = Client(host)
    stream = client.attach()
    for n in range(20):
        type_(host, stream, "take lamp", f"save {n % 3}", "south", "undo", "restore 0", "drop lamp")
    before = type_(host, stream, "look")
    text = client.get("/tale/transcript.txt").body
    assert store.states(next(iter(store._games)))
    host = start()
    client = moved(client, host)
    assert client.get("/tale/transcript.txt").body == text, "nothing is told to have changed"
    stream = client.attach()
    settle(host)
    stream.read()
    assert type_(host, stream, "look") == before
    assert "Restored “0”." in type_(host, stream, "restore 0")


@pytest.mark.parametrize("store", ["kept"], indirect=True)
def test_what_a_new_version_of_the_story_has_no_more_is_told_once(
    start: Callable[..., Host], store: MemoryStore | None
) -> None:
    assert store is not None
    host = start()
    client = Client(host)
    stream = client.attach()
    type_(host, stream, "take lamp", *(["wait"] * 70))
    (game,) = store.all_games()
    (state,) = store.states(game.id)
    assert b'"lamp":{' in state.data
    store._states[game.id] = [replace(state, data=state.data.replace(b'"lamp":{', b'"lamp":{"Horn":{},'))]
    for _ in range(2):
        host = start()
        client = moved(client, host)
        settle(host)
        told = client.get("/tale/transcript.txt").body.decode()
        assert told.count("What is there no more was left out: lamp (Horn).") == 1
    assert "a lamp" in type_(host, client.attach(), "inventory")
