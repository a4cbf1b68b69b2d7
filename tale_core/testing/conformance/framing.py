"""Framing: what RFC 6455 allows is understood, what it forbids ends the connection, and codes arrive both ways."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.transport import WEBSOCKET
from tale_core.testing import frames
from tale_core.testing.client import Browser, SocketStream
from tale_core.testing.conformance.suite import Suite, websocket_only
from tale_core.testing.frames import Frame
from tale_core.testing.playing import play, read_text, read_to_the_end, words
from tale_core.testing.raw import read_head, request
from tale_core.testing.stage import Stage

COMMAND = b'{"cmd": "echo parts \xe4\xb8\x89"}'

FORBIDDEN = {
    "a reserved bit": (frames.pack(Frame(frames.TEXT, b"look", rsv=4)), 1002),
    "the second reserved bit": (frames.pack(Frame(frames.TEXT, b"look", rsv=2)), 1002),
    "the third reserved bit": (frames.pack(Frame(frames.TEXT, b"look", rsv=1)), 1002),
    "an unknown kind": (frames.pack(Frame(0x3, b"look")), 1002),
    "an unknown control": (frames.pack(Frame(0xB, b"look")), 1002),
    "no mask": (frames.pack(Frame(frames.TEXT, b"look"), mask=None), 1002),
    "a continuation of nothing": (frames.pack(Frame(frames.CONTINUATION, b"look")), 1002),
    "a beginning within a message": (
        frames.pack(Frame(frames.TEXT, b"look", fin=False)) + frames.pack(Frame(frames.TEXT, b"look")),
        1002,
    ),
    "a ping in parts": (frames.pack(Frame(frames.PING, b"p", fin=False)), 1002),
    "a long ping": (frames.pack(Frame(frames.PING, b"p" * 126)), 1002),
    "bad UTF-8": (frames.pack(Frame(frames.TEXT, b"\xc3\x28")), 1007),
    "UTF-8 that is cut off": (frames.pack(Frame(frames.TEXT, b"look \xe4\xb8")), 1007),
    "a surrogate": (frames.pack(Frame(frames.TEXT, b"\xed\xa0\x80")), 1007),
    "a close frame of one byte": (frames.pack(Frame(frames.CLOSE, b"\x03")), 1002),
    "a close code that is never sent": (frames.pack(frames.close(1005)), 1002),
    "a close code below all": (frames.pack(frames.close(999)), 1002),
    "a close reason that is no UTF-8": (frames.pack(frames.close(1000, b"\xff")), 1007),
}

BEYOND = {
    "more than the core takes": (frames.pack(Frame(frames.TEXT, b"x" * 20_000)), 4513),
    "more than a server reads": (frames.pack(Frame(frames.TEXT, b"x" * 100_000)), 1009),
    "more than a server reads, in parts": (
        frames.pack(Frame(frames.TEXT, b"x" * 9_000, fin=False))
        + frames.pack(Frame(frames.CONTINUATION, b"x" * 9_000, fin=False)) * 10,
        1009,
    ),
    "a claim of terabytes": (frames.pack(Frame(frames.TEXT, b"x" * 100_000), length=1 << 42), 1009),
}


class Framing(Suite):
    """Speak WebSocket in every way."""

    def opened(self, browser: Browser) -> SocketStream:
        """Return a stream that has been greeted."""
        stream = browser.open(WEBSOCKET)
        assert isinstance(stream, SocketStream)
        read_text(stream)
        return stream

    @websocket_only
    @pytest.mark.parametrize("sizes", [[1], [0, 1, 0], [5, 1000], [25, 1, 0]], ids=str)
    def test_a_message_in_parts_is_put_together(self, browser: Browser, sizes: list[int]) -> None:
        """Wherever it is parted, within a character too, and with controls between the parts."""
        with self.opened(browser) as stream:
            parts, rest, n = [], COMMAND, 0
            while rest or n < len(sizes):
                size = sizes[min(n, len(sizes) - 1)] or (0 if n < len(sizes) else 1)
                parts.append(rest[:size])
                rest, n = rest[size:], n + 1
            kinds = [frames.TEXT] + [frames.CONTINUATION] * (len(parts) - 1)
            for n, (kind, part) in enumerate(zip(kinds, parts, strict=True), 1):
                stream.send_frames(
                    [Frame(kind, part, fin=n == len(parts)), Frame(frames.PING, b"%d" % n)][: 1 + (n < 9)]
                )
            assert words(read_text(stream)) == ["parts 三"]
            assert play(stream, "echo whole", 1) == ["whole"]
            assert stream.pongs == [b"%d" % n for n in range(1, min(len(parts), 8) + 1)]

    @websocket_only
    def test_a_binary_message_is_read_as_text(self, browser: Browser) -> None:
        """The core decides what it is."""
        with self.opened(browser) as stream:
            stream.send_raw(COMMAND)
            assert words(read_text(stream)) == ["parts 三"]

    @websocket_only
    def test_frames_that_come_glued_or_byte_by_byte_are_the_same(self, browser: Browser) -> None:
        """TCP keeps no boundaries."""
        with self.opened(browser) as stream:
            raw = b"".join(frames.pack(Frame(frames.TEXT, b"echo %d" % n)) for n in range(5))
            stream.line.send(raw)
            for start in range(len(raw)):
                stream.line.send(raw[start : start + 1])
            assert [words(read_text(stream)) for _ in range(10)] == [[str(n)] for n in range(5)] * 2

    @websocket_only
    @pytest.mark.parametrize("payload", [b"", b"p", b"\x00\xff" * 62])
    def test_a_ping_is_answered_with_what_it_holds(self, browser: Browser, payload: bytes) -> None:
        """A pong that nobody asked for is passed over."""
        with self.opened(browser) as stream:
            stream.send_frames([Frame(frames.PONG, b"unasked"), Frame(frames.PING, payload)])
            assert stream.read_frame() == Frame(frames.PONG, payload)
            assert play(stream, "echo on", 1) == ["on"]

    @websocket_only
    @pytest.mark.parametrize("how", FORBIDDEN)
    def test_what_is_forbidden_ends_the_connection(self, browser: Browser, how: str) -> None:
        """With the standard's code for it; the session goes on."""
        raw, code = FORBIDDEN[how]
        self._ends(browser, raw, code)

    @websocket_only
    @pytest.mark.parametrize("how", BEYOND)
    def test_what_is_too_big_ends_the_connection(self, browser: Browser, how: str) -> None:
        """With a code that says so; the session goes on."""
        raw, code = BEYOND[how]
        self._ends(browser, raw, code)

    def _ends(self, browser: Browser, raw: bytes, code: int) -> None:
        for _ in range(5):  # a code that is lost is lost only sometimes
            stream = self.opened(browser)
            with suppress(ConnectionError):  # it may have heard enough before the end
                stream.line.send(raw)
            read_to_the_end(stream)
            assert stream.code == code
            stream.line.close()
        with browser.open(WEBSOCKET) as again:
            read_text(again)
            assert play(again, "echo kept", 1) == ["kept"]

    @websocket_only
    def test_compression_is_not_agreed_to(self, browser: Browser) -> None:
        """It would cost every connection its memory, and open the door to bombs."""
        offer = "permessage-deflate; client_max_window_bits"
        with browser.open(WEBSOCKET, Sec_WebSocket_Extensions=offer) as stream:
            assert "sec-websocket-extensions" not in stream.head.headers
            read_text(stream)
            assert play(stream, "echo plain", 1) == ["plain"]

    @websocket_only
    @pytest.mark.parametrize("code", [1000, 1001, 3000, 4999, None])
    def test_a_client_that_closes_is_answered(self, browser: Browser, code: int | None) -> None:
        """By a close frame with the same code, or 1000, and by nothing after it: no HTTP answer either."""
        for _ in range(5):
            stream = self.opened(browser)
            heard = stream.say_goodbye(code, b"" if code is None else "tschüß".encode())
            assert heard in (code, 1000, *((1005,) if code is None else ()))
            stream.line.close()

    @websocket_only
    def test_nothing_is_heard_after_a_close_frame(self, stage: Stage, browser: Browser) -> None:
        """A command that comes behind it is not run."""
        stream = self.opened(browser)
        with suppress(ConnectionError):
            stream.line.send(frames.pack(frames.close(1000)) + frames.pack(Frame(frames.TEXT, b"echo late")))
        read_to_the_end(stream)
        stream.line.close()
        assert stage.games[-1].lines == []

    @websocket_only
    @pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=1_000_000, ping_websocket=0.1)])
    def test_a_code_reaches_a_client_that_is_typing(self, browser: Browser) -> None:
        """What it has still sent must not reset the connection before it has read why."""
        stream = self.opened(browser)
        while stream.code is None:
            with suppress(OSError):
                stream.send_frames([Frame(frames.TEXT, b'{"autocomplete": 0}')] * 3 + [Frame(frames.PING)])
            try:
                if stream.read()["type"] == "bye":
                    break
                browser.post("/tale/quit", {})
            except EOFError:
                break
        read_to_the_end(stream)
        assert stream.code == 1000
        stream.line.close()


