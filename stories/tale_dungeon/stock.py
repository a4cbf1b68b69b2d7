"""One floor while it is being filled: the things decided on so far, and the places in which more may be put."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tale_core.story import (
    Coins,
    Component,
    Description,
    Drinkable,
    Edible,
    Effect,
    Hidden,
    How,
    Name,
    Price,
    Readable,
    Refill,
    Stream,
    Treasure,
    Weapon,
    Wearable,
)

from . import goods
from .dressing import Scene
from .layout import Floor
from .words import Good, Theme


class Thing(NamedTuple):
    """Hold one thing of the world to be: its components and where it is, by ids."""

    id: str
    components: tuple[Component, ...]
    parent: str
    how: How = "in"


class Holder(NamedTuple):
    """Say where loot may lie: ``thing`` is in the room of that number; ``hidden`` is what one must search to find."""

    thing: str
    room: int
    how: How = "in"
    hidden: bool = False
    locked: bool = False


class Stock:
    """Collect the ``things`` of one floor, every parent before what it holds, and the ``points`` they are worth."""

    def __init__(
        self, chances: Stream, number: int, theme: Theme, floor: Floor, scenes: Sequence[Scene], *, last: bool
    ) -> None:
        self.chances = chances
        self.number = number
        self.theme = theme
        self.floor = floor
        self.scenes = scenes
        self.last = last
        self.things: list[Thing] = []
        self.holders: list[Holder] = []
        self.points = 0
        self.metals = chances.shuffled(goods.METALS[number])
        """What the locks are made of: first those of the links in their order, last that of a chest."""
        self._counts: dict[str, int] = {}

    def place(self, room: int) -> str:
        """Return the id of a room's place."""
        return place_id(self.theme, self.number, room)

    def is_start(self, room: int) -> bool:
        """Tell whether it is the room in which players begin."""
        return self.number == room == 0

    def rooms(self, *kinds: str) -> list[int]:
        """Return the numbers of the rooms of these kinds."""
        return [number for number, room in enumerate(self.floor.rooms) if room.kind in kinds]

    def near(self) -> list[int]:
        """Return the rooms that are reached without any key or search, nearest first."""
        return self.floor.reached([n for n, link in enumerate(self.floor.links) if link.way in {"locked", "secret"}])

    def locks(self) -> list[tuple[int, str]]:
        """Return for each locked link its number and the metal of its lock and key."""
        locked = [number for number, link in enumerate(self.floor.links) if link.way == "locked"]
        return list(zip(locked, self.metals, strict=False))

    def key(self, metal: str) -> str:
        """Return the id of the key of that metal."""
        return f"{self.theme.id}.{metal}_key"

    def add(self, name: str, parent: str, *components: Component, how: How = "in") -> str:
        """Add a thing and return its id, which is made from its name."""
        base = f"{self.theme.id}.{slug(name)}"
        self._counts[base] = count = self._counts.get(base, 0) + 1
        id = base if count == 1 else f"{base}_{count}"
        self.things.append(Thing(id, components, parent, how))
        return id

    def add_as(self, id: str, parent: str, *components: Component, how: How = "in") -> None:
        """Add a thing whose id is known beforehand."""
        self.things.append(Thing(id, components, parent, how))

    def put(self, good: Good, where: Holder) -> str:
        """Add something that can be carried off and return its id."""
        hidden = (Hidden(),) if where.hidden else ()
        return self.add(good.name, where.thing, *components(good), *hidden, how=where.how)

    def put_coins(self, count: int, where: Holder) -> None:
        """Add a heap of coins."""
        hidden = (Hidden(),) if where.hidden else ()
        name = Name(f"{count} crowns", ("coins", "money", "crown"), proper=True, plural=True)
        text = "Silver, with a hammer on one side and a king on the other, who has no face."
        self.add("coins", where.thing, Coins(count), name, Description(text), *hidden, how=where.how)

    def ground(self, room: int) -> Holder:
        """Return the floor of a room as a holder."""
        return Holder(self.place(room), room)


def place_id(theme: Theme, number: int, room: int) -> str:
    """Return the id of a place; the very first one has a name of its own, which the story starts from."""
    return "entrance" if number == room == 0 else f"{theme.id}.{room}"


def feature_id(place: str, name: str) -> str:
    """Return the id of a place's feature."""
    return f"{place}.{slug(name)}"


def components(good: Good) -> tuple[Component, ...]:
    """Return all components of something that can be carried off."""
    name = Name(good.name, good.also, good.article, plural=good.plural)
    price = sum(_worth(part) for part in good.parts)
    return (name, Description(good.text), *good.parts, *((Price(price),) if price else ()))


def _worth(part: Component) -> int:
    """Return what a quality adds to the price, in crowns."""
    match part:
        case Treasure(points):
            return points * 2
        case Weapon(damage, skill):
            return damage * 2 + skill
        case Wearable(_, armour):
            return armour * 8
        case Edible(heal) | Drinkable(heal):
            return max(1, heal // 2)
        case Effect():
            return 8
        case Refill():
            return 6
        case Readable(text):
            return 0 if text else 12
    return 0


def slug(name: str) -> str:
    """Return a name as part of an id."""
    return "".join(c if c.isalnum() else "_" for c in name.lower().replace("'", ""))
