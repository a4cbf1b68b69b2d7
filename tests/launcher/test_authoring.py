"""The commands for authors, as they are typed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tale_core.game.checking import check
from tale_core.game.reading import read_story
from tale_core.launcher.beginnings import write_story
from tale_core.testing.rehearsal import rehearse, transcripts_of
from tale_core.testing.transcript import read_transcript


def test_a_new_story_is_sound_and_played_to_the_win(tmp_path: Path) -> None:
    folder = write_story("Sea Breeze", tmp_path / "breeze")
    reading = read_story(folder)
    assert check(reading) == []
    assert (reading.story.info.id, reading.story.info.title) == ("sea-breeze", "Sea Breeze")
    (path,) = transcripts_of(folder)
    assert rehearse(reading.story, read_transcript(path)) == []
    assert "You have won" in (folder / "tests" / "win.transcript").read_text("utf-8")
    json.loads((folder / "world.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("title", ['The "Light"house', "C:\\temp", "{id}", "Zoë’s"])
def test_a_new_story_takes_any_title(tmp_path: Path, title: str) -> None:
    folder = write_story("lighthouse", tmp_path / "it", title=title, author=title)
    told = tomllib.loads((folder / "story.toml").read_text("utf-8"))
    assert (told["title"], told["author"]) == (title, title)


def test_a_new_story_overwrites_nothing(installation) -> None:
    assert installation.tale("new", "story", "hut").returncode == 0
    done = installation.tale("new", "story", "hut")
    assert (done.returncode, "is there already" in done.stderr) == (2, True)
    done = installation.tale("new", "story", "42")
    assert (done.returncode, "makes no id" in done.stderr) == (2, True)
    done = installation.tale("new", "stroy", "hut")
    assert (done.returncode, "Did you mean 'story'" in done.stderr) == (2, True)


def test_a_story_is_checked(installation, write_story) -> None:
    hut = write_story()
    done = installation.tale("check", str(hut))
    assert (done.returncode, done.stdout) == (0, "The Hut: 1 place, 0 things, 0 people; nothing is amiss.\n")
    (hut / "world.yaml").write_text("places:\n  hut: {title: The Hut}\n  den: {title: Den, exits: {up: hut}}\n")
    done = installation.tale("check", str(hut), "--json")
    assert done.returncode == 0
    assert [(each["code"], each["about"], each["line"]) for each in json.loads(done.stdout)] == [
        ("unreachable", "den", 3),
        ("one-way", "den.up", 3),
    ]
    (hut / "world.yaml").write_text("places:\n  hut: {titel: Hut}\n")
    done = installation.tale("check", str(hut))
    assert done.returncode == 1
    assert "world.yaml:2:9: error: 'titel' means nothing here (did you mean 'title'?)" in done.stdout
    done = installation.tale("check", str(hut), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)[0]["level"] == "error"


def test_installed_stories_are_checked_by_name_and_a_wrong_name_is_told(installation) -> None:
    done = installation.tale("check", "dungeon")
    assert done.returncode == 0, done.stdout
    done = installation.tale("check", "dungoen")
    assert (done.returncode, "Did you mean 'dungeon'" in done.stderr) == (2, True)


def test_the_schema_is_printed_and_written(installation, tmp_path: Path) -> None:
    printed = installation.tale("schema").stdout
    assert json.loads(printed)["title"] == "World data of a Tale story"
    assert installation.tale("schema", "world.schema.json").returncode == 0
    assert (tmp_path / "world.schema.json").read_text("utf-8") == printed
