"""The wire of LlamaTale's page, byte for byte: a page that knows no query, no numbers and no acknowledgements."""

from __future__ import annotations

import json

import pytest

from tale_core.serving.settings import Settings
from tale_core.testing import frames
from tale_core.testing.client import Browser, EventStream, Message, SocketStream, Stream
from tale_core.testing.conformance.suite import Suite, eventsource_only, websocket_only
from tale_core.testing.frames import Frame
from tale_core.testing.playing import read_text
from tale_core.testing.stage import Stage

FORM = "application/x-www-form-urlencoded"

OPENING = b":" + b" " * 2048 + b"\nretry: 2000\n\n"

SCENE = '"location":"Stage","location_image":"","npcs":"prompter","items":"prop","exits":"north"'


def text_of(seq: int, turns: int, html: str, special: str = "") -> str:
    """Return the ``text`` message as it goes over the wire."""
    return (
        f'{{"type":"text","seq":{seq},"cmd_ack":0,"special":[{special}],"turns":{turns},{SCENE},'
        f'"text":{json.dumps(html, ensure_ascii=False)}}}'
    )


class LlamaTale(Suite):
    """Be its page."""

    def say(self, browser: Browser, stream: Stream, line: str, **fields: object) -> None:
        """Type a line as that page does: a form, or JSON without a number."""
        if isinstance(stream, SocketStream):
            stream.send(cmd=line, **fields)
            return
        from urllib.parse import urlencode

        body = urlencode({"cmd": line} | fields).encode()
        reply = browser.request("POST", "/tale/input", body, Content_Type=FORM)
        assert (reply.status, reply.body, reply.headers.get("content-length", "0")) == (200, b"", "0")

    @eventsource_only
    def test_an_event_stream_is_this_to_the_byte(self, browser: Browser, wire: str) -> None:
        """The opening that gets it through proxies, the message's type, number and data, an empty line."""
        with browser.open(wire, query="") as stream:
            assert isinstance(stream, EventStream)
            assert stream.source.exactly(len(OPENING)) == OPENING
            connected = stream.source.until(b"\n\n")
            assert connected.startswith(b'event: connected\ndata: {"type":"connected","v":1,"session":"')
            epoch = json.loads(connected.partition(b"data: ")[2])["epoch"]
            for seq, html in ((1, "<p>Welcome.</p>"), (2, "<p>a &lt;b&gt; – 三</p>")):
                message = f"event: text\nid: {epoch}.{seq}\ndata: {text_of(seq, seq - 1, html)}\n\n"
                assert stream.source.until(b"\n\n").decode() == message
                self.say(browser, stream, "echo a <b> – 三")

    @websocket_only
    def test_a_websocket_has_a_message_in_each_frame(self, browser: Browser, wire: str) -> None:
        """One text frame, whole, and nothing around the JSON."""
        with browser.open(wire, query="") as stream:
            assert isinstance(stream, SocketStream)
            assert stream.read_frame().payload.startswith(b'{"type":"connected","v":1,"session":"')
            assert stream.read_frame() == Frame(frames.TEXT, text_of(1, 0, "<p>Welcome.</p>").encode())
            self.say(browser, stream, "echo a <b> – 三", autocomplete=0)
            assert stream.read_frame() == Frame(frames.TEXT, text_of(2, 1, "<p>a &lt;b&gt; – 三</p>").encode())

    @websocket_only
    @pytest.mark.parametrize("line", ["look around", "", "  two  words ", "[1]", '"x"', "ünïcödé"])
    def test_a_frame_that_is_no_object_is_a_command(self, stage: Stage, browser: Browser, wire: str, line: str) -> None:
        """A terminal's client types so."""
        with browser.open(wire, query="") as stream:
            assert isinstance(stream, SocketStream)
            read_text(stream)
            stream.send_raw(line)
            read_text(stream)
            assert stage.games[-1].lines == [line]

    @pytest.mark.parametrize(("truth", "asks"), [("1", True), ("true", True), ("0", False), ("", False)])
    def test_the_truth_of_autocomplete_decides(
        self, stage: Stage, browser: Browser, wire: str, truth: str, asks: bool
    ) -> None:
        """Not its presence: that page sends it with every command."""
        with browser.open(wire, query="") as stream:
            read_text(stream)
            self.say(browser, stream, "cl", autocomplete=truth)
            html = read_text(stream)["text"]
            assert stage.games[-1].lines == ([] if asks else ["cl"])
            assert ("Suggestions:" in html) is asks

    def test_clearing_and_hiding_are_told(self, browser: Browser, wire: str) -> None:
        """``special`` is how that page is told to wipe itself, and to hide what is typed."""
        with browser.open(wire, query="") as stream:
            read_text(stream)
            seen: list[Message] = []
            for line in ("clear", "secret", "hush"):
                self.say(browser, stream, line)
                seen.append(read_text(stream))
            assert [message["special"] for message in seen] == [["clear"], ["noecho"], []]

    def test_a_fault_of_the_story_is_told_as_text_and_the_game_goes_on(self, browser: Browser, wire: str) -> None:
        """No trace of Python reaches a player."""
        with browser.open(wire, query="") as stream:
            read_text(stream)
            self.say(browser, stream, "raise SystemError")
            html = read_text(stream)["text"]
            assert "Traceback" not in html
            assert "SystemError" not in html
            self.say(browser, stream, "echo on")
            assert read_text(stream)["text"] == "<p>on</p>"

    @eventsource_only
    @pytest.mark.parametrize("settings", [Settings(ping_eventsource=0.2)])
    def test_silence_is_broken_by_a_keepalive_without_a_name(self, browser: Browser, wire: str) -> None:
        """That page takes every unnamed message for one."""
        with browser.open(wire, query="") as stream:
            assert isinstance(stream, EventStream)
            read_text(stream)
            for _ in range(3):
                assert stream.source.until(b"\n\n") == b"data: keepalive\n\n"

    def test_a_reload_shows_the_game_from_its_start(self, browser: Browser, wire: str) -> None:
        """It has the cookie and knows nothing else."""
        with browser.open(wire, query="") as stream:
            read_text(stream)
            self.say(browser, stream, "echo one")
            read_text(stream)
        with browser.open(wire, query="") as stream:
            assert [read_text(stream)["text"] for _ in range(2)] == ["<p>Welcome.</p>", "<p>one</p>"]

    def test_tab_completion_is_a_list(self, browser: Browser, wire: str) -> None:
        """Best first, as JSON."""
        with browser.open(wire, query="") as stream:
            read_text(stream)
            assert browser.get("/tale/tabcomplete?prefix=b").body == b'["big","burst"]'

    @pytest.mark.parametrize("content_type", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
    def test_a_form_is_answered_with_nothing(self, browser: Browser, wire: str, content_type: str) -> None:
        """200 and an empty body: that page looks at nothing else."""
        with browser.open(wire, query="") as stream:
            read_text(stream)
            reply = browser.request("POST", "/tale/input", b"cmd=echo+%C3%A9&autocomplete=", Content_Type=content_type)
            assert (reply.status, reply.body) == (200, b"")
            assert read_text(stream)["text"] == "<p>é</p>"
