"""``tale test``: transcripts are played, written down and brought up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def hut(write_story) -> Path:
    folder = write_story()
    (folder / "tests").mkdir()
    (folder / "tests" / "look.transcript").write_text("> look\nThe Hut\nA hut.\n!dark\n", "utf-8")
    return folder


def test_what_is_as_expected_is_told(installation, hut: Path) -> None:
    done = installation.tale("test", str(hut))
    assert (done.returncode, done.stdout) == (0, "ok tests/look.transcript (1 commands)\n1 of 1 as expected.\n")


def test_what_is_not_is_told_and_fails(installation, hut: Path) -> None:
    (hut / "tests" / "more.transcript").write_text("> look\nA palace.\n", "utf-8")
    done = installation.tale("test", str(hut))
    assert done.returncode == 1
    assert "tests/more.transcript:2: “look”: expected A palace.\n  but player was told: The Hut A hut." in done.stdout
    assert "1 of 2 as expected." in done.stdout
    assert installation.tale("test", str(hut), "look").returncode == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("> look\nThe Hut\nA palace.\n\n> wait\n", "> look\nThe Hut\nA hut.\n\n> wait\n"),
        ("# Kept.\n> look\nA palace.\nOf gold.\n!dark\n", "# Kept.\n> look\nThe Hut\nA hut.\n!dark\n"),
    ],
)
def test_transcripts_are_brought_up_to_date(installation, hut: Path, before: str, after: str) -> None:
    path = hut / "tests" / "look.transcript"
    path.write_text(before, "utf-8")
    done = installation.tale("test", str(hut), "--update")
    assert (done.returncode, "now expects what came" in done.stdout) == (0, True)
    assert [line for line in path.read_text("utf-8").splitlines() if "no way" not in line] == after.splitlines()
    assert installation.tale("test", str(hut)).returncode == 0


def test_what_must_not_come_is_left_to_its_author(installation, hut: Path) -> None:
    path = hut / "tests" / "look.transcript"
    path.write_text("> look\n!A hut.\n", "utf-8")
    assert installation.tale("test", str(hut), "--update").returncode == 1
    assert path.read_text("utf-8") == "> look\n!A hut.\n"


def test_a_game_is_written_down_and_then_a_test(installation, hut: Path) -> None:
    command = [sys.executable, "-m", "tale_core", "test", str(hut), "--record", "walk", "--seed", "5"]
    done = subprocess.run(
        command,
        env=installation.environment(),
        input="look\nfrobnicate\n# what\n\n[tick]\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    text = (hut / "tests" / "walk.transcript").read_text("utf-8")
    assert text.startswith("seed: 5\n\n> look\nThe Hut\nA hut.\n")
    assert installation.tale("test", str(hut), "walk").returncode == 0
    again = installation.tale("test", str(hut), "--record", "walk")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_wrong_names_and_no_transcripts_are_told(installation, hut: Path) -> None:
    done = installation.tale("test", str(hut), "lok")
    assert (done.returncode, "Did you mean 'look'" in done.stderr) == (2, True)
    (hut / "tests" / "look.transcript").write_text("> look\n/(/\n", "utf-8")
    done = installation.tale("test", str(hut))
    assert (done.returncode, "is no regular expression" in done.stdout) == (1, True)
    (hut / "tests" / "look.transcript").unlink()
    done = installation.tale("test", str(hut))
    assert (done.returncode, "--record" in done.stderr) == (2, True)
