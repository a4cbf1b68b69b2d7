"""gunicorn's threaded worker with what it lacks: deadlines on what it reads and writes."""

from __future__ import annotations

import errno
import sys
import time
from contextlib import suppress
from socket import IPPROTO_TCP, SHUT_RDWR, TCP_NODELAY, socket
from typing import TYPE_CHECKING

from gunicorn.workers.gthread import TConn, ThreadWorker

from tale_core.serving.transport import IO_DEADLINE, ServerConfig

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from gunicorn.http.message import Request

SPARE = 16
"""Threads beside those of the streams, for all other requests."""


class TimedSocket(socket):
    """Be a client's socket on which nothing blocks for ever; what takes too long counts as a broken connection."""

    def setblocking(self, flag: bool) -> None:
        """Set the deadline where gunicorn asks for none."""
        self.settimeout(IO_DEADLINE if flag else 0.0)

    def recv(self, bufsize: int, flags: int = 0) -> bytes:
        """Receive as ever."""
        try:
            return super().recv(bufsize, flags)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "the client sends nothing") from None

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        """Send as ever."""
        try:
            super().sendall(data, flags)
        except TimeoutError:
            raise BrokenPipeError(errno.EPIPE, "the client does not read") from None


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Serve each connection with a deadline for its request's head, and with another one for the body."""

    deadline = IO_DEADLINE

    def init_process(self) -> None:
        """Begin, in a process of its own."""
        self._due: dict[TConn, float] = {}  # by connections whose request is being read
        super().init_process()

    def accept(self, listener: socket) -> None:
        """Accept a connection, if it is still there."""
        with suppress(BlockingIOError, ConnectionAbortedError):
            plain, address = listener.accept()
            plain.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            client = TimedSocket(plain.family, plain.type, plain.proto, fileno=plain.detach())
            self.nr_conns += 1
            self.enqueue_req(TConn(self.cfg, client, address, listener.getsockname()))

    def handle(self, conn: TConn) -> object:
        """Read a request and answer it, in a thread of the pool."""
        self._due[conn] = time.monotonic() + self.deadline
        try:
            return super().handle(conn)
        finally:
            self._due.pop(conn, None)

    def handle_request(self, req: Request, conn: TConn) -> object:
        """Answer a request whose head is complete; only one with a body is still being read."""
        del self._due[conn]
        if any(name in ("CONTENT-LENGTH", "TRANSFER-ENCODING") and value != "0" for name, value in req.headers):
            self._due[conn] = time.monotonic() + self.deadline
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Let go of who is late; gunicorn calls this once a second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, due in list(self._due.items()):
            if due < now:
                with suppress(OSError):
                    socket.shutdown(conn.sock, SHUT_RDWR)  # its reader finds the end, in TLS, too


def command(config: ServerConfig, descriptor: int) -> list[str]:
    """Return the command that serves ``tale_flask:app`` on a socket that listens already."""
    words = [sys.executable, "-m", "gunicorn", "tale_flask:app", "--bind", f"fd://{descriptor}", "--workers", "1"]
    words += ["--worker-class", f"{__name__}.{Worker.__name__}", "--threads", str(config.connections + SPARE)]
    words += ["--worker-connections", str(2 * (config.connections + SPARE)), "--graceful-timeout", "5"]
    words += ["--log-level", "warning", "--forwarded-allow-ips", ""]
    if config.ssl_cert is not None:
        words += ["--certfile", str(config.ssl_cert), "--keyfile", str(config.ssl_key or config.ssl_cert)]
    return words
