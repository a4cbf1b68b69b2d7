"""Buying, selling and paying; asking what things cost."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, is_fixed, is_held, need_held, need_reach, owner
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Location, Player
from tale_core.world.conditions import fits
from tale_core.world.language import Remark
from tale_core.world.money import (
    amount,
    asking_price,
    coin_word,
    coins_of,
    earn,
    is_ware,
    lay_down,
    offered_price,
    wares,
)
from tale_core.world.people import Coins, Price, Shop, many
from tale_core.world.rulebook import Rules
from tale_core.world.speaking import speak_as
from tale_core.world.store import World
from tale_core.world.temper import is_awake

rules = Rules()
rules.free("wares", "value", "haggle", "purse")

_USED_UP = ("eat", "drink", "wear", "wield", "light", "read", "examine")


def keepers(world: World, place: str) -> list[str]:
    """Return the shopkeepers in a place who are alive and awake."""
    people = (person for person in world.children(place) if world.has(person, Shop))
    return [person for person in people if is_awake(world, person)]


def seller(world: World, place: str, thing: str) -> str:
    """Return the shopkeeper in a place who sells the thing, or ""."""
    return next((keeper for keeper in keepers(world, place) if is_ware(world, keeper, thing)), "")


def price_tag(keeper: str) -> Remark:
    """Return the remark on a ware that says what its seller wants for it."""
    return lambda language, world, thing: amount(language, world, asking_price(world, keeper, thing))


@rules.verify("buy")
def is_for_sale(act: Acting) -> Verdict | None:
    """Prefer what somebody here sells."""
    return None if seller(act.world, act.place, act.item) else Verdict.ILLOGICAL


@rules.verify("sell")
def can_be_sold(act: Acting) -> Verdict | None:
    """Prefer what is in hand and has a price."""
    if not is_held(act.world, act.actor, act.item):
        return Verdict.IMPOSSIBLE if is_fixed(act.world, act.item) else Verdict.ILLOGICAL
    return None if act.world.has(act.item, Price) else Verdict.DANGEROUS


@rules.verify("value", "haggle", "pay")
def makes_sense_to_price(act: Acting) -> Verdict | None:
    """Prefer wares and shopkeepers for their price, and living people to pay."""
    if act.action == "pay" or act.world.has(act.item, Actor):
        return None if describing.is_alive(act.world, act.item) and act.item != act.actor else Verdict.ILLOGICAL
    return None if act.world.has(act.item, Price) else Verdict.DANGEROUS


@rules.verify(*_USED_UP)
def is_not_paid_for(act: Acting) -> Verdict | None:
    """Find it likelier that somebody means the bread they have bought than the one that is for sale."""
    return Verdict.DANGEROUS if _is_unpaid(act, act.item) else None


@rules.verify("refuel", "fill")
def fuel_is_not_paid_for(act: Acting) -> Verdict | None:
    """Find it likelier that somebody means the oil they have bought than the oil that is for sale."""
    return Verdict.DANGEROUS if _is_unpaid(act, act.target) else None


@rules.before("take")
def pay_first(act: Acting) -> None:
    """Keep players from taking wares while their seller is there."""
    if not act.world.has(act.item, Price) or owner(act.world, act.item) == act.actor:
        return
    keeper = seller(act.world, act.place, act.item)
    if keeper and act.actor != keeper:
        act.refuse("shop.pay_first", keeper=keeper, price=_price(act, keeper))


@rules.after("take")
def count_the_coins(act: Acting) -> None:
    """Put a heap of coins into the purse of who takes it."""
    heap = act.world.get(act.item, Coins)
    if heap is None:
        return
    act.world.remove(act.item)
    earn(act.world, act.actor, heap.count)
    act.tell_others("take.done")
    act.say("money.taken", purse=amount(act.language, act.world, coins_of(act.world, act.actor)))
    act.done()


@rules.check("buy")
def may_be_bought(act: Acting) -> None:
    """Refuse what nobody here sells, what the shopkeeper will not sell now, and what is too dear."""
    world, item = act.world, act.item
    if owner(world, item) == act.actor:
        another = _another(act)
        if another:
            act.instead("buy", another)
        act.refuse("buy.yours")
    keeper = _keeper(act)
    if not keeper or not is_ware(world, keeper, item):
        act.refuse("buy.not_for_sale" if keeper else "buy.nobody", keeper=keeper)
    _is_open(act, keeper)
    price = asking_price(world, keeper, item)
    if coins_of(world, act.actor) < price:
        act.refuse("buy.poor", keeper=keeper, price=amount(act.language, world, price), purse=_purse(act))


@rules.carry_out("buy")
def buy(act: Acting) -> None:
    """Let coins and ware change hands; of what never runs out, a new one comes into the world."""
    world, keeper = act.world, _keeper(act)
    price = asking_price(world, keeper, act.item)
    earn(world, act.actor, -price)
    earn(world, keeper, price)
    if act.item in many(world.need(keeper, Shop).endless):
        _copy(world, act.item, act.actor)
    else:
        hand_over(world, act.item, act.actor, "held")
    act.tell("buy.done", keeper=keeper, price=amount(act.language, world, price))


@rules.implicit("sell")
def have_it_in_hand(act: Acting) -> None:
    """Take off, or out of a bag, what is to be sold."""
    if act.item and owner(act.world, act.item) == act.actor:
        need_held(act, act.item)


@rules.check("sell")
def may_be_sold(act: Acting) -> None:
    """Refuse what the player does not have, and what nobody here wants or could pay for."""
    world, item = act.world, act.item
    if not is_held(world, act.actor, item):
        act.refuse("sell.not_yours")
    keeper = _keeper(act)
    if not keeper:
        act.refuse("sell.nobody")
    _is_open(act, keeper)
    price = offered_price(world, keeper, item)
    if price == 0:
        act.refuse("sell.unwanted", keeper=keeper)
    if coins_of(world, keeper) < price:
        act.refuse("sell.dear", keeper=keeper, price=amount(act.language, world, price))


@rules.carry_out("sell")
def sell(act: Acting) -> None:
    """Let ware and coins change hands."""
    world, keeper = act.world, _keeper(act)
    price = offered_price(world, keeper, act.item)
    earn(world, keeper, -price)
    earn(world, act.actor, price)
    hand_over(world, act.item, keeper)
    act.tell("sell.done", keeper=keeper, price=amount(act.language, world, price))


@rules.report("wares")
def list_wares(act: Acting) -> None:
    """List what can be bought here, and for how much."""
    found = [act.item] if act.item and act.world.has(act.item, Shop) else keepers(act.world, act.place)
    if not found:
        act.refuse("shop.none")
    for keeper in found:
        _is_open(act, keeper)
        things = [thing for thing in wares(act.world, keeper) if act.performance.knows(act.actor, thing)]
        if things:
            act.say("shop.wares", keeper=keeper, wares=act.language.listed(act.world, things, price_tag(keeper)))
        else:
            act.say("shop.empty", keeper=keeper)


@rules.report("value")
def tell_value(act: Acting) -> None:
    """Tell what a ware costs, or what a shopkeeper would give for what the player has."""
    world = act.world
    if world.has(act.item, Shop):
        act.instead("wares", act.item)
    keeper = seller(world, act.place, act.item)
    if keeper:
        act.say("value.costs", keeper=keeper, price=_price(act, keeper))
        return
    buyers = [person for person in keepers(world, act.place) if offered_price(world, person, act.item)]
    if buyers:
        act.say(
            "value.fetches",
            keeper=buyers[0],
            price=amount(act.language, world, offered_price(world, buyers[0], act.item)),
        )
    elif world.has(act.item, Price):
        act.say("value.worth", price=amount(act.language, world, world.need(act.item, Price).coins))
    else:
        act.say("value.unknown")


@rules.check("haggle")
def no_haggling(act: Acting) -> None:
    """Let no shopkeeper be talked into another price, unless the story says so."""
    keeper = act.item if act.item and act.world.has(act.item, Shop) else _keeper(act)
    if not keeper:
        act.refuse("shop.none")
    act.refuse("haggle.refused", keeper=keeper)


@rules.report("purse")
def count_purse(act: Acting) -> None:
    """Tell how many coins the player has."""
    act.say("money.purse", purse=_purse(act))


@rules.check("pay")
def may_be_paid(act: Acting) -> None:
    """Refuse to pay things, the dead and oneself, more than one has, and those who want no money."""
    need_reach(act, act.item)
    if act.item == act.actor:
        act.refuse("give.self")
    if not describing.is_alive(act.world, act.item):
        act.refuse("pay.nobody")
    _check_sum(act, "pay.how_much")
    if not act.world.has(act.item, Player):
        act.refuse("pay.unwanted")


@rules.carry_out("pay")
def pay(act: Acting) -> None:
    """Hand coins over."""
    n = _sum(act)
    earn(act.world, act.actor, -n)
    earn(act.world, act.item, n)
    act.tell("pay.done", money=amount(act.language, act.world, n))


@rules.check("drop_money")
def may_be_dropped(act: Acting) -> None:
    """Refuse to drop more than one has."""
    _check_sum(act, "money.how_much")


@rules.carry_out("drop_money")
def drop_money(act: Acting) -> None:
    """Lay a heap of coins on the ground."""
    n = _sum(act)
    earn(act.world, act.actor, -n)
    lay_down(act.world, n, act.place)
    act.tell("money.dropped", money=amount(act.language, act.world, n))


def _is_unpaid(act: Acting, thing: str) -> bool:
    """Tell whether somebody here sells the thing, and the actor does not have it."""
    world = act.world
    if not thing or not world.has(thing, Price) or owner(world, thing) == act.actor:
        return False
    return seller(world, act.place, thing) != ""


def _keeper(act: Acting) -> str:
    """Return the shopkeeper whom the action is for: the one named, the item's seller, or the first who is here."""
    if act.target:
        need_reach(act, act.target)
        if not act.world.has(act.target, Shop) or not describing.is_alive(act.world, act.target):
            act.refuse("shop.not_one")
        if not is_awake(act.world, act.target):
            act.refuse("talk.asleep", item=act.target)
        return act.target
    found = keepers(act.world, act.place)
    return (seller(act.world, act.place, act.item) if act.item else "") or (found[0] if found else "")


