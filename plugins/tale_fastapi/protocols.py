"""uvicorn's protocols with what they lack: bounds on a request's head, and an end while a client is closing."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.protocols.websockets.auto import AutoWebSocketsProtocol

from tale_core.serving.sockets import FULL
from tale_core.serving.transport import HEAD_LIMIT, IO_DEADLINE

END = b"\r\n\r\n"
SENTENCE = f"The head of a request may have at most {HEAD_LIMIT} bytes."
TOO_LONG = (
    "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain\r\n"
    f"Content-Length: {len(SENTENCE)}\r\nConnection: close\r\n\r\n{SENTENCE}"
)


class BoundedHeads(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # chosen at run time by what is installed
    """Close a connection that is one too many, or whose request's head is too long or not complete in time."""

    deadline = IO_DEADLINE
    most = 0
    """Connections that may be open at once; 0 is no limit."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Start the clock."""
        super().connection_made(transport)
        self._length = 0
        self._tail = b""  # what END may have begun with
        self._late: asyncio.TimerHandle | None = None
        self._start()
        if 0 < self.most < len(self.connections):
            self.transport.write(FULL)
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head before uvicorn sees it."""
        if self._in_head():
            self._start()
            seen = self._tail + data
            end = seen.find(END)
            self._length += (len(seen) if end < 0 else end) - len(self._tail)
            self._tail = seen[1 - len(END) :]
            if self._length > HEAD_LIMIT:
                self.transport.write(TOO_LONG.encode())
                self.transport.close()
                return
        super().data_received(data)
        if not self._in_head():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def _in_head(self) -> bool:
        """Tell whether a request is still to come; not so once the connection is a WebSocket's."""
        idle = self.cycle is None or self.cycle.response_complete
        return idle and self.transport.get_protocol() is self

    def _start(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.deadline, self.transport.close)

    def _stop(self) -> None:
        self._length, self._tail = 0, b""
        if self._late is not None:
            self._late.cancel()
            self._late = None


def socket_protocol() -> type[asyncio.Protocol] | None:
    """Return the protocol for WebSockets, None where no library for them is installed."""
    if AutoWebSocketsProtocol is None:
        return None

    class Socket(AutoWebSocketsProtocol):  # type: ignore[misc, valid-type]  # chosen at run time, too
        """Be told of the server's end without an error while the client is closing."""

        def shutdown(self) -> None:
            """Close, unless that is under way."""
            if not self.transport.is_closing():
                super().shutdown()

    return Socket
