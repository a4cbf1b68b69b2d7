"""A story's own texts and whole sets in other languages take the place of the engine's, and are checked before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.errors import StoryError
from tale_core.game.checking import check
from tale_core.game.reading import read_story
from tale_core.game.story import Story, load_story
from tale_core.game.storytexts import lacking
from tale_core.testing.rehearsal import rehearse
from tale_core.testing.transcript import parse_transcript
from tale_core.world.messages import standard

TOML = 'id = "small"\ntitle = "Small"\nauthor = "A"\nversion = "1"\nstart = "hall"\n'
WORLD = "places:\n  hall: {title: Halle}\nthings:\n  key: {name: Schlüssel, in: hall}\n"


def written(folder: Path, head: str = "", **files: str) -> Path:
    for name, text in {"story.toml": TOML + head, "world.yaml": WORLD, **files}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def told(story: Story, transcript: str) -> list[str]:
    return rehearse(story, parse_transcript(transcript, "t"))


GERMAN = {"messages.de.toml": '[take]\ndone = "Genommen: {item}."\n[own]\nbell = "Ding."\n'}
OWN = {"messages.toml": '[own]\nbell = "Dong."\n[drop]\ndone = "Down it goes."\n'}


def test_a_set_is_told_in_the_language_of_the_story_over_its_own_texts(tmp_path) -> None:
    story = load_story(written(tmp_path, 'language = "de"\n', **GERMAN, **OWN))
    assert story.messages["own.bell"] == "Ding."
    assert not told(story, "> take schlüssel\nGenommen: \n> drop it\nDown it goes.")


def test_other_languages_lie_by(tmp_path) -> None:
    story = load_story(written(tmp_path, **GERMAN, **OWN))
    assert story.messages["own.bell"] == "Dong."
    assert not told(story, "> take schlüssel\nYou take")


@pytest.mark.parametrize(
    ("head", "files", "problem"),
    [
        ('language = "de"\n', {}, "story.toml:6:1: there is no messages.de.toml for the language 'de'"),
        ('language = "German"\n', {}, "story.toml:6:1: 'language'"),
        (
            "",
            {"messages.de.toml": '[take]\ndoen = "x"'},
            "de.toml:2:1: there is no text 'take.doen' to translate",
        ),
        ("", {"messages.de.toml": '[take]\ndone = "{itme}"'}, "take.done: nothing fills {itme} (did you mean 'item'?)"),
        ("", {"messages.toml": '[list]\nand = ["und", "&"]'}, "toml:2:1: list.and is a word, which has no variants"),
        (
            "",
            {"messages.toml": '[state]\nin = "drin"'},
            "messages.toml:2:1: state.in must have just the gaps",
        ),
        ("", {"messages.toml": '[take]\ndone = "{}"'}, "messages.toml:2:1: take.done: {} in '{}' means nothing"),
        ("", {"messages.fr.toml": "x"}, "messages.fr.toml:1:1: this is no TOML"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path, head, files, problem) -> None:
    with pytest.raises(StoryError) as caught:
        load_story(written(tmp_path, head, **files))
    assert len(caught.value.problems) == 1
    assert problem in caught.value.problems[0]


def test_the_check_names_what_a_translation_lacks(tmp_path) -> None:
    found = check(read_story(written(tmp_path, **GERMAN, **OWN)))
    text = next(each.text for each in found if each.code == "translation")
    assert text.startswith(f"{len(standard().ids()) - 1} texts are not translated: ")
    assert "take.already" in text
    assert " take.done," not in text


def test_a_whole_translation_lacks_nothing() -> None:
    assert lacking([*standard().ids(), "own.bell"], ["own.bell"]) == []
    assert lacking(standard().ids(), ["own.bell"]) == ["own.bell"]
