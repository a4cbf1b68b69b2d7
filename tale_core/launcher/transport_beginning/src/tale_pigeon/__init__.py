"""The transport's card: light, since every ``tale`` command reads it. What is heavy belongs into ``server``."""

from __future__ import annotations

from collections.abc import Sequence

from tale_core.plugins import hookimpl
from tale_core.serving.transport import EVENTSOURCE, Transport, TransportSpec


def load() -> Transport:
    """Import the server, and return the transport."""
    from tale_pigeon.server import PigeonTransport

    return PigeonTransport()


@hookimpl
def tale_transports() -> Sequence[TransportSpec]:
    """Offer the transport; the empty tuple would name the modules that its wire needs beyond Python."""
    return [
        TransportSpec(
            name="pigeon",
            wires={EVENTSOURCE: ()},
            load=load,
            rank=1,
            summary="Python's own HTTP server",
            features=frozenset({"windows"}),
        )
    ]
