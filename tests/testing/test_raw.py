"""HTTP read strictly, in whatever pieces it comes."""

from __future__ import annotations

import pytest

from tale_core.testing.raw import Body, Head, Malformed, read_head, read_reply, request

from .test_frames import Pieces

EVERY = (1, 3, 10_000)


@pytest.mark.parametrize("size", EVERY)
@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHelloHTTP", b"Hello"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nHel\r\n2\r\nlo\r\n0\r\n\r\nHTTP", b"Hello"),
        (b"HTTP/1.1 200 OK\r\n\r\nHello", b"Hello"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nContent-Length: 1\r\n\r\n!", b"!"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    ],
)
def test_a_body_ends_where_it_says(raw, body, size) -> None:
    assert read_reply(Pieces(raw, size)).body == body


def test_repeated_headers_are_joined_and_names_lowered() -> None:
    head = read_head(Pieces(b"HTTP/1.1 404 Gone Away\r\nX-One: 1\r\nx-one:  2 \r\n\r\n"))
    assert head == Head(404, {"x-one": "1, 2"})


@pytest.mark.parametrize(
    "raw",
    [
        b"ICY 200 OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nSpace : 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n!",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n!",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nten\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
    ],
)
def test_what_http_does_not_allow_is_told(raw) -> None:
    with pytest.raises(Malformed):
        read_reply(Pieces(raw))


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHell",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
    ],
)
def test_a_body_that_does_not_come_whole_is_an_end(raw) -> None:
    with pytest.raises(EOFError):
        read_reply(Pieces(raw))


def test_what_was_taken_is_counted() -> None:
    line = Pieces(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello", 100)
    head = read_head(line)
    assert line.taken == 38
    assert Body(line, head).exactly(2) == b"He"


def test_a_request_with_a_body_has_its_length() -> None:
    assert request("POST", "/", {"Host": "h"}, b"abc") == b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
    assert b"Length" not in request("POST", "/", {"Transfer-Encoding": "chunked"}, b"0\r\n\r\n")
