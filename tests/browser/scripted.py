"""A server's side of the WebSocket, scripted by a test: says what it is told, hears what the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, WebSocketRoute

Answer = Callable[["Line", dict[str, Any]], None]


class Line:
    """One connection: ``query`` as the page asked for it, ``heard`` what the page has sent."""

    def __init__(self, socket: WebSocketRoute, number: int) -> None:
        self.socket = socket
        self.number = number
        self.query = {name: values[0] for name, values in parse_qs(urlsplit(socket.url).query).items()}
        self.heard: list[dict[str, Any]] = []

    def say(self, kind: str, **fields: object) -> None:
        self.socket.send(json.dumps({"type": kind} | fields))

    def greet(self, *, seq: int = 0, recovered: bool = True, accepted: int = 0, epoch: str = "e1") -> None:
        limits = {"line": 8192, "inflight": 64, "rate": 100, "burst": 100}
        self.say(
            "connected",
            v=1,
            session="s1",
            epoch=epoch,
            seq=seq,
            first=1,
            recovered=recovered,
            cmd_ack=accepted,
            ping=25,
            limits=limits,
            wires=["websocket", "eventsource"],
        )

    def tell(self, seq: int, *blocks: dict[str, Any], executed: int = 0, **fields: object) -> None:
        """Send a numbered text message."""
        self.say("text", **{"seq": seq, "cmd_ack": executed, "special": [], "runs": blocks} | fields)

    def take(self, message: dict[str, Any], seq: int, *blocks: dict[str, Any], **fields: object) -> None:
        """Take a command and answer it."""
        self.say("ack", cid=message["cid"])
        echo = {"kind": "input", "cid": message["cid"], "text": [[{"text": message["cmd"]}]]}
        self.tell(seq, echo, *blocks, executed=message["cid"], **fields)

    @property
    def commands(self) -> list[tuple[int, str]]:
        return [(each["cid"], each["cmd"]) for each in self.heard if "cmd" in each]


class Script:
    """Be the server for a page: ``opened`` is called for each connection, ``answer`` for each command on one."""

    def __init__(self, page: Page, opened: Callable[[Line], None], answer: Answer | None = None) -> None:
        self.lines: list[Line] = []
        self._opened = opened
        self._answer = answer
        page.route_web_socket(re.compile("/tale/ws"), self._route)

    def _route(self, socket: WebSocketRoute) -> None:
        line = Line(socket, len(self.lines) + 1)
        self.lines.append(line)

        def heard(raw: str | bytes) -> None:
            message = json.loads(raw)
            line.heard.append(message)
            if "cmd" in message and self._answer is not None:
                self._answer(line, message)

        socket.on_message(heard)
        self._opened(line)


def said(text: str, kind: str = "report", **fields: object) -> dict[str, Any]:
    """Return a block of one plain paragraph."""
    return {"kind": kind, "text": [[{"text": text}]]} | fields
