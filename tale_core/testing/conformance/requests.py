"""Requests that are no stream: the core's answers, carried byte for byte, whatever HTTP allows around them."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from tale_core.serving.transport import BODY_LIMIT, EVENTSOURCE, WEBSOCKET, Peer
from tale_core.testing.client import Browser, Refused, Stream
from tale_core.testing.conformance.suite import Suite
from tale_core.testing.playing import read_text, words
from tale_core.testing.raw import Body, read_head, read_reply, request
from tale_core.testing.stage import Stage

HOP = {"date", "server", "connection", "keep-alive", "content-length", "transfer-encoding"}
"""Headers that are the transport's own."""

FORM = "application/x-www-form-urlencoded"

ASKED = [
    ("GET", "/"),
    ("GET", "/tale"),
    ("GET", "/tale/"),
    ("GET", "/tale/start"),
    ("GET", "/tale/story"),
    ("GET", "/tale/quit"),
    ("GET", "/tale/health"),
    ("GET", "/tale/saves"),
    ("GET", "/tale/metrics"),
    ("GET", "/tale/nothing"),
    ("GET", "/elsewhere"),
    ("GET", "/tale//start"),
    ("GET", "/tale/health?token="),
    ("GET", "/tale/tabcomplete?prefix=e"),
    ("GET", "/tale/static/css/nothing.css"),
    ("GET", "/tale/static/js/protocol.js"),
    ("GET", "/tale/static/../__init__.py"),
    ("GET", "/tale/static/%2e%2e/__init__.py"),
    ("GET", "/tale/static/%C3%A9t%C3%A9"),
    ("HEAD", "/tale/"),
    ("HEAD", "/tale/nothing"),
    ("DELETE", "/tale/quit"),
    ("PUT", "/tale/input"),
    ("PATCH", "/tale/"),
    ("OPTIONS", "/tale/input"),
    ("POST", "/tale/"),
    ("POST", "/tale/input"),
]


