"""One connection of Werkzeug's server: deadlines for what it reads, and nothing behind a WebSocket's close frame."""

from __future__ import annotations

import io
import logging
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler

from tale_core.serving.transport import HEAD_LIMIT
from tale_flask.app import HANG_UP

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger(__name__)


class TimedReader(io.RawIOBase):
    """Read a request's head within its bounds, then its body within a deadline; a late body ends where it is."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline
        self._until = time.monotonic() + deadline
        self._left = HEAD_LIMIT
        self._in_head = True

    def begin_body(self) -> None:
        """Note that the head is complete."""
        self._until = time.monotonic() + self._deadline
        self._in_head = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read some bytes, 0 at the end. Raise OSError in the head only: Werkzeug cleans up badly after one later."""
        seconds = self._until - time.monotonic()
        try:
            if seconds <= 0 or (self._in_head and self._left <= 0):
                raise TimeoutError("a request's head is too long or too late")
            self._sock.settimeout(seconds)
            count = self._sock.recv_into(buffer)
            self._left -= count
        except OSError:
            if self._in_head:
                raise
            return 0
        finally:
            with suppress(OSError):
                self._sock.settimeout(self._deadline)  # as it is for writing
        return count


class Handler(WSGIRequestHandler):
    """Handle one connection, without a log on the terminal."""

    connection: socket.socket

    def setup(self) -> None:
        """Put bounds on reading."""
        deadline: float = self.server.deadline  # type: ignore[attr-defined]  # ours has one
        super().setup()
        self.rfile.close()
        self._reader = TimedReader(self.connection, deadline)
        self.rfile = io.BufferedReader(self._reader)

    def parse_request(self) -> bool:
        """Parse the head; what comes after it is the body."""
        parsed = super().parse_request()
        self._reader.begin_body()
        return parsed

    def make_environ(self) -> WSGIEnvironment:
        """Let a WebSocket's route end its connection as it wants."""
        environ = super().make_environ()
        environ[HANG_UP] = self.hang_up
        return environ

    def hang_up(self) -> None:
        """Let nothing follow what has been written, not even Werkzeug's own answer."""
        self.wfile = io.BytesIO()
        self.close_connection = True

    def handle_expect_100(self) -> bool:
        """Leave the word to Werkzeug, which says "100 Continue", too."""
        return True

    def version_string(self) -> str:
        """Name no versions to strangers."""
        return "Tale"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log for developers only, and without the query, which may hold the token."""
        log.debug("%s %s: %s %s", self.command, self.path.partition("?")[0], code, size)

    def log(self, type: str, message: str, *args: object) -> None:
        """Log for developers only."""
        log.debug("%s: " + message, type, *args)
