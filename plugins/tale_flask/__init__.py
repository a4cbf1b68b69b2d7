"""The Flask transport: WebSocket by flask-sock, and EventSource. Light; ``server`` imports the framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tale_core.plugins import hookimpl
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, TransportSpec

if TYPE_CHECKING:
    from tale_core.serving.transport import Transport


def load() -> Transport:
    """Import Flask and Werkzeug, and return the transport."""
    from tale_flask.server import FlaskTransport

    return FlaskTransport()


@hookimpl
def tale_transports() -> Sequence[TransportSpec]:
    """Offer the transport."""
    framework = ("flask", "werkzeug")
    return [
        TransportSpec(
            name="flask",
            wires={WEBSOCKET: (*framework, "flask_sock", "simple_websocket"), EVENTSOURCE: framework},
            load=load,
            rank=10,
            summary="Flask on Werkzeug's threaded server",
            features=frozenset({"tls", "abort", "windows"}),
        )
    ]
