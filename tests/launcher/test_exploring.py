"""``tale explore``, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

BROKEN = """
from tale_core.story import Rules
rules = Rules()
@rules.before("wait")
def broken(act):
    raise ValueError("no time")
"""


@pytest.fixture
def hut(write_story) -> Path:
    folder = write_story(rules=BROKEN)
    (folder / "world.yaml").write_text(
        "places:\n  hut: {title: Hut, description: A hut., exits: {down: pit}}\n  pit: {title: Pit}\n"
        "  attic: {title: Attic, description: An attic.}\nthings:\n  ball: {in: hut}\n"
    )
    return folder


def test_the_report_is_the_same_in_any_number_of_processes(installation, hut: Path) -> None:
    order = ("explore", str(hut), "--turns", "300", "--seeds", "2", "--json")
    one = installation.tale(*order, PYTHONHASHSEED="1")
    two = installation.tale(*order, "--jobs", "2", PYTHONHASHSEED="2")
    assert one.returncode == two.returncode == 1, one.stderr + two.stderr
    assert json.loads(one.stdout) == json.loads(two.stdout)
    assert json.loads(one.stdout)["turns"] == 600


def test_what_was_found_is_told_and_a_fault_fails(installation, hut: Path) -> None:
    done = installation.tale("explore", str(hut), "--turns", "400", "--seeds", "1")
    assert done.returncode == 1
    assert "FAILED rules.py:6: ValueError: no time\n  seed 1, turn " in done.stdout
    assert "2 of 3 places were seen." in done.stdout
    assert "Nobody got out of (1):\n  pit" in done.stdout
    assert "Nobody came to (1):\n  attic" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    (hut / "rules.py").unlink()
    assert installation.tale("explore", str(hut), "--turns", "50", "--seeds", "1").returncode == 0
