"""What is to be found on a floor, and in what.

What the player needs is never left to chance: a weapon, armour and remedies lie before the first lock, and every key
where the plan says. Chance decides which they are, what they are in and who sits on them.
"""

from __future__ import annotations

from tale_core.story import Container, Description, Fixed, Lock, Name, Openable, Treasure

from . import arms, remedies, treasures
from .scrolls import SCROLLS
from .stock import Holder, Stock, feature_id
from .words import Good, Look


def furnish(stock: Stock) -> None:
    """Put chests into the rooms, then everything else into chests, into hands, into hiding and on the ground."""
    _nooks(stock)
    chest_key = _boxes(stock)
    for link, metal in stock.locks():
        _lay_key(stock, metal, stock.floor.links[link].key)
    if chest_key:
        _lay_key(stock, chest_key, stock.chances.choice(stock.near()))
    _gear(stock)
    _treasure(stock)
    _sundries(stock)


def _nooks(stock: Stock) -> None:
    """Let things be hidden in the features that are made for it."""
    for room, scene in enumerate(stock.scenes):
        place = stock.place(room)
        hiding = [feature for feature in scene.features if feature.hides]
        stock.holders += [Holder(feature_id(place, feature.name), room, hidden=True) for feature in hiding]


def _boxes(stock: Stock) -> str:
    """Put one or two chests into rooms; return the metal of the lock if one is locked, else ""."""
    metal = stock.metals[-1] if stock.chances.percent(60) else ""
    rooms = stock.chances.shuffled(stock.rooms("room", "vault", "secret"))[: stock.chances.between(1, 2)]
    for number, (room, look) in enumerate(zip(rooms, stock.theme.chests, strict=False)):
        locked = number == 0 and metal != ""
        stock.holders.append(_box(stock, look, room, metal if locked else ""))
    return metal


def _box(stock: Stock, look: Look, room: int, metal: str) -> Holder:
    text = f"{look.text} The lock is made of {metal}." if metal else look.text
    lock = (Lock((stock.key(metal),)),) if metal else ()
    id = stock.add(
        look.name, stock.place(room), Name(look.name), Description(text), Container(12), Openable(), Fixed(), *lock
    )
    return Holder(id, room, locked=metal != "")


def _lay_key(stock: Stock, metal: str, room: int) -> None:
    """Put a key on the ground of its room or into anything there that is not locked."""
    holders = [holder for holder in stock.holders if holder.room == room and not holder.locked]
    where = stock.chances.choice([stock.ground(room), *holders])
    text = f"A key of {metal}, with a crowned hammer on its bow."
    stock.put(Good(f"{metal} key", text, ()), where)


def _gear(stock: Stock) -> None:
    """Hand out weapons, armour and remedies: the first of each before all locks, the others anywhere."""
    chances, number = stock.chances, stock.number
    near = stock.near()
    for good in _picked(stock, arms.WEAPONS[number], 1) + _picked(stock, arms.ARMOUR[number], 1):
        stock.put(good, stock.ground(chances.choice(near)))
    first, second, *others = chances.shuffled(remedies.REMEDIES[number])
    stock.put(first, stock.ground(chances.choice(near)))
    stock.put(second, chances.choice([*_open(stock, near), stock.ground(chances.choice(near))]))
    armour = [good for good in arms.ARMOUR[number] if not _is_there(stock, good)]
    weapon = chances.choice([good for good in arms.WEAPONS[number] if not _is_there(stock, good)])
    vault = stock.rooms("vault")[0]
    stock.put(armour[0], stock.ground(vault))
    stock.put(chances.choice([armour[1], weapon]), _anywhere(stock))
    stock.put(others[0], _anywhere(stock))


def _treasure(stock: Stock) -> None:
    """Hand out five treasures: two in the vault, one in the secret room if there is one, the others anywhere."""
    kept = [stock.ground(room) for room in stock.rooms("vault", "vault", "secret")]
    kept.append(kept[0])
    for good in stock.chances.shuffled(treasures.TREASURES[stock.number])[:5]:
        stock.put(good, kept.pop() if kept else _anywhere(stock))
        stock.points += sum(part.points for part in good.parts if isinstance(part, Treasure))


def _sundries(stock: Stock) -> None:
    """Hand out oil, which one gets at before all locks; something to read, something to drink, and money."""
    chances, near = stock.chances, stock.near()
    stock.put(remedies.OIL, stock.ground(chances.choice(near)))
    stock.put(chances.choice(SCROLLS), _anywhere(stock))
    stock.put(chances.choice(remedies.TONICS), _anywhere(stock))
    if chances.percent(50):
        stock.put(remedies.ANTIDOTE, stock.ground(chances.choice(near)))
    for _ in range(3):
        stock.put_coins(chances.between(3, 6) + 2 * stock.number, _anywhere(stock))


def _picked(stock: Stock, options: tuple[Good, ...], count: int) -> list[Good]:
    return stock.chances.shuffled(options)[:count]


def _is_there(stock: Stock, good: Good) -> bool:
    return any(
        Name(good.name, good.also, good.article, plural=good.plural) in thing.components for thing in stock.things
    )


def _open(stock: Stock, rooms: list[int]) -> list[Holder]:
    return [holder for holder in stock.holders if holder.room in rooms and not holder.locked]


def _anywhere(stock: Stock) -> Holder:
    """Choose where something is that nobody needs: mostly hidden, in a chest or in somebody's hands."""
    return stock.chances.choice(stock.holders or [stock.ground(0)])
