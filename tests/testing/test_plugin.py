"""The conformance kit's pytest plugin, in a pytest of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUITES = """
import tale_flask
from tale_core.testing.conformance.suite import Suite, needs_tls, websocket_only
from msgspec.structs import replace

SPEC = replace(tale_flask.tale_transports()[0], name="mine", wires={"websocket": ()}, features=frozenset())


class Cases(Suite):
    def test_once(self):
        pass

    def test_each_wire(self, wire):
        assert wire == "websocket"

    @websocket_only
    def test_sockets(self, wire):
        pass

    @needs_tls
    def test_tls(self):
        raise AssertionError

    def test_wrong(self):
        raise AssertionError

    def test_spec(self, spec):
        pass


class TestMine(Cases):
    transport = SPEC
    known_faults = {"test_wrong": "on purpose"}


class TestMended(Cases):
    transport = SPEC
    known_faults = {"test_wrong": "on purpose", "test_each_wire[websocket]": "was mended"}


class TestNobodys(Cases):
    transport = "nobodys"
    known_faults = {"test_wrong": "on purpose", "test_tls": "on purpose"}
"""

MISSPELT = (
    SUITES
    + """

class TestMisspelt(Cases):
    transport = SPEC
    known_faults = {"test_wrnog": "on purpose"}
"""
)


def pytest_of(folder: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(source, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--strict-markers", "-q", *options]
    alone = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    done = pytest_of(tmp_path_factory.mktemp("plugin"), SUITES, "-rA")
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_a_case_is_run_once_for_each_wire_that_it_asks_for(said: str) -> None:
    for name in ("test_once", "test_each_wire[websocket]", "test_sockets[websocket]", "test_spec"):
        assert f"PASSED test_it.py::TestMine::{name}" in said
    assert "test_sockets[eventsource]" not in said


def test_what_is_not_offered_is_skipped_and_the_reason_counted(said: str) -> None:
    assert "mine does not offer the wire eventsource" in said
    assert "1 skipped: mine does not declare the feature tls" not in said  # two classes, one transport
    assert "2 skipped: mine does not declare the feature tls" in said
    assert "2 known fault: on purpose" in said


def test_a_known_fault_that_is_mended_is_a_failure(said: str) -> None:
    assert "FAILED test_it.py::TestMended::test_each_wire[websocket]" in said
    assert "XFAIL test_it.py::TestMine::test_wrong - on purpose" in said


def test_a_transport_that_is_not_installed_fails(said: str) -> None:
    assert "ERROR test_it.py::TestNobodys::test_spec" in said
    assert "No installed package offers the transport 'nobodys'" in said


def test_a_known_fault_of_no_case_is_told(tmp_path: Path) -> None:
    done = pytest_of(tmp_path, MISSPELT)
    assert done.returncode == 4
    assert "known_faults of TestMisspelt: there is no case test_wrnog" in done.stderr


def test_the_plugin_is_light() -> None:
    code = "import pytest, sys; old = {*sys.modules}; import tale_core.testing.plugin; print(*({*sys.modules} - old))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert set(done.stdout.split()) == {"tale_core", "tale_core.testing", "tale_core.testing.plugin"}
