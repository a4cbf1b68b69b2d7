"""``tale serve`` and the certificate of one's own."""

from __future__ import annotations

import os
import ssl
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tale_core.errors import TransportError, UsageError
from tale_core.launcher import certificate, remedy
from tale_core.launcher.certificate import self_signed
from tale_core.launcher.cli import cli
from tale_core.launcher.hosting import Hosting, Public, public_address
from tale_core.launcher.orders import spelled
from tale_core.testing.client import Browser


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://play.example.org", Public("https", "play.example.org", "")),
        ("https://play.example.org/", Public("https", "play.example.org", "")),
        ("https://play.example.org/tale/", Public("https", "play.example.org", "")),
        ("http://play.example.org:8080/games/", Public("http", "play.example.org:8080", "/games")),
        ("https://[2001:db8::1]/a/b", Public("https", "[2001:db8::1]", "/a/b")),
    ],
)
def test_the_players_address_has_a_name_and_a_path(text, found) -> None:
    assert public_address(text) == found


@pytest.mark.parametrize(
    "text", ["play.example.org", "ftp://x.org", "https://", "https://x.org/?a", "https://x.org:port", "https://x/a b"]
)
def test_what_is_no_address_is_told(text) -> None:
    with pytest.raises(UsageError, match="--url https://"):
        public_address(text)


def test_a_token_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(UsageError, match="16"):
        Hosting(token="hello")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("serve --trusted-proxy ten", ["trusted proxy", "'ten'", "10.0.0.0/8"]),
        ("serve --mode mud", ["'mud'", "only in if"]),
        ("serve --mode MUD", ["'MUD'", "'if', 'mud'"]),
        ("serve --players 0", ["x>=1"]),
        ("serve --transport console", ["console"]),
        ("serve --ssl-self-signed --ssl-cert {cert}", ["exclude each other"]),
        ("serve --no-open", ["--no-open"]),
    ],
)
def test_a_wrong_wish_of_a_host_exits_2_and_says_why(tale, write_story, tmp_path, line, told) -> None:
    cert = tmp_path / "cert.pem"
    cert.write_text("")
    words = line.format(cert=cert).split()
    done = tale(words[0], str(write_story("hut")), *words[1:], "--data-dir", str(tmp_path))
    assert done.exit_code == 2
    for each in told:
        assert each in done.stderr


def test_a_host_prints_the_players_address_and_answers_for_it(play, write_story) -> None:
    token = "0123456789abcdef"
    options = ("--url", "https://play.example.org/games/", "--trusted-proxy", "127.0.0.1", "--token", token)
    running = play("serve", str(write_story("hut")), "--port", "0", "--ephemeral", *options)
    assert running.line == f"Tale: https://play.example.org/games/tale/?token={token}\n"
    assert running.end()[:3] == (0, "", "")


def test_a_host_without_a_token_says_so(play, write_story) -> None:
    running = play("serve", str(write_story("hut")), "--port", "0", "--ephemeral", "--insecure")
    browser = Browser(running.browser().address)
    reply = browser.get("/tale/story")
    assert reply.status == 200
    code, _, err, _ = running.end()
    assert code == 0
    assert "(--insecure)" in err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be told so")
@pytest.mark.parametrize("words", [(), ("--any-core",)], ids=["one core", "any core"])
def test_a_server_keeps_to_one_core_unless_it_is_told_otherwise(play, write_story, words: tuple[str, ...]) -> None:
    running = play("serve", str(write_story("hut")), "--port", "0", "--ephemeral", *words)
    assert running.browser().get("/tale/").status == 200
    tasks = [int(task.name) for task in Path(f"/proc/{running.process.pid}/task").iterdir()]
    mine = os.sched_getaffinity(0)
    where = {frozenset(os.sched_getaffinity(task)) for task in tasks}
    assert where == {frozenset(mine)} if words else len(where) == 1 == len(next(iter(where)))
    assert running.end()[0] == 0


def test_a_certificate_is_made_once_and_serves_its_names(tmp_path) -> None:
    pytest.importorskip("cryptography")
    made = self_signed(tmp_path / "data", ["play.example.org", "192.0.2.7"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.cert, made.key)
    names = ssl._ssl._test_decode_cert(str(made.cert))["subjectAltName"]  # type: ignore[attr-defined]
    assert {("DNS", "play.example.org"), ("IP Address", "192.0.2.7"), ("DNS", "localhost")} <= set(names)
    assert len(made.fingerprint.split(":")) == 32
    assert self_signed(tmp_path / "data", ["192.0.2.7"]) == made
    assert self_signed(tmp_path / "data", ["other.example.org"]) != made
    if sys.platform != "win32":
        assert stat.S_IMODE(made.key.stat().st_mode) == 0o600


def test_a_certificate_that_is_about_to_end_is_made_anew(tmp_path, monkeypatch) -> None:
    pytest.importorskip("cryptography")
    made = self_signed(tmp_path, [])
    monkeypatch.setattr(certificate, "RENEWED", timedelta(days=400))
    again = self_signed(tmp_path, [])
    assert again.fingerprint != made.fingerprint
    assert datetime.now(UTC) < _end(again.cert)


def _end(cert: Path) -> datetime:
    from cryptography.x509 import load_pem_x509_certificate

    return load_pem_x509_certificate(cert.read_bytes()).not_valid_after_utc


def test_damaged_files_are_replaced(tmp_path) -> None:
    pytest.importorskip("cryptography")
    made = self_signed(tmp_path, [])
    made.cert.write_text("nonsense")
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self_signed(tmp_path, []).cert, made.key)


def test_without_the_library_the_command_that_brings_it_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(remedy, "is_missing", lambda module: module == "cryptography")
    with pytest.raises(TransportError, match=r"tale-core\[tls\]"):
        self_signed(tmp_path, [])


@pytest.mark.parametrize("transport", ["fastapi", "flask"])
def test_a_game_is_played_by_a_certificate_of_one_s_own(play, write_story, tmp_path, transport) -> None:
    pytest.importorskip("cryptography")
    options = ("--port", "0", "--ssl-self-signed", "--data-dir", str(tmp_path), "--transport", transport)
    running = play("serve", str(write_story("hut")), *options)
    context = ssl.create_default_context(cafile=str(tmp_path / "tls-cert.pem"))
    browser = Browser(running.address, running.token, context)
    for wire in ("websocket", "eventsource"):
        with browser.open(wire) as stream:
            assert stream.read()["type"] == "connected"
    code, _, err, _ = running.end()
    assert code == 0
    assert "fingerprint (SHA-256) is" in err


def test_a_seat_that_never_waits_too_long_is_spelled_for_the_server_that_carries_it() -> None:
    command = cli.commands["serve"]
    context = command.make_context("serve", ["hut", "--away", "0"])
    assert spelled(context)["TALE_AWAY"] == "0.0"
