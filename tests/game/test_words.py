"""A story's own words: sentences and synonyms in data and code, and hints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import load_story
from tale_core.world.events import SceneEvent
from tale_core.world.grammar import grammar_with, standard_grammar
from tale_core.world.messages import plain
from tale_core.world.rulebook import Rules

from .test_story_errors import HALL, HEAD, problems

LETTER = "things:\n  letter: {in: hall}\n"


def said(folder: Path, line: str, data: str = "", code: str = "") -> str:
    """Return what a player is told who types the line in a story with this data and code."""
    (folder / "story.toml").write_text(HEAD)
    (folder / "world.yaml").write_text(HALL + LETTER + data)
    (folder / "rules.py").write_text("from tale_core.story import Rules\nrules = Rules()\n" + code)
    game = Game(load_story(folder))
    game.turn(Join("anna", "Anna"))
    turn = game.turn(Typed("anna", line))
    return " ".join(plain(event.text) for event in turn.events if not isinstance(event, SceneEvent))


@pytest.mark.parametrize(
    ("data", "code", "line", "told"),
    [
        ("sentences:\n  take: lift {item*}\n", "", "lift letter", "You take the letter."),
        ("sentences:\n  take: ['lift {item}', 'hoist {item}']\n", "", "hoist letter", "You take the letter."),
        ("synonyms:\n  take: [nab, pinch]\n", "", "nab the letter", "You take the letter."),
        ("synonyms:\n  pick: nab\n", "", "nab letter up", "You take the letter."),
        ("", "rules.sentence('take', 'lift {item*}')\n", "lift all", "letter: taken."),
        ("", "rules.synonym('take', 'nab')\n", "nab letter", "You take the letter."),
        ("", "rules.sentence('take', 'lift {item}')\nrules.synonym('lift', 'zork')\n", "zork it", "“it”"),
        ("synonyms:\n  look: glimpse\n", "", "glimpse at letter", "nothing special"),
    ],
)
def test_a_story_has_words_of_its_own(tmp_path: Path, data: str, code: str, line: str, told: str) -> None:
    assert told in said(tmp_path, line, data, code)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("sentences:\n  tkae: lift {item}\n", "world.yaml:4:9: there is no action 'tkae' (did you mean 'take'?)"),
        ("sentences:\n  take: lift {thing}\n", "world.yaml:4:9: '{thing}' in the sentence 'lift {thing}' is no slot"),
        ("sentences:\n  take: lift $ {item}\n", "world.yaml:4:9: '$' in the sentence 'lift $ {item}' is no word"),
        ("sentences:\n  take: ''\n", "world.yaml:4:9: a sentence for 'take' is empty"),
        ("sentences:\n  take: lift {item} {item}\n", "world.yaml:4:9: the sentence 'lift {item} {item}' has {item}"),
        ("sentences:\n  take: 3\n", "world.yaml:4:9: Expected 'str | array'"),
        ("synonyms:\n  grab_hold: nab\n", "world.yaml:4:14: no sentence begins with 'grab_hold'"),
        ("synonyms:\n  tkae: nab\n", "world.yaml:4:9: no sentence begins with 'tkae' (did you mean take?)"),
        ("synonyms:\n  take: nab it\n", "world.yaml:4:9: 'nab it' is not one word"),
        ("things:\n  k: {in: hall, hints: []}\n", "world.yaml:4:24: 'k' has no hints"),
        ("things:\n  k: {in: hall, hints: ['a {x y z}']}\n", "world.yaml:4:24: "),
        (
            "things:\n  k: {in: hall, hints: {levels: [a], unles: {}}}\n",
            "'hints' has no 'unles' (did you mean 'unless'?)",
        ),
    ],
)
def test_a_mistake_in_a_storys_words_is_pointed_at(tmp_path: Path, data: str, expected: str) -> None:
    assert any(expected in problem for problem in problems(tmp_path, world_yaml=HALL + data))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("rules.sentence('take', 'lift {thing}')", "rules.py:3:1: importing it raised ValueError: '{thing}' in"),
        ("rules.synonym('tkae', 'nab')", "rules.py:3:1: importing it raised ValueError: no sentence begins with"),
    ],
)
def test_a_mistake_in_code_is_told_at_its_line(tmp_path: Path, code: str, expected: str) -> None:
    head = "from tale_core.story import Rules\nrules = Rules()\n"
    assert any(expected in problem for problem in problems(tmp_path, rules_py=head + code))


def test_one_storys_words_are_no_other_storys() -> None:
    rules = Rules()
    rules.sentence("take", "lift {item}")
    rules.synonym("lift", "zork")
    assert {"lift", "zork"} <= grammar_with(rules.sentences, rules.synonyms).verbs
    assert "zork" not in standard_grammar().verbs


def test_the_grammar_is_made_once_for_all_games_of_a_story() -> None:
    lines = (("take", "lift {item}"),)
    assert grammar_with(lines) is grammar_with(lines)
    assert grammar_with(()) is standard_grammar()
