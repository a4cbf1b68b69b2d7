"""``tale sessions``, ``tale replay`` and ``tale bugreport``, as they are typed."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

Tale = Callable[..., subprocess.CompletedProcess[str]]


class Archive(NamedTuple):
    """Hold a data folder with one game of the story ``hut``, and what runs ``tale`` on it."""

    tale: Tale
    folder: Path
    hut: Path
    session: str


@pytest.fixture
def archive(installation, write_story, tmp_path: Path) -> Archive:
    hut = write_story()
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "kept")}

    def tale(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return installation.tale(*arguments, **{**where, **more})

    play(installation.environment(**where), hut, "look", "save here", "wait")
    listed = json.loads(tale("sessions", "list", "--json").stdout)
    assert [(each["story"], each["seed"], each["ended"]) for each in listed] == [("hut", 7, False)]
    return Archive(tale, tmp_path, hut, listed[0]["session"])


def play(environment: dict[str, str], hut: Path, *lines: str) -> str:
    command = [sys.executable, "-m", "tale_core", "play", str(hut), "--transport", "terminal", "--seed", "7"]
    text = "".join(f"{line}\n" for line in lines)
    done = subprocess.run(command, env=environment, input=text, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_is_kept_yet(installation, tmp_path: Path) -> None:
    done = installation.tale("sessions", "--data-dir", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (0, "No game is kept yet. To begin one: tale play\n")


def test_a_game_is_listed_and_shown(archive: Archive) -> None:
    done = archive.tale("sessions")
    assert archive.session in done.stdout
    assert "going on" in done.stdout
    shown = archive.tale("sessions", "show", archive.session[:4], "--text")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "> look\n" in shown.stdout
    assert "Saved as “here”." in shown.stdout
    assert "> wait" in archive.tale("sessions", "show").stdout


def test_a_game_goes_round_by_a_file_and_can_be_deleted(archive: Archive, tmp_path: Path) -> None:
    done = archive.tale("sessions", "export", archive.session, "hut.tale")
    assert (done.returncode, done.stdout) == (0, "Written to hut.tale.\n")
    again = archive.tale("sessions", "export", archive.session, "hut.tale")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    done = archive.tale("sessions", "delete", archive.session, "--yes")
    assert done.stdout == f"Deleted {archive.session}.\n"
    assert "No game" in archive.tale("sessions").stdout
    done = archive.tale("sessions", "import", "hut.tale")
    assert (done.returncode, done.stdout) == (0, "5 turns of 'hut' are kept. To go on: tale play hut\n")
    other = json.loads(archive.tale("sessions", "list", "--json").stdout)
    assert [(each["turns"], each["seed"]) for each in other] == [(5, 7)]
    assert other[0]["session"] != archive.session
    assert "> wait" in archive.tale("sessions", "show", "--text").stdout


def test_a_saves_game_is_replayed(archive: Archive) -> None:
    archive.tale("sessions", "export", archive.session, "hut.tale")
    story = ("--story", str(archive.hut))
    done = archive.tale("replay", "hut.tale", "--verify", *story)
    assert (done.returncode, done.stdout) == (0, "5 turns of 'hut' with the seed 7 come out as they did.\n")
    done = archive.tale("replay", "hut.tale", "--text", "--until", "2", *story)
    assert "> look\n" in done.stdout
    assert "wait" not in done.stdout


LONGER = """
from tale_core.story import Rules
rules = Rules()
@rules.report("wait")
def longer(act):
    act.say("A long time passes.")
"""


def test_the_first_turn_that_differs_is_shown_both_ways(archive: Archive) -> None:
    archive.tale("sessions", "export", archive.session, "hut.tale")
    (archive.hut / "rules.py").write_text(LONGER)
    done = archive.tale("replay", "hut.tale", "--verify", "--story", str(archive.hut))
    assert done.returncode == 1
    assert "Turn 5 is the first that differs: wait" in done.stdout
    then, now = done.stdout.split("Then:\n")[1].split("Now:\n")
    assert "A long time passes." in now
    assert "A long time passes." not in then
    assert json.loads(then.splitlines()[0])["kind"] == "report"


def test_a_report_holds_the_game_and_versions_and_nobodys_secrets(archive: Archive) -> None:
    done = archive.tale("bugreport", archive.session, "report.zip")
    assert done.stdout == "Written to report.zip.\n"
    with zipfile.ZipFile(archive.folder / "report.zip") as bundle:
        assert sorted(bundle.namelist()) == ["README.txt", "game.tale", "versions.json"]
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert json.loads(texts["versions.json"])["packages"]["msgspec"]
    everything = "".join(texts.values())
    assert archive.session not in everything
    assert str(archive.folder) not in everything
    assert str(Path.home()) + "/" not in everything


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (("sessions", "show", "nope"), 2, "no session 'nope'"),
        (("sessions", "lst"), 2, "Did you mean 'list'"),
        (("sessions", "import", "missing.tale"), 1, "cannot be read"),
        (("sessions", "import", "hut"), 1, "cannot be read"),
        (("replay", "notes.txt"), 1, "no save of Tale's"),
        (("bugreport", "nope"), 2, "no session 'nope'"),
    ],
)
def test_what_makes_no_sense_is_told(archive: Archive, command: tuple[str, ...], code: int, told: str) -> None:
    (archive.folder / "notes.txt").write_text("milk, eggs")
    done = archive.tale(*command)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_running_server_keeps_its_games(play_with, archive: Archive) -> None:
    running = play_with(str(archive.hut))
    done = archive.tale("sessions", "delete", archive.session, "--yes")
    assert (done.returncode, "Stop it first." in done.stderr) == (1, True)
    assert archive.session in archive.tale("sessions").stdout
    assert running.end()[0] == 0


@pytest.fixture
def play_with(play, tmp_path: Path):
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "kept")}
    return lambda hut: play("play", hut, "--port", "0", "--no-open", "--seed", "7", **where)


def test_the_dungeon_comes_out_the_same_under_any_hash_seed(installation, tmp_path: Path) -> None:
    where = {"TALE_EPHEMERAL": "", "TALE_DATA_DIR": str(tmp_path / "kept")}
    lines = (
        "take all",
        "east",
        "look",
        "open door",
        "west",
        "north",
        "undo",
        "save a",
        "wait",
        "restore a",
        "drop all",
    )
    command = [sys.executable, "-m", "tale_core", "play", "dungeon", "--transport", "terminal", "--seed", "11"]
    text = "".join(f"{line}\n" for line in lines)
    subprocess.run(
        command,
        env=installation.environment(**where, PYTHONHASHSEED="3"),
        input=text,
        text=True,
        check=True,
        timeout=30,
    )
    (kept,) = json.loads(installation.tale("sessions", "list", "--json", **where).stdout)
    installation.tale("sessions", "export", kept["session"], "game.tale", **where)
    for seed in ("0", "1", "2"):
        done = installation.tale("replay", "game.tale", "--verify", PYTHONHASHSEED=seed)
        assert (done.returncode, done.stdout) == (
            0,
            f"{kept['turns']} turns of 'The Ember of Greywick' with the seed 11 come out as they did.\n",
        )
