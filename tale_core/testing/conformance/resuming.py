"""Resuming: a connection that breaks at any byte, of what is read or of what is sent, costs nothing but itself."""

from __future__ import annotations

import json

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.transport import WEBSOCKET
from tale_core.testing import frames
from tale_core.testing.client import Browser, SocketStream
from tale_core.testing.conformance.suite import Suite
from tale_core.testing.frames import Frame
from tale_core.testing.playing import play, read_text, read_until, words
from tale_core.testing.raw import request
from tale_core.testing.stage import Stage


class Resuming(Suite):
    """Break connections."""

    def test_a_cut_at_any_byte_of_a_message_loses_and_doubles_nothing(self, browser: Browser, wire: str) -> None:
        """At each of the last bytes of what a reader gets, from within its greeting to the end of two messages."""
        self._cut_reading(browser, wire, most=900)

    @pytest.mark.slow
    def test_a_cut_at_any_byte_of_a_connection_loses_and_doubles_nothing(self, browser: Browser, wire: str) -> None:
        """At each byte that a server sends, from its first one on."""
        self._cut_reading(browser, wire, most=1 << 20)

    def _cut_reading(self, browser: Browser, wire: str, most: int) -> None:
        with browser.open(wire) as stream:
            epoch = stream.read()["epoch"]
            read_text(stream)
            for cid in (1, 2):
                play(stream, f"echo {cid}", cid)
        query = f"session=&epoch={epoch}&after=1"
        told = ["<p>1</p>", "<p>2</p>"]
        with browser.open(wire, query) as stream:
            assert [read_text(stream)["text"] for _ in told] == told
            assert stream.line.is_quiet()
            length = stream.line.received
        complete = 0
        for offset in range(max(1, length - most), length):
            texts: list[str] = []
            try:
                stream = browser.open(wire, query, cut_at=offset)
            except EOFError:
                continue  # within the answer's head
            try:
                assert stream.read()["recovered"]
                while True:
                    texts.append(read_text(stream)["text"])
            except EOFError:
                pass
            stream.cut()
            assert texts == told[: len(texts)]
            complete += len(texts)
        assert complete > 0
        with browser.open(wire, query) as stream:
            assert [read_text(stream)["text"] for _ in told] == told
            assert stream.line.is_quiet()

    def test_a_cut_within_a_command_runs_it_once_or_not_at_all(self, stage: Stage, browser: Browser, wire: str) -> None:
        """At each byte of what a client sends; it then sends again what was not acknowledged."""
        with browser.open(wire) as stream:
            epoch = stream.read()["epoch"]
            read_text(stream)
        offset = length = cid = 0
        while offset <= length:
            cid += 1
            command: dict[str, object] = {"cmd": f"echo {cid}", "cid": cid}
            with browser.open(wire, f"cap=runs&epoch={epoch}&after={cid}") as stream:
                assert stream.read()["cmd_ack"] == cid - 1
                if isinstance(stream, SocketStream):
                    raw, line = frames.pack(Frame(frames.TEXT, json.dumps(command).encode())), stream.line
                else:
                    kind = {"Content-Type": "application/json"}
                    body = json.dumps(command).encode()
                    raw, line = request("POST", "/tale/input", browser.headers | kind, body), browser.connect()
                length = len(raw)
                line.send(raw[:offset])
                line.cut()
                if line is stream.line:
                    stream = browser.open(wire, f"cap=runs&epoch={epoch}&after={cid}")  # noqa: PLW2901
                    assert stream.read()["recovered"]
                stream.send(**command)
                message = read_text(stream)
                assert (message["seq"], words(message)) == (cid + 1, [str(cid)])
                stream.cut()
            offset += 1 if length - offset < 60 or wire == WEBSOCKET else 7
        assert stage.games[-1].lines == [f"echo {n}" for n in range(1, cid + 1)]

    def test_a_cut_within_a_big_message_is_made_good(self, browser: Browser, wire: str) -> None:
        """The server is in the middle of a write when its client goes."""
        with browser.open(wire) as stream:
            epoch = stream.read()["epoch"]
            read_text(stream)
            assert play(stream, "big 900000", 1) == ["x" * 900_000]
        query = f"cap=runs&epoch={epoch}&after=1"
        for cut_at in range(50_000, 900_000, 50_000):
            stream = browser.open(wire, query, cut_at=cut_at, window=8192)
            with pytest.raises(EOFError):
                read_text(stream)
            stream.cut()
        with browser.open(wire, query) as stream:
            assert words(read_text(stream)) == ["x" * 900_000]

    @pytest.mark.parametrize("how", ["cut", "close"])
    def test_commands_under_way_are_neither_lost_nor_doubled(self, browser: Browser, wire: str, how: str) -> None:
        """However the connection ends while they are."""
        seen: list[int] = []
        after, epoch, cid = 0, "", 0
        for _ in range(6):
            stream = browser.open(wire, f"epoch={epoch}&after={after}&cap=runs")
            connected = stream.read()
            assert connected["recovered"]
            epoch = connected["epoch"]
            for again in range(connected["cmd_ack"] + 1, cid + 1):  # what a broken connection swallowed
                stream.send(cmd=f"echo {again}", cid=again)
            for _ in range(3):
                cid += 1
                stream.send(cmd=f"echo {cid}", cid=cid)
            for _ in range(2):  # one answer at least is still under way when it breaks
                after = read_text(stream)["seq"]
                seen.append(after)
            getattr(stream, how)()
        with browser.open(wire, f"epoch={epoch}&after={after}&cap=runs") as stream:
            for again in range(stream.read()["cmd_ack"] + 1, cid + 1):
                stream.send(cmd=f"echo {again}", cid=again)
            while after < cid + 1:
                message = read_text(stream)
                after = message["seq"]
                seen.append(after)
                assert after == 1 or words(message) == [str(after - 1)]
        assert seen == list(range(1, cid + 2))

    @pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=1_000_000, outbox_messages=5)])
    def test_a_reader_from_too_far_back_gets_a_gap_and_a_redraw(self, browser: Browser, wire: str) -> None:
        """Never silent loss."""
        with browser.open(wire) as stream:
            epoch = stream.read()["epoch"]
            read_text(stream)
            for cid in range(1, 11):
                play(stream, f"echo {cid}", cid)
        with browser.open(wire, f"cap=runs&epoch={epoch}&after=2") as stream:
            assert not stream.read()["recovered"]
            gap = read_until(stream, "gap")
            assert (gap["from"], gap["to"]) == (3, 6)
            redrawn = read_text(stream)
            assert (redrawn["snapshot"], redrawn["special"], redrawn["seq"]) == (True, ["clear"], 11)

    def test_a_reader_with_a_foreign_cursor_gets_a_redraw(self, browser: Browser, wire: str) -> None:
        """Another epoch's numbers mean nothing in this one."""
        with browser.open(wire) as stream:
            read_text(stream)
            play(stream, "echo one", 1)
        with browser.open(wire, "cap=runs&epoch=elsewhere&after=1") as stream:
            assert not stream.read()["recovered"]
            assert read_text(stream)["snapshot"]

    def test_an_unknown_session_is_told_to_stop(self, browser: Browser, wire: str) -> None:
        """4504, or the 204 that ends an event stream's retrying."""
        if wire == WEBSOCKET:
            with browser.open(wire, "session=nobodys") as stream:
                with pytest.raises(EOFError):
                    stream.read()
                assert stream.code == 4504
        else:
            assert browser.get("/tale/eventsource?session=nobodys").status == 204
