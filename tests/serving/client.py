"""A client without a socket: it calls the core as a transport would and reads the frames that come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tale_core.serving.host import Host
from tale_core.serving.transport import Bye, HttpReply, Peer

HOST = "127.0.0.1:8180"


class Inline:
    """Run every job at once, in the caller's thread."""

    def submit(self, job: Callable[[], None], /) -> None:
        job()

    def close(self) -> None:
        pass


def inline(host: Host) -> Host:
    """Make a host run every turn at once, in the caller's thread; return it."""
    host._pool.close()
    host._pool = Inline()  # type: ignore[assignment]
    for table in host._tables.values():
        table._strand._pool = host._pool
    return host


class Client:
    """Be one browser: it holds the cookie and opens streams."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.headers = {"host": HOST}
        reply = self.get("/tale/", f"token={host.token}")
        cookie = dict(reply.headers)["Set-Cookie"]
        self.headers["cookie"] = cookie.partition(";")[0]

    @property
    def peer(self) -> Peer:
        return Peer(address=("127.0.0.1", 50_000), headers=self.headers)

    def request(self, method: str, path: str, query: str = "", body: bytes = b"", **headers: str) -> HttpReply:
        all_headers = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        peer = Peer(address=("127.0.0.1", 50_000), headers=all_headers)
        return self.host.http(peer, method, path, query, all_headers, body)

    def get(self, path: str, query: str = "", **headers: str) -> HttpReply:
        return self.request("GET", path, query, **headers)

    def post(self, path: str, value: object = None, form: str | None = None, **headers: str) -> HttpReply:
        if form is not None:
            return self.request("POST", path, "", form.encode(), content_type="application/x-www-form-urlencoded")
        return self.request("POST", path, "", json.dumps(value).encode(), content_type="application/json", **headers)

    def attach(self, query: str = "cap=runs", wire: str = "websocket", last_event_id: str | None = None) -> Stream:
        found = self.host.attach(self.peer, wire, query, last_event_id)
        assert not isinstance(found, Bye), found
        return Stream(found, wire)


class Stream:
    """Be one open stream; ``read`` returns the messages that have come since the last call."""

    def __init__(self, attachment: Any, wire: str) -> None:
        self.attachment = attachment
        self.wire = wire
        self.bye: Bye | None = None
        self.wakes = 0
        attachment.set_waker(self._woken)

    def _woken(self) -> None:
        self.wakes += 1

    def raw(self) -> list[str | bytes]:
        frames: list[str | bytes] = []
        while self.bye is None:
            batch = self.attachment.poll()
            self.bye = batch.bye
            frames += batch.frames
            if not batch.frames:
                break
        return frames

    def read(self) -> list[dict[str, Any]]:
        messages = []
        for frame in self.raw():
            if isinstance(frame, str):
                messages.append(json.loads(frame))
                continue
            lines = frame.decode().splitlines()
            messages += [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
        return messages

    def texts(self) -> list[str]:
        return [text for message in self.read() for text in texts_of(message)]

    def send(self, line: str, **fields: object) -> Bye | None:
        found: Bye | None = self.attachment.submit(json.dumps({"cmd": line, **fields}))
        return found


def texts_of(message: dict[str, Any]) -> list[str]:
    """Return the plain texts of a message's blocks but for the player's own words."""
    blocks = [block for block in message.get("runs", ()) if block["kind"] != "input"]
    return ["".join(run["text"] for run in paragraph) for block in blocks for paragraph in block.get("text", ())]
