"""The server: every request in a thread of its own, event streams included."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from tale_core.serving.pumps import batches
from tale_core.serving.sockets import listen
from tale_core.serving.transport import BODY_LIMIT, EVENTSOURCE, Bye, Core, Headers, Peer, ServerConfig

FAREWELL = 0.5
"""Seconds that streams have to take their goodbye."""


class Handler(BaseHTTPRequestHandler):
    """Answer the one request of a connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self) -> None:
        """Answer whatever is asked: a stream is pumped, everything else is the core's."""
        self.close_connection = True
        path, _, query = self.path.partition("?")
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
        peer = Peer(address=self.client_address[:2], headers=headers)
        if path == "/tale/eventsource" and self.command == "GET" and EVENTSOURCE in self.server.config.wires:
            self.stream(peer, query)
        elif "transfer-encoding" in headers:
            self.reply(411, (("Content-Type", "text/plain"),), b"Send a Content-Length.")
        else:
            length = headers.get("content-length", "0")
            body = self.rfile.read(min(int(length), BODY_LIMIT + 1)) if length.isdigit() else b""
            reply = self.server.core.http(peer, self.command, unquote(path), query, headers, body)
            self.reply(reply.status, reply.headers, reply.body)

    def stream(self, peer: Peer, query: str) -> None:
        """Carry an event stream until it ends."""
        core = self.server.core
        denied = core.admit(peer, stream=True)
        if denied is not None:
            self.reply(denied.status, (("Content-Type", "text/plain"),), denied.message.encode())
            return
        found = core.attach(peer, EVENTSOURCE, query, peer.headers.get("last-event-id"))
        if isinstance(found, Bye):
            self.reply(503 if found.reconnect else 204, ())
            return
        try:
            self.send_response(200)
            for name, value in (*core.stream_headers(), ("Connection", "close")):
                self.send_header(name, value)
            self.end_headers()
            for batch in batches(found):
                self.wfile.write(b"".join(frame for frame in batch.frames if isinstance(frame, bytes)))
        except OSError:
            pass  # the client went away, or takes nothing; its session waits for it
        finally:
            found.detach("stream ended")

    def reply(self, status: int, headers: Headers, body: bytes = b"") -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        """Name no versions to strangers."""
        return "Tale"

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the query may hold the token."""

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = answer  # noqa: N815  (http.server's names)


class Server(ThreadingHTTPServer):
    """Know the core, and the connections that are open."""

    daemon_threads = False  # so that closing waits for them
    timeout = 0.2  # seconds after which the wait for a connection is broken off, to see whether to go on

    def __init__(self, core: Core, config: ServerConfig) -> None:
        self.core = core
        self.config = config
        bound = listen(config)
        super().__init__(bound.getsockname()[:2], Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = bound
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection, with a bound on every read and write."""
        connection, address = super().get_request()
        connection.settimeout(self.config.deadline)
        return connection, address

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Handle a connection in its thread."""
        with self._changed:
            self._open.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._changed:
                self._open.discard(request)
                self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing: what goes wrong with a connection is its own affair."""

    def end(self) -> None:
        """Tell every stream, and cut what has not ended soon."""
        self.core.close()
        with self._changed:
            self._changed.wait_for(lambda: not self._open, FAREWELL)
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class PigeonServer:
    """Be a bound server (``transport.BoundServer``)."""

    def __init__(self, core: Core, config: ServerConfig) -> None:
        self._server = Server(core, config)
        self.addresses: Sequence[tuple[str, int]] = (self._server.socket.getsockname()[:2],)
        self._stopping = threading.Event()

    def serve(self) -> None:
        """Serve until ``stop`` or Ctrl-C, which must not hit the thread that is just taking a connection."""
        accepting = threading.Thread(target=self._accept, daemon=True)
        try:
            accepting.start()
            while not self._stopping.wait(1.0):  # on Windows Ctrl-C is heard between two waits only
                pass
        finally:
            self._stopping.set()
            if accepting.is_alive():
                accepting.join()
            self._server.end()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            self._server.handle_request()

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return."""
        del grace  # streams have FAREWELL, which is less
        self._stopping.set()


class PigeonTransport:
    """Be the transport (``transport.Transport``)."""

    def bind(self, core: Core, config: ServerConfig) -> PigeonServer:
        """Bind and listen."""
        return PigeonServer(core, config)
