"""Transcripts are read as they are meant, and told where they cannot be."""

from __future__ import annotations

import pytest

from tale_core.errors import StoryError
from tale_core.testing.transcript import parse_transcript


def steps(text):
    return [(step.kind, step.player, step.text, step.times) for step in parse_transcript(text, "t").steps if step.line]


def expectation(line):
    return parse_transcript(f"> look\n{line}", "t").steps[-1].expected[0]


def test_commands_and_events_come_in_their_order() -> None:
    text = "players: anna, bob\n> look\nBob> take lamp\n[tick 3]\n[bob leaves]\n[bob joins]\n[reload]\n>"
    assert steps(text) == [
        ("typed", "anna", "look", 1),
        ("typed", "bob", "take lamp", 1),
        ("tick", "", "", 3),
        ("leave", "bob", "", 1),
        ("join", "bob", "", 1),
        ("reload", "", "", 1),
        ("typed", "anna", "", 1),
    ]


def test_the_head_sets_seed_mode_and_players_until_something_else_is_said() -> None:
    read = parse_transcript("# first\nseed: 12\n\nmode: mud\nplayers: Anna, Bob\n> look\nseed: 3\n", "t")
    assert (read.seed, read.mode, read.players) == (12, "mud", ("anna", "bob"))
    assert [each.written for each in read.steps[-1].expected] == ["seed: 3"]


@pytest.mark.parametrize(
    ("line", "told", "met"),
    [
        ("a lamp here", "There is a\nlamp  here.", True),
        ("a lamp here", "There is a lamp.", False),
        ("!lamp", "There is a lamp.", False),
        ("!lamp", "Nothing.", True),
        ("/lamps? he/", "Two lamps here.", True),
        ("!/lamps?$/", "One lamp", False),
        ("\\!lamp", "So !lamp it is", True),
        ("\\# one", "Take # one", True),
        ("*** You have won ***", "*** You have won ***", True),
        ("//", "a // b", True),
    ],
)
def test_an_expectation_is_met_by(line, told, met) -> None:
    assert expectation(line).met(told) == met


def test_an_expectation_is_about_whoever_acts_unless_it_names_another() -> None:
    read = parse_transcript("players: anna, bob\nWelcome\nbob< Anna\n> look\nx\nbob> look\ny\nanna< z", "t")
    assert [[each.player for each in step.expected] for step in read.steps] == [
        [],
        ["anna", "bob"],
        ["anna"],
        ["bob", "anna"],
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("seed: x", "t:1: the seed must be a number, not 'x'"),
        ("mode: solo", "t:1: there is no mode 'solo'"),
        ("players: anna, anna", "t:1: 'anna, anna' should be different names"),
        ("> look\ncarl> look", "t:2: no player is called 'carl'"),
        ("> look\ncarl< hm", "t:2: no player is called 'carl'"),
        ("> look\n/(/", "t:2: /(/ is no regular expression"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, problem) -> None:
    with pytest.raises(StoryError) as caught:
        parse_transcript(text, "t")
    assert caught.value.problems[0].startswith(problem)
