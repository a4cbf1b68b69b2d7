from __future__ import annotations

import json

import pytest

from tale_core.serving.settings import Settings

from .client import Client
from .test_http import header

FEW = Settings(rate=0.001, burst=2)


@pytest.mark.parametrize("settings", [FEW])
@pytest.mark.parametrize(
    "raw",
    ["{", '{"cmd": 5}', '{"cmd": "echo", "cid": 7}', '{"cmd": "ec", "autocomplete": 1}', '{"cmd": "echo"}'],
    ids=["no JSON", "the wrong type", "out of turn", "completions", "commands"],
)
def test_nothing_that_a_client_may_ask_is_free(client: Client, raw: str) -> None:
    stream = client.attach()
    stream.read()
    for _ in range(6):
        stream.attachment.submit(raw)
    stream.read()
    assert stream.bye is not None
    assert (stream.bye.code, stream.bye.reconnect) == (4029, True)


@pytest.mark.parametrize("settings", [Settings(rate=0.001, burst=3)])
def test_repeats_cost_nothing(client: Client) -> None:
    stream = client.attach()
    stream.read()
    for _ in range(20):
        stream.send("echo", cid=1)
    assert stream.send("echo more", cid=2) is None
    stream.read()
    assert stream.bye is None


def test_refusals_that_nobody_reads_do_not_pile_up(client: Client) -> None:
    stream = client.attach()
    stream.read()
    for _ in range(10_000):
        if stream.attachment.submit("{") is not None:
            break
    else:
        pytest.fail("it goes on and on")
    stream.read()
    assert stream.bye is not None
    assert stream.bye.code == 4029


@pytest.mark.parametrize("settings", [FEW])
def test_completions_by_get_are_limited_too(client: Client) -> None:
    client.attach()
    replies = [client.get("/tale/tabcomplete", "prefix=e") for _ in range(3)]
    assert [reply.status for reply in replies] == [200, 200, 429]
    assert header(replies[-1], "Retry-After") == "1"
    assert json.loads(replies[-1].body)["error"] == "rate_limited"
