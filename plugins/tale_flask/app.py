"""The Flask application: two streams, pumped in their handler's thread; everything else is the core's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import ClientDisconnected

from tale_core.serving.pumps import batches
from tale_core.serving.transport import (
    BODY_LIMIT,
    EVENTSOURCE,
    WEBSOCKET,
    Attachment,
    Bye,
    Core,
    Peer,
)

if TYPE_CHECKING:
    from simple_websocket import Server as Socket


HANG_UP = "tale.hang_up"
"""The key of an environ under which a server may put what ends a connection with no answer but what was written."""


class Streams:
    """Count the streams that are open, so that their end can be waited for."""

    def __init__(self) -> None:
        self._open = 0
        self._changed = threading.Condition()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Count the caller as a stream."""
        self.change(1)
        try:
            yield
        finally:
            self.change(-1)

    def change(self, by: int) -> None:
        """Count a stream in or out."""
        with self._changed:
            self._open += by
            self._changed.notify_all()

    def ended(self, seconds: float) -> bool:
        """Wait until no stream is open, but not longer than that; return whether it came to it."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, seconds)


WIRES = frozenset({WEBSOCKET, EVENTSOURCE})


def create_app(core: Core, wires: frozenset[str] = WIRES, streams: Streams | None = None) -> Flask:
    """Return the application that carries ``core`` over ``wires``, for servers that give each request a thread."""
    app = Flask("tale", static_folder=None)
    streams = streams or Streams()

    @app.before_request
    def answer() -> Response | None:
        """Answer whatever has no route here, which is everything but the streams, and those that are not admitted."""
        if request.url_rule is None or request.method != "GET":
            return _reply(core)
        denied = core.admit(peer(), stream=True)
        return None if denied is None else Response(denied.message, denied.status, content_type="text/plain")

    if EVENTSOURCE in wires:

        @app.get("/tale/eventsource", provide_automatic_options=False)
        def eventsource() -> Response:
            query, last = request.query_string.decode("latin-1"), request.headers.get("Last-Event-ID")
            found = core.attach(peer(), EVENTSOURCE, query, last)
            if isinstance(found, Bye):
                return Response(found.reason if found.reconnect else None, 503 if found.reconnect else 204)
            response = Response(_frames(found), headers=list(core.stream_headers()))
            streams.change(1)

            @response.call_on_close
            def ended() -> None:
                found.detach("stream ended")
                streams.change(-1)

            return response

    if WEBSOCKET in wires:
        from tale_flask.websocket import add_websocket, close_socket, run_socket

        def websocket(socket: Socket) -> None:
            found = core.attach(peer(), WEBSOCKET, request.query_string.decode("latin-1"))
            with streams.entered():
                bye = found if isinstance(found, Bye) else run_socket(socket, found)
                close_socket(socket, bye)

        add_websocket(app, "/tale/ws", websocket)

    return app


def peer() -> Peer:
    """Return who asks, as the core wants to know it."""
    port = request.environ.get("REMOTE_PORT")
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        headers[name.lower()] = value
    return Peer(
        address=(request.remote_addr or "", int(port) if port else 0),
        headers=headers,
        secure=request.is_secure,
        prefix=request.environ.get("SCRIPT_NAME", ""),
    )


def _reply(core: Core) -> Response:
    body = _body()
    if body is None:
        return Response("The request did not arrive whole.", 408, content_type="text/plain")
    query = request.query_string.decode("latin-1")
    who = peer()
    reply = core.http(who, request.method, request.path, query, who.headers, body)
    response = Response(reply.body, reply.status)
    response.headers.clear()  # Flask's own guess at a type
    response.headers.extend(reply.headers)
    return response


def _body() -> bytes | None:
    """Return the body, or as much of it as shows that it is too long; None when not all of it came."""
    try:
        body = request.stream.read(BODY_LIMIT + 1)
    except (ClientDisconnected, OSError):
        return None
    return body if len(body) >= min(request.content_length or 0, BODY_LIMIT + 1) else None


def _frames(attachment: Attachment) -> Iterator[bytes]:
    for batch in batches(attachment):
        yield b"".join(frame for frame in batch.frames if isinstance(frame, bytes))
