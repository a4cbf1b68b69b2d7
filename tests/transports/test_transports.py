"""The conformance kit, over every transport of this house and over those that strangers wrote for it."""

from __future__ import annotations

import os
from typing import ClassVar

import pytest

from tale_core.testing.conformance import Conformance
from tale_core.testing.stage import installed


def stranger(name: str) -> pytest.MarkDecorator:
    """Skip a stranger's transport that is not installed; where all must be there, the kit fails without it."""
    missing = installed(name) is None and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"not installed: pip install tests/third_party/tale-{name}")


class TestFastapi(Conformance):
    transport = "fastapi"


class TestFlask(Conformance):
    transport = "flask"
    known_faults: ClassVar = {
        "test_a_handshake_that_is_none_is_refused[websocket-Sec-WebSocket-Key-short]": "wsproto takes any key",
    }


@stranger("echo")
class TestEcho(Conformance):
    transport = "echo"
