"""The FastAPI application: two routes for streams, and everything else handed to the core."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from fastapi import FastAPI, WebSocket
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send

from tale_core.serving.transport import (
    BODY_LIMIT,
    EVENTSOURCE,
    WEBSOCKET,
    Bye,
    Core,
    Deny,
    Peer,
)
from tale_fastapi.line import LINE, Line
from tale_fastapi.streams import EventStream, Streams, run_socket

log = logging.getLogger(__name__)

WIRES = frozenset({WEBSOCKET, EVENTSOURCE})

PREFIX = "tale.prefix"
"""The key of a scope under which there is the path at which the application is mounted."""


class Application(FastAPI):
    """Put a deadline on every write, and log errors: the server's own log tells of strangers' mistakes, too."""

    def __init__(self, deadline: float) -> None:
        super().__init__(title="Tale", docs_url=None, redoc_url=None, openapi_url=None)
        self._deadline = deadline

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or carry a stream."""
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        line = scope[LINE] = Line(send, self._deadline)
        scope[PREFIX] = scope.get("root_path", "")
        try:
            await super().__call__(scope, receive, line.write)
        except ClientDisconnect:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._deadline):  # until the server knows it, too, and tries no answer
                    while not (await receive())["type"].endswith("disconnect"):
                        pass
        except Exception:  # the connection loop: an error ends its own request only
            log.exception("a request failed")
        finally:
            line.close()


class Sockets:
    """Be the application of the WebSockets' route; FastAPI would hold its dependencies' stacks for each of them."""

    def __init__(self, core: Core, streams: Streams) -> None:
        self._core = core
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit a client and carry its stream."""
        socket = WebSocket(scope, receive, send)
        peer = peer_of(socket)
        denied = self._core.admit(peer, stream=True)
        if denied is not None:
            await socket.send_denial_response(_denial(denied))
            return
        found = await run_in_threadpool(self._core.attach, peer, WEBSOCKET, query_of(socket))
        if isinstance(found, Bye):
            await socket.accept()
            await socket.close(found.code, found.reason)
            return
        await run_socket(socket, receive, found, self._streams)


def create_app(core: Core, wires: frozenset[str] = WIRES, streams: Streams | None = None) -> FastAPI:
    """Return the application that carries ``core`` over ``wires``; it can be mounted in another one."""
    streams = streams or Streams()
    app = Application(streams.deadline)

    async def eventsource(request: Request) -> Response:
        peer = peer_of(request)
        denied = core.admit(peer, stream=True)
        if denied is not None:
            return _denial(denied)
        last = request.headers.get("last-event-id")
        found = await run_in_threadpool(core.attach, peer, EVENTSOURCE, query_of(request), last)
        if isinstance(found, Bye):
            return Response(found.reason if found.reconnect else None, 503 if found.reconnect else 204)
        return EventStream(found, core.stream_headers(), streams)

    async def anything(scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        path = scope["path"].removeprefix(scope[PREFIX])
        body: bytes | None = b""
        if scope["type"] == "http":
            body = await _body(Request(scope, receive), streams.deadline)
        if body is None:
            await Response("The request did not arrive whole.", 408, {"Connection": "close"})(scope, receive, send)
            return
        peer, method = peer_of(connection), scope.get("method", "GET")
        reply = await run_in_threadpool(core.http, peer, method, path, query_of(connection), peer.headers, body)
        response = Response(reply.body, reply.status)
        for name, value in reply.headers:
            response.headers.append(name, value)
        if scope["type"] == "http":
            await response(scope, receive, send)
        else:  # a WebSocket at an address that has none is told the same as a page
            await WebSocket(scope, receive, send).send_denial_response(response)

    if WEBSOCKET in wires:
        app.router.routes.append(WebSocketRoute("/tale/ws", Sockets(core, streams)))
    if EVENTSOURCE in wires:
        app.add_api_route("/tale/eventsource", eventsource, methods=["GET"], response_model=None)
    app.mount("/", anything)
    return app


def peer_of(connection: HTTPConnection) -> Peer:
    """Return who asks, as the core wants to know it."""
    address = connection.client
    return Peer(
        address=(address.host, address.port) if address else ("", 0),
        headers=_merged(connection.headers),
        secure=connection.scope["scheme"] in ("https", "wss"),
        prefix=connection.scope[PREFIX],
    )


def query_of(connection: HTTPConnection) -> str:
    """Return the query as it came."""
    query: bytes = connection.scope["query_string"]
    return query.decode("latin-1")


def _merged(headers: Headers) -> dict[str, str]:
    """Return headers by lower-case name; a name that comes twice has its values joined."""
    merged: dict[str, str] = {}
    for name, value in headers.items():
        glue = "; " if name == "cookie" else ", "
        merged[name] = merged[name] + glue + value if name in merged else value
    return merged


async def _body(request: Request, deadline: float) -> bytes | None:
    """Return the body, or as much of it as shows that it is too long; None when it does not arrive in time.

    What is too long is read on and thrown away, since many clients listen for an answer only when they have sent all.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(deadline):
            async for part in request.stream():
                if len(body) <= BODY_LIMIT:
                    body += part
    except TimeoutError:
        return bytes(body) if len(body) > BODY_LIMIT else None
    return bytes(body)


def _denial(denied: Deny) -> Response:
    return Response(denied.message, denied.status, media_type="text/plain")
