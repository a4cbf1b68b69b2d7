"""WebSocket by flask-sock and simple-websocket, with what their sockets lack: one writer, and bounds both ways."""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask_sock import Sock
from simple_websocket import ConnectionClosed
from simple_websocket.errors import ConnectionError as NotConnected
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

from tale_core.serving.pumps import batches
from tale_core.serving.transport import SERVER_FRAME_LIMIT, Attachment, Bye
from tale_flask.app import HANG_UP

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from simple_websocket import Server as Socket

OPTIONS = {"receive_bytes": 32_768, "max_message_size": SERVER_FRAME_LIMIT}
"""A whole TLS record at a time, or its rest would wait for the next one; no pings, since the core has its own."""

Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)

CLOSE_DEADLINE = 2.0
"""Seconds that a WebSocket's client has to answer a close frame."""

INBOX = 64
"""Messages that may wait for the handler before no more is read from their client."""


class OneWriter:
    """Stand in for a connection's socket: ``send`` sends all of it, one caller at a time, or shuts the connection.

    simple-websocket answers pings from its reader thread while the handler sends; a partial write by either would
    corrupt the stream. TLS objects take no two calls at once, so there reading takes the lock, too, once there is
    something to read. The socket's timeout is for what has begun; a silent client may stay.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._lock = threading.Lock()
        self._room = threading.Condition()
        self._inbox: Sequence[object] = ()
        self._ended: Callable[[], object] = lambda: None
        self._closed = False
        self._selector: selectors.BaseSelector = Selector()
        self._selector.register(sock, selectors.EVENT_READ)

    def watch(self, inbox: Sequence[object], ended: Callable[[], object]) -> None:
        """Read no more while ``inbox`` is full, until ``emptied`` is called; call ``ended`` at the connection's end."""
        self._inbox, self._ended = inbox, ended

    def emptied(self) -> None:
        """Read on: there is room in the inbox."""
        with self._room:
            self._room.notify_all()

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
        with self._room:
            self._room.wait_for(lambda: self._closed or len(self._inbox) < INBOX)
        if not isinstance(self._sock, ssl.SSLSocket):
            self._selector.select()
            return self._sock.recv(size)
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
        with self._room:
            self._closed = True
            self._room.notify_all()
        self._ended()


SOCKETS = ("werkzeug.socket", "gunicorn.socket")
"""Where servers put a connection's socket."""


def close_socket(ws: Socket, bye: Bye | None) -> None:
    """Close a WebSocket with a code that arrives: nothing follows the close frame."""
    if ws.connected and bye is not None:
        with suppress(OSError, LocalProtocolError):  # the client, or the reader, has closed meanwhile
            ws.close(bye.code, bye.reason)
    ws.input_buffer.clear()
    ws.sock.emptied()
    ws.thread.join(CLOSE_DEADLINE)  # it may be about to answer a close frame
    ws.sock.close()
    ws.thread.join(CLOSE_DEADLINE)
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
    """Pump a socket from its handler's thread; its own event, set when something arrives, is the waker, too."""
    writer: OneWriter = ws.sock
    writer.watch(ws.input_buffer, ws.event.set)

    def drain() -> None:
        for _ in range(INBOX):  # then it is the reader's turn, however much the client sends
            if not ws.input_buffer or attachment.submit(ws.input_buffer.pop(0)) is not None:
                break
        if ws.input_buffer:
            ws.event.set()
        writer.emptied()
        if not ws.connected:
            raise ConnectionError

    try:
        for batch in batches(attachment, ws.event, drain):
            for frame in batch.frames:
                ws.send(frame)
            if batch.bye is not None:
                return batch.bye
    except (OSError, ConnectionClosed, LocalProtocolError):
        pass  # the client went away, or its reader is sending it away; its session waits for it
    finally:
        attachment.detach("socket closed")
    return None
