"""Smiling, bowing and the like: seen from three sides, in the dark, with adverbs and without."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Mood, Name
from tale_core.world.command import Command
from tale_core.world.conditions import mood_of
from tale_core.world.grammar import standard_grammar
from tale_core.world.people import Deaf
from tale_core.world.socials import Social, adverb, adverbs, like, socials

from .playing import ANNA, BOB, Play

CARA = "cara"
DIRECTED = [name for name, each in socials().items() if each.links]


@pytest.fixture
def play() -> Play:
    play = Play()
    play.join(BOB, "Bob")
    play.join(CARA, "Cara")
    return play


@pytest.mark.parametrize(
    ("line", "mine", "theirs", "others"),
    [
        ("smile", "You smile.", "Anna smiles.", "Anna smiles."),
        ("smile at bob", "You smile at Bob.", "Anna smiles at you.", "Anna smiles at Bob."),
        (
            "smile happily at bob",
            "You smile happily at Bob.",
            "Anna smiles happily at you.",
            "Anna smiles happily at Bob.",
        ),
        (
            "smile at bob happ",
            "You smile happily at Bob.",
            "Anna smiles happily at you.",
            "Anna smiles happily at Bob.",
        ),
        ("bow slowly to bob", "You bow slowly to Bob.", "Anna bows slowly to you.", "Anna bows slowly to Bob."),
        ("hug bob tightly", "You hug Bob tightly.", "Anna hugs you tightly.", "Anna hugs Bob tightly."),
        ("hug bob", "You hug Bob.", "Anna hugs you.", "Anna hugs Bob."),
        ("weep on bob", "You cry on their shoulder.", "Anna cries on your shoulder.", "Anna cries on their shoulder."),
        ("clap", "You clap.", "Anna claps.", "Anna claps."),
        ("applaud bob", "You clap for Bob.", "Anna claps for you.", "Anna claps for Bob."),
        ("shrug help", "You shrug helplessly.", "Anna shrugs helplessly.", "Anna shrugs helplessly."),
        (
            "dance with bob",
            "You dance a few steps with Bob.",
            "Anna dances a few steps with you.",
            "Anna dances a few steps with Bob.",
        ),
        ("wave", "You wave.", "Anna waves.", "Anna waves."),
        ("thank bob warmly", "You thank Bob warmly.", "Anna thanks you warmly.", "Anna thanks Bob warmly."),
        ("kiss altar", "You kiss the marble altar.", "Anna kisses the marble altar.", "Anna kisses the marble altar."),
    ],
)
def test_all_three_sides_see_it_from_their_own(play: Play, line: str, mine: str, theirs: str, others: str) -> None:
    assert play.type(line) == mine
    assert play.heard[BOB] == theirs
    assert play.heard[CARA] == others


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("smile hapily", "You do not know how one does that “hapily”. Did you mean happily or haughtily?"),
        ("smile at zelda", "You can see no “zelda” here."),
        ("smile at me", "Nobody but you would see the point of that."),
        ("hug", "Hug whom?"),
        ("smil", "You do not know how to “smil”. Did you mean smile?"),
    ],
)
def test_what_is_misspelt_or_missing_is_asked_after(play: Play, line: str, told: str) -> None:
    assert play.type(line).startswith(told[:30])
    assert BOB not in play.heard


def test_what_makes_a_noise_is_heard_in_the_dark_and_what_does_not_is_unseen(play: Play) -> None:
    for player in (ANNA, BOB, CARA):
        play.to(player, "cellar")
    play.world.set(CARA, Deaf())
    play.type("smile")
    assert "smile" not in play.heard.get(BOB, "")
    assert play.type("laugh") == "You laugh."
    assert play.heard[BOB] == "Someone laughs."
    assert CARA not in play.heard


def test_nobody_elsewhere_sees_it(play: Play) -> None:
    play.to(BOB, "garden")
    play.type("laugh loudly")
    assert BOB not in play.heard
    assert play.heard[CARA] == "Anna laughs loudly."


def test_a_mood_changes_by_what_is_done(play: Play) -> None:
    play.world.add(
        "tom",
        Name("Tom", proper=True, gender="he"),
        Actor(9, 9),
        Mood("gruff", {"kiss": "cross", "bow": "merry"}),
        at="hall",
    )
    assert play.type("x tom") == "Tom is unhurt.\n\nHe seems gruff."
    play.type("bow to tom")
    assert mood_of(play.world, "tom") == "merry"
    assert play.type("kiss tom").startswith("You kiss Tom.\nTom ")
    assert mood_of(play.world, "tom") == "cross"
    play.type("bow to bob")
    assert mood_of(play.world, "tom") == "cross"


@pytest.mark.parametrize("name", socials())
def test_each_can_be_done_alone_or_to_somebody(play: Play, name: str) -> None:
    each = socials()[name]
    verb = each.words.split("|")[0] or name
    if each.links != ("",):
        assert play.type(verb).startswith("You ")
        assert play.heard[BOB].startswith("Anna ")
    if each.links:
        told = play.type(f"{verb} {each.links[0]} bob".replace("  ", " "))
        assert told.startswith("You ")
        assert play.heard[CARA].startswith("Anna ")
        assert "Bob" in told or "their" in told


def test_a_story_can_have_other_words_for_them() -> None:
    play = Play(messages={"social.smile": "{You} {beam|beams}{how}."})
    assert play.type("smile warmly") == "You beam warmly."


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("happily", "happily"),
        ("happ", "happily"),
        ("ha", ""),
        ("sl", ""),
        ("slo", "slowly"),
        ("sad", "sadly"),
        ("zzz", ""),
    ],
)
def test_adverbs_may_be_cut_short_where_it_is_clear_which_is_meant(typed: str, meant: str) -> None:
    assert adverb(typed) == meant


def test_misspelt_adverbs_have_their_like() -> None:
    assert "happily" in like("hapily")
    assert set(like("sul")) == {"sulkily"}
    assert all(word.isalpha() for word in adverbs())


def test_a_social_without_brackets_is_done_to_nobody() -> None:
    assert Social("{You} {yodel|yodels}{how}.").links == ()
    assert "smile" in standard_grammar().verbs
    assert Command("smile").action in standard_grammar().actions
