"""Werkzeug's threaded server, made fit for long streams: TLS off the accepting thread, and a polite end."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer

from tale_core.serving.sockets import FULL, listen, tls_context
from tale_core.serving.transport import ROOM, Core, ServerConfig
from tale_flask.app import Streams, create_app
from tale_flask.connection import Handler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

FAREWELL = 0.7
"""Seconds that streams have to take their goodbye."""


class Server(ThreadedWSGIServer):
    """Serve each connection in a daemon thread; TLS begins there, so that a silent client holds up nobody."""

    daemon_threads = True
    block_on_close = False
    protocol_version = "HTTP/1.1"

    def __init__(self, app: WSGIApplication, sock: socket.socket, config: ServerConfig) -> None:
        host, port = sock.getsockname()[:2]
        super().__init__(host, port, app, Handler, fd=sock.fileno())
        sock.close()  # the server has its own copy of the descriptor
        self.ssl_context = tls_context(config)  # makes the scheme https; the accepting thread never shakes hands
        self._ending = False
        self.deadline = config.deadline
        self._room = threading.Semaphore(config.connections + ROOM)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (socketserver's own types)
        """Give a connection its thread, or refuse it while there are too many."""
        if not self._room.acquire(blocking=False):
            if self.ssl_context is None:
                request.setblocking(False)  # it takes so few bytes at once, or is no loss
                with suppress(OSError):
                    request.send(FULL)
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # the system has no thread to give
            self._room.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (socketserver's own)
        """Handle a connection in its thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def finish_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (socketserver's own types)
        """Handle a connection, behind TLS if there is any. Small frames go out at once."""
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        request.settimeout(self.deadline)
        if self.ssl_context is None:
            super().finish_request(request, client_address)
            return
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
        tls_context(config)  # so that a bad certificate is told before a socket is bound
        sock = listen(config)
        self.addresses: Sequence[tuple[str, int]] = (sock.getsockname()[:2],)
        app = create_app(core, config.wires, self._streams)
        self._server = Server(app, sock, config)

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

    def command(self, server: str, config: ServerConfig, descriptor: int) -> Sequence[str]:
        """Return the command by which another server carries this."""
        from tale_flask.gunicorn import command

        assert server == "gunicorn"
        return command(config, descriptor)

    def bind(self, core: Core, config: ServerConfig) -> FlaskServer:
        """Bind and listen."""
        return FlaskServer(core, config)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
