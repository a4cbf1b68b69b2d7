from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.serving.wire import WireError, parse_attach, parse_client


@pytest.mark.parametrize(
    ("raw", "command"),
    [
        ('{"cmd":"look"}', "look"),
        ('{"cmd":"look","autocomplete":0}', "look"),
        ("look", "look"),
        ("", ""),
        ('"look"', '"look"'),
        ("[1]", "[1]"),
        (b"look", "look"),
        ('{"ack": 3}', None),
        ('{"cmd":"x","unknown":[1]}', "x"),
    ],
)
def test_what_a_client_may_send(raw: str | bytes, command: str | None) -> None:
    message = parse_client(raw)
    assert message.cmd == command
    assert not message.wants_completion


def test_only_a_true_autocomplete_asks_for_completions() -> None:
    assert parse_client('{"cmd":"lo","autocomplete":1}').wants_completion
    assert parse_client('{"cmd":"lo","autocomplete":true}').wants_completion
    assert not parse_client('{"cmd":"lo","autocomplete":"0"}').wants_completion


@pytest.mark.parametrize("raw", ["{", '{"cmd":1}', '{"cid":"x"}', '{"cid":0}', '{"cmd":"a","cid":-1}', b"\xff\xfe"])
def test_malformed_messages_say_what_is_wrong(raw: str | bytes) -> None:
    with pytest.raises(WireError) as caught:
        parse_client(raw)
    assert caught.value.code == "bad_message"
    assert "Send" in str(caught.value) or "counts" in str(caught.value)


@given(st.one_of(st.text(), st.binary(), st.text().map(lambda text: "{" + text)))
def test_nothing_a_client_sends_raises_anything_else(raw: str | bytes) -> None:
    with suppress(WireError):
        assert parse_client(raw).cmd is None or isinstance(parse_client(raw).cmd, str)


def test_no_query_is_a_llamatale_page() -> None:
    assert not parse_attach({}, None).modern
    assert parse_attach({"cap": "runs"}, None).caps == ("runs",)


def test_last_event_id_wins_over_after() -> None:
    query = parse_attach({"epoch": "old", "after": "3"}, "new.e.7")
    assert (query.epoch, query.after) == ("new.e", 7)
    assert parse_attach({"epoch": "old", "after": "3"}, "junk").after == 3
    assert parse_attach({"after": "minus"}, None).after is None
