"""Everything that Tale asks of a transport."""

from __future__ import annotations

from typing import ClassVar

from tale_core.testing.conformance import Conformance


class TestAiohttp(Conformance):
    transport = "aiohttp"
    known_faults: ClassVar = {
        "test_a_handshake_that_is_none_is_refused[websocket-Sec-WebSocket-Version-8]": "aiohttp takes old versions",
        "test_what_is_forbidden_ends_the_connection[websocket-no mask]": "aiohttp does not insist on masks",
    }
