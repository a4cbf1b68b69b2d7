"""A client over real sockets that speaks both wires: what tests of transports play with. Every wait has a deadline."""

from __future__ import annotations

import json
import ssl
import struct
from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, Self

from tale_core.serving.transport import WEBSOCKET
from tale_core.testing import frames
from tale_core.testing.frames import Frame
from tale_core.testing.raw import (
    DEADLINE,
    Address,
    Body,
    Head,
    Line,
    Malformed,
    Reply,
    Source,
    read_head,
    read_reply,
    request,
)

Message = dict[str, Any]  # decoded JSON


class Refused(Exception):
    """Report a stream that the server refused with an HTTP status."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.status}: {reply.body.decode(errors='replace')}")
        self.reply = reply


class Browser:
    """Be one visitor of the server at ``address``: it keeps the cookie that the token got it.

    ``prefix`` is the path at which the server lies, behind a proxy or mounted in something else.
    """

    def __init__(
        self,
        address: Address,
        token: str = "",
        tls: ssl.SSLContext | None = None,
        *,
        deadline: float = DEADLINE,
        prefix: str = "",
    ) -> None:
        self.address = address
        self.tls = tls
        self.deadline = deadline
        self.prefix = prefix
        self.lines: list[Line] = []
        """Every connection that was opened, in order."""
        self.headers = {"Host": f"{address[0]}:{address[1]}"}
        if token:
            cookie = self.get(f"/tale/?token={token}").headers["set-cookie"]
            self.headers["Cookie"] = cookie.partition(";")[0]

    def connect(self, *, cut_at: int | None = None, window: int | None = None) -> Line:
        """Open a connection."""
        line = Line(self.address, self.tls, deadline=self.deadline, cut_at=cut_at, window=window)
        self.lines.append(line)
        return line

    def close(self) -> None:
        """Close every connection that is still open."""
        for line in self.lines:
            line.close()

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        """Make one request; underscores in the names of headers stand for hyphens."""
        return self.exchange(request(method, self.prefix + path, self.headers | _named(headers), body), method)

    def exchange(self, raw: bytes, method: str = "GET") -> Reply:
        """Send bytes on a connection of their own, and read one answer."""
        line = self.connect()
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has heard all
                line.send(raw)
            return read_reply(line, method)
        finally:
            line.close()

    def get(self, path: str, **headers: str) -> Reply:
        """Make a GET request."""
        return self.request("GET", path, b"", **headers)

    def post(self, path: str, value: object) -> Reply:
        """Post ``value`` as JSON."""
        return self.request(
            "POST", path, json.dumps(value, ensure_ascii=False).encode(), Content_Type="application/json"
        )

    def open(
        self,
        wire: str,
        query: str = "cap=runs",
        *,
        cut_at: int | None = None,
        window: int | None = None,
        **headers: str,
    ) -> Stream:
        """Open a stream. Raise Refused when the server answers with anything but one."""
        path = self.prefix + (f"{path_of(wire)}?{query}" if query else path_of(wire))
        upgrade = frames.HANDSHAKE if wire == WEBSOCKET else {}
        line = self.connect(cut_at=cut_at, window=window)
        try:
            line.send(request("GET", path, self.headers | upgrade | _named(headers)))
            head = read_head(line)
            if head.status != (101 if wire == WEBSOCKET else 200):
                raise Refused(Reply(head.status, head.headers, Body(line, head).rest()))
        except BaseException:
            line.close()
            raise
        return SocketStream(line, head) if wire == WEBSOCKET else EventStream(line, head, self)


class Stream(Protocol):
    """Be an open stream of either wire."""

    line: Line
    head: Head
    source: Source
    """Where its bytes come from, for who wants to read them otherwise."""

    code: int | None
    """The code of the ``bye`` or of the close, once the stream has ended."""

    def read(self) -> Message:
        """Return the next message; raise EOFError at the stream's end, TimeoutError after the deadline."""

    def send(self, **fields: object) -> None:
        """Send a message to the server, on whichever way this wire has for it."""

    def cut(self) -> None:
        """Reset the connection, as a broken network would."""

    def close(self) -> None:
        """Close the stream in good order."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


class _Reading:
    code: int | None = None

    def __init__(self, line: Line, head: Head, source: Source) -> None:
        self.line = line
        self.head = head
        self.source = source

    def read(self) -> Message:
        raise NotImplementedError

    def cut(self) -> None:
        """Reset the connection."""
        self.line.cut()

    def close(self) -> None:
        """Close the connection."""
        self.line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class EventStream(_Reading):
    """Read server-sent events; what is sent goes by POST."""

    def __init__(self, line: Line, head: Head, browser: Browser) -> None:
        super().__init__(line, head, Body(line, head))
        self._browser = browser
        self.last_id = ""

    def read(self) -> Message:
        """Return the next message that is JSON."""
        while True:
            fields = self._event()
            self.last_id = fields.get("id", self.last_id)
            data = fields.get("data", "")
            if data.startswith("{"):
                message: Message = json.loads(data)
                if message["type"] != fields.get("event"):
                    raise Malformed(f"a message of the type {message['type']} as event {fields.get('event')}")
                if message["type"] == "bye":
                    self.code = message["code"]
                return message

    def _event(self) -> dict[str, str]:
        event = self.source.until(b"\n\n").decode()
        pairs = (each.partition(": ") for each in event.split("\n"))
        return {name: value for name, _, value in pairs if name}

    def send(self, **fields: object) -> None:
        """Post a message."""
        self._browser.post("/tale/input", fields)


class SocketStream(_Reading):
    """Read and write a WebSocket, in the caller's thread alone: TLS in Python does not bear two of them."""

    def __init__(self, line: Line, head: Head) -> None:
        super().__init__(line, head, line)
        if head.headers.get("sec-websocket-accept") != frames.ACCEPT:
            raise Malformed(f"a handshake that is not answered: {dict(head.headers)}")
        self.pongs: list[bytes] = []
        """What the server has answered to pings so far."""
        self._closing = False

    def read(self) -> Message:
        """Return the next message."""
        parts: list[bytes] = []
        while True:
            frame = self.read_frame()
            if frame.opcode == frames.CLOSE:
                self._ended(frame)
            elif frame.opcode == frames.PING:
                self._answer(Frame(frames.PONG, frame.payload))
            elif frame.opcode == frames.PONG:
                self.pongs.append(frame.payload)
            else:
                if (frame.opcode == frames.CONTINUATION) is not bool(parts) or frame.opcode == frames.BINARY:
                    raise Malformed(f"a frame of the kind {frame.opcode} after {len(parts)} parts of a message")
                parts.append(frame.payload)
                if frame.fin:
                    message: Message = json.loads(b"".join(parts).decode())
                    return message

    def read_frame(self) -> Frame:
        """Return the next frame. Raise EOFError when the connection ends, ``code`` being 1006 without a close frame."""
        try:
            return frames.unpack(self.line)
        except EOFError:
            self.code = 1006 if self.code is None else self.code
            raise

    def _ended(self, frame: Frame) -> None:
        """Answer a close frame, see that no message follows it, and raise EOFError."""
        if len(frame.payload) == 1:
            raise Malformed("a close frame of one byte")
        self.code = struct.unpack(">H", frame.payload[:2])[0] if frame.payload else 1005
        frame.payload[2:].decode()
        if not self._closing:
            self._answer(Frame(frames.CLOSE, frame.payload[:2]))
        while True:  # until EOFError
            late = frames.unpack(self.line)
            if late.opcode not in (frames.PING, frames.PONG):
                raise Malformed(f"{late} after the close frame")

    def _answer(self, frame: Frame) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # what the server said before is still to be read
            self.send_frames([frame])

    def send(self, **fields: object) -> None:
        """Send a message."""
        self.send_raw(json.dumps(fields, ensure_ascii=False))

    def send_raw(self, raw: str | bytes) -> None:
        """Send a message as it is, text or binary."""
        kind, data = (frames.TEXT, raw.encode()) if isinstance(raw, str) else (frames.BINARY, raw)
        self.send_frames([Frame(kind, data)])

    def send_frames(self, sent: Iterable[Frame]) -> None:
        """Send frames as they are."""
        self.line.send(b"".join(frames.pack(frame) for frame in sent))

    def say_goodbye(self, code: int | None = 1000, reason: bytes = b"") -> int | None:
        """Close with a code, read on until the server has closed, too, and return its code."""
        self._closing = True
        self.send_frames([frames.close(code, reason)])
        with suppress(EOFError):
            while True:
                self.read()
        return self.code

    def close(self) -> None:
        """Close with 1000, and wait for the server to close as well."""
        with suppress(OSError, EOFError):
            if self.code is None:
                self.say_goodbye()
        self.line.close()


def path_of(wire: str) -> str:
    """Return where a wire's streams are opened."""
    return "/tale/ws" if wire == WEBSOCKET else "/tale/eventsource"


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
