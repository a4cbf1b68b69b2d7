"""What every transport does with requests that are no stream, and with those that it must refuse."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest

from tale_core.errors import AddressInUse, TransportError
from tale_core.serving.settings import Settings
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, ServerConfig, TransportSpec
from tale_core.testing.client import Browser
from tale_core.testing.raw import DEADLINE

from .conftest import UNLIMITED, Stage, run
from .test_streams import play, read_text, words


def path_of(wire: str) -> str:
    return "/tale/ws" if wire == WEBSOCKET else "/tale/eventsource"


def refusal(stage: Stage, browser: Browser, **headers: str) -> int:
    """Return the status with which a stream is refused before it begins."""
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    return browser.request("GET", path_of(stage.wire), **(upgrade if stage.wire == WEBSOCKET else {}), **headers).status


def test_the_pages_and_their_security_headers(stage: Stage, browser: Browser) -> None:
    for path in ("/tale/", "/tale/story", "/tale/about", "/tale/quit", "/tale/saves"):
        reply = browser.get(path)
        assert reply.status == 200
        assert b"Scripted &lt;Story&gt;" in reply.body
        assert "require-trusted-types-for" in reply.headers["content-security-policy"]
        assert int(reply.headers["content-length"]) == len(reply.body)
    assert browser.get("/").headers["location"] == "/tale/"
    assert browser.get("/tale/health").body == b'{"status":"ok"}'
    assert browser.get("/tale/nothing").status == 404
    assert browser.get("/tale/static/../__init__.py").status == 404
    assert browser.request("DELETE", "/tale/quit").status == 405
    assert browser.request("BREW", "/tale/").status in (400, 404, 405, 501)
    assert browser.request("HEAD", "/tale/").body == b""


def test_the_stream_has_the_headers_that_proxies_need(stage: Stage, browser: Browser) -> None:
    if stage.wire == EVENTSOURCE:
        with browser.open(EVENTSOURCE) as stream:
            headers = stream.head.headers
            assert headers["content-type"].startswith("text/event-stream")
            assert headers["cache-control"] == "no-cache, no-transform"
            assert headers["x-accel-buffering"] == "no"
            assert "content-length" not in headers
    else:
        assert browser.get("/tale/ws").status in (400, 404, 426)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
def test_strangers_are_refused_before_anything_is_accepted(stage: Stage, headers: dict[str, str]) -> None:
    browser = stage.browser()
    assert refusal(stage, browser, **headers) == 403
    assert browser.request("GET", "/tale/", **headers).status == 403
    own = browser.headers["Host"]
    assert browser.request("GET", "/tale/", Origin=f"http://{own}").status == 200


def test_without_a_cookie_there_is_no_game(stage: Stage) -> None:
    stranger = Browser(stage.address)
    assert stranger.get("/tale/story").status == 401
    assert stranger.get("/tale/?token=wrong").status == 401
    assert stranger.post("/tale/input", {"cmd": "look"}).status == 401
    if stage.wire == EVENTSOURCE:
        assert stranger.get("/tale/eventsource").status == 204
    else:
        with stranger.open(WEBSOCKET) as stream:
            with pytest.raises(EOFError):
                stream.read()
            assert stream.code == 4501


@pytest.mark.parametrize("settings", [Settings(connections_per_address=2)])
def test_one_address_may_not_take_all_connections(stage: Stage) -> None:
    browsers = [stage.browser() for _ in range(3)]
    with browsers[0].open(stage.wire) as first, browsers[1].open(stage.wire) as second:
        read_text(first)
        read_text(second)
        assert refusal(stage, browsers[2]) == 429


def test_a_body_that_is_too_long_is_refused(stage: Stage, browser: Browser) -> None:
    reply = browser.request("POST", "/tale/input", b"x" * 70_000, Content_Type="application/json")
    assert reply.status == 413


def test_two_visitors_have_two_games(stage: Stage) -> None:
    with stage.browser().open(stage.wire) as one, stage.browser().open(stage.wire) as other:
        read_text(one)
        read_text(other)
        assert play(one, "echo one", 1) == ["one"]
        assert play(other, "echo other", 1) == ["other"]


def test_a_taken_port_is_told(pair: tuple[TransportSpec, str], tmp_path: Path, stage: Stage) -> None:
    with pytest.raises(AddressInUse, match=str(stage.address[1])):
        pair[0].load().bind(stage.host, ServerConfig(port=stage.address[1]))


def test_a_strange_address_is_told(pair: tuple[TransportSpec, str], stage: Stage) -> None:
    with pytest.raises(TransportError, match=r"192\.0\.2\.1"):
        pair[0].load().bind(stage.host, ServerConfig(host="192.0.2.1", port=0))


def test_a_wire_that_is_not_offered_is_not_there(pair: tuple[TransportSpec, str], tmp_path: Path) -> None:
    spec, wire = pair
    stage = run(spec, tmp_path, wire, UNLIMITED, wires=frozenset({EVENTSOURCE}))
    try:
        browser = stage.browser()
        assert refusal(Stage(stage.host, stage.server, stage.thread, WEBSOCKET), browser) in (400, 403, 404)
        with browser.open(EVENTSOURCE) as stream:
            assert words(read_text(stream)) == ["Welcome."]
    finally:
        stage.stop()


def test_three_servers_one_after_another_leave_nothing_behind(pair: tuple[TransportSpec, str], tmp_path: Path) -> None:
    for _ in range(3):
        stage = run(pair[0], tmp_path, pair[1])
        with stage.browser().open(stage.wire) as stream:
            assert words(read_text(stream)) == ["Welcome."]
            stage.stop()


def skip_without_tls(spec: TransportSpec) -> None:
    if "tls" not in spec.features:
        pytest.skip(f"the transport {spec.name!r} does not declare the feature 'tls'")


def test_tls_is_not_held_up_by_a_silent_client(
    pair: tuple[TransportSpec, str], tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    spec, wire = pair
    skip_without_tls(spec)
    cert, key = certificate
    stage = run(spec, tmp_path, wire, UNLIMITED, ssl_cert=cert, ssl_key=key)
    try:
        with socket.create_connection(stage.address, DEADLINE):  # says nothing
            context = ssl.create_default_context(cafile=str(cert))
            browser = Browser(stage.address, stage.host.token, context)
            assert browser.get("/tale/health").status == 200
            with browser.open(wire, Origin=f"https://{browser.headers['Host']}") as stream:
                assert words(read_text(stream)) == ["Welcome."]
                assert play(stream, "big 40000", 1) == ["x" * 40_000]
                for cid in range(2, 30):
                    assert play(stream, f"echo {cid}", cid) == [str(cid)]
    finally:
        stage.stop()


def test_a_bad_certificate_is_told(pair: tuple[TransportSpec, str], stage: Stage, tmp_path: Path) -> None:
    skip_without_tls(pair[0])
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")
    for cert in (bad, tmp_path / "missing.pem"):
        with pytest.raises(TransportError, match=cert.name):
            pair[0].load().bind(stage.host, ServerConfig(port=0, ssl_cert=cert, ssl_key=cert))
