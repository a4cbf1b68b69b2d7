"""A Tale transport on Python's own HTTP server."""

from __future__ import annotations

from collections.abc import Sequence

from tale_core.plugins import hookimpl
from tale_core.serving.transport import EVENTSOURCE, Transport, TransportSpec


def load() -> Transport:
    """Import the server, and return the transport."""
    from tale_echo.server import EchoTransport

    return EchoTransport()


@hookimpl
def tale_transports() -> Sequence[TransportSpec]:
    """Offer the transport."""
    return [
        TransportSpec(
            name="echo",
            wires={EVENTSOURCE: ()},
            load=load,
            rank=1,
            summary="Python's own HTTP server",
            features=frozenset({"windows"}),
        )
    ]
