"""The promise of the wire, tried on any course of events: what was published is rendered, what was submitted is run.

One player's page, another tab of theirs and a server that is killed at any moment; nothing waits and nothing is timed,
so that a course that breaks the promise is found again and made short.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import tale_web
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tale_core.serving import host as hosting
from tale_core.serving.host import Host
from tale_core.serving.scribe import Then
from tale_core.serving.settings import Settings
from tale_core.serving.store import MemoryStore, Row
from tale_core.testing.scripted import DOT, ScriptedGame, draw, scripted_story

from .client import Client, Stream, inline

WIRES = st.sampled_from(["websocket", "eventsource"])
LINES = st.sampled_from(
    ["echo a", "echo b", "burst 3", "secret", "hidden", "raise", "big 3000", f"data {DOT}", "save x", "look"]
)


class Pages:
    """Be a scribe that writes one page when it is told to, so that a kill may come before or after it."""

    keeps = True

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.pages: list[tuple[Sequence[Row], Then]] = []
        self.dead = False

    def write(self, rows: Sequence[Row], then: Then = lambda _kept: None) -> None:
        self.pages.append((rows, then))

    def turn(self) -> None:
        rows, then = self.pages.pop(0)
        self.store.write(rows)
        then(True)

    def close(self) -> None:
        while self.pages:
            self.turn()


class Page:
    """Be the browser's page as the protocol has it: numbers, a queue of commands, and what it shows."""

    def __init__(self) -> None:
        self.session = self.epoch = ""
        self.seen = 0
        self.shown: list[Any] = []
        self.waiting: list[tuple[int, str]] = []
        self.stream: Stream | None = None
        self.ended = False

    def take(self, message: dict[str, Any]) -> None:
        """Render a message, or do what it says."""
        kind = message["type"]
        if kind == "connected":
            assert not self.epoch or (message["epoch"], message["session"]) == (self.epoch, self.session)
            self.session, self.epoch = message["session"], message["epoch"]
            self._kept(message["cmd_ack"])
        elif kind == "ack":
            self._kept(message["cid"])
        elif kind in ("text", "data"):
            self._kept(message.get("cmd_ack", 0))
            assert not message.get("snapshot"), "all of it is within the window"
            if message["seq"] <= self.seen:
                return
            assert message["seq"] == self.seen + 1, "a message was lost"
            self.seen = message["seq"]
            self.shown.append(message.get("runs") or message["data"])
        elif kind == "bye":
            self.stream = None
        else:
            assert kind in ("ping", "error"), message

    def _kept(self, cid: int) -> None:
        self.waiting = [(each, line) for each, line in self.waiting if each > cid]


