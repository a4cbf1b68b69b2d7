"""A small house: two rooms, a door, things to be confused with one another, a person."""

from __future__ import annotations

import pytest

from tale_core.world.components import (
    Actor,
    Container,
    Description,
    Dialogue,
    Door,
    Edible,
    Fixed,
    Hidden,
    Light,
    Lock,
    Name,
    Openable,
    Place,
    Player,
    Scenery,
    Supporter,
    Weapon,
    Wearable,
)
from tale_core.world.store import World


def build_house(world: World) -> World:
    """Fill an empty world with the house."""
    world.add(
        "hall", Name("Great Hall"), Description("A high, cold hall."), Place({"north": "oak_door", "down": "pit"})
    )
    world.add("study", Name("Study"), Description("Books, mostly."), Place({"south": "oak_door"}))
    world.add("pit", Name("Pit"), Description("Deep and dark."), Place({"up": "hall"}, dark=True))
    world.add("oak_door", Name("oak door"), Door("hall", "study"), Openable(), Lock(("brass_key",)))
    world.add("me", Name("yourself", proper=True), Actor(20, 20), Player(), Dialogue(), at="hall")
    world.add("brass_key", Name("brass key"), at="hall")
    world.add("iron_key", Name("iron key"), Description("Rusty."), at="hall")
    world.add("lamp", Name("brass lamp", also=("lantern",)), Light(lit=False), at="hall")
    world.add("statue", Name("marble statue"), Fixed(), at="hall")
    world.add("ceiling", Name("vaulted ceiling"), Scenery(), at="hall")
    world.add("table", Name("table"), Supporter(), Fixed(), at="hall")
    world.add("apple", Name("red apple"), Edible(3), at="table", how="on")
    world.add("chest", Name("oak chest"), Container(), Openable(), Fixed(), at="hall")
    world.add("crown", Name("golden crown"), Wearable("head"), at="chest")
    world.add("jar", Name("glass jar"), Container(transparent=True), Openable(), at="hall")
    world.add("bee", Name("bee"), at="jar")
    world.add("ring", Name("silver ring"), Wearable("finger"), Hidden(), at="hall")
    world.add("goblin", Name("goblin"), Actor(6, 6), at="hall")
    world.add("club", Name("wooden club"), Weapon(3), at="goblin", how="held")
    world.add("cloak", Name("grey cloak"), Wearable("back"), at="me", how="worn")
    world.add("coin1", Name("gold coin"), at="hall")
    world.add("coin2", Name("gold coin"), at="hall")
    return world


@pytest.fixture
def world() -> World:
    return build_house(World(seed=1))
