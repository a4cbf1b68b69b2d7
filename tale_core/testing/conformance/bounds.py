"""Bounds: what slow, silent and too many clients are allowed, on servers whose deadline is short."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.transport import IO_DEADLINE, ROOM, TransportSpec
from tale_core.testing.client import Browser
from tale_core.testing.conformance.suite import Suite, needs_abort, needs_cap, needs_tls
from tale_core.testing.playing import play, read_text, words
from tale_core.testing.raw import Line, read_reply, request
from tale_core.testing.stage import UNLIMITED, Stage, running

SHORT = 0.6

HEADS = {"nothing": b"", "a word": b"GET", "half a head": b"GET /tale/ HTTP/1.1\r\nHost: x"}


class Bounds(Suite):
    """Be slow, or many."""

    @pytest.fixture
    def hasty(self, spec: TransportSpec, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
        """Serve with a short deadline."""
        with running(spec, tmp_path, settings, self.deadline, deadline=SHORT) as stage:
            yield stage

    def line(self, stage: Stage, window: int | None = None) -> Line:
        """Return a connection that waits somewhat longer than the longest deadline."""
        browser = Browser(stage.address, deadline=IO_DEADLINE + self.deadline)
        return browser.connect(window=window)

    @pytest.mark.parametrize("begun", HEADS)
    def test_a_head_has_its_deadline(self, hasty: Stage, begun: str) -> None:
        """Many such clients wait side by side, and hold up nobody."""
        lines = [self.line(hasty) for _ in range(5)]
        for line in lines:
            line.send(HEADS[begun])
        assert hasty.stranger().get("/tale/health").status == 200
        for line in lines:
            assert line.rest().startswith((b"", b"HTTP/1.1 400", b"HTTP/1.1 408"))
            line.close()

    @needs_abort
    def test_a_head_may_not_drip(self, hasty: Stage) -> None:
        """The deadline is for all of it."""
        began = time.monotonic()
        line = self.line(hasty)
        line.send(b"GET /tale/ HTTP/1.1\r\n")
        with suppress(ConnectionError):
            while time.monotonic() - began < 20 * SHORT:
                line.send(b"X: y\r\n")
                hasty.thread.join(SHORT / 10)
        line.close()
        assert time.monotonic() - began < 10 * SHORT

    def test_a_head_without_end_is_cut_off(self, hasty: Stage) -> None:
        """Beyond 16 KiB nobody reads on."""
        line = self.line(hasty)
        with suppress(ConnectionError):
            line.send(b"GET /tale/ HTTP/1.1\r\n" + b"X: xxxxxxxxxxxxxxxx\r\n" * 50_000)
        assert line.rest().startswith((b"", b"HTTP/1.1 400", b"HTTP/1.1 431"))
        line.close()
        assert hasty.stranger().get("/tale/health").status == 200

    @needs_abort
    @pytest.mark.parametrize("coding", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
    def test_a_body_has_its_deadline(self, hasty: Stage, coding: str) -> None:
        """What did not arrive whole is not taken."""
        name, _, value = coding.partition(": ")
        headers = {**hasty.browser().headers, "Content-Type": "application/json", name: value}
        line = self.line(hasty)
        line.send(request("POST", "/tale/input", headers) + b"1\r\n ")
        assert read_reply(line).status == 408
        assert line.rest() == b""
        line.close()

    @needs_abort
    def test_a_body_that_is_announced_too_long_is_told_so_though_it_never_comes(self, hasty: Stage) -> None:
        """More than the limit has come, which is enough to know."""
        headers = {**hasty.browser().headers, "Content-Type": "application/json", "Content-Length": "99999999"}
        line = self.line(hasty)
        line.send(request("POST", "/tale/input", headers) + b"x" * 70_000)
        assert read_reply(line).status == 413
        line.close()

    @needs_tls
    @pytest.mark.parametrize("begun", [b"", b"\x16\x03\x01\x02\x00\x01"], ids=["silent", "half a record"])
    def test_a_tls_handshake_has_its_deadline(
        self, spec: TransportSpec, tmp_path: Path, certificate: tuple[Path, Path], begun: bytes
    ) -> None:
        """It ends, perhaps with an alert."""
        cert, key = certificate
        with running(spec, tmp_path, UNLIMITED, self.deadline, ssl_cert=cert, ssl_key=key, deadline=SHORT) as stage:
            line = self.line(stage)
            line.send(begun)
            assert len(line.rest()) < 100
            line.close()

    @needs_cap
    def test_connections_beyond_the_cap_are_refused_and_the_others_live_on(
        self, spec: TransportSpec, tmp_path: Path, wire: str
    ) -> None:
        """``ServerConfig.connections``, and some room beside them for pages."""
        with running(spec, tmp_path, UNLIMITED, self.deadline, connections=2) as stage:
            visitor = stage.browser()
            with visitor.open(wire) as player:
                assert words(read_text(player)) == ["Welcome."]
                crowd = stage.stranger()
                reply = read_reply([crowd.connect() for _ in range(ROOM + 20)][-1])
                assert (reply.status, reply.headers["retry-after"]) == (503, "5")
                crowd.close()
                began = time.monotonic()
                while visitor.get("/tale/health").status == 503:  # until the server has seen them go
                    assert time.monotonic() - began < self.deadline
                player.line.deadline = self.deadline
                assert play(player, "echo still here", 1) == ["still here"]

    @needs_abort
    def test_a_reader_that_takes_nothing_is_cut_and_its_session_kept(self, hasty: Stage, wire: str) -> None:
        """While its neighbour plays on."""
        browser, other = hasty.browser(), hasty.browser()
        began = time.monotonic()
        with other.open(wire) as neighbour:
            read_text(neighbour)
            stalled = browser.open(wire, "", window=4096)
            stalled.read()
            hasty.wait_for_streams(2)
            cid = 0
            while hasty.host.open > 1:
                cid += 1
                browser.post("/tale/input", {"cmd": "big 200000"})
                neighbour.send(cmd=f"echo {cid}", cid=cid, ack=cid)
                assert words(read_text(neighbour)) == [str(cid)]
                assert time.monotonic() - began < IO_DEADLINE + self.deadline
        with browser.open(wire) as again:
            again.read()
            read_text(again)
            assert play(again, "echo kept", 1) == ["kept"]

    @needs_abort
    def test_a_client_that_asks_much_and_reads_nothing_is_cut(self, hasty: Stage) -> None:
        """Answers are written within the deadline, too."""
        asked = 400
        line = self.line(hasty, window=4096)
        one = request("GET", "/tale/static/js/connection.js", hasty.browser().headers)
        with suppress(ConnectionError, TimeoutError):  # it is cut already
            line.send(one * asked)
        hasty.thread.join(4 * SHORT)
        assert line.rest().count(b"HTTP/1.1 200") < asked
        line.close()