class Requests(Suite):
    """Try every endpoint, and the ways in which a request may come."""

    @pytest.mark.parametrize(("method", "target"), ASKED, ids=[" ".join(each) for each in ASKED])
    def test_the_core_answers_and_nobody_else(self, stage: Stage, browser: Browser, method: str, target: str) -> None:
        """Status, headers and body are the core's; a transport adds only what belongs to the connection."""
        reply = browser.request(method, target, Accept="text/html")
        path, _, query = target.partition("?")
        headers = {name.lower(): value for name, value in browser.headers.items()} | {"accept": "text/html"}
        peer = Peer(address=("127.0.0.1", 1), headers=headers)
        own = stage.host.http(peer, method, unquote(path), query, headers, b"")
        assert (reply.status, reply.body) == (own.status, own.body)
        expected = {name.lower(): value for name, value in own.headers}
        assert {name: value for name, value in reply.headers.items() if name not in HOP} == expected
        if method != "HEAD":
            assert int(reply.headers.get("content-length", len(own.body))) == len(own.body)

    def test_a_strange_method_is_refused(self, browser: Browser) -> None:
        """It is the server's or the core's to say so."""
        assert browser.request("BREW", "/tale/").status in (400, 404, 405, 501)

    def test_headers_of_any_case_and_twice_reach_the_core(self, browser: Browser) -> None:
        """A name that comes twice has its values joined, so that two hosts are none."""
        host, cookie = browser.headers["Host"], browser.headers["Cookie"]
        shouted = f"GET /tale/story HTTP/1.1\r\nHOST: {host}\r\ncOOKIE: {cookie}\r\nConnection: close\r\n\r\n"
        assert browser.exchange(shouted.encode()).status == 200
        twice = f"GET /tale/story HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nCookie: {cookie}\r\n\r\n"
        assert browser.exchange(twice.encode()).status in (400, 403)

    @pytest.mark.parametrize("size", [1, 7, 100_000])
    def test_a_body_may_come_in_chunks(self, browser: Browser, size: int) -> None:
        """A proxy may send it so, whatever the page did."""
        body = b'{"cmd": "echo chunks"}'
        parts = (body[start : start + size] for start in range(0, len(body), size))
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        headers = {"Transfer-Encoding": "chunked", "Content-Type": "application/json"}
        with begun(browser) as stream:
            reply = browser.exchange(request("POST", "/tale/input", browser.headers | headers, chunks))
            if reply.status != 411:  # which asks for a length
                assert (reply.status, json.loads(reply.body)) == (202, {"cid": None, "dup": False})
                assert words(read_text(stream)) == ["chunks"]

    def test_a_body_may_come_late(self, browser: Browser) -> None:
        """What comes in a later packet still belongs to the request."""
        raw = request("POST", "/tale/input", browser.headers | {"Content-Type": FORM}, b"cmd=echo+late")
        with begun(browser) as stream:
            line = browser.connect()
            for start in range(0, len(raw), 40):
                line.send(raw[start : start + 40])
            reply = read_reply(line)
            assert (reply.status, reply.body) == (200, b"")
            assert words(read_text(stream)) == ["late"]
            line.close()

    @pytest.mark.parametrize("size", [BODY_LIMIT, BODY_LIMIT + 1, 300_000])
    def test_a_body_beyond_the_limit_is_refused(self, browser: Browser, size: int) -> None:
        """The answer comes although nobody wants to read all of it."""
        reply = browser.request("POST", "/tale/input", b"x" * size, Content_Type="text/plain")
        assert reply.status == (415 if size == BODY_LIMIT else 413)

    def test_a_claim_of_a_huge_body_costs_nothing(self, browser: Browser) -> None:
        """Nobody makes room for what a client merely announces."""
        headers = browser.headers | {"Content-Length": str(1 << 40), "Content-Type": FORM}
        line = browser.connect()
        line.send(request("POST", "/tale/input", headers, b"x" * (BODY_LIMIT + 100)))
        line.cut()
        assert browser.get("/tale/health").status == 200

    @pytest.mark.parametrize("length", ["-1", "abc", "1, 2", "+5", "0x10"])
    def test_a_length_that_is_none_is_refused(self, browser: Browser, length: str) -> None:
        """A proxy that reads it in another way could be made to smuggle a request in."""
        headers = browser.headers | {"Content-Length": length, "Content-Type": FORM, "Connection": "close"}
        with begun(browser):
            line = browser.connect()
            line.send(request("POST", "/tale/input", headers, b"cmd=a"))
            answer = line.rest()
            assert not answer or answer.partition(b" ")[2].startswith((b"400", b"411", b"413"))
            line.close()

    def test_two_requests_on_one_connection_have_their_own_answers(self, browser: Browser) -> None:
        """Or the first answer says that there will be no second."""
        line = browser.connect()
        line.send(request("GET", "/tale/health", browser.headers) + request("GET", "/tale/nothing", browser.headers))
        first = read_head(line)
        assert (first.status, Body(line, first).rest()) == (200, b'{"status":"ok"}')
        if first.headers.get("connection", "").lower() == "close":
            assert line.rest() == b""
        else:
            assert read_reply(line).status == 404
        line.close()

    def test_http_1_0_is_understood(self, browser: Browser) -> None:
        """Old proxies and simple health checks speak it."""
        line = browser.connect()
        line.send(f"GET /tale/health HTTP/1.0\r\nHost: {browser.headers['Host']}\r\n\r\n".encode())
        reply = read_reply(line)
        assert (reply.status, reply.body) == (200, b'{"status":"ok"}')
        assert line.rest() == b"", "a client of HTTP/1.0 waits for the connection's end"
        line.close()

    def test_a_client_that_waits_to_be_told_to_go_on_is_answered(self, browser: Browser) -> None:
        """``Expect: 100-continue`` is what curl sends before a larger body."""
        body = b"cmd=echo+on"
        headers = browser.headers | {"Expect": "100-continue", "Content-Length": str(len(body)), "Content-Type": FORM}
        with begun(browser) as stream:
            line = browser.connect()
            line.send(request("POST", "/tale/input", headers))
            assert line.until(b"\r\n\r\n").startswith(b"HTTP/1.1 100")
            line.send(body)
            assert read_reply(line).status == 200
            assert words(read_text(stream)) == ["on"]
            line.close()

    @pytest.mark.parametrize(
        "raw", [b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"]
    )
    def test_what_is_no_http_harms_nothing(self, browser: Browser, raw: bytes) -> None:
        """Neither noise nor a TLS handshake on a plain port."""
        line = browser.connect()
        line.send(raw)
        line.cut()
        assert browser.get("/tale/health").status == 200


def begun(browser: Browser) -> Stream:
    """Return a stream of a game that has begun, on a wire that is there."""
    try:
        stream = browser.open(EVENTSOURCE)
    except Refused:
        stream = browser.open(WEBSOCKET)
    read_text(stream)
    return stream
