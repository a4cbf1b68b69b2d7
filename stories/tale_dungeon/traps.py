"""Where the traps of a floor are: on ways that lead on, and on chests."""

from __future__ import annotations

from tale_core.story import Component, Container, Description, Fixed, Hidden, Name, Trap

from .stock import Stock
from .words import Snare

ON_CHESTS = 45
"""How many of a hundred chests have a trap."""


def lay(stock: Stock) -> None:
    """Lay one or two traps on ways that nobody must find a secret for, and some on chests; the first place has none."""
    chances, (*on_ways, on_chest) = stock.chances, stock.theme.traps
    links = [link for link in stock.floor.links if link.way != "secret" and not stock.is_start(link.a)]
    rooms: set[int] = set()
    for snare, link in zip(chances.shuffled(on_ways)[: chances.between(1, 2)], chances.shuffled(links), strict=False):
        if link.a not in rooms:
            rooms.add(link.a)
            _add(stock, snare, stock.place(link.a), way=link.direction)
    for thing in list(stock.things):
        if any(isinstance(part, Container) for part in thing.components) and chances.percent(ON_CHESTS):
            _add(stock, on_chest, thing.id)


def _add(stock: Stock, snare: Snare, where: str, way: str = "") -> None:
    effect: tuple[Component, ...] = () if snare.effect is None else (snare.effect,)
    stock.add(
        snare.name,
        where,
        Name(snare.name, snare.also),
        Description(snare.text),
        Trap(snare.damage, way, snare.sprung),
        Hidden(),
        Fixed(),
        *effect,
        how="in" if way else "part",
    )
