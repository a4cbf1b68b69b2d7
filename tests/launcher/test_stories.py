"""Which story is meant: an installed one by its name, a folder by its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.errors import UsageError
from tale_core.launcher.reports import State, StoryReport
from tale_core.launcher.stories import default_story, game_folder, story_folder

MARK = "from pathlib import Path\nfrom tale_core.plugins import hookimpl\n"


def story(name: str, state: State = "available") -> StoryReport:
    return StoryReport(
        name=name,
        group="tale.stories",
        entry_point=f"tale_{name}",
        state=state,
        folder=f"installed/{name}",
        reason="" if state == "available" else "it is broken",
        remedy="" if state == "available" else "pip uninstall it",
    )


INSTALLED = [story("cloak"), story("dungeon"), story("ruin", "unavailable")]


def test_an_installed_story_goes_by_its_name_even_beside_a_folder_of_that_name(write_story, monkeypatch) -> None:
    folder = write_story("dungeon")
    monkeypatch.chdir(folder.parent)
    assert story_folder("dungeon", INSTALLED) == Path("installed/dungeon")
    assert story_folder("./dungeon", INSTALLED) == Path("dungeon")
    assert story_folder("dungeon/", INSTALLED) == Path("dungeon")


def test_a_folder_goes_by_its_path(write_story, monkeypatch) -> None:
    folder = write_story("hut")
    monkeypatch.chdir(folder.parent)
    assert story_folder(str(folder), INSTALLED) == folder
    assert story_folder("hut", INSTALLED) == Path("hut")
    monkeypatch.chdir(folder)
    assert story_folder(".", INSTALLED) == Path()


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("dungoen", ["installed story 'dungoen'", "Did you mean 'dungeon'", "Valid: cloak, dungeon", "folder"]),
        ("no/such/folder", ["no folder 'no/such/folder'", "Installed stories: cloak, dungeon"]),
        ("empty", ["'empty' holds no story.toml", "cloak, dungeon"]),
        ("ruin", ["'ruin' is unavailable: it is broken", "pip uninstall it"]),
    ],
)
def test_what_is_no_story_is_answered_with_those_that_are(tmp_path, monkeypatch, wish, told) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        story_folder(wish, INSTALLED)
    for words in told:
        assert words in str(caught.value)


@pytest.mark.parametrize("wish", ["stories/dungeon", "stories/dungeon/", "stories\\dungeon", "../x/dungeon", "dungeon"])
def test_a_path_that_does_not_exist_names_the_story_in_its_last_part(tmp_path, monkeypatch, wish) -> None:
    monkeypatch.chdir(tmp_path)
    assert game_folder(wish, INSTALLED) == Path("installed/dungeon")


def test_a_path_that_exists_is_taken_before_a_name(write_story, monkeypatch) -> None:
    folder = write_story("dungeon")
    monkeypatch.chdir(folder.parent)
    assert game_folder("dungeon", INSTALLED).resolve() == folder


def test_an_unknown_game_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="Did you mean 'cloak'"):
        game_folder("stories/cloack", INSTALLED)


def test_the_story_that_is_played_unnamed_is_the_dungeon_or_else_the_first() -> None:
    assert default_story(INSTALLED).name == "dungeon"
    assert default_story([story("ruin", "disabled"), story("b"), story("a")]).name == "b"
    with pytest.raises(UsageError, match="No story is installed"):
        default_story([story("ruin", "disabled")])


def test_an_installed_story_is_listed_with_its_title(installation, write_story) -> None:
    folder = write_story("hut", title="The Hut")
    installation.add(
        "hut-story", f"{MARK}@hookimpl\ndef tale_stories():\n    return [Path({str(folder)!r})]", group="tale.stories"
    )
    report = installation.reports(command="stories")["hut-story"]
    assert (report["name"], report["title"], report["story_version"]) == ("hut", "The Hut", "3")
    assert (report["state"], report["folder"]) == ("available", str(folder))
    assert "The Hut" in installation.tale("stories").stdout


def test_a_story_that_cannot_be_read_is_listed_with_its_mistakes(installation, write_story) -> None:
    folder = write_story("hut")
    (folder / "story.toml").write_text("title = [")
    installation.add(
        "hut-story", f"{MARK}@hookimpl\ndef tale_stories():\n    return [{str(folder)!r}]", group="tale.stories"
    )
    report = installation.reports(command="stories")["hut-story"]
    assert (report["name"], report["state"]) == ("hut-story", "unavailable")
    assert "story.toml:1" in report["reason"]


def test_a_story_is_switched_off_like_any_plugin(installation, write_story) -> None:
    folder = write_story("hut")
    source = f"{MARK}@hookimpl\ndef tale_stories():\n    return [Path({str(folder)!r})]"
    installation.add("hut-story", source, group="tale.stories")
    assert installation.reports(command="stories", TALE_DISABLE_PLUGINS="hut")["hut-story"]["state"] == "disabled"
    done = installation.tale("play", "hut", TALE_DISABLE_PLUGINS="hut")
    assert done.returncode == 2
    assert "'hut' is disabled" in done.stderr
