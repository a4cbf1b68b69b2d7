"""Werkzeug's threaded server, made safe for long streams: deadlines, TLS off the accepting thread, close codes."""

from __future__ import annotations

import io
import logging
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from tale_core.serving.sockets import listen, tls_context
from tale_core.serving.transport import IO_DEADLINE, Bye, Core, ServerConfig
from tale_flask.app import Streams, create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from simple_websocket import Server as Socket

log = logging.getLogger(__name__)

FAREWELL = 0.7
"""Seconds that streams have to take their goodbye."""

CLOSE_DEADLINE = 2.0
"""Seconds that a WebSocket's client has to answer a close frame."""


class OneWriter:
    """Stand in for a connection's socket: ``send`` sends all of it, one caller at a time, or shuts the connection.

    simple-websocket answers pings from its reader thread while the handler sends; a partial write by either would
    corrupt the stream. TLS objects take no two calls at once, so there reading takes the lock, too.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._lock = threading.Lock()
        self._secure = isinstance(sock, ssl.SSLSocket)

    def send(self, data: bytes) -> int:
        """Send all of ``data`` within the socket's timeout; on failure shut the connection and raise OSError."""
        with self._lock:
            try:
                self._sock.sendall(data)
            except OSError:
                self.close()
                raise
        return len(data)

    def recv(self, size: int) -> bytes:
        """Receive up to ``size`` bytes."""
        if not self._secure:
            return self._sock.recv(size)
        with self._lock:
            return self._sock.recv(size)

    def fileno(self) -> int:
        """Return the descriptor, for selectors."""
        return self._sock.fileno()

    def close(self) -> None:
        """Shut the connection; the server closes its socket itself, once its handler has returned."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)


class Handler(WSGIRequestHandler):
    """Handle one connection, with deadlines, without a log on the terminal, and without bytes behind a close frame."""

    timeout = IO_DEADLINE

    def make_environ(self) -> WSGIEnvironment:
        """Give WebSocket routes a socket with one writer, no deflate, and a way to close."""
        environ = super().make_environ()
        if environ["PATH_INFO"] == "/tale/ws":
            environ["werkzeug.socket"] = OneWriter(self.connection)
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            environ["tale.close"] = self.close_socket
        return environ

    def close_socket(self, ws: Socket, bye: Bye | None) -> None:
        """Close a WebSocket with a code that arrives: nothing follows the close frame, not even Werkzeug's answer."""
        if ws.connected and bye is not None:
            with suppress(OSError):
                ws.close(bye.code, bye.reason)
        ws.thread.join(CLOSE_DEADLINE if bye is not None else 0)
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        ws.thread.join(CLOSE_DEADLINE)
        self.wfile = io.BytesIO()
        self.close_connection = True

    def version_string(self) -> str:
        """Name no versions to strangers."""
        return "Tale"

    def log(self, type: str, message: str, *args: object) -> None:
        """Log for developers only."""
        log.debug("%s: " + message, type, *args)


class Server(ThreadedWSGIServer):
    """Serve each connection in a daemon thread; TLS begins there, so that a silent client holds up nobody."""

    daemon_threads = True
    block_on_close = False
    protocol_version = "HTTP/1.1"

    def __init__(self, app: WSGIApplication, sock: socket.socket, tls: ssl.SSLContext | None) -> None:
        host, port = sock.getsockname()[:2]
        super().__init__(host, port, app, Handler, fd=sock.fileno())
        sock.detach()  # the server has its own copy of the descriptor
        self.ssl_context = tls  # makes the scheme https; the accepting thread never shakes hands
        self._ending = False

    def finish_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (socketserver's own types)
        """Handle a connection, behind TLS if there is any. Small frames go out at once."""
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.ssl_context is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(IO_DEADLINE)
        secured = self.ssl_context.wrap_socket(request, server_side=True)
        try:
            super().finish_request(secured, client_address)
        finally:
            self.shutdown_request(secured)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002  (socketserver's own)
        """Log what went wrong with one connection, which is all that it concerns."""
        log.debug("a connection failed", exc_info=True)

    def service_actions(self) -> None:
        """End, when that was asked for. Called after every connection."""
        if self._ending:
            raise KeyboardInterrupt  # which Werkzeug takes for a wish to end

    def end(self) -> None:
        """Make ``serve_forever`` return: it sleeps until a connection comes, so one is made."""
        self._ending = True
        address = self.server_address
        with suppress(OSError):
            socket.create_connection((_reachable(str(address[0])), int(address[1])), 1.0).close()


class FlaskServer:
    """Be a bound server (``transport.BoundServer``)."""

    def __init__(self, core: Core, config: ServerConfig) -> None:
        self._core = core
        self._streams = Streams()
        tls = tls_context(config)
        sock = listen(config)
        self.addresses: Sequence[tuple[str, int]] = (sock.getsockname()[:2],)
        self._server = Server(create_app(core, config.wires, self._streams), sock, tls)

    def serve(self) -> None:
        """Serve until the end is asked for, or Ctrl-C."""
        try:
            self._server.serve_forever(poll_interval=86_400)  # nothing is polled for: ``end`` wakes it
        finally:
            self._core.close()
            self._streams.ended(FAREWELL)

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return."""
        del grace  # streams have FAREWELL, which is less
        self._server.end()


class FlaskTransport:
    """Be the transport (``transport.Transport``)."""

    def bind(self, core: Core, config: ServerConfig) -> FlaskServer:
        """Bind and listen."""
        return FlaskServer(core, config)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
