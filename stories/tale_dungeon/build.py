"""Makes a world of the plan: draws up the floors, dresses them, fills them, and adds it all to a ``World``."""

from __future__ import annotations

from tale_core.story import (
    Component,
    Currency,
    Description,
    Door,
    Drinkable,
    Hidden,
    Lock,
    Name,
    Openable,
    Place,
    Scenery,
    Scoring,
    Stream,
    World,
)

from . import goods
from .dressing import Scene, dress
from .ids import HAMMER, START
from .layout import OPPOSITE, Floor, plan
from .loot import furnish
from .monsters import settle
from .peddlers import set_up
from .stock import Stock, components, feature_id, place_id
from .themes import THEMES
from .traps import lay
from .words import Feature, Look, Theme

EMBER_POINTS = 25

GOAL = (
    "Somewhere on the lowest of five floors is the Ember, which keeps the winter away from Greywick. Find it and "
    "take it. Every lock has its key on the same floor, and every floor has water that heals."
)


def build(world: World) -> None:
    """Add the whole dungeon of the world's seed."""
    world.add("story", Currency("crown"))
    floors = plan(world.seed, len(THEMES))
    points = EMBER_POINTS
    for number, (theme, floor) in enumerate(zip(THEMES, floors, strict=True)):
        scenes = dress(Stream(world.seed, "dressing", number), theme, floor)
        chances = Stream(world.seed, "stock", number)
        stock = Stock(chances, number, theme, floor, scenes, last=number == len(floors) - 1)
        settle(stock)
        furnish(stock)
        lay(stock)
        set_up(stock)
        _add_places(world, stock, _stairs(floors, number))
        _add_doors(world, stock)
        for thing in stock.things:
            world.add(thing.id, *thing.components, at=thing.parent, how=thing.how)
        points += stock.points
    for good in (goods.LANTERN, goods.DAGGER, goods.BUN, goods.NOTE):
        world.add(f"{START}.{good.name.split()[-1]}", *components(good), at=START)
    world.add(HAMMER, *components(goods.HAMMER_OF_ONES_OWN))
    world.set("story", Scoring(points, GOAL))


def spring_of(world: World, place: str) -> str:
    """Return the id of the place's drinking water, or ""."""
    return next(
        (thing for thing in world.children(place) if world.has(thing, Drinkable) and world.has(thing, Scenery)), ""
    )


def _stairs(floors: tuple[Floor, ...], number: int) -> dict[int, dict[str, str]]:
    """Return the exits up and down of a floor, by room."""
    exits: dict[int, dict[str, str]] = {}
    if number > 0:
        exits.setdefault(0, {})["up"] = place_id(THEMES[number - 1], number - 1, floors[number - 1].goal)
    if number < len(floors) - 1:
        exits.setdefault(floors[number].goal, {})["down"] = place_id(THEMES[number + 1], number + 1, 0)
    return exits


def _add_places(world: World, stock: Stock, stairs: dict[int, dict[str, str]]) -> None:
    for number, (room, scene) in enumerate(zip(stock.floor.rooms, stock.scenes, strict=True)):
        exits = {direction: target for direction in OPPOSITE for target in _beyond(stock, number, direction)}
        exits |= stairs.get(number, {})
        place = Place(exits, scene.dark, stock.number + 1, room.x, room.y)
        id = world.add(stock.place(number), Name(scene.title), Description(scene.text), place)
        _add_features(world, id, scene)


def _beyond(stock: Stock, room: int, direction: str) -> list[str]:
    """Return what is in that direction: a door or a place, or nothing."""
    found = []
    for number, link in enumerate(stock.floor.links):
        if link.a == room and link.direction == direction:
            found.append(_door_id(stock.theme, number) if link.way != "open" else stock.place(link.b))
        if link.b == room and OPPOSITE[link.direction] == direction:
            found.append(_door_id(stock.theme, number) if link.way != "open" else stock.place(link.a))
    return found


def _add_features(world: World, place: str, scene: Scene) -> None:
    for feature in scene.features:
        is_spring = scene.spring and feature is scene.features[-1]
        extra: tuple[Component, ...] = (Drinkable(),) if is_spring else ()
        world.add(feature_id(place, feature.name), *_described(feature), Scenery(), *extra, at=place)


def _described(feature: Feature) -> tuple[Component, ...]:
    return Name(feature.name, feature.also, feature.article, plural=feature.plural), Description(feature.text)


def _add_doors(world: World, stock: Stock) -> None:
    metals = dict(stock.locks())
    looks: dict[int, Look] = {}
    for number, link in enumerate(stock.floor.links):
        if link.way == "open":
            continue
        if link.way == "door":
            beside = [
                looks[n] for n, other in enumerate(stock.floor.links) if n in looks and {*link[:2]} & {*other[:2]}
            ]
            look = next(look for look in stock.theme.doors if look not in beside)
        else:
            look = stock.theme.locked_door if link.way == "locked" else stock.theme.secret_door
        looks[number] = look
        metal = metals.get(number, "")
        extra: tuple[Component, ...] = (Lock((stock.key(metal),)),) if metal else ()
        if link.way == "secret":
            extra = (Hidden(),)
        world.add(
            _door_id(stock.theme, number),
            Name(look.name.format(metal=metal)),
            Description(look.text.format(metal=metal)),
            Door(stock.place(link.a), stock.place(link.b)),
            Openable(),
            *extra,
        )


def _door_id(theme: Theme, number: int) -> str:
    return f"{theme.id}.door{number}"
