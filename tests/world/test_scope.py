from __future__ import annotations

from tale_core.world.components import Hidden, Light, Openable
from tale_core.world.scope import can_see, can_touch, directions, is_lit, touchable, visible
from tale_core.world.store import World


def test_what_is_around_is_perceived(world: World) -> None:
    seen = visible(world, "me")
    assert {"brass_key", "apple", "statue", "ceiling", "goblin", "club", "cloak", "oak_door", "bee"} <= set(seen)
    assert "me" not in seen
    assert "hall" not in seen


def test_a_closed_box_hides_what_it_holds_and_an_open_one_shows_it(world: World) -> None:
    assert not can_see(world, "me", "crown")
    world.set("chest", Openable(open=True))
    assert can_see(world, "me", "crown")
    assert can_touch(world, "me", "crown")


def test_glass_shows_but_does_not_let_a_hand_through(world: World) -> None:
    assert can_see(world, "me", "bee")
    assert not can_touch(world, "me", "bee")
    assert "bee" not in touchable(world, "me")


def test_hidden_things_are_not_perceived_nor_what_they_hold(world: World) -> None:
    assert not can_see(world, "me", "ring")
    world.set("table", Hidden())
    assert not can_see(world, "me", "apple")
    assert "apple" not in visible(world, "me")


def test_in_the_dark_only_what_one_has_is_perceived(world: World) -> None:
    world.move("me", "pit")
    assert not is_lit(world, "pit")
    assert visible(world, "me") == ["cloak"]
    assert directions(world, "me") == {}
    world.move("lamp", "me", "held")
    world.set("lamp", Light(lit=True))
    assert is_lit(world, "pit")
    assert directions(world, "me") == {"up": "hall"}


def test_light_shines_out_of_open_things_and_through_glass_only(world: World) -> None:
    world.move("me", "pit")
    world.move("chest", "pit")
    world.move("lamp", "chest")
    world.set("lamp", Light(lit=True))
    assert not is_lit(world, "pit")
    world.set("chest", Openable(open=True))
    assert is_lit(world, "pit")
    world.set("lamp", Light(lit=True, fuel=0))
    assert not is_lit(world, "pit")


def test_a_door_is_perceived_from_both_sides(world: World) -> None:
    assert can_see(world, "me", "oak_door")
    world.move("me", "study")
    assert can_see(world, "me", "oak_door")
    world.move("me", "pit")
    assert not can_see(world, "me", "oak_door")


def test_inside_a_closed_chest_the_chest_and_what_is_inside_is_perceived(world: World) -> None:
    world.move("me", "chest")
    world.move("lamp", "me", "held")
    world.set("lamp", Light(lit=True))
    assert set(visible(world, "me")) == {"chest", "crown", "cloak", "lamp"}


def test_seeing_agrees_with_the_list_of_what_is_seen(world: World) -> None:
    for place in ("hall", "study", "pit", "chest"):
        world.move("me", place)
        seen = set(visible(world, "me"))
        for thing in ("brass_key", "crown", "bee", "apple", "club", "ring", "oak_door", "cloak", "goblin"):
            assert can_see(world, "me", thing) == (thing in seen), (place, thing)
