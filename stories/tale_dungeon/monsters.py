"""Who lives on a floor."""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.story import Actor, Asleep, Behaviour, Component, Description, Name

from . import goods
from .stock import Holder, Stock, components
from .words import Monster


def settle(stock: Stock) -> None:
    """Put monsters into three of four rooms, none where the player arrives or drinks, and a warden at the goal."""
    rooms = [room for room in stock.rooms("room", "corridor", "vault") if not stock.scenes[room].spring]
    kinds = [(kind, kind.weight) for kind in stock.theme.monsters]
    for room in stock.chances.shuffled(rooms)[: max(3, len(rooms) * 3 // 4)]:
        kind = stock.chances.weighted(kinds)
        _add(stock, kind, room, _manner(stock, kind, room, rooms))
    if stock.last:
        king = _add(stock, stock.theme.warden, stock.floor.goal, stock.theme.warden.manner, article="the")
        stock.add(goods.AMULET.name, king, *components(goods.AMULET), how="worn")
    elif stock.chances.percent(70):
        _add(stock, stock.theme.warden, stock.floor.goal, stock.theme.warden.manner)


def _manner(stock: Stock, kind: Monster, room: int, rooms: list[int]) -> Behaviour:
    """Return what the monster does: a patrol goes to and fro between its room and one that lies open beside it."""
    if kind.manner.kind != "patrol":
        return kind.manner
    ends = [({link.a, link.b} - {room}).pop() for link in stock.floor.links if room in link[:2] and link.way == "open"]
    beside = [other for other in ends if other in rooms]
    if not beside:
        return replace(kind.manner, kind="hostile")
    return replace(kind.manner, path=(stock.place(room), stock.place(stock.chances.choice(beside))))


def _add(stock: Stock, kind: Monster, room: int, manner: Behaviour, article: str = "") -> str:
    stats = kind.stats
    extra: tuple[Component, ...] = (kind.effect,) if kind.effect is not None else ()
    id = stock.add(
        kind.name,
        stock.place(room),
        Name(kind.name, kind.also, article, gender=kind.gender),
        Description(kind.text),
        Actor(stats.hp, stats.hp, stats.skill, stats.damage, stats.armour, stats.points, stats.dodge),
        manner,
        *extra,
        *((Asleep(),) if kind.awake else ()),
    )
    stock.points += stats.points
    if manner.kind in {"hostile", "guard"} and not kind.awake and not article:
        stock.holders.append(Holder(id, room, "held"))
    return id
