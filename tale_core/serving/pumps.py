"""The two pumps: an attachment read by a thread, or by an asyncio task. Neither polls; both wait for the waker.

One pump, and so one thread or task, does all the writing of its connection.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from threading import TIMEOUT_MAX, Lock

from tale_core.serving.transport import Attachment, Batch, Bye

FAR = 9.0
"""Seconds from which on a deadline is kept at a whole second of the clock."""


def seconds_until(due: float, now: float) -> float:
    """Return how long to wait for a deadline: longer where it is far off, so that many wake at once."""
    return max(0.0, (math.ceil(due) if due - now > FAR else due) - now)


class Bell:
    """Wake one thread that waits: an event of ``threading`` without what only several of them need."""

    def __init__(self) -> None:
        self._silence = Lock()
        self._silence.acquire()

    def set(self) -> None:
        """Ring, unless it rings already. From any thread."""
        with suppress(RuntimeError):  # it does
            self._silence.release()

    def clear(self) -> None:
        """Ring no more."""
        self._silence.acquire(blocking=False)

    def wait(self, seconds: float) -> bool:
        """Wait until it rings, but not longer than that; it rings no more then. Return whether it has rung."""
        return self._silence.acquire(timeout=min(seconds, TIMEOUT_MAX))


def batches(
    attachment: Attachment, bell: Bell | None = None, drain: Callable[[], None] | None = None
) -> Iterator[Batch]:
    """Yield what is to be written, until a batch with a ``bye``; wait for ``bell`` in between.

    ``drain`` is called before each look, to submit what the client has sent (when its arrival rings, too).
    """
    bell = bell or Bell()
    attachment.set_waker(bell.set)
    while True:
        bell.clear()
        if drain is not None:
            drain()
        batch = attachment.poll()
        if batch.frames or batch.bye:
            yield batch
        if batch.bye is not None:
            return
        if not batch.frames:
            bell.wait(max(0.0, attachment.next_deadline() - time.monotonic()))


async def pump(attachment: Attachment, send: Callable[[str | bytes], Awaitable[None]]) -> Bye:
    """Send frames as they come; return the Bye with which the stream ends."""
    loop = asyncio.get_running_loop()
    news: asyncio.Future[None] = loop.create_future()
    called = False
    timer: asyncio.TimerHandle | None = None  # one for many deadlines, since most are put off before they come
    rings = 0.0

    def fire() -> None:
        nonlocal called
        called = False
        if not news.done():
            news.set_result(None)

    def wake() -> None:
        nonlocal called
        if not called:  # many wakes, one call into the loop
            called = True
            with suppress(RuntimeError):  # the loop has ended, and with it all that could be woken
                loop.call_soon_threadsafe(fire)

    def ring() -> None:
        nonlocal timer
        timer = None
        fire()

    attachment.set_waker(wake)
    try:
        while True:
            if news.done():
                news = loop.create_future()
            batch = attachment.poll()
            for frame in batch.frames:
                await send(frame)
            if batch.bye is not None:
                return batch.bye
            if batch.more:
                continue
            due = attachment.next_deadline()
            if timer is None or due < rings:
                if timer is not None:
                    timer.cancel()
                timer, rings = loop.call_later(seconds_until(due, time.monotonic()), ring), due
            await news
    finally:
        if timer is not None:
            timer.cancel()
