"""The conformance kit: whether a transport carries Tale as it must. Black box: it only binds, serves and talks to it.

A transport's own test is three lines; pytest does the rest, for each wire that the transport offers::

    from tale_core.testing.conformance import Conformance

    class TestPigeon(Conformance):
        transport = "pigeon"
"""

from __future__ import annotations

from tale_core.testing.conformance.binding import Binding
from tale_core.testing.conformance.bounds import Bounds
from tale_core.testing.conformance.flow import Flow
from tale_core.testing.conformance.framing import Framing, Handshakes
from tale_core.testing.conformance.llamatale import LlamaTale
from tale_core.testing.conformance.order import Order
from tale_core.testing.conformance.page import Page
from tale_core.testing.conformance.proxies import Proxies
from tale_core.testing.conformance.requests import Requests
from tale_core.testing.conformance.resuming import Resuming
from tale_core.testing.conformance.security import Security
from tale_core.testing.conformance.showing import Showing
from tale_core.testing.conformance.shutdown import Shutdown
from tale_core.testing.conformance.tls import Tls

__all__ = ["Conformance"]


class Conformance(
    Binding,
    Requests,
    LlamaTale,
    Order,
    Resuming,
    Showing,
    Flow,
    Bounds,
    Framing,
    Handshakes,
    Security,
    Proxies,
    Tls,
    Page,
    Shutdown,
):
    """Hold every case; derive a class from it that names its ``transport`` (see ``suite.Suite`` for more)."""
