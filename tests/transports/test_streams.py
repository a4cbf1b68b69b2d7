"""What both wires of every transport do with a stream."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET
from tale_core.testing.client import Browser, Message, SocketStream, Stream

from .conftest import Stage


def read_text(stream: Stream) -> Message:
    """Return the next ``text`` message."""
    while True:
        message = stream.read()
        if message["type"] == "text":
            return message


def read_to_the_end(stream: Stream) -> None:
    """Read until the stream ends."""
    with suppress(EOFError):
        while True:
            stream.read()


def words(message: Message) -> list[str]:
    blocks = [block for block in message["runs"] if block["kind"] != "input"]
    return ["".join(run["text"] for run in paragraph) for block in blocks for paragraph in block.get("text", ())]


def play(stream: Stream, line: str, cid: int) -> list[str]:
    stream.send(cmd=line, cid=cid)
    return words(read_text(stream))


def test_a_game_is_played(stage: Stage, browser: Browser) -> None:
    with browser.open(stage.wire) as stream:
        connected = stream.read()
        assert (connected["type"], connected["v"], connected["recovered"]) == ("connected", 1, True)
        assert words(read_text(stream)) == ["Welcome."]
        assert play(stream, "echo one", 1) == ["one"]
        assert play(stream, "echo zwei – dos – 三", 2) == ["zwei – dos – 三"]


def test_a_llamatale_client_plays(stage: Stage, browser: Browser) -> None:
    """It knows no query, no numbers and no acknowledgements."""
    with browser.open(stage.wire, query="") as stream:
        assert read_text(stream)["text"] == "<p>Welcome.</p>"
        if stage.wire == WEBSOCKET:
            stream.send(cmd="echo <hello>", autocomplete=0)
        else:
            form = {"Content_Type": "application/x-www-form-urlencoded"}
            reply = browser.request("POST", "/tale/input", b"cmd=echo+%3Chello%3E", **form)
            assert (reply.status, reply.body) == (200, b"")
        message = read_text(stream)
        assert message["text"] == "<p>&lt;hello&gt;</p>"
        assert (message["location"], message["npcs"], message["exits"]) == ("Stage", "prompter", "north")


def test_five_hundred_messages_come_in_order(stage: Stage, browser: Browser) -> None:
    with browser.open(stage.wire) as stream:
        read_text(stream)
        for cid in range(1, 501):
            stream.send(cmd=f"echo {cid}", cid=cid, ack=cid)
            if cid % 50 == 0:
                seen = [read_text(stream) for _ in range(50)]
                assert [message["seq"] for message in seen] == list(range(cid - 48, cid + 2))
                assert [words(message) for message in seen] == [[str(n)] for n in range(cid - 49, cid + 1)]


def test_a_big_message_comes_whole(stage: Stage, browser: Browser) -> None:
    with browser.open(stage.wire) as stream:
        read_text(stream)
        assert play(stream, "big 300000", 1) == ["x" * 300_000]


@pytest.mark.parametrize("how", ["cut", "close"])
def test_a_connection_that_breaks_resumes_without_loss_or_doubling(stage: Stage, browser: Browser, how: str) -> None:
    seen: list[int] = []
    after, epoch, cid = 0, "", 0
    for _ in range(6):
        stream = browser.open(stage.wire, f"epoch={epoch}&after={after}&cap=runs")
        connected = stream.read()
        assert connected["recovered"]
        epoch = connected["epoch"]
        for again in range(connected["cmd_ack"] + 1, cid + 1):  # what a broken connection swallowed
            stream.send(cmd=f"echo {again}", cid=again)
        for _ in range(3):
            cid += 1
            stream.send(cmd=f"echo {cid}", cid=cid)
        for _ in range(2):  # one answer at least is still under way when it breaks
            message = read_text(stream)
            seen.append(message["seq"])
            after = message["seq"]
        getattr(stream, how)()
    with browser.open(stage.wire, f"epoch={epoch}&after={after}&cap=runs") as stream:
        for again in range(stream.read()["cmd_ack"] + 1, cid + 1):
            stream.send(cmd=f"echo {again}", cid=again)
        while after < cid + 1:
            message = read_text(stream)
            seen.append(message["seq"])
            after = message["seq"]
            assert message["seq"] == 1 or words(message) == [str(message["seq"] - 1)]
    assert seen == list(range(1, cid + 2))


def test_a_session_hops_between_wires(stage: Stage, browser: Browser) -> None:
    if len(stage.server.addresses) and stage.wire == EVENTSOURCE and browser.get("/tale/ws").status == 404:
        wires = [EVENTSOURCE]
    else:
        wires = [WEBSOCKET, EVENTSOURCE]
    after, epoch = 0, ""
    for cid in range(1, 7):
        with browser.open(wires[cid % len(wires)], f"epoch={epoch}&after={after}&cap=runs") as stream:
            epoch = stream.read()["epoch"]
            if cid == 1:
                read_text(stream)
            assert play(stream, f"echo {cid}", cid) == [str(cid)]
            after = cid + 1


def test_a_repeated_command_runs_once(stage: Stage, browser: Browser) -> None:
    with browser.open(stage.wire) as stream:
        read_text(stream)
        for cid in (1, 1, 2, 1, 2, 3):
            stream.send(cmd=f"echo {cid}", cid=cid)
        assert [words(read_text(stream)) for _ in range(3)] == [["1"], ["2"], ["3"]]


def test_a_second_tab_takes_over(stage: Stage, browser: Browser) -> None:
    with browser.open(stage.wire) as first:
        read_text(first)
        with browser.open(stage.wire) as second:
            assert words(read_text(second)) == ["Welcome."]
            message = first.read()
            assert (message["type"], message["code"], message["reconnect"]) == ("bye", 4509, False)
            with pytest.raises(EOFError):
                first.read()
            assert first.code == 4509
            assert play(second, "echo still here", 1) == ["still here"]


def test_quitting_says_goodbye_and_stays_quit(stage: Stage, browser: Browser) -> None:
    with browser.open(stage.wire) as stream:
        session = stream.read()["session"]
        read_text(stream)
        assert play(stream, "quit", 1) == ["Goodbye."]
        while (message := stream.read())["type"] != "bye":
            pass
        assert message["code"] == 1000
        with pytest.raises(EOFError):
            stream.read()
    if stage.wire == EVENTSOURCE:
        assert browser.get(f"/tale/eventsource?session={session}").status == 204
    else:
        with browser.open(WEBSOCKET, f"session={session}") as again:
            with pytest.raises(EOFError):
                again.read()
            assert again.code == 4510


def test_the_end_of_the_server_is_told_to_every_stream(stage: Stage) -> None:
    browsers = [stage.browser() for _ in range(20)]
    streams = [browser.open(stage.wire) for browser in browsers]
    for stream in streams:
        read_text(stream)
    stage.stop()
    for stream in streams:
        message = stream.read()
        assert (message["type"], message["code"], message["reconnect"]) == ("bye", 1001, True)
        stream.close()


@pytest.mark.parametrize(
    ("raw", "code"),
    [('{"cmd": 5}', "bad_message"), ("{", "bad_message"), (b"\xff\xfe", "bad_message"), ('{"cid": 0}', "bad_message")],
)
def test_malformed_messages_are_told_and_harm_nothing(
    stage: Stage, browser: Browser, raw: str | bytes, code: str
) -> None:
    with browser.open(stage.wire) as stream:
        read_text(stream)
        if isinstance(stream, SocketStream):
            stream.send_raw(raw)
            assert stream.read()["code"] == code
        else:
            body = raw if isinstance(raw, bytes) else raw.encode()
            reply = browser.request("POST", "/tale/input", body, Content_Type="application/json")
            assert (reply.status, json.loads(reply.body)["error"]) == (400, code)
        assert play(stream, "echo fine", 1) == ["fine"]


def test_messages_that_are_too_big_are_refused_and_the_game_is_kept(stage: Stage, browser: Browser) -> None:
    for size, code in ((20_000, 4513), (100_000, 1009)):
        with browser.open(stage.wire) as stream:
            read_text(stream)
            if isinstance(stream, SocketStream):
                stream.send_raw("x" * size)
                read_to_the_end(stream)
                assert stream.code == code
            else:
                body = json.dumps({"cmd": "x" * size}).encode()
                assert browser.request("POST", "/tale/input", body, Content_Type="application/json").status == 413
    with browser.open(stage.wire) as stream:
        assert words(read_text(stream)) == ["Welcome."]
        assert play(stream, "echo kept", 1) == ["kept"]


@pytest.mark.parametrize("settings", [Settings(rate=0.001, burst=2)])
def test_a_flood_is_slowed(stage: Stage, browser: Browser) -> None:
    with browser.open(stage.wire) as stream:
        read_text(stream)
        if isinstance(stream, SocketStream):
            for n in range(8):
                stream.send(cmd=f"echo {n}")
            read_to_the_end(stream)
            assert stream.code == 4029
        else:
            replies = [browser.post("/tale/input", {"cmd": "echo"}) for _ in range(3)]
            assert [reply.status for reply in replies] == [202, 202, 429]
            assert replies[-1].headers["retry-after"] == "1"