def _is_open(act: Acting, keeper: str) -> None:
    """Refuse while the shopkeeper does not trade."""
    shop = act.world.need(keeper, Shop)
    if fits(shop.when, shop.unless, act.world, keeper, act.actor):
        return
    if shop.closed:
        speak_as(act, keeper, shop.closed)
        act.stop()
    act.refuse("shop.closed", keeper=keeper)


def _price(act: Acting, keeper: str) -> str:
    return amount(act.language, act.world, asking_price(act.world, keeper, act.item))


def _purse(act: Acting) -> str:
    return amount(act.language, act.world, coins_of(act.world, act.actor))


def _sum(act: Acting) -> int:
    """Return how many coins are meant; 0 when that was not said."""
    said = act.words.get("money", "")
    return coins_of(act.world, act.actor) if said == "all" else int(said) if said.isdecimal() else 0


def _check_sum(act: Acting, unsaid: str) -> None:
    n = _sum(act)
    if coins_of(act.world, act.actor) == 0:
        act.refuse("money.none")
    if n == 0:
        act.refuse(unsaid, coins=coin_word(act.world))
    if n > coins_of(act.world, act.actor):
        act.refuse("money.too_much", purse=_purse(act))


def _another(act: Acting) -> str:
    """Return a ware that is called as the item that the actor has already, "" when there is none."""
    world = act.world
    for keeper in keepers(world, act.place):
        for thing in wares(world, keeper):
            if world.name(thing) == world.name(act.item) and owner(world, thing) != act.actor:
                return thing
    return ""


def _copy(world: World, thing: str, who: str) -> None:
    """Bring one more of a thing into the world and give it to somebody."""
    n = 2
    while world.exists(f"{thing}.{n}"):
        n += 1
    copy = world.add(f"{thing}.{n}")
    for component in world.components(thing):
        if not isinstance(component, Location):
            world.set(copy, component)
    world.move(copy, who, "held")
