"""What all groups of cases share: the transport that they are about, and the stage that they play on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest

from tale_core.serving.settings import Settings
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, TransportSpec
from tale_core.testing.client import Browser
from tale_core.testing.raw import DEADLINE
from tale_core.testing.stage import UNLIMITED, Stage, installed, running

FEATURES = frozenset({"tls", "abort", "capped", "windows", "production"})
"""The words that a spec's ``features`` may hold; see docs/write-a-transport.md."""

Case = TypeVar("Case", bound=Callable[..., Any])  # a test, of any signature

needs_tls = pytest.mark.tale_needs("tls")
needs_abort = pytest.mark.tale_needs("abort")
needs_cap = pytest.mark.tale_needs("capped")


def websocket_only(case: Case) -> Case:
    """Mark a case that is about WebSockets, so that it is not run on the other wire."""
    pytest.mark.tale_wire(WEBSOCKET)(case)
    pytest.mark.usefixtures("wire")(case)
    return case


def eventsource_only(case: Case) -> Case:
    """Mark a case that is about event streams, so that it is not run on the other wire."""
    pytest.mark.tale_wire(EVENTSOURCE)(case)
    pytest.mark.usefixtures("wire")(case)
    return case


class Suite:
    """Hold the cases' settings. A subclass that pytest collects names its ``transport``.

    ``known_faults`` maps names of cases, with or without the wire in brackets, to the reason for which they fail: they
    are expected to, and one that passes after all is a failure. ``deadline`` bounds every wait.
    """

    transport: ClassVar[str | TransportSpec]
    known_faults: ClassVar[Mapping[str, str]] = {}
    deadline: ClassVar[float] = DEADLINE

    is_tale_suite: ClassVar[bool] = True
    wires: ClassVar[tuple[str, ...]] = (WEBSOCKET, EVENTSOURCE)

    @classmethod
    def name(cls) -> str:
        """Return the transport's name."""
        return cls.transport if isinstance(cls.transport, str) else cls.transport.name

    @classmethod
    def find(cls) -> TransportSpec | None:
        """Return the transport's spec, None when it is not installed."""
        return installed(cls.transport) if isinstance(cls.transport, str) else cls.transport

    @classmethod
    def lacks(cls, wire: str | None, feature: str | None) -> str:
        """Say why a case cannot be tried, empty when it can."""
        spec = cls.find()
        if spec is None:
            return ""  # which is a failure, not a reason to be silent: see ``spec``
        if wire is not None and wire not in spec.wires:
            return f"{spec.name} does not offer the wire {wire}"
        missing = [each for each in spec.wires[wire] if find_spec(each) is None] if wire is not None else []
        if missing:
            return f"{spec.name} needs for the wire {wire} what is not installed: {', '.join(missing)}"
        if feature is not None and feature not in spec.features:
            return f"{spec.name} does not declare the feature {feature}"
        return ""

    @pytest.fixture
    def spec(self) -> TransportSpec:
        """Return the transport's spec; fail when it is not installed."""
        found = self.find()
        if found is None:
            pytest.fail(
                f"No installed package offers the transport {self.transport!r}. Install yours: pip install -e ."
            )
        return found

    @pytest.fixture
    def settings(self) -> Settings:
        """Return what the host is set to; cases about bounds replace it."""
        return UNLIMITED

    @pytest.fixture
    def stage(self, spec: TransportSpec, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
        """Serve a scripted game."""
        with running(spec, tmp_path, settings, self.deadline) as stage:
            yield stage

    @pytest.fixture
    def browser(self, stage: Stage) -> Browser:
        """Return a visitor."""
        return stage.browser()

    @pytest.fixture
    def certificate(self, tmp_path: Path) -> tuple[Path, Path]:
        """Return a self-signed certificate and its key."""
        if shutil.which("openssl") is None:
            pytest.skip("there is no openssl here to make a certificate")
        cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
        files = ["-keyout", str(key), "-out", str(cert), "-days", "2"]
        subprocess.run([*command, *files, *names], check=True, capture_output=True, timeout=60)  # noqa: S603
        return cert, key
