"""The FastAPI transport: WebSocket and EventSource on uvicorn. Light; ``server`` imports the framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tale_core.plugins import hookimpl
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, TransportSpec

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tale_core.serving.transport import Transport


def load() -> Transport:
    """Import FastAPI and uvicorn, and return the transport."""
    from tale_fastapi.server import FastApiTransport

    return FastApiTransport()


def __getattr__(name: str) -> FastAPI:
    """Make ``tale_fastapi.app``, for servers that are started by somebody else: ``uvicorn tale_fastapi:app``."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tale_fastapi.deployed import deployed

    app = globals()["app"] = deployed()
    return app


@hookimpl
def tale_transports() -> Sequence[TransportSpec]:
    """Offer the transport."""
    return [
        TransportSpec(
            name="fastapi",
            wires={WEBSOCKET: ("fastapi", "uvicorn", "websockets"), EVENTSOURCE: ("fastapi", "uvicorn")},
            load=load,
            rank=20,
            summary="FastAPI on uvicorn",
            features=frozenset({"tls", "abort", "capped", "production"}),
        )
    ]
