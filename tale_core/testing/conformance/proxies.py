"""Proxies: what stands between a server and its clients may cut bytes into any pieces, and holds back what it can."""

from __future__ import annotations

import pytest

from tale_core.serving.settings import Settings
from tale_core.testing.client import Browser, EventStream, SocketStream
from tale_core.testing.conformance.suite import Suite, eventsource_only, websocket_only
from tale_core.testing.playing import play, read_text, read_to_the_end, words
from tale_core.testing.relay import Relay
from tale_core.testing.stage import Stage


class Proxies(Suite):
    """Play through relays."""

    @eventsource_only
    def test_a_stream_has_the_headers_that_proxies_need(self, browser: Browser, wire: str) -> None:
        """Nobody may store it, change it, or wait for its end."""
        with browser.open(wire) as stream:
            headers = stream.head.headers
            assert headers["content-type"] == "text/event-stream; charset=utf-8"
            assert headers["cache-control"] == "no-cache, no-transform"
            assert headers["x-accel-buffering"] == "no"
            assert "content-length" not in headers
            assert "content-encoding" not in headers
            assert "content-security-policy" in headers

    @eventsource_only
    def test_a_stream_is_not_packed_whatever_is_offered(self, browser: Browser, wire: str) -> None:
        """Packing holds back."""
        with browser.open(wire, Accept_Encoding="gzip, br") as stream:
            assert isinstance(stream, EventStream)
            assert "content-encoding" not in stream.head.headers
            read_text(stream)

    def test_nothing_is_held_back(self, browser: Browser, wire: str) -> None:
        """Each answer is there before anything else is asked, and nothing more comes after it."""
        with browser.open(wire) as stream:
            read_text(stream)
            for cid in range(1, 21):
                assert play(stream, f"echo {cid}", cid) == [str(cid)]
                assert stream.line.is_quiet()

    @pytest.mark.parametrize("piece", [1, 13, 1000])
    def test_a_relay_that_cuts_bytes_into_pieces_changes_nothing(self, stage: Stage, wire: str, piece: int) -> None:
        """In both directions."""
        with Relay(stage.address, piece) as relay:
            browser = Browser(relay.address, stage.host.token, deadline=stage.deadline)
            with browser.open(wire) as stream:
                assert words(read_text(stream)) == ["Welcome."]
                assert play(stream, "echo through", 1) == ["through"]
                assert play(stream, "big 3000", 2) == ["x" * 3000]

    def test_a_relay_that_breaks_leaves_the_session(self, stage: Stage, wire: str) -> None:
        """All its connections at once, with messages under way."""
        with Relay(stage.address) as relay:
            browser = Browser(relay.address, stage.host.token, deadline=stage.deadline)
            stream = browser.open(wire)
            epoch = stream.read()["epoch"]
            read_text(stream)
            stream.send(cmd="echo one", cid=1)
            read_text(stream)
            stream.send(cmd="big 400000", cid=2)
            relay.cut()
            read_to_the_end(stream)
            stream.cut()
            with browser.open(wire, f"cap=runs&epoch={epoch}&after=2") as again:
                assert again.read()["recovered"]
                again.send(cmd="big 400000", cid=2)
                assert words(read_text(again)) == ["x" * 400_000]

    @websocket_only
    def test_a_token_list_in_connection_is_read_as_one(self, browser: Browser, wire: str) -> None:
        """Firefox and some proxies send more than one word."""
        with browser.open(wire, Connection="keep-alive, Upgrade", Upgrade="WebSocket") as stream:
            assert isinstance(stream, SocketStream)
            assert words(read_text(stream)) == ["Welcome."]

    @pytest.mark.parametrize("settings", [Settings(trusted_proxies=("127.0.0.1",), root_path="/games")])
    def test_a_proxy_that_is_trusted_is_believed(self, stage: Stage, wire: str) -> None:
        """It takes TLS and a prefix off, and says so; the browser sees both."""
        told = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
        stranger = stage.stranger()
        reply = stranger.get(f"/tale/?token={stage.host.token}", **told)
        assert (reply.status, reply.headers["location"]) == (303, "/games/tale/")
        cookie, _, flags = reply.headers["set-cookie"].partition(";")
        assert {flag.strip() for flag in flags.split(";")} >= {"Path=/games/tale", "Secure"}
        stranger.headers["Cookie"] = cookie
        origin = f"https://{stranger.headers['Host']}"
        with stranger.open(wire, Origin=origin, **told) as stream:  # type: ignore[arg-type]  # names of headers only
            assert words(read_text(stream)) == ["Welcome."]

    def test_headers_that_a_stranger_claims_for_a_proxy_are_not_believed(self, stage: Stage, wire: str) -> None:
        """Without a trusted proxy everybody could be anybody."""
        browser = stage.browser()
        claims = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
        reply = stage.stranger().get(f"/tale/?token={stage.host.token}", **claims)
        assert "Secure" not in reply.headers["set-cookie"]
        with browser.open(wire, **claims) as stream:  # type: ignore[arg-type]  # names of headers only
            assert words(read_text(stream)) == ["Welcome."]
