"""The conformance kit is itself tried: on each of many faults a case fails, and without that fault it passes."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .faults import FAULTS, class_name

FILE = Path(__file__).with_name("faults.py")

Outcomes = dict[str, list[str]]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """Run each fault's case with and without it; return the outcomes by class."""
    report = tmp_path_factory.mktemp("mutations") / "report.xml"
    cases = [
        f"{FILE}::{class_name(name, kind)}::{fault.case}"
        for name, fault in FAULTS.items()
        for kind in ("Faulty", "Sound")
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow"]
    done = subprocess.run([*command, f"--junitxml={report}", *cases], capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stdout + done.stderr
    found: Outcomes = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):
        result = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
        found[case.attrib["classname"].rpartition(".")[2]].append(result)
    return found


@pytest.mark.slow
@pytest.mark.timeout(320)
@pytest.mark.parametrize("name", FAULTS)
def test_the_kit_fails_on_a_transport_that(outcomes: Outcomes, name: str) -> None:
    assert "failure" in outcomes[class_name(name, "Faulty")]
    assert set(outcomes[class_name(name, "Sound")]) == {"passed"}
