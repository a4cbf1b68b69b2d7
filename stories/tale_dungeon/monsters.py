"""Who lives on a floor."""

from __future__ import annotations

from tale_core.story import Actor, Behaviour, Description, Name

from . import goods
from .stock import Holder, Stock, components
from .words import Monster

ASLEEP = "sleeping "
"""What the names of sleepers begin with, until they are woken."""


def settle(stock: Stock) -> None:
    """Put monsters into three of four rooms, none where the player arrives or drinks, and a warden at the goal."""
    rooms = [room for room in stock.rooms("room", "corridor", "vault") if not stock.scenes[room].spring]
    kinds = [(kind, kind.weight) for kind in stock.theme.monsters]
    for room in stock.chances.shuffled(rooms)[: max(3, len(rooms) * 3 // 4)]:
        _add(stock, stock.chances.weighted(kinds), room)
    if stock.last:
        king = _add(stock, stock.theme.warden, stock.floor.goal, article="the")
        stock.add(goods.AMULET.name, king, *components(goods.AMULET), how="worn")
    elif stock.chances.percent(70):
        _add(stock, stock.theme.warden, stock.floor.goal)


def _add(stock: Stock, kind: Monster, room: int, article: str = "") -> str:
    stats = kind.stats
    name = f"{ASLEEP}{kind.name}" if kind.manner == "asleep" else kind.name
    id = stock.add(
        name,
        stock.place(room),
        Name(name, kind.also, article, gender=kind.gender),
        Description(kind.text),
        Actor(stats.hp, stats.hp, stats.skill, stats.damage, stats.armour, stats.points),
        Behaviour("guard" if kind.manner == "asleep" else kind.manner),
    )
    stock.points += stats.points
    if kind.manner in {"hostile", "guard"} and not article:
        stock.holders.append(Holder(id, room, "held"))
    return id