class Promises(RuleBasedStateMachine):
    """Let a player play while everything goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        draw(Path(self.folder.name))
        self.store = MemoryStore()
        self.games: list[ScriptedGame] = []
        self.page = Page()
        self.submitted: list[str] = []
        self._start()
        self.client = Client(self.host)
        self._attach("websocket")

    def teardown(self) -> None:
        """Bring the page up to date, and see that all promises were kept."""
        for _ in range(8):  # enough for whatever waits at both ends
            self._attach("websocket")
            self._resend()
            while self.keeper.pages:
                self.keeper.turn()
                self._receive(1000)
            self._receive(1000)
        assert self.page.waiting == []
        (game,) = [game for game in self.games if game.lines or not self.submitted][-1:]
        assert game.lines == self.submitted, "executed == submitted"
        everything = Client(self.host)
        everything.headers = self.client.headers
        fresh, page = everything.attach("cap=runs"), Page()
        while messages := fresh.read():
            for message in messages:
                page.take(message)
        assert self.page.shown == page.shown, "rendered == published"
        self.host.close()
        self.folder.cleanup()

    def _start(self) -> None:
        def new_game(story: Any, seed: int) -> ScriptedGame:
            self.games.append(ScriptedGame(story, seed))
            return self.games[-1]

        self.keeper = Pages(self.store)
        with patch.object(hosting, "Scribe", lambda _store: self.keeper):
            self.host = Host(
                scripted_story(Path(self.folder.name)),
                page=tale_web.ROOT,
                settings=Settings(rate=1e9, burst=1_000_000, inflight_messages=10_000, connections_per_address=10**6),
                new_game=new_game,
                store=self.store,
            )
        inline(self.host)

    def _attach(self, wire: str) -> None:
        page = self.page
        if page.stream is not None:
            page.stream.attachment.detach("hop")
        query, last = "cap=runs", None
        if page.session:
            query += f"&session={page.session}&epoch={page.epoch}&after={page.seen}"
            last = f"{page.epoch}.{page.seen}" if wire == "eventsource" else None
        page.stream = self.client.attach(query, wire, last)

    def _receive(self, most: int) -> None:
        stream = self.page.stream
        if stream is None:
            return
        for message in stream.read()[:most]:  # the rest is lost with the connection
            self.page.take(message)

    def _send(self, cid: int, line: str) -> None:
        stream = self.page.stream
        if stream is None:
            return
        if stream.attachment.wire == "websocket":
            stream.send(line, cid=cid)
        else:
            self.client.post("/tale/input", {"cmd": line, "cid": cid})

    def _resend(self) -> None:
        if self.page.session:
            for cid, line in self.page.waiting:
                self._send(cid, line)

    @rule(line=LINES)
    @precondition(lambda self: len(self.page.waiting) < 8)
    def submit(self, line: str) -> None:
        """Type a line, whether connected or not."""
        self.submitted.append(line)
        self.page.waiting.append((len(self.submitted), line))
        if self.page.session:
            self._send(len(self.submitted), line)

    @rule(pages=st.integers(1, 4))
    def keep(self, pages: int) -> None:
        """Let the store keep some of what waits."""
        for _ in range(min(pages, len(self.keeper.pages))):
            self.keeper.turn()

    @rule()
    def receive(self) -> None:
        """Read all that has come."""
        self._receive(1000)

    @rule()
    def acknowledge(self) -> None:
        """Tell what was shown."""
        if self.page.stream is not None:
            self.page.stream.attachment.submit(f'{{"ack": {self.page.seen}}}')

    @rule(most=st.integers(0, 5), wire=WIRES)
    def cut(self, most: int, wire: str) -> None:
        """Lose the connection after some of what was under way; come back on either wire."""
        self._receive(most)
        self._attach(wire)
        self._receive(1000)
        self._resend()

    @rule()
    def drop(self) -> None:
        """Lose the connection for now."""
        if self.page.stream is not None:
            self.page.stream.attachment.detach("lost")
            self.page.stream = None

    @rule(wire=WIRES)
    def hop(self, wire: str) -> None:
        """Go over to another connection before the old one has ended."""
        old = self.page.stream
        self.page.stream = None
        self._attach(wire)
        if old is not None:
            old.attachment.detach("late")
        self._receive(1000)
        self._resend()

    @rule(wire=WIRES)
    def second_tab(self, wire: str) -> None:
        """Open another tab, which takes the game over; the first learns it and is continued later."""
        other = self.client.attach("cap=runs", wire)
        other.read()
        self._receive(1000)
        other.attachment.detach("closed")

    @rule(most=st.integers(0, 5), wire=WIRES)
    def kill(self, most: int, wire: str) -> None:
        """Kill the server with whatever was not kept, and start it again."""
        self._receive(most)
        self.page.stream = None
        self.keeper.pages.clear()
        self._start()
        moved = Client(self.host)
        if self.host.gate.visitor(self.client.peer) is None:  # its session was never kept: the printed address again
            self.client, self.page.session, self.page.epoch = moved, "", ""
            assert self.page.seen == 0
        else:
            old = self.client
            self.client = Client.__new__(Client)
            self.client.host, self.client.headers = self.host, old.headers
        self._attach(wire)
        self._receive(1000)
        self._resend()

    @invariant()
    def nothing_is_run_twice(self) -> None:
        """See that what ran is a beginning of what was submitted."""
        lines = self.games[-1].lines
        assert lines == self.submitted[: len(lines)]


Promises.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestPromises = Promises.TestCase
