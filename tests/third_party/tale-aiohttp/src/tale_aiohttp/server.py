"""The server: one event loop, a task for each connection, and blocking calls of the core in threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from aiohttp import WSMsgType, web
from multidict import CIMultiDict

from tale_core.serving.pumps import pump
from tale_core.serving.sockets import listen, tls_context
from tale_core.serving.transport import (
    BODY_LIMIT,
    EVENTSOURCE,
    SERVER_FRAME_LIMIT,
    WEBSOCKET,
    Attachment,
    Bye,
    Core,
    Deny,
    Headers,
    Peer,
    ServerConfig,
)

FAREWELL = 0.5
"""Seconds that streams have to take their goodbye."""


class Carrier:
    """Carry requests to the core and streams to clients; every connection takes one request."""

    def __init__(self, core: Core, config: ServerConfig) -> None:
        self._core = core
        self._config = config
        self._silent: dict[asyncio.BaseProtocol, asyncio.TimerHandle] = {}
        self._streams: set[asyncio.Task[object]] = set()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        settings = {"access_log": None, "auto_decompress": False, "lingering_time": FAREWELL}
        self.runner = web.AppRunner(app, shutdown_timeout=FAREWELL, **settings)

    def connection(self) -> asyncio.BaseProtocol:
        """Return what handles a new connection; it is cut when it has asked nothing by the deadline."""
        assert self.runner.server is not None
        protocol = self.runner.server()
        self._silent[protocol] = asyncio.get_running_loop().call_later(self._config.deadline, self._cut, protocol)
        return protocol

    def _cut(self, protocol: Any) -> None:
        self._silent.pop(protocol, None)
        if protocol.transport is not None:
            protocol.transport.abort()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer whatever is asked: streams are pumped, everything else is the core's."""
        timer = self._silent.pop(request.protocol, None)
        if timer is not None:
            timer.cancel()
        assert request.transport is not None
        headers: dict[str, str] = {}
        for name, value in request.headers.items():
            glue = "; " if name.lower() == "cookie" else ", "
            headers[name.lower()] = f"{headers[name.lower()]}{glue}{value}" if name.lower() in headers else value
        peer = Peer(address=request.transport.get_extra_info("peername")[:2], headers=headers, secure=request.secure)
        path, _, query = request.raw_path.partition("?")
        carry = {"/tale/ws": self.socket, "/tale/eventsource": self.events}.get(path)
        wire = WEBSOCKET if path == "/tale/ws" else EVENTSOURCE
        if carry is None or wire not in self._config.wires or request.method != "GET":
            body = await self._body(request)
            if body is None:
                return _answer(408, (("Content-Type", "text/plain"),), b"The request did not arrive whole.")
            reply = await asyncio.to_thread(self._core.http, peer, request.method, unquote(path), query, headers, body)
            return _answer(reply.status, reply.headers, reply.body)
        denied = self._core.admit(peer, stream=True)
        if isinstance(denied, Deny):
            return _answer(denied.status, (("Content-Type", "text/plain"),), denied.message.encode())
        task = asyncio.current_task()
        assert task is not None
        self._streams.add(task)
        try:
            return await carry(request, peer, query)
        finally:
            self._streams.discard(task)

    async def socket(self, request: web.Request, peer: Peer, query: str) -> web.StreamResponse:
        """Carry a WebSocket until either side ends it."""
        socket = web.WebSocketResponse(compress=False, max_msg_size=SERVER_FRAME_LIMIT, timeout=FAREWELL)
        if not socket.can_prepare(request):
            return _answer(400, (("Content-Type", "text/plain"),), b"That is no WebSocket handshake.")
        found = await asyncio.to_thread(self._core.attach, peer, WEBSOCKET, query)

        async def write(frame: str | bytes) -> None:
            async with asyncio.timeout(self._config.deadline):
                await socket.send_str(str(frame))

        async def read(attachment: Attachment) -> None:
            async for message in socket:
                if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    attachment.submit(message.data)

        await self._carry(request, socket, found, write, read)
        return socket

    async def events(self, request: web.Request, peer: Peer, query: str) -> web.StreamResponse:
        """Carry an event stream until it ends."""
        last = peer.headers.get("last-event-id")
        found = await asyncio.to_thread(self._core.attach, peer, EVENTSOURCE, query, last)
        if isinstance(found, Bye):
            return _answer(503 if found.reconnect else 204, ())
        stream = web.StreamResponse(headers=CIMultiDict([*self._core.stream_headers(), ("Server", "Tale")]))
        stream.force_close()

        async def write(frame: str | bytes) -> None:
            async with asyncio.timeout(self._config.deadline):
                await stream.write(frame.encode() if isinstance(frame, str) else frame)

        await self._carry(request, stream, found, write, None)
        return stream

    async def _carry(self, request: Any, response: Any, found: Attachment | Bye, write: Any, read: Any) -> None:
        """Pump an attachment into a response, reading beside it where there is something to read."""
        try:
            await response.prepare(request)
            bye = found if isinstance(found, Bye) else None
            if not isinstance(found, Bye):
                jobs: list[Coroutine[Any, Any, Any]] = [pump(found, write), *([read(found)] if read else [])]
                bye = await _first_of(jobs)
            if bye is not None and read is not None:
                await response.close(code=bye.code, message=bye.reason.encode())
        except TimeoutError:
            request.transport.abort()  # it takes nothing
        except OSError:
            pass  # the client went away; its session waits for it
        finally:
            if not isinstance(found, Bye):
                found.detach("stream ended")

    async def _body(self, request: web.Request) -> bytes | None:
        """Return the body, or as much of it as shows that it is too long; None when it does not arrive in time."""
        body = bytearray()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._config.deadline):
                async for part in request.content.iter_any():
                    if len(body) <= BODY_LIMIT:
                        body += part
                return bytes(body)
        return bytes(body) if len(body) > BODY_LIMIT else None

    async def end(self) -> None:
        """Wait until all streams have taken their goodbye, but not long, and cut what is left."""
        if self._streams:
            await asyncio.wait(self._streams, timeout=FAREWELL)
        assert self.runner.server is not None
        left = [each.transport for each in self.runner.server.connections]
        await self.runner.cleanup()
        for transport in left:
            if transport is not None:
                transport.abort()
        await asyncio.sleep(0)


