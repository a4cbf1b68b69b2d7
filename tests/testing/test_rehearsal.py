"""A transcript that is not as the story plays is told line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tale_core.errors import StoryError
from tale_core.game.story import load_story
from tale_core.story import Rules
from tale_core.testing.rehearsal import perform, rehearse, transcript_tests, transcripts_of
from tale_core.testing.transcript import parse_transcript

TRANSCRIPTS = Path(__file__).parent.parent / "transcripts"


@pytest.fixture(scope="module")
def lodge():
    return load_story(TRANSCRIPTS / "lodge")


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("> take lantern\nYou take the lantern.\n!mug", []),
        ("> take lantern\n\nmug", ["t:3: “take lantern”: expected mug\n  but player was told: You take the lantern."]),
        (
            "> take lantern\n!/lan/",
            ["t:2: “take lantern”: expected not /lan/\n  but player was told: You take the lantern."],
        ),
        ("Nobody", ["t:1: player joins: expected Nobody\n  but player was told: The Lodge Snow"]),
        ("[reload]\nx", ["t:2: [reload]: expected x\n  but player was told: nothing"]),
    ],
)
def test_mistakes_name_line_command_wish_and_what_came(lodge, text, mistakes) -> None:
    found = rehearse(lodge, parse_transcript(text, "t"))
    assert len(found) == len(mistakes)
    assert all(told.startswith(expected) for told, expected in zip(found, mistakes, strict=True))


def test_each_step_comes_with_what_everybody_was_told(lodge) -> None:
    *_, last = perform(lodge, parse_transcript("players: anna, bob\n> take lantern", "t"))
    assert last.told == {"anna": "You take the lantern.", "bob": "Anna takes the lantern."}


def test_saves_are_listed_and_missing_ones_refused(lodge) -> None:
    text = "> saves\nYou have no saves yet\n> save\nSaved as “quick”\n> saves\nquick\n> restore x\nno save called “x”"
    assert not rehearse(lodge, parse_transcript(text, "t"))


def test_a_rule_that_fails_is_a_mistake_whatever_is_expected(lodge) -> None:
    rules = Rules()
    rules.before("jump")(lambda act: 1 // 0)
    found = rehearse(replace(lodge, rules=rules), parse_transcript("> jump\nSomething went wrong", "t"))
    assert len(found) == 1
    assert "t:1: “jump”: a rule of the story failed" in found[0]


def test_a_mode_that_the_story_has_not_is_refused(lodge) -> None:
    alone = replace(lodge, info=replace(lodge.info, modes=("if",)))
    with pytest.raises(StoryError, match="needs the mode 'mud'; The Lodge is played as: if"):
        list(perform(alone, parse_transcript("players: anna, bob\n> look", "t")))


def test_the_pytest_helper_fails_with_the_mistakes(tmp_path, lodge) -> None:
    for file in lodge.folder.glob("*.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "wrong.transcript").write_text("> look\nElephants", "utf-8")
    test = transcript_tests(tmp_path)
    assert [path.name for path in transcripts_of(tmp_path)] == ["wrong.transcript"]
    with pytest.raises(pytest.fail.Exception, match="expected Elephants"):
        test(tmp_path, tmp_path / "tests" / "wrong.transcript")
