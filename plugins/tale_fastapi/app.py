"""The FastAPI application: two streams that are pumped, and everything else handed to the core."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterator

from fastapi import FastAPI, WebSocket
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from tale_core.serving.pumps import pump
from tale_core.serving.transport import (
    BODY_LIMIT,
    EVENTSOURCE,
    IO_DEADLINE,
    WEBSOCKET,
    Attachment,
    Bye,
    Core,
    Deny,
    Peer,
)


class Streams:
    """Know the streams that are open, so that their end can be waited for; ``abort`` cuts a connection."""

    def __init__(self) -> None:
        self._open: set[asyncio.Task[object]] = set()
        self.abort: Callable[[tuple[str, int]], None] = lambda _: None

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Count the current task as a stream."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            yield
        finally:
            self._open.discard(task)

    async def ended(self, seconds: float) -> None:
        """Wait until no stream is open, but not longer than that."""
        if self._open:
            await asyncio.wait(self._open, timeout=seconds)


def create_app(core: Core, wires: frozenset[str], streams: Streams) -> FastAPI:
    """Return the application that carries ``core`` over ``wires``; it can be mounted in another one."""
    app = FastAPI(title="Tale", docs_url=None, redoc_url=None, openapi_url=None)

    async def websocket(socket: WebSocket) -> None:
        peer = peer_of(socket)
        denied = core.admit(peer, stream=True)
        if denied is not None:
            await socket.send_denial_response(_denial(denied))
            return
        found = await run_in_threadpool(core.attach, peer, WEBSOCKET, socket.scope["query_string"].decode("latin-1"))
        await socket.accept()
        if isinstance(found, Bye):
            await socket.close(found.code, found.reason)
            return
        with streams.entered():
            await _run_socket(socket, found, peer, streams)

    async def eventsource(request: Request) -> Response:
        peer = peer_of(request)
        denied = core.admit(peer, stream=True)
        if denied is not None:
            return _denial(denied)
        query, last = request.scope["query_string"].decode("latin-1"), request.headers.get("last-event-id")
        found = await run_in_threadpool(core.attach, peer, EVENTSOURCE, query, last)
        if isinstance(found, Bye):
            return Response(found.reason if found.reconnect else None, 503 if found.reconnect else 204)
        return EventStream(found, core, peer, streams)

    async def anything(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # a WebSocket at an address that has none
            await WebSocket(scope, receive, send).close(1000)
            return
        request = Request(scope, receive, send)
        body = await _body(request)
        headers = _merged(request.headers)
        query = scope["query_string"].decode("latin-1")
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        reply = await run_in_threadpool(core.http, peer_of(request), scope["method"], path, query, headers, body)
        response = Response(reply.body, reply.status)
        for name, value in reply.headers:
            response.headers.append(name, value)
        await response(scope, receive, send)

    if WEBSOCKET in wires:
        app.add_api_websocket_route("/tale/ws", websocket)
    if EVENTSOURCE in wires:
        app.add_api_route("/tale/eventsource", eventsource, methods=["GET"], response_model=None)
    app.mount("/", anything)
    return app


class EventStream(Response):
    """Answer with an event stream, pumped until it ends or the client is gone."""

    def __init__(self, attachment: Attachment, core: Core, peer: Peer, streams: Streams) -> None:
        self._attachment = attachment
        self._peer = peer
        self._streams = streams
        self.status_code = 200
        self.background = None
        self.raw_headers = [(name.encode(), value.encode()) for name, value in core.stream_headers()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the stream."""
        del scope

        async def write(frame: str | bytes) -> None:
            async with asyncio.timeout(IO_DEADLINE):
                await send({"type": "http.response.body", "body": frame, "more_body": True})

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        with self._streams.entered():
            try:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await _first_of(pump(self._attachment, write), gone())
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            except TimeoutError:
                self._streams.abort(self._peer.address)
            finally:
                self._attachment.detach("stream ended")


async def _run_socket(socket: WebSocket, attachment: Attachment, peer: Peer, streams: Streams) -> None:
    async def write(frame: str | bytes) -> None:
        async with asyncio.timeout(IO_DEADLINE):
            await socket.send({"type": "websocket.send", "text": frame})

    async def read() -> None:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            raw = message.get("text")
            attachment.submit(message.get("bytes") or b"" if raw is None else raw)

    try:
        bye = await _first_of(pump(attachment, write), read())
        if isinstance(bye, Bye):
            async with asyncio.timeout(IO_DEADLINE):
                await socket.close(bye.code, bye.reason)
    except TimeoutError:
        streams.abort(peer.address)
    except (WebSocketDisconnect, RuntimeError, OSError):
        pass  # the client went away in the middle of a write; its session waits for it
    finally:
        attachment.detach("socket closed")


async def _first_of(*jobs: Coroutine[object, object, object]) -> object:
    """Return the result of what ends first, and end the others."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return next(task for task in tasks if task in done).result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def peer_of(connection: HTTPConnection) -> Peer:
    """Return who asks, as the core wants to know it."""
    address = connection.client
    return Peer(
        address=(address.host, address.port) if address else ("", 0),
        headers=_merged(connection.headers),
        secure=connection.url.scheme in ("https", "wss"),
    )


def _merged(headers: Headers) -> dict[str, str]:
    """Return headers by lower-case name; a name that comes twice has its values joined."""
    merged: dict[str, str] = {}
    for name, value in headers.items():
        glue = "; " if name == "cookie" else ", "
        merged[name] = merged[name] + glue + value if name in merged else value
    return merged


async def _body(request: Request) -> bytes:
    """Return the body, or as much of it as shows that it is too long."""
    body = bytearray()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(IO_DEADLINE):
            async for part in request.stream():
                body += part
                if len(body) > BODY_LIMIT:
                    break
    return bytes(body)


def _denial(denied: Deny) -> Response:
    return Response(denied.message, denied.status, media_type="text/plain")
