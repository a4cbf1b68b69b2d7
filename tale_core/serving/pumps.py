"""The two pumps: an attachment read by a thread, or by an asyncio task. Neither polls; both wait for the waker.

One pump, and so one thread or task, does all the writing of its connection.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from threading import Event

from tale_core.serving.transport import Attachment, Batch, Bye


def batches(attachment: Attachment, event: Event, drain: Callable[[], None] | None = None) -> Iterator[Batch]:
    """Yield what is to be written, until a batch with a ``bye``; wait on ``event`` in between.

    ``drain`` is called before each look, to submit what the client has sent (when its arrival sets ``event``, too).
    """
    attachment.set_waker(event.set)
    while True:
        event.clear()
        if drain is not None:
            drain()
        batch = attachment.poll()
        if batch.frames or batch.bye:
            yield batch
        if batch.bye is not None:
            return
        if not batch.frames:
            event.wait(max(0.0, attachment.next_deadline() - time.monotonic()))


async def pump(attachment: Attachment, send: Callable[[str | bytes], Awaitable[None]]) -> Bye:
    """Send frames as they come; return the Bye with which the stream ends."""
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    scheduled = False

    def fire() -> None:
        nonlocal scheduled
        scheduled = False
        event.set()

    def wake() -> None:
        nonlocal scheduled
        if not scheduled:  # many wakes, one call into the loop
            scheduled = True
            with suppress(RuntimeError):  # the loop has ended, and with it all that could be woken
                loop.call_soon_threadsafe(fire)

    attachment.set_waker(wake)
    while True:
        event.clear()
        batch = attachment.poll()
        for frame in batch.frames:
            await send(frame)
        if batch.bye is not None:
            return batch.bye
        if not batch.frames:
            due = attachment.next_deadline() - time.monotonic()
            timer = loop.call_later(max(0.0, due), event.set)
            try:
                await event.wait()
            finally:
                timer.cancel()
