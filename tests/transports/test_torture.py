"""Ten thousand broken connections: at any moment, on any wire, with commands and messages under way."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, TransportSpec
from tale_core.testing.client import Browser

from .conftest import Stage

CUTS = 2_500
"""A pair of transport and wire."""


@pytest.mark.torture
@pytest.mark.timeout(300)
def test_no_cut_loses_or_doubles_anything(stage: Stage, browser: Browser, pair: tuple[TransportSpec, str]) -> None:
    chance = Random(f"{pair[0].name}:{pair[1]}")
    wires = (WEBSOCKET, EVENTSOURCE) if WEBSOCKET in pair[0].wires else (EVENTSOURCE,)
    submitted: list[str] = []
    rendered: list[str] = []
    seen = kept = 0
    query = "cap=runs"

    def take(message: dict[str, Any]) -> None:
        nonlocal seen, kept
        kept = max(kept, message.get("cmd_ack", 0))
        if message["type"] != "text":
            return
        assert not message.get("snapshot")
        assert message["seq"] == seen + 1
        seen += 1
        rendered.extend(block["text"][0][0]["text"] for block in message["runs"] if block["kind"] == "report")

    for n in range(CUTS):
        wire = chance.choice(wires) if n % 7 == 0 else pair[1]
        stream = browser.open(wire, query)
        connected = stream.read()
        assert connected["recovered"]
        assert connected["cmd_ack"] >= kept
        kept = connected["cmd_ack"]
        for cid in range(kept + 1, len(submitted) + 1):
            stream.send(cmd=submitted[cid - 1], cid=cid, ack=seen)
        for _ in range(chance.randint(0, 3)):
            submitted.append(f"echo {len(submitted) + 1}")
            stream.send(cmd=submitted[-1], cid=len(submitted), ack=seen)
        for _ in range(chance.randint(0, min(3, connected["seq"] - seen + len(submitted) - kept))):
            take(stream.read())
        stream.cut()
        query = f"cap=runs&session={connected['session']}&epoch={connected['epoch']}&after={seen}"
    with browser.open(pair[1], query) as stream:
        take(stream.read())
        for cid in range(kept + 1, len(submitted) + 1):
            stream.send(cmd=submitted[cid - 1], cid=cid, ack=seen)
        while len(rendered) <= len(submitted):
            take(stream.read())
    assert rendered == ["Welcome.", *(line.removeprefix("echo ") for line in submitted)]
