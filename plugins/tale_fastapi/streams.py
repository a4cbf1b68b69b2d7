"""The two streams: a WebSocket and an event stream, each pumped by one task until it ends or the client is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from tale_core.serving.pumps import pump
from tale_core.serving.transport import IO_DEADLINE, Attachment, Bye, Headers
from tale_fastapi.line import line_of


class Streams:
    """Know the streams that are open, so that their end can be waited for."""

    def __init__(self, deadline: float = IO_DEADLINE) -> None:
        self.deadline = deadline
        self._open: set[asyncio.Task[object]] = set()

    @contextmanager
    def entered(self, cut: Callable[[], None]) -> Iterator[None]:
        """Count the current task as a stream.

        Its connection is cut when it is still there ``deadline`` seconds after the stream has ended, since a client
        that has stopped reading would keep it open for ever.
        """
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            yield
        finally:
            self._open.discard(task)
            asyncio.get_running_loop().call_later(self.deadline, cut)

    async def ended(self, seconds: float) -> None:
        """Wait until no stream is open, but not longer than that."""
        if self._open:
            await asyncio.wait(self._open, timeout=seconds)


class EventStream(Response):
    """Answer with an event stream."""

    def __init__(self, attachment: Attachment, headers: Headers, streams: Streams) -> None:
        self._attachment = attachment
        self._streams = streams
        self.status_code = 200
        self.background = None
        self.raw_headers = [(name.encode(), value.encode()) for name, value in (*headers, ("Connection", "close"))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the stream."""
        line = line_of(scope)

        def write(frame: str | bytes) -> Awaitable[None]:
            return line.write({"type": "http.response.body", "body": frame, "more_body": True})

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        with self._streams.entered(line.cut):
            try:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await _first_of(pump(self._attachment, write), gone())
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            finally:
                self._attachment.detach("stream ended")


async def run_socket(socket: WebSocket, receive: Receive, attachment: Attachment, streams: Streams) -> None:
    """Accept a WebSocket and carry it until either side ends it; ``receive`` is what is behind it."""
    line = line_of(socket.scope)

    def write(frame: str | bytes) -> Awaitable[None]:
        return line.write({"type": "websocket.send", "text": frame})

    async def read() -> None:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            raw = message.get("text")
            attachment.submit(message.get("bytes") or b"" if raw is None else raw)

    with streams.entered(line.cut):
        try:
            await socket.accept()
            bye = await _first_of(pump(attachment, write), read())
            if isinstance(bye, Bye):
                await socket.close(bye.code, bye.reason)
        except (ClientDisconnect, WebSocketDisconnect):
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
