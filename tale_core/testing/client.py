"""A client over real sockets that speaks both wires: what tests of transports play with. Every wait has a deadline."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import struct
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from tale_core.serving.transport import WEBSOCKET

if TYPE_CHECKING:
    from websockets.frames import Frame
    from websockets.http11 import Response

DEADLINE = 10.0
"""Seconds that any wait may take before it counts as a failure."""

Message = dict[str, Any]  # decoded JSON


class Reply(NamedTuple):
    """Hold an HTTP reply; ``headers`` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Browser:
    """Be one visitor of the server at ``address``: it keeps the cookie that the token got it."""

    def __init__(self, address: tuple[str, int], token: str = "", tls: ssl.SSLContext | None = None) -> None:
        self.address = address
        self.tls = tls
        self.headers = {"Host": f"{address[0]}:{address[1]}"}
        if token:
            cookie = self.get(f"/tale/?token={token}").headers["set-cookie"]
            self.headers["Cookie"] = cookie.partition(";")[0]

    def connect(self) -> http.client.HTTPConnection:
        """Open a connection."""
        if self.tls is not None:
            return http.client.HTTPSConnection(*self.address, timeout=DEADLINE, context=self.tls)
        return http.client.HTTPConnection(*self.address, timeout=DEADLINE)

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Make one request; underscores in the names of headers stand for hyphens."""
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self.connect()
        try:
            connection.request(method, path, body, named)
            reply = connection.getresponse()
            return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        """Make a GET request."""
        return self.request("GET", path, None, **headers)

    def post(self, path: str, value: object) -> Reply:
        """Post ``value`` as JSON."""
        return self.request("POST", path, json.dumps(value).encode(), Content_Type="application/json")

    def open(self, wire: str, query: str = "cap=runs", **headers: str) -> Stream:
        """Open a stream."""
        return SocketStream(self, query, headers) if wire == WEBSOCKET else EventStream(self, query, headers)


class Stream(Protocol):
    """Be an open stream of either wire."""

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

    def read(self) -> Message:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class EventStream(_Reading):
    """Read server-sent events; what is sent goes by POST."""

    def __init__(self, browser: Browser, query: str, headers: Mapping[str, str]) -> None:
        self._browser = browser
        self._connection = browser.connect()
        self._connection.request("GET", f"/tale/eventsource?{query}", headers={**browser.headers, **headers})
        self.reply = self._connection.getresponse()
        self.status = self.reply.status
        self.last_id = ""

    def read(self) -> Message:
        """Return the next message that is JSON."""
        while line := self.reply.readline():
            if line.startswith(b"id: "):
                self.last_id = line[4:].decode().strip()
            if line.startswith(b"data: {"):
                message: Message = json.loads(line[6:])
                if message.get("type") == "bye":
                    self.code = message["code"]
                return message
        raise EOFError

    def send(self, **fields: object) -> None:
        """Post a message."""
        self._browser.post("/tale/input", fields)

    def cut(self) -> None:
        """Reset the connection."""
        if self._connection.sock is not None:
            _reset(self._connection.sock)
        elif self.reply.fp is not None:
            _reset(self.reply.fp.raw._sock)  # type: ignore[attr-defined]  # the response has taken the socket over
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.reply.close()
        self._connection.close()


class SocketStream(_Reading):
    """Read and write a WebSocket, in the caller's thread alone: TLS in Python does not bear two of them."""

    def __init__(self, browser: Browser, query: str, headers: Mapping[str, str]) -> None:
        from websockets.client import ClientProtocol
        from websockets.uri import parse_uri

        scheme, host = "ws" if browser.tls is None else "wss", browser.headers["Host"]
        self._protocol = ClientProtocol(parse_uri(f"{scheme}://{host}/tale/ws?{query}"), max_size=None)
        connection = browser.connect()
        connection.connect()
        self._socket = connection.sock
        request = self._protocol.connect()
        for name, value in {**browser.headers, **headers}.items():
            if name != "Host":
                request.headers[name] = value
        self._protocol.send_request(request)
        self._flush()
        self._events: deque[Frame | Response] = deque()
        self._next()  # the answer to the request
        if self._protocol.handshake_exc is not None:
            self._socket.close()
            raise self._protocol.handshake_exc

    def read(self) -> Message:
        """Return the next message."""
        from websockets.frames import Frame, Opcode

        data = bytearray()
        while True:
            frame = self._next()
            if isinstance(frame, Frame) and frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                data += frame.data
                if frame.fin:
                    message: Message = json.loads(data)
                    return message

    def send(self, **fields: object) -> None:
        """Send a message."""
        self.send_raw(json.dumps(fields))

    def send_raw(self, raw: str | bytes) -> None:
        """Send a frame as it is."""
        if isinstance(raw, str):
            self._protocol.send_text(raw.encode())
        else:
            self._protocol.send_binary(raw)
        self._flush()

    def cut(self) -> None:
        """Reset the connection."""
        _reset(self._socket)
        self._socket.close()

    def close(self) -> None:
        """Close with 1000, and wait for the server to close as well."""
        with suppress(OSError, EOFError):
            if self._protocol.state is self._protocol.state.OPEN:
                self._protocol.send_close(1000)
                self._flush()
            while True:
                self._next()
        self._socket.close()

    def _next(self) -> Frame | Response:
        """Return the next thing that has come; the protocol answers pings and closes by itself."""
        from websockets.http11 import Request

        while not self._events:
            try:
                data = self._socket.recv(65_536)
            except ConnectionError:
                data = b""
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
            self._flush()
            self._events += (each for each in self._protocol.events_received() if not isinstance(each, Request))
            if not data and not self._events:
                self.code = self._protocol.close_code
                raise EOFError
        return self._events.popleft()

    def _flush(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # what the server said before is still to be read
            for data in self._protocol.data_to_send():
                if data:
                    self._socket.sendall(data)


def _reset(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RDWR)
