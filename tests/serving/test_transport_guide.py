"""The code in docs/write-a-transport.md runs as it stands."""

from __future__ import annotations

import re
import threading
import time
import tomllib
from pathlib import Path
from typing import Any

from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET

from .client import Client

GUIDE = (Path(__file__).parents[2] / "docs" / "write-a-transport.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_the_package_offers_its_transport() -> None:
    (project,) = blocks("toml")
    assert tomllib.loads(project)["project"]["entry-points"]["tale.transports"] == {"pigeon": "tale_pigeon"}
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    (spec,) = names["tale_transports"]()
    assert (spec.name, spec.rank) == ("pigeon", 5)
    assert list(spec.wires) == [WEBSOCKET, EVENTSOURCE]


def test_the_loop_carries_a_game_to_its_end(client: Client) -> None:
    attachment = client.attach().attachment
    sent: list[str] = []
    closed: list[int] = []
    attachment.submit('{"cmd": "echo hello"}')
    attachment.submit('{"cmd": "quit"}')
    names = {"attachment": attachment, "event": threading.Event(), "send": sent.append, "close": closed.append}
    exec(blocks("python")[1], names | {"time": time})
    assert [text for frame in sent for text in re.findall(r"hello|Goodbye|bye", frame)][-2:] == ["Goodbye", "bye"]
    assert closed == [1000]
