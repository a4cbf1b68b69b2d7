"""What slow, silent and malformed clients are allowed: raw sockets against servers whose deadline is short."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from tale_core.serving.transport import EVENTSOURCE, ROOM, WEBSOCKET
from tale_core.testing.client import Browser
from tale_core.testing.frames import CLOSE, CONTINUATION, HANDSHAKE, PING, PONG, TEXT, Frame, close, pack, unpack
from tale_core.testing.raw import Line, read_head, read_reply, request

from .conftest import UNLIMITED, Stage, run, spec_of
from .test_streams import play, read_text, words

PLUGINS = ["fastapi", "flask"]
SHORT = 0.6


@pytest.fixture(params=PLUGINS)
def plugin(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    spec_of(name)
    return name


@pytest.fixture
def hasty(plugin: str, tmp_path: Path) -> Iterator[Stage]:
    stage = run(spec_of(plugin), tmp_path, WEBSOCKET, UNLIMITED, deadline=SHORT)
    yield stage
    stage.stop()


def upgraded(stage: Stage) -> Line:
    """Return a visitor's line that has become a WebSocket."""
    return upgraded_by(stage.browser())


def upgraded_by(browser: Browser) -> Line:
    """Return a line that has become a WebSocket."""
    line = Line(browser.address)
    line.send(request("GET", f"{browser.prefix}/tale/ws?cap=runs", {**browser.headers, **HANDSHAKE}))
    assert read_head(line).status == 101
    return line


def code_of(line: Line) -> int:
    """Return the code of the close frame with which a WebSocket ends."""
    while (frame := unpack(line)).opcode != CLOSE:
        pass
    return int.from_bytes(frame.payload[:2], "big")


@pytest.mark.parametrize("begun", [b"", b"GET /tale/ HTTP/1.1\r\nHost: x"], ids=["silent", "half a head"])
def test_a_head_has_its_deadline(hasty: Stage, begun: bytes) -> None:
    with closing(Line(hasty.address)) as line:
        line.send(begun)
        assert line.rest() == b""


def test_a_head_may_not_drip(hasty: Stage) -> None:
    begin = time.monotonic()
    with closing(Line(hasty.address)) as line:
        line.send(b"GET /tale/ HTTP/1.1\r\n")
        with suppress(ConnectionError):
            while time.monotonic() - begin < 20 * SHORT:
                line.send(b"X: y\r\n")
                hasty.thread.join(SHORT / 10)
    assert time.monotonic() - begin < 10 * SHORT


