"""What holds for every dungeon, shown on a thousand of them by search over the built world, without playing."""

from __future__ import annotations

import pytest

from tale_core.game.integrity import faults
from tale_core.game.story import Story
from tale_core.world.components import (
    Actor,
    Behaviour,
    Container,
    Description,
    Door,
    Drinkable,
    Edible,
    Hidden,
    Light,
    Lock,
    Name,
    Place,
    Refill,
    Scenery,
    Trap,
    Treasure,
    Weapon,
    Wearable,
)
from tale_core.world.components import Rules as Scoring
from tale_core.world.directions import OPPOSITES
from tale_core.world.people import Shop
from tale_core.world.store import World

BLOCKS = [range(start, start + 100) for start in range(0, 1000, 100)]
STEPS = {
    "north": (0, -1, 0),
    "south": (0, 1, 0),
    "east": (1, 0, 0),
    "west": (-1, 0, 0),
    "up": (0, 0, -1),
    "down": (0, 0, 1),
}

Worlds = dict[int, World]  # by seed


@pytest.fixture(scope="module", params=BLOCKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def worlds(request: pytest.FixtureRequest, dungeon: Story) -> Worlds:
    """Return a hundred worlds, which no test may change."""
    return {seed: built(dungeon, seed) for seed in request.param}


def built(story: Story, seed: int) -> World:
    world = World(seed)
    story.build(world)
    return world


def beyond(world: World, place: str, target: str) -> str:
    door = world.get(target, Door)
    return target if door is None else door.b if door.a == place else door.a


def explored(world: World, *, secret_doors: bool = True) -> tuple[set[str], set[str]]:
    """Return the places and keys that one gets to who takes every key and unlocks what it fits."""
    places, keys = {"entrance"}, set[str]()
    while True:
        before = len(places), len(keys)
        for place in list(places):
            keys |= {thing for thing in lying(world, place, keys) if thing.endswith("_key")}
            for target in world.need(place, Place).exits.values():
                lock = world.get(target, Lock)
                barred = lock is not None and not keys & set(lock.keys)
                if not barred and (secret_doors or not world.has(target, Hidden)):
                    places.add(beyond(world, place, target))
        if (len(places), len(keys)) == before:
            return places, keys


def lying(world: World, parent: str, keys: set[str]) -> list[str]:
    """Return what can be got at in a place: also what is hidden, in chests to be opened and in monsters' hands."""
    found = []
    for thing in world.children(parent):
        lock = world.get(thing, Lock)
        found.append(thing)
        if lock is None or keys & set(lock.keys):
            found += lying(world, thing, keys)
    return found


def test_every_world_hangs_together(worlds: Worlds) -> None:
    for world in worlds.values():
        assert list(faults(world, "entrance")) == []


def test_everything_can_be_reached_and_got(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        places, keys = explored(world)
        assert places == set(world.every(Place)), seed
        assert keys == {key for thing in world.every(Lock) for key in world.need(thing, Lock).keys}, seed
        assert world.place_of("forge.ember") in places


def test_the_king_is_reached_without_any_secret_door(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        places, _ = explored(world, secret_doors=False)
        assert world.place_of("forge.ember") in places, seed


def test_exits_lead_back_and_fit_the_map(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        spots = [(p.level, p.x, p.y) for p in (world.need(place, Place) for place in world.every(Place))]
        assert len(set(spots)) == len(spots), seed
        for place in world.every(Place):
            here = world.need(place, Place)
            for direction, target in here.exits.items():
                there = world.need(beyond(world, place, target), Place)
                back = there.exits[OPPOSITES[direction]]
                assert beyond(world, beyond(world, place, target), back) == place
                dx, dy, down = STEPS[direction]
                assert (there.x, there.y, there.level) == (here.x + dx, here.y + dy, here.level + down)


def test_each_level_has_all_that_is_promised(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        for level in (1, 2, 3, 4, 5):
            places = [place for place in world.every(Place) if world.need(place, Place).level == level]
            assert 6 <= len(places) <= 9, seed
            things = {thing for place in places for thing in deep(world, place)}
            for kind, least in ((Weapon, 1), (Wearable, 2), (Treasure, 5), (Container, 1), (Actor, 3)):
                assert sum(world.has(thing, kind) for thing in things) >= least, (seed, level, kind)
            remedies = [
                t for t in things if (world.has(t, Edible) or world.has(t, Drinkable)) and not world.has(t, Scenery)
            ]
            assert len(remedies) >= 3
            springs = [t for t in things if world.has(t, Drinkable) and world.has(t, Scenery)]
            assert len(springs) == 1
            assert not any(world.need(place, Place).dark for place in places if springs[0] in world.children(place))
            assert any(world.has(door, Lock) for place in places for door in world.need(place, Place).exits.values())


def test_nobody_fights_where_one_arrives_or_drinks(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        arrivals = [p for p in world.every(Place) if p == "entrance" or "up" in world.need(p, Place).exits]
        springs = [world.place_of(t) for t in world.every(Drinkable) if world.has(t, Scenery)]
        for monster in world.every(Behaviour):
            if world.need(monster, Behaviour).kind != "roam":
                assert world.place_of(monster) not in (*arrivals, *springs), (seed, monster)


def test_names_in_one_place_are_told_apart(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        for place in world.every(Place):
            doors = [door for door in world.need(place, Place).exits.values() if world.has(door, Door)]
            features = [thing for thing in world.children(place) if world.has(thing, Scenery)]
            names = [world.name(thing) for thing in (*doors, *features)]
            assert len(set(names)) == len(names), (seed, place, names)


def test_everything_has_a_name_and_a_description(worlds: Worlds) -> None:
    for world in worlds.values():
        for thing in world.every(Name):
            assert world.need(thing, Description).text.endswith((".", "!", "?", "'", "”")), thing


def test_the_score_adds_up(worlds: Worlds) -> None:
    for world in worlds.values():
        treasure = sum(world.need(thing, Treasure).points for thing in world.every(Treasure))
        bounties = sum(world.need(monster, Actor).points for monster in world.every(Actor))
        assert world.need("story", Scoring).max_score == treasure + bounties + 25


def deep(world: World, parent: str) -> list[str]:
    return [found for child in world.children(parent) for found in (child, *deep(world, child))]


def test_a_light_is_at_the_start_and_oil_on_every_floor_before_all_locks(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        assert world.need("entrance.lantern", Light).lit
        assert world.parent("entrance.lantern") == "entrance"
        assert not world.need("entrance", Place).dark
        lying = [thing for thing in world.every(Refill) if world.name(thing) == "flask of oil"]
        levels = [world.need(world.place_of(thing), Place).level for thing in lying if not world.has(thing, Hidden)]
        assert {1, 2, 3, 4, 5} <= set(levels), seed


def test_traps_are_hidden_and_lie_on_ways_that_there_are_or_on_chests(worlds: Worlds) -> None:
    for seed, world in worlds.items():
        traps = world.every(Trap)
        assert len(traps) >= 5, seed
        for trap in traps:
            assert world.has(trap, Hidden)
            parent, way = world.parent(trap), world.need(trap, Trap).way
            assert parent is not None
            assert parent != "entrance"
            assert way in world.need(parent, Place).exits if way else world.has(parent, Container), (seed, trap)


def test_two_peddlers_sit_where_one_arrives(worlds: Worlds) -> None:
    for world in worlds.values():
        assert [world.need(str(world.parent(who)), Place).level for who in world.every(Shop)] == [2, 4]


def test_dungeons_differ_by_seed_and_by_seed_alone(dungeon: Story) -> None:
    hashes = [built(dungeon, seed).state_hash() for seed in range(200)]
    assert len(set(hashes)) == 200
    assert hashes == [built(dungeon, seed).state_hash() for seed in range(200)]


def test_some_places_are_dark_and_some_secrets_hidden(dungeon: Story) -> None:
    worlds = [built(dungeon, seed) for seed in range(50)]
    dark = [sum(world.need(place, Place).dark for place in world.every(Place)) for world in worlds]
    hidden = [len(world.every(Hidden)) for world in worlds]
    assert min(dark) >= 1
    assert min(hidden) >= 4
