"""Bytes over sockets, with a deadline on every wait: what the client for tests stands on.

Nothing here forgives: an answer that HTTP does not allow is a failure of whoever sent it.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

DEADLINE = 10.0
"""Seconds that any wait may take before it counts as a failure."""

Address = tuple[str, int]

_STATUS = re.compile(rb"HTTP/1\.[01] (\d\d\d)(?: [^\r\n]*)?")
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, zero seconds: closing sends a reset


class Malformed(AssertionError):
    """Report bytes that the protocol does not allow: whoever sent them has failed the test."""


class Source:
    """Be bytes that come in pieces, and that are asked for in others. Subclasses say where they come from."""

    def __init__(self) -> None:
        self._ahead = bytearray()
        self.taken = 0
        """Bytes that were asked for and given so far."""

    def _more(self) -> bytes:
        """Return what comes next, empty at the end."""
        raise NotImplementedError

    def some(self) -> bytes:
        """Return what is there, waiting if there is nothing yet; empty at the end."""
        return self.upto(1 << 30)

    def upto(self, count: int) -> bytes:
        """Return at least one byte and at most that many; empty at the end."""
        return self._take(min(count, len(self._ahead))) if self._ahead or self._fill() else b""

    def exactly(self, count: int) -> bytes:
        """Return that many bytes. Raise EOFError when there are not as many."""
        while len(self._ahead) < count:
            if not self._fill():
                raise EOFError
        return self._take(count)

    def until(self, end: bytes) -> bytes:
        """Return what comes up to and with ``end``. Raise EOFError when that does not come."""
        start = 0
        while (found := self._ahead.find(end, start)) < 0:
            start = max(0, len(self._ahead) - len(end) + 1)
            if not self._fill():
                raise EOFError
        return self._take(found + len(end))

    def rest(self) -> bytes:
        """Return all that comes until the end."""
        while self._fill():
            pass
        return self._take(len(self._ahead))

    def _fill(self) -> bool:
        data = self._more()
        self._ahead += data
        return bool(data)

    def _take(self, count: int) -> bytes:
        data = bytes(self._ahead[:count])
        del self._ahead[:count]
        self.taken += count
        return data


class Line(Source):
    """Be one TCP connection, through TLS if wanted.

    ``cut_at`` breaks it when that many bytes have been received; ``window`` is the size of the receive buffer.
    """

    def __init__(
        self,
        address: Address,
        tls: ssl.SSLContext | None = None,
        *,
        deadline: float = DEADLINE,
        cut_at: int | None = None,
        window: int | None = None,
    ) -> None:
        super().__init__()
        self.deadline = deadline
        self.received = 0
        """Bytes that have come so far."""
        self._cut_at = cut_at
        plain = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
        try:
            if window is not None:
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.settimeout(deadline)
            plain.connect(address)
            self.socket = plain if tls is None else tls.wrap_socket(plain, server_hostname=address[0])
        except BaseException:
            plain.close()
            raise

    def send(self, data: bytes) -> None:
        """Send all of ``data``. Raise TimeoutError when the other side takes it too slowly."""
        self.socket.settimeout(self.deadline)
        self.socket.sendall(data)

    def _more(self) -> bytes:
        wanted = 65_536 if self._cut_at is None else min(self._cut_at - self.received, 65_536)
        if not wanted:
            self.cut()
            return b""
        self.socket.settimeout(self.deadline)
        try:
            data = self.socket.recv(wanted)
        except ConnectionError:
            return b""
        self.received += len(data)
        return data

    def is_quiet(self) -> bool:
        """Tell whether nothing has come that was not asked for, at this very moment."""
        if self._ahead:
            return False
        self.socket.settimeout(0.0)
        try:
            self._ahead += self.socket.recv(65_536)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        return False

    def cut(self) -> None:
        """Reset the connection, as a broken network would."""
        with suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.socket.close()

    def close(self) -> None:
        """Close the connection."""
        self.socket.close()


class Head(NamedTuple):
    """Hold the first line and the headers of an answer; names are in lower case, repeated ones joined."""

    status: int
    headers: Mapping[str, str]


class Reply(NamedTuple):
    """Hold an HTTP answer; ``headers`` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Body(Source):
    """Be an answer's body, in whichever of HTTP's ways its end is told."""

    def __init__(self, line: Source, head: Head) -> None:
        super().__init__()
        self._line = line
        self._chunked = head.headers.get("transfer-encoding", "").lower() == "chunked"
        length = head.headers.get("content-length")
        if head.status in (204, 304):
            length = "0"
        if length is not None and (self._chunked or not length.isdigit()):
            raise Malformed(f"Content-Length: {length} with {dict(head.headers)}")
        self._left = None if length is None else int(length)
        self._ended = False

    def _more(self) -> bytes:
        if self._chunked:
            return self._chunk()
        if self._left is None:
            return self._line.some()
        if self._left == 0:
            return b""
        return self._part()

    def _part(self) -> bytes:
        """Return some of what is left of the body or of a chunk. Raise EOFError when it does not come."""
        data = self._line.upto(self._left or 0)
        if not data:
            raise EOFError
        self._left = (self._left or 0) - len(data)
        return data

    def _chunk(self) -> bytes:
        if self._ended:
            return b""
        if not self._left:
            size = self._line.until(b"\r\n").partition(b";")[0].strip()
            try:
                self._left = int(size, 16)
            except ValueError:
                raise Malformed(f"a chunk of the size {size!r}") from None
        data = self._part() if self._left else b""
        if not self._left and self._line.until(b"\r\n") != b"\r\n":
            raise Malformed("a chunk that is longer than it says")
        self._ended = not data
        return data


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """Return a request ready to be sent; a body gets its length."""
    given = {name.lower() for name in headers}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body and not given & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body


def read_head(line: Source) -> Head:
    """Read an answer up to its empty line; those that only announce another one (100) are passed over."""
    while True:
        first, *rest = line.until(b"\r\n\r\n").removesuffix(b"\r\n\r\n").split(b"\r\n")
        found = _STATUS.fullmatch(first)
        if found is None:
            raise Malformed(f"an answer that begins with {first[:80]!r}")
        headers: dict[str, str] = {}
        for each in rest:
            name, colon, value = each.decode("latin-1").partition(":")
            if not colon or name != name.strip() or not name:
                raise Malformed(f"the header {each!r}")
            key = name.lower()
            headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
        if int(found[1]) != 100:
            return Head(int(found[1]), headers)


def read_reply(line: Source, method: str = "GET") -> Reply:
    """Read a whole answer to a request with that method."""
    head = read_head(line)
    return Reply(head.status, head.headers, b"" if method == "HEAD" else Body(line, head).rest())
