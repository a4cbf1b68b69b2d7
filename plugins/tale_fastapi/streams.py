"""The two streams: a WebSocket and an event stream, each pumped by one task until it ends or the client is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from tale_core.serving.pumps import pump
from tale_core.serving.transport import IO_DEADLINE, Attachment, Bye, Headers, Peer

Cut = Callable[[], None]


class Streams:
    """Know the streams that are open, so that their end can be waited for.

    ``cutter`` is given an address and returns what cuts the connection that comes from there now: ASGI has no word
    for it. The server sets it.
    """

    def __init__(self) -> None:
        self._open: set[asyncio.Task[object]] = set()
        self.cutter: Callable[[tuple[str, int]], Cut] = lambda _: lambda: None

    @contextmanager
    def entered(self, peer: Peer) -> Iterator[Cut]:
        """Count the current task as a stream; yield what cuts its connection.

        It is cut in any case when it is still there IO_DEADLINE seconds after the stream has ended, since a client
        that has stopped reading would keep it open for ever.
        """
        task = asyncio.current_task()
        assert task is not None
        cut = self.cutter(peer.address)
        self._open.add(task)
        try:
            yield cut
        finally:
            self._open.discard(task)
            asyncio.get_running_loop().call_later(IO_DEADLINE, cut)

    async def ended(self, seconds: float) -> None:
        """Wait until no stream is open, but not longer than that."""
        if self._open:
            await asyncio.wait(self._open, timeout=seconds)


class EventStream(Response):
    """Answer with an event stream."""

    def __init__(self, attachment: Attachment, headers: Headers, peer: Peer, streams: Streams) -> None:
        self._attachment = attachment
        self._peer = peer
        self._streams = streams
        self.status_code = 200
        self.background = None
        self.raw_headers = [(name.encode(), value.encode()) for name, value in (*headers, ("Connection", "close"))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the stream."""
        del scope

        async def write(frame: str | bytes) -> None:
            async with asyncio.timeout(IO_DEADLINE):
                await send({"type": "http.response.body", "body": frame, "more_body": True})

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        with self._streams.entered(self._peer) as cut:
            try:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await _first_of(pump(self._attachment, write), gone())
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            except TimeoutError:
                cut()
            finally:
                self._attachment.detach("stream ended")


async def run_socket(socket: WebSocket, attachment: Attachment, peer: Peer, streams: Streams) -> None:
    """Accept a WebSocket and carry it until either side ends it."""

    async def write(frame: str | bytes) -> None:
        async with asyncio.timeout(IO_DEADLINE):
            try:
                await socket.send({"type": "websocket.send", "text": frame})
            except RuntimeError:  # uvicorn's word for "the client is gone" when it has closed meanwhile
                raise WebSocketDisconnect from None

    async def read() -> None:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            raw = message.get("text")
            attachment.submit(message.get("bytes") or b"" if raw is None else raw)

    with streams.entered(peer) as cut:
        try:
            await socket.accept()
            bye = await _first_of(pump(attachment, write), read())
            if isinstance(bye, Bye):
                async with asyncio.timeout(IO_DEADLINE):
                    await socket.close(bye.code, bye.reason)
        except TimeoutError:
            cut()
        except (WebSocketDisconnect, OSError):
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
