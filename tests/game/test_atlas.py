from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.game.atlas import STEPS, Atlas, Passage, atlas
from tale_core.world.components import Door, Hidden, Lock, Name, Openable, Place
from tale_core.world.directions import OPPOSITES
from tale_core.world.store import World


def world_of(**exits: dict[str, str]) -> World:
    world = World()
    for place, ways in exits.items():
        world.add(place, Name(place.title()), Place(ways))
    return world


def cells(found: Atlas, number: int = 0) -> dict[str, tuple[int, int]]:
    (level,) = (level for level in found.levels if level.number == number)
    return {room.id: (room.x, room.y) for room in level.rooms}


def test_places_lie_where_exits_lead() -> None:
    world = world_of(a={"north": "b", "east": "c"}, b={"south": "a"}, c={"west": "a", "southeast": "d"}, d={})
    assert cells(atlas(world, "a")) == {"a": (0, 1), "b": (0, 0), "c": (1, 1), "d": (2, 2)}


def test_where_two_want_one_cell_what_lies_beyond_moves_on() -> None:
    world = world_of(a={"north": "b", "east": "c"}, b={"east": "d"}, c={"north": "e"}, d={}, e={})
    found = cells(atlas(world, "a"))
    assert len(set(found.values())) == len(found)
    assert found["e"][1] < found["c"][1]
    assert found["d"][0] > found["b"][0]


def test_an_authors_own_coordinates_count() -> None:
    world = World()
    world.add("a", Name("A"), Place({"east": "b"}, x=4, y=2))
    world.add("b", Name("B"), Place({"west": "a"}, x=9, y=2))
    assert cells(atlas(world, "a")) == {"a": (4, 2), "b": (9, 2)}


def test_stairs_lead_to_other_levels_the_uppermost_first() -> None:
    world = world_of(a={"up": "b", "down": "c"}, b={"down": "a"}, c={})
    found = atlas(world, "a")
    assert [level.number for level in found.levels] == [1, 0, -1]
    assert found.stairs == (Passage("a", "b", "up", "down"), Passage("a", "c", "down"))
    assert found.stairs_of("b") == [("down", "a")]
    assert found.stairs_of("c") == []


def test_a_level_that_counts_downwards_is_drawn_so() -> None:
    world = World()
    world.add("a", Name("A"), Place({"down": "b"}, level=1))
    world.add("b", Name("B"), Place({"up": "a"}, level=2))
    assert [level.number for level in atlas(world, "a").levels] == [1, 2]


def test_passages_know_their_doors_and_ways_back() -> None:
    world = World()
    world.add("a", Name("A"), Place({"north": "gate", "east": "c", "in": "a"}))
    world.add("b", Name("B"), Place({"west": "gate"}))
    world.add("c", Name("C"), Place())
    world.add("gate", Name("gate"), Door("a", "b"), Openable(), Lock(), Hidden())
    (level,) = atlas(world, "a").levels
    assert level.passages == (
        Passage("a", "b", "north", "west", "gate", locked=True, secret=True),
        Passage("a", "c", "east"),
        Passage("a", "a", "in"),
    )


def test_places_that_nothing_leads_to_stand_beside_the_rest() -> None:
    found = cells(atlas(world_of(a={}, b={"east": "c"}, c={}), "b"))
    assert found == {"b": (0, 0), "c": (1, 0), "a": (2, 0)}


@st.composite
def trees(draw: st.DrawFn) -> World:
    """Draw a world without loops: each place hangs on an earlier one by some direction that is free there."""
    exits: list[dict[str, str]] = [{}]
    for number in range(1, draw(st.integers(2, 25))):
        at = draw(st.sampled_from([n for n, ways in enumerate(exits) if len(ways) < len(STEPS)]))
        way = draw(st.sampled_from([step for step in STEPS if step not in exits[at]]))
        exits[at][way] = f"p{number}"
        exits.append({OPPOSITES[way]: f"p{at}"})
    return world_of(**{f"p{number}": ways for number, ways in enumerate(exits)})


@given(trees())
def test_no_two_places_share_a_cell_and_every_direction_is_true(world: World) -> None:
    found = cells(atlas(world, "p0"))
    assert len(found) == len(set(found.values())) == len(world.every(Place))
    for place, (x, y) in found.items():
        for way, there in world.need(place, Place).exits.items():
            dx, dy = found[there][0] - x, found[there][1] - y
            assert ((dx > 0) - (dx < 0), (dy > 0) - (dy < 0)) == STEPS[way]


@pytest.mark.parametrize("start", ["a", "gone"])
def test_a_start_that_is_missing_changes_nothing(start: str) -> None:
    assert cells(atlas(world_of(a={"east": "b"}, b={}), start)) == {"a": (0, 0), "b": (1, 0)}
