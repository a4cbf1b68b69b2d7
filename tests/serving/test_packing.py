from __future__ import annotations

import json
import zlib
from base64 import b64decode
from typing import Any

import pytest

from tale_core.serving.settings import Settings

from .client import Client


def unpacked(message: dict[str, Any]) -> dict[str, Any]:
    """Return the message that one of the type ``z`` holds."""
    found: dict[str, Any] = json.loads(zlib.decompress(b64decode(message["d"]), wbits=-zlib.MAX_WBITS))
    return found


@pytest.mark.parametrize("wire", ["websocket", "eventsource"])
@pytest.mark.parametrize("cap", ["runs,z", "z"])
def test_big_messages_come_packed_to_who_can_unpack_them(client: Client, wire: str, cap: str) -> None:
    stream = client.attach(f"cap={cap}", wire=wire)
    assert [message["type"] for message in stream.read()] == ["connected", "text"]
    client.post("/tale/input", {"cmd": "big 5000"})
    client.post("/tale/input", {"cmd": "echo small"})
    big, small = stream.read()
    assert (big["type"], big["seq"], small["type"]) == ("z", 2, "text")
    assert len(big["d"]) < 1000
    inner = unpacked(big)
    assert (inner["type"], inner["seq"]) == ("text", 2)
    assert "x" * 5000 in json.dumps(inner)


def test_a_packed_message_is_numbered_on_an_event_stream(client: Client) -> None:
    stream = client.attach("cap=runs,z", wire="eventsource")
    stream.read()
    client.post("/tale/input", {"cmd": "big 5000"})
    (frame,) = stream.raw()
    assert isinstance(frame, bytes)
    assert frame.startswith(f"event: z\nid: {stream.attachment.session.epoch}.2\ndata: {{".encode())


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, tabs="mirror")])
def test_a_message_is_packed_once_for_all(client: Client) -> None:
    first, second, plain = client.attach("cap=runs,z"), client.attach("cap=runs,z"), client.attach()
    for stream in (first, second, plain):
        stream.read()
    first.send("big 5000")
    (one,), (two,), (three,) = first.raw(), second.raw(), plain.raw()
    assert one is two
    assert isinstance(one, str)
    assert isinstance(three, str)
    assert unpacked(json.loads(one)) == json.loads(three)


def test_a_snapshot_may_be_packed(client: Client) -> None:
    client.attach().send("big 5000")
    stream = client.attach("cap=runs,z&epoch=unknown&after=1")
    (packed,) = [message for message in stream.read() if message["type"] == "z"]
    assert unpacked(packed)["snapshot"] is True
