"""The code in docs/write-a-transport.md runs as it stands."""

from __future__ import annotations

import asyncio
import re
import threading
import time
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET
from tale_core.testing.conformance import Conformance
from tale_core.testing.conformance.suite import FEATURES

from .client import Client

GUIDE = (Path(__file__).parents[2] / "docs" / "write-a-transport.md").read_text(encoding="utf-8")

CARD, LOOP, ASYNC, TEST, FAULTS, OWN = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def run(code: str, **names: Any) -> dict[str, Any]:
    exec(code, names)
    return names


def test_the_package_offers_its_transport() -> None:
    (project,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert tomllib.loads(project)["project"]["entry-points"]["tale.transports"] == {"pigeon": "tale_pigeon"}
    (spec,) = run(CARD)["tale_transports"]()
    assert (spec.name, spec.rank) == ("pigeon", 5)
    assert list(spec.wires) == [WEBSOCKET, EVENTSOURCE]


def test_every_feature_is_explained() -> None:
    table = GUIDE.partition("| feature | promises |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == FEATURES


def test_the_loop_carries_a_game_to_its_end(client: Client) -> None:
    attachment = client.attach().attachment
    sent: list[str] = []
    closed: list[int] = []
    attachment.submit('{"cmd": "echo hello"}')
    attachment.submit('{"cmd": "quit"}')
    run(LOOP, attachment=attachment, event=threading.Event(), send=sent.append, close=closed.append, time=time)
    assert [text for frame in sent for text in re.findall(r"hello|Goodbye|bye", frame)][-2:] == ["Goodbye", "bye"]
    assert closed == [1000]


class Socket:
    """Be a client that types two lines, then waits."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.closed: list[int] = []

    async def __aiter__(self) -> AsyncIterator[str]:
        yield "echo hello"
        yield "quit"
        await asyncio.Event().wait()

    async def send(self, frame: str) -> None:
        self.sent.append(frame)

    async def close(self, code: int, reason: str) -> None:
        self.closed.append(code)


def test_the_task_carries_a_game_to_its_end(client: Client) -> None:
    socket, attachment = Socket(), client.attach().attachment
    carry = run(ASYNC, asyncio=asyncio, deadline=10.0)["carry"]
    asyncio.run(carry(attachment, socket))
    assert "hello" in socket.sent[-3]
    assert socket.closed == [1000]


@pytest.mark.parametrize("code", [TEST, FAULTS, OWN])
def test_the_tests_are_classes_of_the_kit(code: str) -> None:
    made = run(code, Conformance=Conformance)["TestPigeon"]
    assert issubclass(made, Conformance)
    assert made.name() == "pigeon"
    assert all(hasattr(made, name.partition("[")[0]) for name in made.known_faults)
