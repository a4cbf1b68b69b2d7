"""Flow: readers that stall, flood or crawl harm nobody but themselves."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.transport import TransportSpec
from tale_core.testing import frames
from tale_core.testing.client import Browser, SocketStream, Stream
from tale_core.testing.conformance.suite import Suite, websocket_only
from tale_core.testing.frames import Frame
from tale_core.testing.playing import play, read_text, read_to_the_end, read_until, words
from tale_core.testing.stage import Stage, running

PINGING = Settings(rate=1e9, burst=1_000_000, ping_websocket=0.2, ping_eventsource=0.2)
IMPATIENT = Settings(rate=1e9, burst=1_000_000, inflight_messages=4, slow_reader=0.3)


class Flow(Suite):
    """Be a difficult reader."""

    def stall(self, browser: Browser, wire: str, megabytes: int = 12) -> Stream:
        """Open a stream, have more said on it than fits into all buffers, and read nothing of it."""
        stream = browser.open(wire, "", window=4096)
        stream.read()  # the game has begun, so that it can be typed to
        for _ in range(megabytes * 2):
            assert browser.post("/tale/input", {"cmd": "big 500000"}).status == 202
        return stream

    def test_a_reader_that_stalls_holds_up_nobody_else(self, stage: Stage, browser: Browser, wire: str) -> None:
        """And gets what it missed, or a redraw, when it reads on."""
        with self.stall(browser, wire) as stalled, stage.browser().open(wire) as other:
            read_text(other)
            for cid in range(1, 21):
                assert play(other, f"echo {cid}", cid) == [str(cid)]
            browser.post("/tale/input", {"cmd": "echo at last"})
            text, last = "", 0
            while text != "<p>at last</p>":
                message = read_text(stalled)
                assert message["seq"] > last or message.get("snapshot")
                text, last = message["text"], message["seq"]
                if message.get("snapshot"):
                    text = text[-len("<p>at last</p>") :]

    def test_stopping_does_not_wait_for_a_reader_that_stalls(
        self, spec: TransportSpec, tmp_path: Path, wire: str
    ) -> None:
        """Three seconds are what ``stop`` has."""
        with running(spec, tmp_path, patience=self.deadline) as stage, self.stall(stage.browser(), wire):
            assert stage.stop() < 3.5

    def test_a_reader_of_one_byte_at_a_time_gets_everything(self, stage: Stage, browser: Browser, wire: str) -> None:
        """While another one plays: its pace is the other's."""
        crawling = browser.open(wire, window=16_384)
        read_text(crawling)
        crawling.send(cmd="big 100000", cid=1)
        crawled = bytearray()
        with stage.browser().open(wire) as other:
            read_text(other)
            for cid in range(1, 101):
                crawled += crawling.source.exactly(1)
                assert play(other, f"echo {cid}", cid) == [str(cid)]
        while b"x" * 100_000 not in crawled:
            crawled += crawling.source.upto(1000)
        crawling.cut()

    @pytest.mark.parametrize("settings", [IMPATIENT])
    def test_a_reader_that_acknowledges_nothing_is_sent_away(self, browser: Browser, wire: str) -> None:
        """4008, and all that it has not shown is there when it comes back."""
        with browser.open(wire) as stream:
            epoch = stream.read()["epoch"]
            for cid in range(1, 8):
                stream.send(cmd=f"echo {cid}", cid=cid)
            seen = [words(read_text(stream)) for _ in range(4)]
            assert seen == [["Welcome."], ["1"], ["2"], ["3"]]
            assert read_to_the_end(stream)[-1] | {"reason": ""} == {
                "type": "bye",
                "code": 4008,
                "reason": "",
                "reconnect": True,
                "after_ms": 0,
            }
            assert stream.code == 4008
        with browser.open(wire, f"cap=runs&epoch={epoch}&after=4") as stream:
            assert [words(read_text(stream)) for _ in range(4)] == [["4"], ["5"], ["6"], ["7"]]

    @pytest.mark.parametrize("settings", [PINGING])
    def test_pings_come_in_silence_and_answers_keep_the_stream(self, browser: Browser, wire: str) -> None:
        """Without a wake: the pump keeps the attachment's deadlines."""
        with browser.open(wire) as stream:
            read_text(stream)
            for _ in range(5):
                stream.send(pong=read_until(stream, "ping")["t"])
            assert play(stream, "echo alive", 1) == ["alive"]

    @pytest.mark.parametrize("settings", [PINGING])
    def test_who_answers_no_ping_is_sent_away(self, browser: Browser, wire: str) -> None:
        """4009, after two pings."""
        with browser.open(wire) as stream:
            read_text(stream)
            assert read_to_the_end(stream)[-1]["code"] == 4009
            assert stream.code == 4009

    @websocket_only
    def test_pings_during_big_messages_are_answered_between_them(self, browser: Browser, wire: str) -> None:
        """No pong lands within another frame."""
        with browser.open(wire) as stream:
            assert isinstance(stream, SocketStream)
            read_text(stream)
            for cid in range(1, 9):
                stream.send(cmd="big 200000", cid=cid, ack=cid)
                stream.send_frames(Frame(frames.PING, b"%d.%d" % (cid, n)) for n in range(25))
                assert words(read_text(stream)) == ["x" * 200_000]
            while len(stream.pongs) < 200:
                stream.pongs.append(stream.read_frame().payload)
            assert stream.pongs == [b"%d.%d" % (cid, n) for cid in range(1, 9) for n in range(25)]
            assert play(stream, "echo after", 9) == ["after"]

    @pytest.mark.parametrize("settings", [Settings(rate=0.001, burst=2, connections_per_address=1000)])
    def test_a_flood_of_commands_is_slowed(self, browser: Browser, wire: str) -> None:
        """Three warnings, then 4029; by POST 429 says when to come back."""
        with browser.open(wire) as stream:
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

    @pytest.mark.parametrize("settings", [Settings(connections_per_address=1000)])
    @websocket_only
    def test_a_flood_that_reads_nothing_costs_only_its_connection(
        self, stage: Stage, browser: Browser, wire: str
    ) -> None:
        """Twenty thousand commands in one go."""
        with browser.open(wire) as flooding, stage.browser().open(wire) as other:
            assert isinstance(flooding, SocketStream)
            read_text(other)
            with suppress(OSError):
                flooding.send_frames(Frame(frames.TEXT, b'{"cmd": "echo flood"}') for _ in range(20_000))
            assert play(other, "echo unharmed", 1) == ["unharmed"]
            with suppress(OSError):
                read_to_the_end(flooding)
            assert flooding.code in (4029, 1006)
        assert len(stage.games[0].lines) < 1000

    def test_a_client_that_is_gone_is_noticed(self, spec: TransportSpec, tmp_path: Path, wire: str) -> None:
        """At the next ping at the latest, so that its place is free again."""
        with running(spec, tmp_path, PINGING, self.deadline) as stage:
            streams = [stage.browser().open(wire) for _ in range(5)]
            for stream in streams:
                read_text(stream)
            stage.wait_for_streams(5)
            for stream in streams:
                stream.cut()
            stage.wait_for_streams(0)
