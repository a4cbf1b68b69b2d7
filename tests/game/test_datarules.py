"""Rules as data do what they say, and every mistake in one is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.errors import StoryError
from tale_core.game.story import load_story
from tale_core.testing.rehearsal import rehearse
from tale_core.testing.transcript import parse_transcript

TOML = 'id = "small"\ntitle = "Small"\nauthor = "A"\nversion = "1"\nmodes = ["if", "mud"]\nstart = "hall"\n'

WORLD = """
places:
  hall: {title: Hall, description: A hall., exits: {north: gate, down: pit}}
  yard: {title: Yard, exits: {south: gate}}
  pit: {title: Pit, exits: {up: hall}}
things:
  gate: {door: {a: hall, b: yard}, openable: true, lock: {}}
  bell: {in: hall, scenery: true}
  table: {in: hall, supporter: true}
  box: {in: hall, container: true, openable: true}
  coin: {in: box}
  note: {in: hall, hidden: true}
people:
  ann: {name: Ann, proper: true, gender: she, in: hall}
"""


def story(folder: Path, rules: str):
    (folder / "story.toml").write_text(TOML, "utf-8")
    (folder / "world.yaml").write_text(WORLD + rules, "utf-8")
    return load_story(folder)


def rule(what: str) -> str:
    """Return a rule for touching the bell."""
    return f"rules:\n  - {{instead: touch, item: bell, {what}}}\n"


@pytest.mark.parametrize(
    ("what", "transcript"),
    [
        ("say: Dong.", "> touch bell\nDong.\nbob< !Dong"),
        ("tell: '{You} {strike|strikes} it.'", "> touch bell\nYou strike it.\nbob< Player strikes it."),
        ("tell_in: {pit: Far away it rings.}", "bob> d\n> touch bell\nbob< Far away\n!Far"),
        ("tell_in: {here: It rings.}", "> touch bell\nIt rings.\nbob< It rings."),
        ("speech: {ann: Stop that.}", "> touch bell\n“Stop that,” says Ann."),
        ("move: {coin: player}", "> touch bell\n> i\ncoin"),
        ("move: {coin: table}", "> touch bell\n> look\nOn the table you can see a coin."),
        ("move: {coin: ann}", "> touch bell\n> x ann\nholds a coin"),
        ("move: {coin: here}", "> touch bell\n> take coin\nYou take the coin."),
        ("move: {player: pit}", "> touch bell\nPit"),
        ("remove: table", "> touch bell\n> look\n!table"),
        ("show: note, hide: table", "> touch bell\n> look\nnote\n!table"),
        ("unlock: gate, open: gate", "> touch bell\n> n\nYard\n!opening"),
        ("open: box", "> touch bell\n> look\ncoin"),
        ("describe: {hall: A dusty hall.}, rename: {table: oak table}", "> touch bell\n> look\ndusty\noak table"),
        ("facts: [rung, not quiet], say: x", "> touch bell\nx"),
        ("start: {later: 1}, say: x", "> touch bell\n!Later\n> z\nLater"),
        ("refuse: No., facts: rung", "> touch bell\nNo.\n> sing\n!Rung"),
        ("facts: rung, say: x", "> touch bell\n> sing\nRung"),
        ("won: All is well.", "> touch bell\nAll is well.\n*** You have won ***"),
        ("lost: All is lost.", "> touch bell\nAll is lost.\n*** You have lost ***"),
        ("say: x, when: {has: coin}", "> touch bell\n!x\n> open box. take coin\n> touch bell\nx"),
        ("say: x, unless: {has: coin}", "> touch bell\nx\n> open box. take coin\n> touch bell\n!x"),
        ("say: x, once: rung", "> touch bell\nx\n> touch bell\n!x\n> sing\nRung"),
        ("say: x, but: bell", "> touch bell\n!x"),
        ("say: x, place: pit", "> touch bell\n!x"),
        ("count: {rings: 2}, say: x", "> touch bell\n> dance\nRings"),
    ],
)
def test_a_rule_does_what_it_says(tmp_path, what, transcript) -> None:
    more = """
  - {timer: later, say: Later.}
  - {report: sing, when: {facts: rung}, say: Rung.}
  - {report: dance, when: {facts: rings}, say: Rings.}
facts: {rings: 0, quiet: true}
"""
    played = rehearse(story(tmp_path, rule(what) + more), parse_transcript(f"players: player, bob\n{transcript}", "t"))
    assert not played


def test_a_rule_may_be_for_going_in_one_direction(tmp_path) -> None:
    loaded = story(tmp_path, "rules:\n  - {check: go, place: hall, direction: [down, up], refuse: It is deep.}\n")
    assert not rehearse(loaded, parse_transcript("> d\nIt is deep.\n> n\n!deep", "t"))


def test_rules_of_the_data_come_before_those_of_the_code(tmp_path) -> None:
    code = "from tale_core.story import Rules\nrules = Rules()\nrules.before('sing')(lambda act: act.say('Second.'))\n"
    (tmp_path / "rules.py").write_text(code, "utf-8")
    loaded = story(tmp_path, "rules:\n  - {before: sing, say: First.}\n")
    assert not rehearse(loaded, parse_transcript("> sing\nFirst. Second.", "t"))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("rules: {a: b}", "'rules' must be a list"),
        ("rules:\n  - {say: x}", "a rule must have exactly one of these (before, instead"),
        ("rules:\n  - {before: take, after: take}", "a rule must have exactly one of these"),
        ("rules:\n  - {before: take, tel: x}", "'tel' means nothing here (did you mean 'tell'?)"),
        ("rules:\n  - {before: take, item: bel}", "16:26: 'bel' does not exist (did you mean 'bell'?)"),
        ("rules:\n  - {before: take, move: {coin: hal}}", "'hal' does not exist (did you mean 'hall'?)"),
        ("rules:\n  - {before: take, say: '{thing|}{}'}", "means nothing"),
        ("rules:\n  - {at: noon, say: x}", "'noon' is no time of day"),
        ("rules:\n  - {timer: x, every: soon}", "Expected 'int', got 'str'"),
        ("facts: {a: [1]}", "got 'array'"),
        ("facts: [a]", "'facts' must map names"),
        ("actions: {ring: {sentences: '{thing}'}}", "is no slot"),
        ("actions: {ring: {}}", "missing required field 'sentences'"),
        ("rulez: []", "'rulez' is no part of a world (did you mean 'rules'?)"),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path, data, problem) -> None:
    with pytest.raises(StoryError) as caught:
        story(tmp_path, data)
    assert len(caught.value.problems) == 1
    assert problem in caught.value.problems[0]
    assert caught.value.problems[0].startswith("world.yaml:1")
