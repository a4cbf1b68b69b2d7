"""Order: every message once and in its place, every command once, over one connection or many."""

from __future__ import annotations

import json

import pytest

from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, TransportSpec
from tale_core.testing.client import Browser, EventStream, SocketStream
from tale_core.testing.conformance.suite import Suite, eventsource_only
from tale_core.testing.playing import play, read_text, read_to_the_end, words
from tale_core.testing.stage import Stage


class Order(Suite):
    """Play, on connections that hold."""

    def test_a_game_is_played(self, browser: Browser, wire: str) -> None:
        """The least that a transport must do."""
        with browser.open(wire) as stream:
            connected = stream.read()
            assert (connected["type"], connected["v"], connected["recovered"]) == ("connected", 1, True)
            assert words(read_text(stream)) == ["Welcome."]
            assert play(stream, "echo one", 1) == ["one"]

    @pytest.mark.parametrize(
        "line", ["zwei – dos – 三", "\U0001f409 dragon", "a\tb", '"quoted" \\back', "<&>", "\u2028"]
    )
    def test_any_characters_come_back_as_they_were(self, browser: Browser, wire: str, line: str) -> None:
        """UTF-8, and lines that only look like line ends."""
        with browser.open(wire) as stream:
            read_text(stream)
            assert play(stream, f"echo {line}", 1) == [line]

    def test_five_hundred_messages_come_in_order(self, browser: Browser, wire: str) -> None:
        """Numbered without a gap."""
        with browser.open(wire) as stream:
            read_text(stream)
            for cid in range(1, 501):
                stream.send(cmd=f"echo {cid}", cid=cid, ack=cid)
                if cid % 50 == 0:
                    seen = [read_text(stream) for _ in range(50)]
                    assert [message["seq"] for message in seen] == list(range(cid - 48, cid + 2))
                    assert [words(message) for message in seen] == [[str(n)] for n in range(cid - 49, cid + 1)]

    def test_a_turn_of_a_thousand_events_is_one_message(self, browser: Browser, wire: str) -> None:
        """However much happened."""
        with browser.open(wire) as stream:
            read_text(stream)
            assert play(stream, "burst 1000", 1) == [f"burst {n}" for n in range(1, 1001)]

    @pytest.mark.parametrize("size", [125, 126, 4096, 65_535, 65_536, 300_000])
    def test_a_message_of_any_size_comes_whole(self, browser: Browser, wire: str, size: int) -> None:
        """At the sizes where frames, buffers and writes change their ways."""
        with browser.open(wire) as stream:
            read_text(stream)
            assert play(stream, f"big {size}", 1) == ["x" * size]

    def test_a_repeated_command_runs_once(self, stage: Stage, browser: Browser, wire: str) -> None:
        """A page sends again what it does not know to have arrived."""
        with browser.open(wire) as stream:
            read_text(stream)
            for cid in (1, 1, 2, 1, 2, 3):
                stream.send(cmd=f"echo {cid}", cid=cid)
            assert [words(read_text(stream)) for _ in range(3)] == [["1"], ["2"], ["3"]]
        assert stage.games[-1].lines == ["echo 1", "echo 2", "echo 3"]

    def test_two_visitors_have_two_games(self, stage: Stage, wire: str) -> None:
        """Cookies tell them apart, not addresses."""
        with stage.browser().open(wire) as one, stage.browser().open(wire) as other:
            read_text(one)
            read_text(other)
            assert play(one, "echo one", 1) == ["one"]
            assert play(other, "echo other", 1) == ["other"]

    def test_a_slow_game_holds_up_nobody_else(self, stage: Stage, browser: Browser, wire: str) -> None:
        """Not even the pages and pings of the player who waits."""
        with browser.open(wire) as waiting, stage.browser().open(wire) as other:
            read_text(waiting)
            read_text(other)
            waiting.send(cmd="slow thought", cid=1)
            for cid in range(1, 11):
                assert play(other, f"echo {cid}", cid) == [str(cid)]
            assert browser.get("/tale/health").status == 200
            stage.host.go.set()
            assert words(read_text(waiting)) == ["thought"]

    def test_a_second_tab_takes_over(self, browser: Browser, wire: str) -> None:
        """The first one is told, and closed with the code that keeps it from coming back."""
        with browser.open(wire) as first:
            read_text(first)
            with browser.open(wire) as second:
                assert words(read_text(second)) == ["Welcome."]
                message = first.read()
                assert (message["type"], message["code"], message["reconnect"]) == ("bye", 4509, False)
                with pytest.raises(EOFError):
                    first.read()
                assert first.code == 4509
                assert play(second, "echo still here", 1) == ["still here"]

    def test_quitting_says_goodbye_and_stays_quit(self, browser: Browser, wire: str) -> None:
        """Whoever comes back for that session is told to stop."""
        with browser.open(wire) as stream:
            session = stream.read()["session"]
            read_text(stream)
            assert play(stream, "quit", 1) == ["Goodbye."]
            assert read_to_the_end(stream)[-1]["code"] == 1000
            assert stream.code == 1000
        if wire == EVENTSOURCE:
            assert browser.get(f"/tale/eventsource?session={session}").status == 204
        else:
            with browser.open(WEBSOCKET, f"session={session}") as again:
                read_to_the_end(again)
                assert again.code == 4510

    def test_the_page_may_end_the_game(self, browser: Browser, wire: str) -> None:
        """A GET only asks; a POST ends it, and the stream is told."""
        with browser.open(wire) as stream:
            read_text(stream)
            assert browser.get("/tale/quit").status == 200
            assert play(stream, "echo on", 1) == ["on"]
            assert browser.post("/tale/quit", {}).status == 200
            assert read_to_the_end(stream)[-1]["code"] == 1000

    @pytest.mark.parametrize("raw", ['{"cmd": 5}', "{", '{"cid": 0}', b"{\xff\xfe}"])
    def test_malformed_messages_are_told_and_harm_nothing(self, browser: Browser, wire: str, raw: str | bytes) -> None:
        """The game goes on with the next one."""
        with browser.open(wire) as stream:
            read_text(stream)
            if isinstance(stream, SocketStream):
                stream.send_raw(raw)
                assert stream.read()["code"] == "bad_message"
            else:
                body = raw if isinstance(raw, bytes) else raw.encode()
                reply = browser.request("POST", "/tale/input", body, Content_Type="application/json")
                assert (reply.status, json.loads(reply.body)["error"]) == (400, "bad_message")
            assert play(stream, "echo fine", 1) == ["fine"]

    def test_a_session_hops_between_wires(self, spec: TransportSpec, browser: Browser, wire: str) -> None:
        """And loses nothing on the way."""
        wires = [each for each in self.wires if not self.lacks(each, None)]
        if len(wires) < 2:
            pytest.skip(f"{spec.name} offers one wire only")
        after, epoch = 0, ""
        start = wires.index(wire)
        for cid in range(1, 7):
            with browser.open(wires[(start + cid) % 2], f"epoch={epoch}&after={after}&cap=runs") as stream:
                connected = stream.read()
                assert connected["recovered"]
                epoch = connected["epoch"]
                if cid == 1:
                    read_text(stream)
                assert play(stream, f"echo {cid}", cid) == [str(cid)]
                after = cid + 1

    def test_what_is_typed_by_post_is_told_on_any_wire(self, browser: Browser, wire: str) -> None:
        """A page may type by POST whatever it listens to."""
        with browser.open(wire) as stream:
            read_text(stream)
            reply = browser.post("/tale/input", {"cmd": "echo posted", "cid": 1})
            assert (reply.status, json.loads(reply.body)) == (202, {"cid": 1, "dup": False})
            assert words(read_text(stream)) == ["posted"]

    @eventsource_only
    def test_the_last_event_id_wins_over_the_query(self, browser: Browser, wire: str) -> None:
        """It is what a browser sends by itself when it reconnects."""
        with browser.open(wire) as stream:
            assert isinstance(stream, EventStream)
            epoch = stream.read()["epoch"]
            read_text(stream)
            for cid in (1, 2, 3):
                play(stream, f"echo {cid}", cid)
            assert stream.last_id == f"{epoch}.4"
        with browser.open(wire, "cap=runs&after=0", Last_Event_ID=f"{epoch}.2") as stream:
            assert stream.read()["recovered"]
            assert [words(read_text(stream)) for _ in range(2)] == [["2"], ["3"]]
