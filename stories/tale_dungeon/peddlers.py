"""The two who sell things below ground, and their ways."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tale_core.story import Acting, Actor, Description, Door, Hidden, Name, Place, Purse, Shop, World, fact, set_fact

from . import arms, remedies
from .book import rules
from .remedies import OIL
from .scrolls import SCROLLS
from .stock import Stock, components
from .words import Good


class Peddler(NamedTuple):
    """Say who sits on which floor, and what they say to whom they do not sell anything."""

    id: str
    name: str
    text: str
    gender: Literal["he", "she"]
    greeting: str
    lines: tuple[str, ...]


PEDDLERS = {
    1: Peddler(
        "wat",
        "Wat",
        "A peddler, on his pack, with his feet in a bucket of warm water. He does very well down here, he says: the "
        "rents are low, and nobody haggles twice.",
        "he",
        "“Customers!” says the man on the pack, and takes one foot out of the bucket. “Wat. Oil, bandages, regrets. "
        "Mind the step, everybody else has.”",
        (
            "“My sister has a pitch two floors down. I would not buy from her. I would not buy from me, either.”",
            "“Oil is what they all forget. Brave as lions, and then they are sitting in the dark with the lions.”",
            "“Look at a chest before you open it. Look it in the lock. That is all I say, and I say it for nothing.”",
            "“The ones that sleep, let them. I did a roaring trade with a man who shouted.”",
        ),
    ),
    3: Peddler(
        "nan",
        "Nan",
        "A peddler, in three shawls, knitting a fourth. She is Wat's sister, and does not speak of him.",
        "she",
        "“You got past my brother, then,” says a pile of shawls by the wall. “Nan. I sell what you will wish you had "
        "bought.”",
        (
            "“He told you not to buy from me. Well. Did his oil burn, or did it only sulk?”",
            "“Run, if you have to. I sell a great deal to those who ran, and nothing to the others.”",
            "“The old man at the bottom? He bought a comb of me once, for her. He paid with a leaf, an iron one.”",
            "“They blow a whistle, the little ones, and then they all come. Do not let him get to the whistle.”",
        ),
    ),
}


def set_up(stock: Stock) -> None:
    """Put a peddler with wares where one arrives, on the floors that have one."""
    peddler = PEDDLERS.get(stock.number)
    if peddler is None:
        return
    id = peddler.id
    oil = f"{id}.oil"  # by another name than the flasks that lie about, so that one need not ask which is meant
    stock.add_as(
        id,
        stock.place(0),
        Name(peddler.name, ("peddler", "merchant", "trader"), proper=True, gender=peddler.gender),
        Description(peddler.text),
        Actor(60, 60),
        Purse(150),
        Shop(endless=(oil,)),
    )
    stock.add_as(oil, id, *components(OIL._replace(name="can of lamp oil", also=("can",))), how="held")
    chances, number = stock.chances, stock.number
    offered: list[Good] = [
        chances.choice(arms.WEAPONS[number]),
        chances.choice(arms.ARMOUR[number]),
        *chances.shuffled(remedies.REMEDIES[number])[:2],
        chances.choice(remedies.TONICS),
        *chances.shuffled(SCROLLS)[:2],
    ]
    for n, good in enumerate(offered):
        stock.add_as(f"{id}.{n}", id, *components(good), how="held")


@rules.every_turn
def call_out(act: Acting) -> None:
    """Let a peddler say once what they are there for."""
    world = act.world
    for peddler in PEDDLERS.values():
        if world.parent(peddler.id) == act.place and not fact(world, f"met.{peddler.id}"):
            set_fact(world, f"met.{peddler.id}")
            act.speak(peddler.id, peddler.greeting)
            act.say("({=buy} shows what there is, {=sell} with a word takes what you have.)")


@rules.before("attack", "disarm", item=("wat", "nan"))
def not_them(act: Acting) -> None:
    """Keep players from robbing their only shop."""
    act.refuse("{The item} {item:look|looks} at you over a pair of spectacles until you feel foolish.")


@rules.instead("talk", "ask", "tell", item=("wat", "nan"))
def small_talk(act: Acting) -> None:
    """Let a peddler say something useful, or tell where there is a door that one does not see."""
    world = act.world
    lines = next(peddler.lines for peddler in PEDDLERS.values() if peddler.id == act.item)
    rumour = _rumour(world, act.place)
    spoken = [*lines, rumour] if rumour else lines
    act.speak(act.item, act.rng("talk", world.turn).choice(spoken))


def _rumour(world: World, place: str) -> str:
    """Return a hint at this floor's secret door, "" when it has none or it is found."""
    level = world.need(place, Place).level
    for door in world.every(Door):
        beside = world.need(door, Door).a
        if world.has(door, Hidden) and world.need(beside, Place).level == level:
            return f"“In the {world.name(beside)}, they say, there is more wall than there is room. I have not looked.”"
    return ""