class Handshakes(Suite):
    """Ask for a WebSocket in the wrong way."""

    WRONG: tuple[tuple[str, str | None], ...] = (
        ("Upgrade", None),
        ("Upgrade", "h2c"),
        ("Connection", "close"),
        ("Sec-WebSocket-Version", "8"),
        ("Sec-WebSocket-Version", None),
        ("Sec-WebSocket-Key", None),
        ("Sec-WebSocket-Key", "short"),
    )

    @websocket_only
    @pytest.mark.parametrize(("name", "value"), WRONG)
    def test_a_handshake_that_is_none_is_refused(self, browser: Browser, name: str, value: str | None) -> None:
        """By HTTP, and without a game begun for it."""
        headers = {**browser.headers, **frames.HANDSHAKE}
        headers.pop(name)
        if value is not None:
            headers[name] = value
        line = browser.connect()
        line.send(request("GET", "/tale/ws", headers))
        assert read_head(line).status in (400, 404, 405, 426)

    @websocket_only
    def test_a_handshake_by_post_is_refused(self, browser: Browser) -> None:
        """It is a GET."""
        headers = {**browser.headers, **frames.HANDSHAKE, "Content-Length": "0"}
        assert browser.exchange(request("POST", "/tale/ws", headers)).status in (400, 404, 405, 426)

    @websocket_only
    def test_a_handshake_elsewhere_is_answered_as_a_page_is(self, browser: Browser) -> None:
        """There are no WebSockets but one."""
        headers = {**browser.headers, **frames.HANDSHAKE}
        assert browser.exchange(request("GET", "/tale/elsewhere", headers)).status in (400, 403, 404)
