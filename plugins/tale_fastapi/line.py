"""One connection's way out: every write has a deadline, and a client that takes nothing is cut off."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import Message, Scope, Send

from tale_core.serving.pumps import seconds_until

LINE = "tale.line"
"""The key of a scope under which there is its connection's ``Line``."""


class Line:
    """Send what an application answers, past all that wraps ``send`` on the way to it.

    ASGI has no word for cutting a connection, so that uvicorn's own is looked for behind ``send``; a client that takes
    nothing would otherwise keep it open for ever. Mounted in another application, ``send`` hides it.
    """

    def __init__(self, send: Send, deadline: float) -> None:
        self._send = send
        self._deadline = deadline
        self._transport = getattr(getattr(send, "__self__", None), "transport", None)
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None  # one for many writes, since most end at once
        self._due: float | None = None  # when the present write is late

    async def write(self, message: Message) -> None:
        """Send a message; raise ``ClientDisconnect`` where nobody takes it."""
        if self._transport is None:
            await self._give_up_late(message)
            return
        self._due = self._loop.time() + self._deadline
        if self._timer is None:
            self._watch(self._due)
        try:
            await self._send(message)
        except (RuntimeError, OSError):
            if not self._transport.is_closing():
                raise
            raise ClientDisconnect from None
        finally:
            self._due = None

    async def _give_up_late(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self._deadline):
                await self._send(message)
        except TimeoutError:
            raise ClientDisconnect from None

    def _watch(self, due: float) -> None:
        self._timer = self._loop.call_later(seconds_until(due, self._loop.time()), self._look)

    def _look(self) -> None:
        """See whether a write is late, which ends with its connection; look again when the present one would be."""
        self._timer = None
        if self._due is None:
            return
        if self._due > self._loop.time():
            self._watch(self._due)
        else:
            self.cut()

    def cut(self) -> None:
        """Cut the connection, where that is ours to do."""
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()


def line_of(scope: Scope) -> Line:
    """Return the line of a connection."""
    line: Line = scope[LINE]
    return line