class AiohttpServer:
    """Be a bound server (``transport.BoundServer``)."""

    def __init__(self, core: Core, config: ServerConfig) -> None:
        self._core = core
        self._config = config
        self._tls = tls_context(config)
        self._socket = listen(config)
        self.addresses: Sequence[tuple[str, int]] = (self._socket.getsockname()[:2],)
        self._stopped = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()

    def serve(self) -> None:
        """Serve until ``stop`` or Ctrl-C."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        loop = self._loop = asyncio.get_running_loop()
        carrier = Carrier(self._core, self._config)
        await carrier.runner.setup()
        deadline = self._config.deadline if self._tls is not None else None
        server = await loop.create_server(
            carrier.connection, sock=self._socket, ssl=self._tls, ssl_handshake_timeout=deadline
        )
        try:
            if not self._stopped.is_set():
                await self._ending.wait()
        finally:
            server.close()
            self._core.close()
            await carrier.end()

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return."""
        self._stopped.set()
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._ending.set)


class AiohttpTransport:
    """Be the transport (``transport.Transport``)."""

    def bind(self, core: Core, config: ServerConfig) -> AiohttpServer:
        """Bind and listen."""
        return AiohttpServer(core, config)


def _answer(status: int, headers: Headers, body: bytes = b"") -> web.Response:
    response = web.Response(status=status, body=body, headers=CIMultiDict([*headers, ("Server", "Tale")]))
    response.force_close()
    return response


async def _first_of(jobs: Sequence[Coroutine[Any, Any, Any]]) -> Any:
    """Return the result of what ends first, and end the others."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return next(task for task in tasks if task in done).result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
