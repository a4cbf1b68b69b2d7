"""The transport's card: light, since every ``tale`` command reads it. What is heavy belongs into ``server``."""

from __future__ import annotations

from collections.abc import Sequence

from tale_core.plugins import hookimpl
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, Transport, TransportSpec


def load() -> Transport:
    """Import aiohttp, and return the transport."""
    from tale_aiohttp.server import AiohttpTransport

    return AiohttpTransport()


@hookimpl
def tale_transports() -> Sequence[TransportSpec]:
    """Offer the transport."""
    return [
        TransportSpec(
            name="aiohttp",
            wires={WEBSOCKET: ("aiohttp",), EVENTSOURCE: ("aiohttp",)},
            load=load,
            rank=5,
            summary="aiohttp's own server",
            features=frozenset({"tls", "abort", "windows"}),
        )
    ]
