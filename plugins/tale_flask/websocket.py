"""WebSocket by flask-sock and simple-websocket, with what their sockets lack: one writer, and bounds both ways."""

from __future__ import annotations

import logging
import selectors
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from flask_sock import Sock
from simple_websocket import ConnectionClosed
from simple_websocket.errors import ConnectionError as NotConnected
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

from tale_core.serving.pumps import Bell, batches
from tale_core.serving.transport import SERVER_FRAME_LIMIT, Attachment, Bye
from tale_flask.app import HANG_UP

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from simple_websocket import Server as Socket

OPTIONS = {"receive_bytes": 32_768, "max_message_size": SERVER_FRAME_LIMIT}
"""A whole TLS record at a time, or its rest would wait for the next one; no pings, since the core has its own."""

Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)

CLOSE_DEADLINE = 2.0
"""Seconds that a WebSocket's client has to answer a close frame."""

FOR_EVER = 1e6
"""Seconds that a client may be silent: the core's pings find out those that are gone."""


class OneWriter:
    """Stand in for a connection's socket: ``send`` sends all of it, one caller at a time, or shuts the connection.

    simple-websocket answers pings from its reader thread while the handler sends; a partial write by either would
    corrupt the stream. TLS objects take no two calls at once, so there reading takes the lock, too, once there is
    something to read. The socket's timeout is for what has begun; a silent client may stay.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._lock = threading.Lock()
        self.ended: Callable[[], object] = lambda: None
        """Called at the connection's end."""
        self._reader: socket.socket | None = None
        self._selector: selectors.BaseSelector | None = None

    def send(self, data: bytes) -> int:
        """Send all of ``data`` within the socket's timeout; on failure shut the connection and raise OSError."""
        with self._lock:
            try:
                self._sock.sendall(data)
            except OSError as error:
                self.close()
                raise ConnectionAbortedError("the client does not read") from error
        return len(data)

    def recv(self, size: int) -> bytes:
        """Receive up to ``size`` bytes."""
        if not isinstance(self._sock, ssl.SSLSocket):
            if self._reader is None:
                self._reader = self._sock.dup()  # with a timeout of its own
                self._reader.settimeout(FOR_EVER)
            return self._reader.recv(size)
        if self._selector is None:
            self._selector = Selector()
            self._selector.register(self._sock, selectors.EVENT_READ)
        if not self._sock.pending():
            self._selector.select()
        with self._lock:
            return self._sock.recv(size)

    def fileno(self) -> int:
        """Return the descriptor, for selectors."""
        return self._sock.fileno()

    def close(self) -> None:
        """Shut the connection; the server closes its socket itself, once its handler has returned."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self.ended()

    def release(self) -> None:
        """Let go of what reading took. Nobody reads any more."""
        for each in (self._reader, self._selector):
            if each is not None:
                each.close()


class Inbox(list[Any]):
    """Stand in for the list in which simple-websocket gathers what arrives: submit it at once."""

    def __init__(self, attachment: Attachment) -> None:
        super().__init__()
        self._attachment = attachment

    def append(self, raw: str | bytes) -> None:
        """Submit a message."""
        try:
            self._attachment.submit(raw)
        except Exception as error:  # the connection loop: simple-websocket's thread would die of it and tell nobody
            log.exception("a message could not be submitted")
            raise ConnectionAbortedError from error


class Ended:
    """Stand in for the event that simple-websocket sets at everything: set the handler's own at the end alone.

    And for what still came into the list that was there before ours.
    """

    def __init__(self, ws: Socket, early: list[str | bytes], news: Bell) -> None:
        self._ws = ws
        self._early = early
        self._news = news

    def set(self) -> None:
        """Wake the handler, if there is a reason."""
        if self._early or not self._ws.connected:
            self._news.set()


SOCKETS = ("werkzeug.socket", "gunicorn.socket")
"""Where servers put a connection's socket."""


def close_socket(ws: Socket, bye: Bye | None) -> None:
    """Close a WebSocket with a code that arrives: nothing follows the close frame."""
    if ws.connected and bye is not None:
        with suppress(OSError, LocalProtocolError):  # the client, or the reader, has closed meanwhile
            ws.close(bye.code, bye.reason)
    ws.thread.join(CLOSE_DEADLINE)  # it may be about to answer a close frame
    ws.sock.close()
    ws.thread.join(CLOSE_DEADLINE)
    ws.sock.release()
    hang_up: Callable[[], None] = request.environ.get(HANG_UP, lambda: None)
    hang_up()


def _prepared(app: WSGIApplication) -> WSGIApplication:
    """Return ``app`` with one writer for each WebSocket, and no deflate."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_UPGRADE" in environ:
            for key in SOCKETS:
                if key in environ:
                    environ[key] = OneWriter(environ[key])
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    return call


def add_websocket(app: Flask, path: str, handle: Callable[[Socket], None]) -> None:
    """Let ``handle`` have the WebSockets at ``path``; a handshake that cannot be read is answered 400."""
    app.config["SOCK_SERVER_OPTIONS"] = OPTIONS
    app.wsgi_app = _prepared(app.wsgi_app)  # type: ignore[method-assign, assignment]  # as Flask's documentation has it
    Sock(app).route(path)(handle)

    @app.errorhandler(RemoteProtocolError)
    @app.errorhandler(NotConnected)
    @app.errorhandler(ConnectionAbortedError)
    def unreadable(error: Exception) -> Response:
        return Response(f"That is no WebSocket handshake: {error}", 400, content_type="text/plain")


def run_socket(ws: Socket, attachment: Attachment) -> Bye | None:
    """Write from the handler's thread what there is to read; what arrives is submitted by simple-websocket's own.

    The handler is not woken for what arrives, only for what comes of it, and for the end.
    """
    news = Bell()
    early: list[str | bytes] = ws.input_buffer
    ws.sock.ended = news.set
    ws.event = Ended(ws, early, news)
    ws.input_buffer = Inbox(attachment)

    def look() -> None:
        while early:
            attachment.submit(early.pop(0))
        if not ws.connected:
            raise ConnectionError

    try:
        for batch in batches(attachment, news, look):
            for frame in batch.frames:
                ws.send(frame)
            if batch.bye is not None:
                return batch.bye
    except (OSError, ConnectionClosed, LocalProtocolError):
        pass  # the client went away, or its reader is sending it away; its session waits for it
    finally:
        attachment.detach("socket closed")
    return None
