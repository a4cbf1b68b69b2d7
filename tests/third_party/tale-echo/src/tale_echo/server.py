"""The server: every request in a thread of its own, event streams included."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from tale_core.serving.pumps import batches
from tale_core.serving.sockets import listen
from tale_core.serving.transport import (
    BODY_LIMIT,
    EVENTSOURCE,
    IO_DEADLINE,
    Bye,
    Core,
    Headers,
    Peer,
    ServerConfig,
)


class Handler(BaseHTTPRequestHandler):
    """Answer requests; ``core`` and ``wires`` are set on a subclass for each server."""

    core: Core
    wires: frozenset[str]
    protocol_version = "HTTP/1.1"
    timeout = IO_DEADLINE
    disable_nagle_algorithm = True

    def answer(self) -> None:
        """Answer one request."""
        self.close_connection = True
        path, _, query = self.path.partition("?")
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
        peer = Peer(address=self.client_address[:2], headers=headers)
        if path == "/tale/eventsource" and self.command == "GET" and EVENTSOURCE in self.wires:
            self.stream(peer, query)
            return
        length = headers.get("content-length", "0")
        body = self.rfile.read(min(int(length), BODY_LIMIT + 1)) if length.isdigit() else b""
        reply = self.core.http(peer, self.command, unquote(path), query, headers, body)
        self.reply(reply.status, reply.headers, reply.body)

    def stream(self, peer: Peer, query: str) -> None:
        """Carry an event stream until it ends."""
        denied = self.core.admit(peer, stream=True)
        if denied is not None:
            self.reply(denied.status, (("Content-Type", "text/plain"),), denied.message.encode())
            return
        found = self.core.attach(peer, EVENTSOURCE, query, peer.headers.get("last-event-id"))
        if isinstance(found, Bye):
            self.reply(503 if found.reconnect else 204, ())
            return
        try:
            self.send_response(200)
            for name, value in (*self.core.stream_headers(), ("Connection", "close")):
                self.send_header(name, value)
            self.end_headers()
            for batch in batches(found, threading.Event()):
                self.wfile.write(b"".join(frame for frame in batch.frames if isinstance(frame, bytes)))
        except OSError:
            pass  # the client went away; its session waits for it
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
        """Print nothing."""

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = answer  # noqa: N815  (http.server's names)


class EchoServer:
    """Be a bound server (``transport.BoundServer``)."""

    def __init__(self, core: Core, config: ServerConfig) -> None:
        self._core = core
        handler = type("BoundHandler", (Handler,), {"core": core, "wires": config.wires})
        sock = listen(config)
        self.addresses: Sequence[tuple[str, int]] = (sock.getsockname()[:2],)
        self._server = ThreadingHTTPServer(sock.getsockname()[:2], handler, bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = sock
        self._server.daemon_threads = False  # so that closing waits for the streams, which have all been told
        self._stopping = threading.Event()

    def serve(self) -> None:
        """Serve until ``stop`` or Ctrl-C."""
        try:
            self._server.serve_forever(poll_interval=0.2)
        finally:
            self._stopping.set()
            self._core.close()
            self._server.server_close()

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return."""
        del grace
        if not self._stopping.is_set():
            self._server.shutdown()


class EchoTransport:
    """Be the transport (``transport.Transport``)."""

    def bind(self, core: Core, config: ServerConfig) -> EchoServer:
        """Bind and listen."""
        return EchoServer(core, config)
