"""Money: what a story's coin is called, who has how many, and what things cost."""

from __future__ import annotations

from collections.abc import Sequence

from tale_core.world.choices import NUMBERS
from tale_core.world.components import How, Location, Name
from tale_core.world.language import Language
from tale_core.world.naming import plural
from tale_core.world.people import Coins, Currency, Price, Purse, Shop, many
from tale_core.world.store import World
from tale_core.world.vocabulary import ARTICLES, words_of

STORY = "story"
"""The thing that says what the story's coin is called."""

_ALL = frozenset({"all", "everything", "every"})
_GENERAL = frozenset({"coin", "coins", "money", "cash"})


def currency(world: World) -> Currency:
    """Return what the story's coin is called."""
    return world.get(STORY, Currency) or Currency()


def amount(language: Language, world: World, n: int) -> str:
    """Return "12 gold coins", "1 gold coin" or "no gold coins"."""
    return f"{n or language.number(0)} {coin_word(world, n)}"


def coin_word(world: World, n: int = 0) -> str:
    """Return "gold coin" for one and "gold coins" for any other number."""
    named = currency(world)
    return named.coin if n == 1 else named.coins or plural(named.coin)


def coins_of(world: World, who: str) -> int:
    """Return how many coins somebody has."""
    purse = world.get(who, Purse)
    return 0 if purse is None else purse.coins


def earn(world: World, who: str, n: int) -> None:
    """Give somebody ``n`` coins, or take them when it is negative. Raise ValueError when they have not as many."""
    if coins_of(world, who) + n < 0:
        raise ValueError(f"{who!r} has only {coins_of(world, who)} coins and cannot pay {-n}")
    world.set(who, Purse(coins_of(world, who) + n))


def lay_down(world: World, n: int, parent: str, how: How = "in") -> str:
    """Put a heap of ``n`` coins there, together with what lies there of them already; return its id."""
    here = [thing for thing in world.children(parent, how) if world.has(thing, Coins) and thing.startswith("coins.")]
    heap = here[0] if here else _unused(world)
    count = n + (world.need(heap, Coins).count if here else 0)
    world.set(heap, Coins(count))
    world.set(heap, Name(f"{count} {coin_word(world, count)}", ("coins", "money"), proper=True, plural=count != 1))
    if not here:
        world.move(heap, parent, how)
    return heap


def spill(world: World, who: str) -> None:
    """Let all of somebody's coins fall to the ground where they are."""
    n = coins_of(world, who)
    if n:
        world.set(who, Purse(0))
        lay_down(world, n, world.place_of(who))


def money_meant(world: World, words: Sequence[str]) -> str | None:
    """Return what a phrase means as money: a number, "all" or "some"; None when it means something else."""
    named = currency(world)
    one, several = words_of(named.coin), words_of(coin_word(world))
    plain = [word for word in words if word not in ARTICLES and word != "of"]
    kept = [word for word in plain if word not in _ALL and not _number(word)]
    if not kept or not set(kept) <= _GENERAL.union(one, several) or kept[-1] not in {*_GENERAL, one[-1], several[-1]}:
        return None
    numbers = [_number(word) for word in plain if _number(word)]
    if numbers:
        return str(numbers[0]) if len(numbers) == 1 else None
    if any(word in _ALL for word in plain):
        return "all"
    return "1" if kept[-1] in {"coin", one[-1]} and several != one else "some"


def _number(word: str) -> int:
    return NUMBERS.get(word, 0) or (int(word) if word.isascii() and word.isdigit() and len(word) < 7 else 0)


def _unused(world: World) -> str:
    """Return the id of a heap that lies nowhere, a new one if there is none."""
    n = 1
    while world.has(f"coins.{n}", Location):
        n += 1
    heap = f"coins.{n}"
    return heap if world.exists(heap) else world.add(heap)


def asking_price(world: World, keeper: str, thing: str) -> int:
    """Return what a shopkeeper wants for a ware, at least one coin."""
    return max(1, world.need(thing, Price).coins * world.need(keeper, Shop).asks // 100)


def offered_price(world: World, keeper: str, thing: str) -> int:
    """Return what a shopkeeper would give for a thing, 0 when they do not want it."""
    shop, price = world.need(keeper, Shop), world.get(thing, Price)
    wanted = many(shop.buys)
    if price is None or not ("anything" in wanted or thing in wanted):
        return 0
    return price.coins * shop.pays // 100


def is_ware(world: World, keeper: str, thing: str) -> bool:
    """Tell whether a shopkeeper sells the thing: it has a price, and they have it on them or on show."""
    location = world.get(thing, Location)
    if location is None or location.how == "worn" or not world.has(thing, Price):
        return False
    shown = many(world.need(keeper, Shop).shows)
    return any(around == keeper or around in shown for around in world.ancestors(thing))


def wares(world: World, keeper: str) -> list[str]:
    """Return what a shopkeeper sells, in the order in which things were added, whatever those contain left out."""
    roots = (keeper, *many(world.need(keeper, Shop).shows))
    return [thing for root in roots for thing in world.children(root) if is_ware(world, keeper, thing)]
