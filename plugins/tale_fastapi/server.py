"""uvicorn, started for Tale: a socket of our own, a deadline for request heads, no ticking, and a polite end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from tale_core.serving.sockets import listen, tls_context
from tale_core.serving.transport import IO_DEADLINE, SERVER_FRAME_LIMIT, Core, ServerConfig
from tale_fastapi.app import Streams, create_app

FAREWELL = 0.7
"""Seconds that streams have to take their goodbye before uvicorn's own shutdown begins."""


class HeadDeadline(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # chosen at run time by what is installed
    """Close a connection that has not sent a request's head in time."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Start the clock."""
        super().connection_made(transport)
        self._late = self.loop.call_later(IO_DEADLINE, self._close_if_idle)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._late.cancel()
        super().connection_lost(exc)

    def _close_if_idle(self) -> None:
        if self.cycle is None and self.transport.get_protocol() is self:
            self.transport.close()


class Server(uvicorn.Server):
    """Wait for the end instead of ticking, and tell every stream before uvicorn shuts down."""

    def __init__(self, config: uvicorn.Config, core: Core, streams: Streams) -> None:
        super().__init__(config)
        self._core = core
        self._streams = streams
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()

    async def main_loop(self) -> None:
        """Sleep until something asks for the end."""
        self._loop = asyncio.get_running_loop()
        if not self.should_exit:
            await self._ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye to every stream, then let uvicorn close what is left."""
        for server in self.servers:
            server.close()
        self._core.close()
        await self._streams.ended(FAREWELL)
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM as a wish to end while serving, and restore their handlers afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End; at the second time without waiting for anybody."""
        super().handle_exit(sig, frame)
        self.end()

    def end(self) -> None:
        """Make ``main_loop`` return. From any thread, and from a signal handler."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._ending.set)


class FastApiServer:
    """Be a bound server (``transport.BoundServer``)."""

    def __init__(self, core: Core, config: ServerConfig) -> None:
        tls_context(config)  # reads certificate and key, so that a bad one is told before anything starts
        self._socket = listen(config)
        self.addresses: Sequence[tuple[str, int]] = (self._socket.getsockname()[:2],)
        streams = Streams()
        app = create_app(core, config.wires, streams)
        secure = config.ssl_cert is not None
        settings = uvicorn.Config(
            app,
            http=HeadDeadline,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws_max_size=SERVER_FRAME_LIMIT,
            ws_per_message_deflate=False,
            ws_ping_interval=None,  # the core's own pings are seen by both sides
            timeout_graceful_shutdown=2,
            ssl_certfile=str(config.ssl_cert) if secure else None,
            ssl_keyfile=str(config.ssl_key) if secure and config.ssl_key else None,
        )
        self._server = Server(settings, core, streams)
        streams.abort = self._abort

    def serve(self) -> None:
        """Serve until the end is asked for."""
        self._server.run(sockets=[self._socket])

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return."""
        self._server.config.timeout_graceful_shutdown = max(1, int(grace))
        self._server.end()

    def _abort(self, address: tuple[str, int]) -> None:
        """Cut the connection from an address: ASGI has no word for it."""
        for connection in list(self._server.server_state.connections):
            if getattr(connection, "client", None) == address:
                transport: Any = connection.transport
                transport.abort()


class FastApiTransport:
    """Be the transport (``transport.Transport``)."""

    def bind(self, core: Core, config: ServerConfig) -> FastApiServer:
        """Bind and listen."""
        return FastApiServer(core, config)
