"""Ten thousand broken connections: at any byte of what is read or sent, on any wire, with both under way."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET
from tale_core.testing import frames
from tale_core.testing.client import Browser, Message, SocketStream, Stream
from tale_core.testing.frames import Frame
from tale_core.testing.raw import Line, request
from tale_core.testing.stage import Stage, installed, running

CUTS = 2_500
"""A pair of transport and wire."""

BEHIND = 20
"""Answers that a page may have outstanding before it types no more, as one that is read by a person."""

PAIRS = [(plugin, wire) for plugin in ("fastapi", "flask") for wire in (WEBSOCKET, EVENTSOURCE)]


class Player:
    """Be a page that goes on whatever breaks: it knows what it has shown, and what it has typed."""

    def __init__(self, browser: Browser, chance: Random) -> None:
        self.browser = browser
        self.chance = chance
        self.query = "cap=runs"
        self.typed: list[str] = []
        self.shown: list[str] = []
        self.seen = self.kept = 0
        self.greeting: dict[str, int] = {}
        """Bytes with which a stream of each wire begins, about."""

    def attach(self, wire: str, cut_at: int | None = None) -> Stream:
        """Open a stream where the last one broke. Raise EOFError when it breaks before it is greeted."""
        stream = self.browser.open(wire, self.query, cut_at=cut_at)
        connected = stream.read()
        assert connected["recovered"]
        assert connected["cmd_ack"] >= self.kept
        self.kept = connected["cmd_ack"]
        self.query = f"cap=runs&session={connected['session']}&epoch={connected['epoch']}&after={self.seen}"
        return stream

    def take(self, message: Message) -> None:
        """Show a message."""
        self.kept = max(self.kept, message.get("cmd_ack", 0))
        if message["type"] == "text":
            assert not message.get("snapshot")
            assert message["seq"] == self.seen + 1
            self.seen += 1
            self.shown += [block["text"][0][0]["text"] for block in message["runs"] if block["kind"] == "report"]
            self.query = self.query.rpartition("=")[0] + f"={self.seen}"

    def commands(self) -> list[bytes]:
        """Return, as JSON, all that is not known to have run."""
        unsure = range(self.kept + 1, len(self.typed) + 1)
        return [json.dumps({"cmd": self.typed[cid - 1], "cid": cid, "ack": self.seen}).encode() for cid in unsure]

    def say(self, stream: Stream) -> None:
        """Send all that is not known to have run."""
        for command in self.commands():
            if isinstance(stream, SocketStream):
                stream.send_frames([Frame(frames.TEXT, command)])
            else:
                self.browser.exchange(self.post(command), "POST")

    def say_and_break(self, stream: Stream) -> None:
        """Send the same, and break it off at any byte."""
        packed = (
            [frames.pack(Frame(frames.TEXT, command)) for command in self.commands()]
            if isinstance(stream, SocketStream)
            else [self.post(command) for command in self.commands()[:1]]
        )
        raw = b"".join(packed)
        line: Line = stream.line if isinstance(stream, SocketStream) else self.browser.connect()
        line.send(raw[: self.chance.randrange(len(raw) + 1)])
        line.cut()

    def post(self, command: bytes) -> bytes:
        """Return a command as a request."""
        return request("POST", "/tale/input", self.browser.headers | {"Content-Type": "application/json"}, command)


@pytest.mark.torture
@pytest.mark.timeout(400)
@pytest.mark.parametrize(("plugin", "wire"), PAIRS)
def test_no_cut_loses_or_doubles_anything(tmp_path: Path, plugin: str, wire: str) -> None:
    spec = installed(plugin)
    assert spec is not None
    with running(spec, tmp_path) as stage:
        player = Player(stage.browser(), Random(f"{plugin}:{wire}"))
        for n in range(CUTS):
            cut(player, player.chance.choice((WEBSOCKET, EVENTSOURCE)) if n % 7 == 0 else wire)
        finish(player, stage, wire)


def cut(player: Player, wire: str) -> None:
    """Open a stream, type and read for a while, and break it: within what is read, or within what is sent."""
    chance = player.chance
    reading = chance.random() < 0.6
    for _ in range(chance.randint(0, 2) if len(player.typed) - player.seen < BEHIND else 0):
        player.typed.append(f"echo {len(player.typed) + 1}")
    try:
        greeting = player.greeting.get(wire, 0)
        at = greeting + chance.randrange(-300, 2500) if greeting and reading else None
        stream = player.attach(wire, at)
        player.greeting.setdefault(wire, stream.line.received)
    except EOFError:
        return
    try:
        if reading:
            player.say(stream)
            while player.kept < len(player.typed) or player.seen <= len(player.typed):
                player.take(stream.read())
        else:
            for _ in range(chance.randint(0, 1)):
                if player.seen <= player.kept:
                    player.take(stream.read())
            player.say_and_break(stream)
    except (EOFError, ConnectionError):
        pass
    stream.cut()


def finish(player: Player, stage: Stage, wire: str) -> None:
    """Play on without a cut, and compare what was typed, run and shown."""
    with player.attach(wire) as stream:
        player.say(stream)
        while len(player.shown) <= len(player.typed):
            player.take(stream.read())
    assert stage.games[0].lines == player.typed
    assert player.shown == ["Welcome.", *(line.removeprefix("echo ") for line in player.typed)]
