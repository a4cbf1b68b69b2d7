"""Every example in docs/protocol.md is what the server really says, or what it really takes."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.wire import parse_client
from tale_core.testing.scripted import draw

from .client import Client

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(text) for text in re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)]
BY_TYPE: dict[str, list[dict[str, Any]]] = {}
for _example in EXAMPLES:
    BY_TYPE.setdefault(_example.get("type", "client"), []).append(_example)

DIFFERS = ("session", "epoch", "title", "t")


def same(example: dict[str, Any], real: dict[str, Any]) -> bool:
    return {k: v for k, v in example.items() if k not in DIFFERS} == {k: v for k, v in real.items() if k not in DIFFERS}


def test_connected_text_and_ack(client: Client) -> None:
    html, welcome, runs = BY_TYPE["text"]
    for query, examples in (("", [html]), ("cap=runs", [welcome, runs])):
        stream = Client(client.host).attach(query)
        greeted = stream.read()[1:]
        stream.send("echo hello", cid=1)
        told = [*greeted, *stream.read()]
        assert all(map(same, examples, told[-len(examples) :]))
    stream = Client(client.host).attach("cap=runs")
    for _ in range(2):
        stream.send("echo", cid=1)
    assert {"type": "ack", "cid": 1} in [*BY_TYPE["ack"], *stream.read()]


@pytest.mark.parametrize("settings", [Settings()])
def test_connected(client: Client) -> None:
    client.attach("cap=runs").read()
    (example,) = BY_TYPE["connected"]
    real = client.attach("cap=runs").read()[0]
    assert set(example) == set(real)
    assert same(example, real)


def test_completions_and_error(client: Client) -> None:
    stream = client.attach("cap=runs")
    stream.read()
    stream.send("b", autocomplete=1, cid=9)
    stream.send("echo", cid=3)
    assert stream.read() == [*BY_TYPE["completions"], *BY_TYPE["error"]]


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, outbox_messages=5)])
def test_gap_and_bye(client: Client) -> None:
    stream = client.attach("cap=runs")
    stream.read()
    for _ in range(9):
        stream.send("echo")
    assert BY_TYPE["gap"][0] == stream.read()[0]
    client.attach("cap=runs")
    assert BY_TYPE["bye"][0] == stream.read()[-1]


def test_a_packed_message_holds_one_of_the_same_number() -> None:
    (example,) = BY_TYPE["z"]
    inner = json.loads(zlib.decompress(b64decode(example["d"]), wbits=-zlib.MAX_WBITS))
    assert (inner["type"], inner["seq"]) == ("text", example["seq"])


def test_a_picture(client: Client, tmp_path: Path) -> None:
    draw(tmp_path)
    stream = client.attach("cap=runs")
    stream.send("data dot.gif")
    assert stream.read()[-1] == BY_TYPE["data"][0]


def test_ping_has_these_fields() -> None:
    assert set(BY_TYPE["ping"][0]) == {"type", "t"}


def test_the_clients_example_is_taken() -> None:
    (example,) = BY_TYPE["client"]
    message = parse_client(json.dumps(example))
    assert (message.cmd, message.cid, message.ack, message.wants_completion) == ("look around", 7, 41, False)


def test_every_error_code_and_bye_code_is_documented() -> None:
    source = "".join(path.read_text() for path in Path(__file__).parents[2].glob("tale_core/serving/*.py"))
    for code in re.findall(r'WireError\(\s*"(\w+)"', source):
        assert code in PAGE or code in ("no_session", "busy", "media_type"), code
    for code in re.findall(r"Bye\((\d{4})", source):
        assert f"| {code} |" in PAGE, code
