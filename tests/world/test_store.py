from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.world.components import Fixed, Light, Location, Name, Openable, Player
from tale_core.world.store import World

THINGS = ["box", "bag", "coin", "lamp", "key"]


def build() -> World:
    world = World(seed=1)
    world.add("room", Name("room"))
    for thing in THINGS:
        world.add(thing, Name(thing), at="room")
    return world


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(THINGS), st.sampled_from([*THINGS, "room"])),
        st.tuples(st.just("set"), st.sampled_from(THINGS), st.sampled_from([Openable(), Light(False, 3), Fixed("no")])),
        st.tuples(st.just("drop"), st.sampled_from(THINGS), st.sampled_from([Openable, Light, Fixed, Location])),
    ),
    max_size=30,
)


def apply(world: World, changes: list[tuple]) -> None:
    for kind, thing, value in changes:
        with suppress(ValueError):  # into itself: refused, and so no change
            getattr(world, kind)(thing, value)


def indexed(world: World) -> dict[str, list[str]]:
    return {parent: world.children(parent) for parent in ["room", *THINGS]}


@given(CHANGES, CHANGES)
def test_reverting_a_transaction_restores_the_hash_and_the_index(first: list[tuple], second: list[tuple]) -> None:
    world = build()
    apply(world, first)
    before, where = world.state_hash(), indexed(world)
    with world.transaction() as log:
        apply(world, second)
    world.state_hash()
    world.revert(log)
    assert world.state_hash() == before
    assert indexed(world) == where


@given(CHANGES)
def test_an_exception_undoes_all_of_a_transaction(changes: list[tuple]) -> None:
    world = build()
    before = world.state_hash()

    def fail() -> None:
        with world.transaction(), world.transaction():
            apply(world, changes)
            raise RuntimeError("fault")

    with pytest.raises(RuntimeError, match="fault"):
        fail()
    assert world.state_hash() == before


@given(CHANGES, CHANGES)
def test_an_inner_transaction_fails_alone(kept: list[tuple], undone: list[tuple]) -> None:
    world, other = build(), build()
    with world.transaction() as log:
        apply(world, kept)
        with suppress(RuntimeError), world.transaction():
            apply(world, undone)
            raise RuntimeError
    apply(other, kept)
    assert world.state_hash() == other.state_hash()
    world.revert(log)
    assert world.state_hash() == build().state_hash()


@given(CHANGES)
def test_equal_states_have_equal_hashes_however_they_came_about(changes: list[tuple]) -> None:
    world, fresh = build(), World(seed=1)
    apply(world, changes)
    for thing in reversed(["room", *THINGS]):
        fresh.add(thing)
    for thing in THINGS:
        for kind in (Location, Openable, Light, Fixed):
            component = world.get(thing, kind)
            if component is not None:
                fresh.set(thing, component)
    for thing in ["room", *THINGS]:
        fresh.set(thing, Name(thing))
    assert fresh.state_hash() == world.state_hash()
    fresh.set("room", Name("hall"))
    assert fresh.state_hash() != world.state_hash()


def test_things_are_listed_in_the_order_in_which_they_were_added() -> None:
    world = build()
    for thing in reversed(THINGS):
        world.remove(thing)
        world.move(thing, "room")
    assert world.children("room") == THINGS
    assert world.every(Location) == THINGS


def test_mistakes_say_what_is_wrong() -> None:
    world = build()
    with pytest.raises(ValueError, match="two things called 'box'"):
        world.add("box")
    with pytest.raises(KeyError, match="no thing called 'ghost'"):
        world.set("ghost", Openable())
    with pytest.raises(KeyError, match="'box' has no Player"):
        world.need("box", Player)
    world.move("bag", "box")
    with pytest.raises(ValueError, match="inside itself"):
        world.move("box", "bag")
    assert world.place_of("bag") == "room"
    assert list(world.ancestors("bag")) == ["box", "room"]
