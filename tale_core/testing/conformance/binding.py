"""Binding: what a spec promises, and what ``bind`` does before anything is served."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from tale_core.errors import AddressInUse, TransportError
from tale_core.serving.transport import API, WEBSOCKET, ServerConfig, TransportSpec
from tale_core.testing import frames
from tale_core.testing.client import Browser
from tale_core.testing.conformance.suite import FEATURES, Suite
from tale_core.testing.playing import play, read_text, words
from tale_core.testing.raw import read_reply, request
from tale_core.testing.stage import Stage, bind, running


class Binding(Suite):
    """Try what happens before the first request."""

    def test_the_spec_says_what_there_is(self, spec: TransportSpec) -> None:
        """A launcher chooses by it, and imports nothing to find out."""
        assert spec.api == API
        assert spec.name == self.name()
        assert spec.summary
        assert spec.wires
        assert spec.features <= FEATURES, "words that mean nothing to anybody"
        for modules in spec.wires.values():
            assert all(find_spec(module) is not None for module in modules)

    def test_it_listens_before_it_serves(self, spec: TransportSpec, tmp_path: Path) -> None:
        """Whoever starts a server opens the browser as soon as it is bound."""
        stage = bind(spec, tmp_path, patience=self.deadline)
        host, port = stage.address
        assert host == "127.0.0.1"
        assert port != 0
        line = stage.stranger().connect()
        line.send(request("GET", "/tale/health", {"Host": f"{host}:{port}"}))
        stage.thread.start()
        assert read_reply(line).status == 200
        line.close()
        stage.close()

    def test_a_taken_port_is_told(self, spec: TransportSpec, stage: Stage) -> None:
        """The launcher then tries the next one."""
        with pytest.raises(AddressInUse, match=str(stage.address[1])):
            spec.load().bind(stage.host, ServerConfig(port=stage.address[1]))

    @pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a" * 300])
    def test_a_strange_address_is_told(self, spec: TransportSpec, stage: Stage, host: str) -> None:
        """No traceback of a socket reaches a player."""
        with pytest.raises(TransportError, match=host[:9].replace(".", r"\.")):
            spec.load().bind(stage.host, ServerConfig(host=host, port=0))

    def test_a_wire_that_is_not_asked_for_is_not_there(self, spec: TransportSpec, tmp_path: Path, wire: str) -> None:
        """``--transport eventsource`` serves no WebSocket, and the other way round."""
        with running(spec, tmp_path, patience=self.deadline, wires=frozenset({wire})) as stage:
            browser = stage.browser()
            if wire == WEBSOCKET:
                assert browser.get("/tale/eventsource").status == 404
            else:
                reply = browser.exchange(request("GET", "/tale/ws", browser.headers | frames.HANDSHAKE))
                assert reply.status in (400, 403, 404)
            with browser.open(wire) as stream:
                assert words(read_text(stream)) == ["Welcome."]

    def test_two_servers_in_one_process_know_nothing_of_each_other(
        self, spec: TransportSpec, tmp_path: Path, wire: str
    ) -> None:
        """A transport keeps nothing at the level of its module."""
        with (
            running(spec, tmp_path, patience=self.deadline) as one,
            running(spec, tmp_path, patience=self.deadline) as two,
        ):
            with one.browser().open(wire) as here, two.browser().open(wire) as there:
                read_text(here)
                read_text(there)
                assert play(here, "echo here", 1) == ["here"]
                assert play(there, "echo there", 1) == ["there"]
            stranger = Browser(two.address, deadline=self.deadline)
            assert stranger.get(f"/tale/?token={one.host.token}").status == 401

    def test_ipv6_is_served(self, spec: TransportSpec, tmp_path: Path) -> None:
        """An address in brackets is one like any other."""
        try:
            with running(spec, tmp_path, patience=self.deadline, host="::1") as stage:
                browser = Browser(stage.address, deadline=self.deadline)
                browser.headers["Host"] = f"[::1]:{stage.address[1]}"
                assert browser.get("/tale/health").status == 200
        except TransportError:
            pytest.skip("this machine has no IPv6")
