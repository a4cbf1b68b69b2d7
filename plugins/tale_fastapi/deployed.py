"""The application for a server that somebody else starts: what it serves is read from the environment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from tale_core.deploy import open_core
from tale_fastapi.app import WIRES, create_app
from tale_fastapi.streams import Streams

FAREWELL = 0.5
"""Seconds that streams have to take their goodbye."""


def deployed() -> FastAPI:
    """Return the application that serves what the variables TALE_… name; its lifespan says goodbye to every stream.

    An application that mounts it must run that lifespan: ``FastAPI(lifespan=app.router.lifespan_context)``.
    """
    served = open_core()
    streams = Streams()
    app = create_app(served.core, WIRES, streams)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        restore = served.heed_signals()
        yield
        restore()
        closing = asyncio.ensure_future(asyncio.to_thread(served.close))
        await streams.ended(FAREWELL)
        await closing

    app.router.lifespan_context = lifespan
    return app
