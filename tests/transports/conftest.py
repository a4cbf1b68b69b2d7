"""Every transport that is installed, on every wire, around a scripted game: real servers on port 0 of this machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from threading import Thread

import pytest
import tale_web

from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, BoundServer, ServerConfig, TransportSpec
from tale_core.testing.client import Browser
from tale_core.testing.raw import DEADLINE
from tale_core.testing.scripted import ScriptedGame, scripted_story

PAIRS = [
    ("fastapi", WEBSOCKET),
    ("fastapi", EVENTSOURCE),
    ("flask", WEBSOCKET),
    ("flask", EVENTSOURCE),
    ("echo", EVENTSOURCE),
]
UNLIMITED = Settings(rate=1e9, burst=1_000_000, connections_per_address=1000)


def spec_of(plugin: str) -> TransportSpec:
    """Return an installed transport's spec; skip the test without it, fail where all must be there."""
    found = {point.name: point for point in entry_points(group="tale.transports")}
    if plugin not in found:
        missing = f"the transport {plugin!r} is not installed: pip install tests/third_party/tale-{plugin}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    specs: list[TransportSpec] = found[plugin].load().tale_transports()
    return specs[0]


@dataclass
class Stage:
    """Hold a running server with its scripted game."""

    host: Host
    server: BoundServer
    thread: Thread
    wire: str

    @property
    def address(self) -> tuple[str, int]:
        return self.server.addresses[0]

    def browser(self) -> Browser:
        return Browser(self.address, self.host.token)

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(DEADLINE)
        assert not self.thread.is_alive()


def run(spec: TransportSpec, folder: Path, wire: str, settings: Settings = UNLIMITED, **config: object) -> Stage:
    """Start a server in a thread."""
    host = Host(scripted_story(folder), page=tale_web.ROOT, settings=settings, new_game=ScriptedGame)
    server = spec.load().bind(host, ServerConfig(port=0, **config))  # type: ignore[arg-type]
    thread = Thread(target=server.serve, name="server", daemon=True)
    thread.start()
    return Stage(host, server, thread, wire)


@pytest.fixture(params=PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def pair(request: pytest.FixtureRequest) -> tuple[TransportSpec, str]:
    plugin, wire = request.param
    return spec_of(plugin), wire


@pytest.fixture
def settings() -> Settings:
    return UNLIMITED


@pytest.fixture
def stage(pair: tuple[TransportSpec, str], settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    running = run(*(pair[0], tmp_path, pair[1]), settings=settings)
    yield running
    running.stop()


@pytest.fixture
def browser(stage: Stage) -> Browser:
    return stage.browser()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a self-signed certificate and its key."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    subprocess.run([*command, "-keyout", key, "-out", cert, "-days", "2", *names], check=True, capture_output=True)
    return cert, key
