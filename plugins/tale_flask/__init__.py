"""The Flask transport: WebSocket by flask-sock, and EventSource. Light; ``server`` imports the framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tale_core.plugins import hookimpl
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, TransportSpec

if TYPE_CHECKING:
    from flask import Flask

    from tale_core.serving.transport import Transport


def load() -> Transport:
    """Import Flask and Werkzeug, and return the transport."""
    from tale_flask.server import FlaskTransport

    return FlaskTransport()


def __getattr__(name: str) -> Flask:
    """Make ``tale_flask.app``, for servers that are started by somebody else: ``gunicorn tale_flask:app``."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tale_flask.deployed import deployed

    app = globals()["app"] = deployed()
    return app


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
            features=frozenset({"tls", "abort", "capped", "windows"}),
            servers={"gunicorn": ("gunicorn",)},
        )
    ]