@pytest.mark.parametrize("coding", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_a_body_has_its_deadline(hasty: Stage, coding: str) -> None:
    name, _, value = coding.partition(": ")
    headers = {**hasty.browser().headers, "Content-Type": "application/json", name: value}
    with closing(Line(hasty.address)) as line:
        line.send(request("POST", "/tale/input", headers) + b"1\r\n ")
        reply = read_reply(line)
        assert (reply.status, reply.body) == (408, b"The request did not arrive whole.")
        assert line.rest() == b""


def test_a_body_that_is_announced_too_long_is_told_so_though_it_never_comes(hasty: Stage) -> None:
    headers = {**hasty.browser().headers, "Content-Type": "application/json", "Content-Length": "99999999"}
    with closing(Line(hasty.address)) as line:
        line.send(request("POST", "/tale/input", headers) + b"x" * 70_000)
        assert read_reply(line).status == 413


def test_a_tls_handshake_has_its_deadline(plugin: str, tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    stage = run(spec_of(plugin), tmp_path, WEBSOCKET, UNLIMITED, ssl_cert=cert, ssl_key=key, deadline=SHORT)
    try:
        for begun in (b"", b"\x16\x03\x01\x02\x00\x01"):
            with closing(Line(stage.address)) as line:
                line.send(begun)
                line.rest()  # ends, perhaps with an alert
    finally:
        stage.stop()


def test_tls_is_new_enough_and_speaks_http_1(plugin: str, tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    stage = run(spec_of(plugin), tmp_path, WEBSOCKET, UNLIMITED, ssl_cert=cert, ssl_key=key)
    try:
        context = ssl.create_default_context(cafile=str(cert))
        context.set_alpn_protocols(["h2", "http/1.1"])
        with closing(Line(stage.address, context)) as line:
            assert isinstance(line.socket, ssl.SSLSocket)
            assert line.socket.selected_alpn_protocol() == "http/1.1"
            assert line.socket.version() in ("TLSv1.2", "TLSv1.3")
        old = ssl.create_default_context(cafile=str(cert))
        old.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, ConnectionError)):
            Line(stage.address, old)
    finally:
        stage.stop()


def test_connections_beyond_the_cap_are_refused_and_the_others_live_on(plugin: str, tmp_path: Path) -> None:
    stage = run(spec_of(plugin), tmp_path, WEBSOCKET, UNLIMITED, connections=2)
    try:
        with ExitStack() as stack:
            player = stack.enter_context(stage.browser().open(WEBSOCKET))
            assert words(read_text(player)) == ["Welcome."]
            lines = [stack.enter_context(closing(Line(stage.address))) for _ in range(ROOM + 20)]
            reply = read_reply(lines[-1])
            assert (reply.status, reply.headers["retry-after"]) == (503, "5")
            assert play(player, "echo still here", 1) == ["still here"]
        with stage.browser().open(WEBSOCKET) as player:
            assert words(read_text(player)) == ["Welcome."]
    finally:
        stage.stop()


MALFORMED = {
    "a frame that is not masked": ([pack(Frame(TEXT, b"look"), mask=None)], 1002),
    "reserved bits": ([pack(Frame(TEXT, b"look", rsv=4))], 1002),
    "an unknown kind": ([pack(Frame(3, b"look"))], 1002),
    "text that is not UTF-8": ([pack(Frame(TEXT, b"\xff\xfe"))], 1007),
    "a ping that is too long": ([pack(Frame(PING, b"x" * 126))], 1002),
    "a ping in pieces": ([pack(Frame(PING, b"x", fin=False))], 1002),
    "a message within another": ([pack(Frame(TEXT, b"a", fin=False)), pack(Frame(TEXT, b"b"))], 1002),
    "more of nothing": ([pack(Frame(CONTINUATION, b"x"))], 1002),
    "a close code of one byte": ([pack(Frame(CLOSE, b"\x03"))], 1002),
    "a close code that none may send": ([pack(close(1005))], 1002),
    "a good end": ([pack(close(1000))], 1000),
    "a message that grows and grows": (
        [pack(Frame(TEXT, b"a" * 30_000, fin=False)), *[pack(Frame(CONTINUATION, b"a" * 30_000, fin=False))] * 2],
        1009,
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_frames_that_break_the_protocol_are_answered_by_a_code_that_arrives(hasty: Stage, name: str) -> None:
    sent, code = MALFORMED[name]
    for _ in range(10):
        with closing(upgraded(hasty)) as line:
            line.send(b"".join(sent))
            assert code_of(line) == code
    assert hasty.browser().get("/tale/health").status == 200


def test_pings_are_answered_within_a_message(hasty: Stage) -> None:
    command = json.dumps({"cmd": "echo whole", "cid": 1}).encode()
    with closing(upgraded(hasty)) as line:
        line.send(pack(Frame(TEXT, command[:5], fin=False)) + pack(Frame(PING, b"now")))
        while (frame := unpack(line)).opcode != PONG:
            pass
        assert frame.payload == b"now"
        line.send(pack(Frame(CONTINUATION, command[5:])))
        while b"whole" not in (frame := unpack(line)).payload:
            assert frame.opcode == TEXT


@pytest.mark.parametrize("wire", [WEBSOCKET, EVENTSOURCE])
def test_a_client_that_stops_reading_is_cut_and_its_session_kept(hasty: Stage, wire: str) -> None:
    browser, other = hasty.browser(), hasty.browser()
    begin = time.monotonic()
    with other.open(WEBSOCKET) as neighbour:
        read_text(neighbour)
        line = Line(hasty.address, window=4096)
        headers = {**browser.headers, **(HANDSHAKE if wire == WEBSOCKET else {})}
        path = "/tale/ws" if wire == WEBSOCKET else "/tale/eventsource"
        line.send(request("GET", path, headers))  # as a LlamaTale page, which acknowledges nothing
        assert read_head(line).status in (101, 200)
        assert line.some()
        cid = 0
        while hasty.host.gate.open_streams > 1:
            cid += 1
            assert browser.post("/tale/input", {"cmd": "big 200000", "cid": cid}).status in (202, 503)
            neighbour.send(cmd=f"echo {cid}", cid=cid, ack=cid)
            assert words(read_text(neighbour)) == [str(cid)]
            assert time.monotonic() - begin < 20 * SHORT
        line.close()
    with browser.open(wire, "cap=runs&after=0") as again:
        assert again.read()["cmd_ack"] > 0


def test_a_client_that_asks_much_and_reads_nothing_is_cut(hasty: Stage) -> None:
    asked = 400
    with closing(Line(hasty.address, window=4096)) as line:
        one = request("GET", "/tale/static/js/connection.js", hasty.browser().headers)
        with suppress(ConnectionError, TimeoutError):  # it is cut already
            line.send(one * asked)
        hasty.thread.join(4 * SHORT)
        assert line.rest().count(b"HTTP/1.1 200") < asked
