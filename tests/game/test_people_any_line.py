"""Whatever people type to people: no fault, nothing hidden told, and a replay that comes out the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.game.game import Game
from tale_core.game.inputs import AnyInput, Join, Leave, Tick, Typed
from tale_core.game.story import Story, load_story
from tale_core.world.events import Error
from tale_core.world.grammar import standard_grammar
from tale_core.world.messages import plain
from tale_core.world.people import Asked, Conversation
from tale_core.world.socials import adverbs

VILLAGE = Path(__file__).parents[1] / "transcripts" / "village"
PLAYERS = ("anna", "bob")
NOUNS = (
    "tom", "rosa", "boy", "granny", "anna", "bob", "key", "hammer", "horseshoe", "pie", "ale", "locket", "penny",
    "coins", "fire", "trouble", "news", "squire", "dragons", "yes", "no", "1", "2", "it", "him", "her", "me", "all",
    "5 pennies",
)  # fmt: skip
LINKS = ("about", "for", "to", "from", "with", "at", "and", ",", ".", "the", "", "?", "“", "{item}", ":", "then")


@cache
def village() -> Story:
    return load_story(VILLAGE)


def lines() -> st.SearchStrategy[str]:
    verbs = st.sampled_from(sorted(standard_grammar().verbs))
    words = st.sampled_from((*NOUNS, *LINKS, *sorted(adverbs())[:5]))
    likely = st.sampled_from(
        ("talk to tom", "ask tom about trouble", "give horseshoe to tom", "n", "s", "e", "w", "take all")
    )
    return st.one_of(
        likely, st.tuples(verbs, st.lists(words, max_size=6)).map(lambda each: " ".join((each[0], *each[1])))
    )


def inputs() -> st.SearchStrategy[AnyInput]:
    typed = st.builds(Typed, st.sampled_from(PLAYERS), lines())
    others = st.sampled_from((Tick(), Leave("bob"), Join("bob", "Bob")))
    return st.one_of(typed, typed, typed, typed, others)


@given(st.lists(inputs(), max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_line_to_people_ends_in_a_fault_and_a_replay_comes_out_the_same(given_: list[AnyInput]) -> None:
    first, again = Game(village(), 3), Game(village(), 3)
    opening: list[AnyInput] = [Join("anna", "Anna"), Join("bob", "Bob")]
    for each in opening + given_:
        turn = first.turn(each)
        assert not [event for event in turn.events if isinstance(event, Error)], each
        assert again.turn(each).events == turn.events
    assert first.world.state_hash() == again.world.state_hash()
    kept = first.state()
    other = Game(village(), 3)
    assert other.resume(kept) == []
    assert other.world.state_hash() == first.world.state_hash()


def test_what_people_remember_outlives_a_save() -> None:
    game = Game(village(), 3)
    for each in (Join("anna", "Anna"), *(Typed("anna", line) for line in ("n", "ask tom about trouble"))):
        game.turn(each)
    other = Game(village(), 3)
    assert other.resume(game.state()) == []
    assert other.world.has("anna", Asked)
    assert other.world.need("tom", Conversation) == game.world.need("tom", Conversation)
    told = [plain(event.text) for event in other.turn(Typed("anna", "yes")).events]
    assert told[0] == "“Good lad. Or lass,” says Tom."
