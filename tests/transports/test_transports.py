"""The conformance kit, over every transport of this house, and strangers' own tests of theirs."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import ClassVar

import pytest

from tale_core.testing.conformance import Conformance
from tale_core.testing.stage import installed

THIRD_PARTY = Path(__file__).parents[1] / "third_party"


class TestFastapi(Conformance):
    transport = "fastapi"


class TestFlask(Conformance):
    transport = "flask"
    known_faults: ClassVar = {
        "test_a_handshake_that_is_none_is_refused[websocket-Sec-WebSocket-Key-short]": "wsproto takes any key",
    }


def of_a_stranger(name: str) -> type[Conformance]:
    """Return the class of a stranger's test; where not all must be there, one that skips when it is not installed."""
    found: type[Conformance] = runpy.run_path(str(THIRD_PARTY / f"tale-{name}" / "tests" / "test_conformance.py"))[
        f"Test{name.title()}"
    ]
    missing = installed(name) is None and not os.environ.get("CI")
    reason = f"{name} is not installed: pip install tests/third_party/tale-{name}"
    return pytest.mark.skipif(missing, reason=reason)(found)


TestEcho = of_a_stranger("echo")
TestAiohttp = of_a_stranger("aiohttp")
