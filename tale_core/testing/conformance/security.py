"""Security: who may come in, how often, and what they must not learn."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, TransportSpec
from tale_core.testing import frames
from tale_core.testing.client import Browser, Refused, path_of
from tale_core.testing.conformance.suite import Suite
from tale_core.testing.playing import play, read_text, read_to_the_end
from tale_core.testing.raw import Reply, request
from tale_core.testing.stage import Stage, running

FOREIGN = [
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "127.0.0.1:1@evil.example"},
    {"Host": ""},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "https://{host}"},
    {"Origin": "http://{host}.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
]


class Security(Suite):
    """Be a stranger, or another site's page."""

    def ask(self, browser: Browser, wire: str, **headers: str) -> Reply | None:
        """Ask for a stream; return the refusal, None when it was granted."""
        try:
            browser.open(wire, **headers).cut()  # type: ignore[arg-type]  # names of headers only
        except Refused as refused:
            return refused.reply
        return None

    @pytest.mark.parametrize("headers", FOREIGN, ids=str)
    def test_other_sites_are_refused_before_anything_is_accepted(
        self, stage: Stage, browser: Browser, wire: str, headers: dict[str, str]
    ) -> None:
        """Browsers let any page open a WebSocket anywhere, and send the cookie along."""
        given = {name: value.format(host=browser.headers["Host"]) for name, value in headers.items()}
        upgrade = frames.HANDSHAKE if wire == WEBSOCKET else {}
        reply = browser.exchange(request("GET", path_of(wire), {**browser.headers, **upgrade, **given}))
        assert reply.status in ((403,) if given.get("Host", "x") else (400, 403))
        assert stage.games == []

    def test_the_own_page_is_admitted(self, browser: Browser, wire: str) -> None:
        """With the Origin that a browser sends, in whatever case."""
        own = browser.headers["Host"]
        assert self.ask(browser, wire, Origin=f"http://{own}") is None
        assert self.ask(browser, wire, Sec_Fetch_Site="same-origin") is None
        localhost = {"Host": f"localhost:{browser.address[1]}", "Origin": f"http://localhost:{browser.address[1]}"}
        assert self.ask(browser, wire, **localhost) is None

    def test_without_a_cookie_there_is_no_game(self, stage: Stage, wire: str) -> None:
        """401 for a page; a stream is told in a way that ends its retrying."""
        stranger = stage.stranger()
        assert stranger.get("/tale/story").status == 401
        assert stranger.get("/tale/?token=wrong").status == 401
        assert stranger.post("/tale/input", {"cmd": "look"}).status == 401
        if wire == EVENTSOURCE:
            assert stranger.get("/tale/eventsource").status == 204
        else:
            with stranger.open(WEBSOCKET) as stream:
                with pytest.raises(EOFError):
                    stream.read()
                assert stream.code == 4501
        assert stage.games == []

    def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self, stage: Stage) -> None:
        """And plain, where the connection is."""
        reply = stage.stranger().get(f"/tale/?token={stage.host.token}")
        assert (reply.status, reply.headers["location"]) == (303, "/tale/")
        flags = reply.headers["set-cookie"].partition(";")[2]
        assert {flag.strip() for flag in flags.split(";")} == {"Path=/tale", "HttpOnly", "SameSite=Strict"}

    @pytest.mark.parametrize("settings", [Settings(connections_per_address=2)])
    def test_one_address_may_not_take_all_connections(self, stage: Stage, wire: str) -> None:
        """429 before a third is accepted; a place is free again when its stream has ended."""
        browsers = [stage.browser() for _ in range(3)]
        with browsers[0].open(wire) as first, browsers[1].open(wire) as second:
            read_text(first)
            read_text(second)
            refused = self.ask(browsers[2], wire)
            assert refused is not None
            assert refused.status == 429
            assert browsers[2].get("/tale/health").status == 200
            browsers[0].post("/tale/quit", {})
            read_to_the_end(first)
            stage.wait_for_streams(1)
            assert self.ask(browsers[2], wire) is None

    @pytest.mark.parametrize("settings", [Settings(connections=1, connections_per_address=9)])
    def test_a_full_server_says_so(self, stage: Stage, wire: str) -> None:
        """503 before a stream is accepted."""
        with stage.browser().open(wire) as stream:
            read_text(stream)
            refused = self.ask(stage.browser(), wire)
            assert refused is not None
            assert refused.status == 503

    def test_nothing_secret_is_logged(
        self, spec: TransportSpec, tmp_path: Path, wire: str, caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        """Neither the token nor a cookie nor what was typed, at any level."""
        caplog.set_level(logging.DEBUG)
        with running(spec, tmp_path, patience=self.deadline) as stage:
            browser = stage.browser()
            with browser.open(wire) as stream:
                read_text(stream)
                play(stream, "echo a private thought", 1)
                stream.cut()
            token, cookie = stage.host.token, browser.headers["Cookie"].partition("=")[2]
        out = "".join((caplog.text, *capfd.readouterr()))
        assert [secret for secret in (token, cookie, "private thought") if secret in out] == []

    def test_no_version_is_told_to_strangers(self, stage: Stage) -> None:
        """It would only say which faults to try."""
        for path in ("/tale/health", "/tale/nothing", "/tale/story"):
            server = stage.stranger().get(path).headers.get("server", "")
            assert not any(character.isdigit() for character in server)
