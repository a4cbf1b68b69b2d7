"""uvicorn, started for Tale: a socket of our own, no ticking, no chatter, and a polite end."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from types import FrameType

import uvicorn

from tale_core.serving.sockets import listen, tls_context
from tale_core.serving.transport import ROOM, SERVER_FRAME_LIMIT, Core, ServerConfig
from tale_fastapi.app import create_app
from tale_fastapi.protocols import BoundedHeads, socket_protocol
from tale_fastapi.streams import Streams

log = logging.getLogger(__name__)

FAREWELL = 0.5
"""Seconds that streams have to take their goodbye before uvicorn's own shutdown begins."""

LAST_CALL = 0.2
"""Seconds after which that shutdown waits for nobody any more."""


class Server(uvicorn.Server):
    """Wait for the end instead of ticking, and tell every stream before uvicorn shuts down."""

    def __init__(self, config: uvicorn.Config, core: Core, streams: Streams, deadline: float) -> None:
        super().__init__(config)
        self._deadline = deadline
        self._core = core
        self._streams = streams
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()

    async def main_loop(self) -> None:
        """Sleep until something asks for the end."""
        self._loop = asyncio.get_running_loop()
        if not self.should_exit:
            await self._ending.wait()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen; a TLS handshake has its deadline, for which uvicorn has no setting."""
        loop = asyncio.get_running_loop()
        if self.config.is_ssl:
            limited = functools.partial(loop.create_server, ssl_handshake_timeout=self._deadline)
            loop.create_server = limited  # type: ignore[method-assign]
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye to every stream, then let uvicorn close what is left."""
        for server in self.servers:
            server.close()
        closing = asyncio.ensure_future(asyncio.to_thread(self._core.close))  # it may have games to keep
        await self._streams.ended(FAREWELL)
        await closing
        asyncio.get_running_loop().call_later(LAST_CALL, self._cut_all)
        await super().shutdown(sockets)

    def _cut_all(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()

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
        tls = tls_context(config)
        self._socket = listen(config)
        self.addresses: Sequence[tuple[str, int]] = (self._socket.getsockname()[:2],)
        streams = Streams(config.deadline)
        app = create_app(core, config.wires, streams)
        settings = uvicorn.Config(
            app,
            http=type("Heads", (BoundedHeads,), {"deadline": config.deadline, "most": config.connections + ROOM}),
            ws=socket_protocol() or "none",
            log_config=None,
            log_level=None if log.isEnabledFor(logging.DEBUG) else logging.CRITICAL,
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws_max_size=SERVER_FRAME_LIMIT,
            ws_per_message_deflate=False,
            ws_ping_interval=None,  # the core's own pings are seen by both sides
            timeout_graceful_shutdown=2,
            ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        )
        self._server = Server(settings, core, streams, config.deadline)

    def serve(self) -> None:
        """Serve until the end is asked for."""
        self._server.run(sockets=[self._socket])

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return."""
        del grace  # streams have FAREWELL, which is less
        self._server.end()


class FastApiTransport:
    """Be the transport (``transport.Transport``)."""

    def bind(self, core: Core, config: ServerConfig) -> FastApiServer:
        """Bind and listen."""
        return FastApiServer(core, config)
