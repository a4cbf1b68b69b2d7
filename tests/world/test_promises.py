"""What holds for every action on every thing: it can be undone, and tells nobody what they may not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story, load_story
from tale_core.world.acting import command
from tale_core.world.components import Dialogue, Hidden, Name, Place
from tale_core.world.events import AnyEvent, Say, SceneEvent
from tale_core.world.messages import plain
from tale_core.world.perception import knows
from tale_core.world.performance import Performance
from tale_core.world.sentences import SENTENCES
from tale_core.world.store import World

WORKSHOP = Path(__file__).parents[1] / "transcripts" / "workshop"
ANNA, BOB, TOM = "anna", "bob", "tom"

ACTIONS = tuple(dict.fromkeys(action for action, _ in SENTENCES))
VERBS = tuple(
    dict.fromkeys(pattern.split()[0].split("|")[0].replace("_", " ") for _, pattern in SENTENCES if pattern[0] != "{")
)
WORDS = {"direction": "west", "topic": "glue", "start": "workshop", "player": BOB, "number": "2"}
BY_NAME = {"emote", "who"}
"""Actions that call whoever acts by their name."""

LINKS = ("", "in", "on", "with", "to", "at", "from", "under")


@cache
def workshop() -> Story:
    return load_story(WORKSHOP)


def played() -> Game:
    game = Game(workshop(), seed=1)
    game.turn(Join(ANNA, "Anna"))
    game.turn(Join(BOB, "Bob"))
    return game


GAME = played()
THINGS = tuple(thing for thing in GAME.world.every(Name) if thing != "story")
PLACES = tuple(GAME.world.every(Place))

things = st.sampled_from(THINGS)
names = things.map(GAME.world.name)
places = st.sampled_from(PLACES)
lines = st.tuples(st.sampled_from(VERBS), names, st.sampled_from(LINKS), st.one_of(st.just(""), names)).map(" ".join)


@pytest.mark.parametrize("action", ACTIONS)
@settings(max_examples=10, deadline=None)
@given(
    item=things,
    target=st.one_of(st.just(""), things),
    where=st.tuples(places, places),
    who=st.sampled_from([ANNA, TOM]),
)
def test_whatever_is_done_to_whatever_it_can_be_taken_back(
    action: str, item: str, target: str, where: tuple[str, str], who: str
) -> None:
    world = GAME.world
    before = world.state_hash()
    with world.transaction() as changes:
        world.move(who, where[0])
        world.move(BOB, where[1])
        performance = Performance(world, GAME.rules, GAME.messages)
        performance.perform(who, command(action, item, target, **WORDS))
        assert_sound(world)
    world.revert(changes)
    assert world.state_hash() == before
    assert {event.to for event in performance.events} <= {ANNA, BOB}


@settings(max_examples=50, deadline=None)
@given(st.lists(lines, min_size=1, max_size=6), places)
def test_what_was_typed_can_be_undone(typed: list[str], place: str) -> None:
    game = Game(workshop(), seed=1)
    game.turn(Join(ANNA, "Anna"))
    game.world.move(ANNA, place)
    game.turn(Typed(ANNA, "look"))
    for line in typed:
        moves, before = game.scene(ANNA).turns, kept(game.world)
        game.turn(Typed(ANNA, line))
        if game.scene(ANNA).turns == moves + 1:
            game.turn(Typed(ANNA, "undo"))
            assert kept(game.world) == before
            game.turn(Typed(ANNA, line))


@settings(max_examples=50, deadline=None)
@given(st.lists(lines, min_size=1, max_size=12), places, places)
def test_nobody_is_told_of_what_they_do_not_perceive(typed: list[str], annas: str, bobs: str) -> None:
    game = played()
    game.world.move(ANNA, annas)
    game.world.move(BOB, bobs)
    for number, line in enumerate(typed):
        before = known(game.world)
        turn = game.turn(Typed((ANNA, BOB)[number % 2], line))
        after = known(game.world)
        for event in turn.events:
            secret = set(named(event)) - before[event.to] - after[event.to]
            assert not secret, (line, event)


@settings(max_examples=50, deadline=None)
@given(st.lists(lines, min_size=1, max_size=12), places)
def test_what_is_hidden_is_never_mentioned(typed: list[str], place: str) -> None:
    game = played()
    game.world.move(ANNA, place)
    for line in typed:
        turn = game.turn(Typed(ANNA, line))
        if game.world.has("rusty_key", Hidden) and "rusty" not in " ".join(typed):
            assert not any("rusty key" in plain(event.text) for event in turn.events)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_witness_reads_of_somebody_else_and_the_actor_of_themselves(action: str) -> None:
    world = GAME.world
    for item in world.children("workshop"):
        with world.transaction() as changes:
            performance = Performance(world, GAME.rules, GAME.messages)
            performance.perform(ANNA, command(action, item, "lever", **WORDS))
        world.revert(changes)
        for event in performance.events:
            told = plain(event.text)
            assert not re.search(r"\{|\}|  |\bthe the\b|\ba a\b", told), told
            if event.to == BOB and item != BOB:
                assert not re.match(r"You (?!can see)", told), told
            if event.to == ANNA and not isinstance(event, Say) and action not in BY_NAME:
                assert "Anna " not in told, told


def assert_sound(world: World) -> None:
    """Check that everything is still somewhere that exists, and nothing inside itself."""
    for thing in THINGS:
        assert thing not in world.ancestors(thing)
        assert world.exists(world.place_of(thing))


def kept(world: World) -> dict[tuple[str, type], object]:
    """Return the state but for what the parser remembers of the conversation."""
    return {(t, kind): c for kind in world.kinds() if kind is not Dialogue for t, c in world.table(kind).items()}


def known(world: World) -> dict[str, set[str]]:
    return {player: {thing for thing in THINGS if knows(world, player, thing)} for player in (ANNA, BOB)}


def named(event: AnyEvent) -> Iterator[str]:
    """Yield the ids of all things that an event refers to."""
    for part in event.text:
        for run in part:
            if run.ref and not run.ref.startswith("exit:"):
                yield run.ref
    if isinstance(event, SceneEvent):
        for entry in (*event.scene.things, *event.scene.people, *event.scene.inventory):
            yield entry.id
    speaker = getattr(event, "speaker", "")
    if speaker:
        yield speaker
