"""TLS: no version below 1.2, no handshake that holds up others, and the same game behind it."""

from __future__ import annotations

import socket
import ssl
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tale_core.errors import TransportError
from tale_core.serving.transport import ServerConfig, TransportSpec
from tale_core.testing.client import Browser
from tale_core.testing.conformance.suite import Suite, needs_tls
from tale_core.testing.playing import play, read_text, words
from tale_core.testing.raw import Line, request
from tale_core.testing.stage import Stage, running


class Tls(Suite):
    """Play behind a certificate that this test has made."""

    @pytest.fixture
    def secure(self, spec: TransportSpec, tmp_path: Path, certificate: tuple[Path, Path]) -> Iterator[Stage]:
        """Serve TLS."""
        cert, key = certificate
        with running(spec, tmp_path, patience=self.deadline, ssl_cert=cert, ssl_key=key) as stage:
            yield stage

    @pytest.fixture
    def context(self, certificate: tuple[Path, Path]) -> ssl.SSLContext:
        """Return what a browser believes in."""
        return ssl.create_default_context(cafile=str(certificate[0]))

    @needs_tls
    def test_a_game_is_played_and_no_silent_client_holds_it_up(
        self, secure: Stage, context: ssl.SSLContext, wire: str
    ) -> None:
        """The handshake belongs to its own connection."""
        with socket.create_connection(secure.address, self.deadline):  # says nothing
            browser = secure.browser(tls=context)
            with browser.open(wire, Origin=f"https://{browser.headers['Host']}") as stream:
                assert words(read_text(stream)) == ["Welcome."]
                for cid, size in enumerate((1, 16_384, 40_000, 300_000), 1):
                    assert play(stream, f"big {size}", cid) == ["x" * size]
                for cid in range(5, 40):
                    assert play(stream, f"echo {cid}", cid) == [str(cid)]

    @needs_tls
    def test_the_cookie_is_for_secure_connections_only(self, secure: Stage, context: ssl.SSLContext) -> None:
        """The transport tells the core that a peer is secure."""
        stranger = Browser(secure.address, tls=context, deadline=self.deadline)
        assert "; Secure" in stranger.get(f"/tale/?token={secure.host.token}").headers["set-cookie"]

    @needs_tls
    def test_a_page_of_the_plain_scheme_is_refused(self, secure: Stage, context: ssl.SSLContext, wire: str) -> None:
        """http and https are two origins."""
        from tale_core.testing.client import Refused

        browser = secure.browser(tls=context)
        with pytest.raises(Refused, match="403"):
            browser.open(wire, Origin=f"http://{browser.headers['Host']}")

    @needs_tls
    def test_http_1_1_is_agreed_on(self, secure: Stage, context: ssl.SSLContext) -> None:
        """WebSockets need it."""
        context.set_alpn_protocols(["h2", "http/1.1"])
        line = Line(secure.address, context, deadline=self.deadline)
        assert isinstance(line.socket, ssl.SSLSocket)
        assert line.socket.selected_alpn_protocol() == "http/1.1"
        assert line.socket.version() in ("TLSv1.2", "TLSv1.3")
        line.close()

    @needs_tls
    def test_old_versions_are_refused(self, secure: Stage, context: ssl.SSLContext) -> None:
        """Nothing below 1.2."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        with pytest.raises((ssl.SSLError, ConnectionError)):
            Line(secure.address, context, deadline=self.deadline)

    @needs_tls
    def test_noise_and_plain_requests_harm_nothing(self, secure: Stage, context: ssl.SSLContext) -> None:
        """Somebody will type http for https."""
        for raw in (request("GET", "/tale/health", {"Host": "localhost"}), b"\x00" * 100, b"\x16\x03\x01\xff\xff"):
            line = Line(secure.address, deadline=self.deadline)
            line.send(raw)
            line.cut()
        assert secure.browser(tls=context).get("/tale/health").status == 200

    @needs_tls
    @pytest.mark.parametrize("name", ["bad.pem", "missing.pem"])
    def test_a_bad_certificate_is_told(self, spec: TransportSpec, stage: Stage, tmp_path: Path, name: str) -> None:
        """By name, when the server is bound."""
        (tmp_path / "bad.pem").write_text("no certificate")
        with pytest.raises(TransportError, match=name):
            spec.load().bind(stage.host, ServerConfig(port=0, ssl_cert=tmp_path / name, ssl_key=tmp_path / name))
