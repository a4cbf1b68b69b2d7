"""Money changes hands, wares are bought and sold, and whoever cannot pay is told so."""

from __future__ import annotations

import pytest

from tale_core.game.game import Game
from tale_core.game.story import Story
from tale_core.story import (
    Actor,
    Asleep,
    Coins,
    Currency,
    Drinkable,
    Fixed,
    Name,
    Price,
    Purse,
    Shop,
    Supporter,
    When,
    World,
)
from tale_core.world.clock import Day, minute_of
from tale_core.world.conditions import set_facts
from tale_core.world.messages import standard
from tale_core.world.money import amount, coins_of, money_meant

from .playing import ANNA, BOB, Play, story


def market(world: World) -> None:
    world.set("story", Currency("gold coin", purse=20))
    world.add("marta", Name("Marta", proper=True, gender="she"), Actor(9, 9), Purse(30), at="hall")
    world.set("marta", Shop(shows="counter", endless="ale", unless=When(facts="insulted")))
    world.add("counter", Name("counter"), Supporter(), Fixed(), at="hall")
    world.add("rope", Name("rope"), Price(5), at="counter", how="on")
    world.add("mail", Name("coat of mail"), Price(100), at="marta", how="in")
    world.add("ale", Name("mug of ale"), Price(2), Drinkable(1), at="marta", how="in")
    world.add("gem", Name("green gem"), Price(40), at="hall")
    world.add("heap", Name("heap of coins"), Coins(7), at="hall")


class Market(Play):
    """A market in the hall: Marta sells, Anna and Bob have twenty coins each."""

    def __init__(self) -> None:
        plain = story()

        def build(world: World) -> None:
            plain.build(world)
            market(world)

        self.game = Game(Story(plain.info, plain.folder, build, plain.rules), 1)
        self.heard = {}
        self.join(ANNA, "Anna")
        self.join(BOB, "Bob")


@pytest.fixture
def play() -> Market:
    return Market()


def purses(play: Market) -> tuple[int, int]:
    return coins_of(play.world, ANNA), coins_of(play.world, "marta")


def test_buying_lets_coins_and_ware_change_hands(play: Market) -> None:
    assert play.type("buy rope") == "You buy the rope from Marta for 5 gold coins."
    assert play.heard[BOB] == "Anna buys the rope from Marta for 5 gold coins."
    assert play.world.parent("rope") == ANNA
    assert purses(play) == (15, 35)
    assert play.type("buy rope") == "The rope is yours already."


def test_who_cannot_pay_is_told_the_price_and_what_they_have(play: Market) -> None:
    assert play.type("buy mail from marta") == (
        "Marta asks 100 gold coins for the coat of mail, and you have 20 gold coins."
    )
    assert play.world.parent("mail") == "marta"


def test_wares_are_not_taken_while_their_seller_is_there(play: Market) -> None:
    assert "the rope costs 5 gold coins" in play.type("take rope")
    assert play.world.parent("rope") == "counter"
    play.world.remove("marta")
    assert play.type("take rope") == "You take the rope."


def test_what_never_runs_out_is_there_again_and_the_bought_one_is_meant(play: Market) -> None:
    assert play.type("buy ale") == "You buy the mug of ale from Marta for 2 gold coins."
    assert play.world.parent("ale") == "marta"
    assert play.type("drink ale").startswith("You drink the mug of ale.")
    assert play.type("buy ale").startswith("You buy")


def test_selling_pays_half_the_price_and_no_more_than_the_keeper_has(play: Market) -> None:
    play.type("take gem")
    assert play.type("value gem") == "Marta would give you 20 gold coins for the green gem."
    assert play.type("sell gem to marta") == "You sell the green gem to Marta for 20 gold coins."
    assert purses(play) == (40, 10)
    play.world.set("note", Price(50))
    assert play.types("take note", "sell note") == "Marta would give 25 gold coins for the note, but has not as much."


def test_what_is_worth_nothing_is_not_bought(play: Market) -> None:
    told = play.types("take note", "sell note")
    assert told in {
        "Marta turns the note over and hands it back with a shake of the head.",
        "Marta has no use for the note.",
    }
    assert play.type("sell brass key") == "You can sell only what you have, and you do not have the brass key."


def test_wares_are_listed_with_their_prices_and_cost_no_time(play: Market) -> None:
    listed = (
        "Marta has for sale: a coat of mail (100 gold coins), a mug of ale (2 gold coins) and a rope (5 gold coins)."
    )
    assert play.type("list wares") == listed
    assert play.type("shop") == listed
    assert play.type("how much is the rope?") == "Marta asks 5 gold coins for the rope."
    assert play.game.scene(ANNA).turns == 0


def test_haggling_is_refused_politely(play: Market) -> None:
    assert play.type("haggle with marta").startswith("Marta ")
    assert purses(play) == (20, 30)


def test_a_shop_is_closed_when_its_author_says_so(play: Market) -> None:
    set_facts(play.world, "insulted")
    assert play.type("buy rope") == "Marta does not trade just now."
    set_facts(play.world, "not insulted")
    assert play.type("buy rope").startswith("You buy")


def test_a_closed_shop_may_have_words_of_its_own(play: Market) -> None:
    play.world.set("marta", Shop(when=When(mood="merry"), closed="Come back tomorrow."))
    assert play.type("buy ale") == "“Come back tomorrow,” says Marta."


@pytest.mark.parametrize(
    ("begins", "hours", "opens"),
    [
        ("9:00", "8:00-18:00", True),
        ("18:00", "8:00-18:00", False),
        ("23:30", "22:00-4:00", True),
        ("5:00", "22:00-4:00", False),
    ],
)
def test_a_shop_keeps_its_hours(play: Market, begins: str, hours: str, opens: bool) -> None:
    play.world.set("marta", Shop(shows="counter", when=When(hours=hours)))
    assert play.type("buy ale").startswith("You buy")
    play.world.set("story", Day(minute_of(begins)))
    assert play.type("buy rope").startswith("You buy") == opens


def test_who_sleeps_sells_nothing_and_guards_nothing(play: Market) -> None:
    play.world.set("marta", Asleep())
    assert play.type("buy rope") == "Nobody here sells the rope."
    assert "sleep" in play.type("buy rope from marta")
    assert play.type("take rope") == "You take the rope."


def test_where_nobody_sells_buying_says_so(play: Market) -> None:
    play.world.remove("marta")
    assert play.type("buy gem") == "Nobody here sells the green gem."
    assert play.type("wares") == "Nobody here has anything for sale."
    assert play.type("sell note") == "You can sell only what you have, and you do not have the note."


def test_coins_are_counted_dropped_taken_and_given(play: Market) -> None:
    assert play.type("money") == "You have 20 gold coins."
    assert play.type("drop 5 coins") == "You put down 5 gold coins."
    assert play.heard[BOB] == "Anna puts down 5 gold coins."
    assert "5 gold coins" in play.type("look")
    assert play.type("take 5 coins") == "You take 5 gold coins. That makes 20 gold coins."
    assert play.type("take heap") == "You take the heap of coins. That makes 27 gold coins."
    assert play.type("give two coins to bob") == "You give 2 gold coins to Bob."
    assert play.heard[BOB] == "Anna gives 2 gold coins to you."
    assert play.type("give marta a coin") == "Marta will not take money for nothing."
    assert play.type("give all my money to bob") == "You give 25 gold coins to Bob."
    assert play.type("pay bob 1 coin") == "You have no money."
    assert play.type("i") == "You are carrying nothing.\n\nYou have no gold coins."


def test_nobody_gives_more_than_they_have_or_an_unsaid_sum(play: Market) -> None:
    assert play.type("drop 21 coins") == "You have only 20 gold coins."
    assert play.type("drop coins") == "Say how many gold coins, or all of them."
    assert play.type("pay bob") == "Say how many gold coins you want to give them."


def test_heaps_that_are_dropped_in_one_place_become_one(play: Market) -> None:
    play.types("drop 1 coin", "drop 2 coins")
    assert [thing for thing in play.world.every(Coins) if thing != "heap"] == ["coins.1"]
    assert play.type("take 3 coins") == "You take 3 gold coins. That makes 20 gold coins."


def test_the_scene_shows_the_purse_and_nobody_elses(play: Market) -> None:
    assert play.game.scene(ANNA).purse == "20 gold coins"
    play.world.drop(ANNA, Purse)
    assert play.game.scene(ANNA).purse == ""


def test_the_scene_offers_to_buy_what_is_for_sale(play: Market) -> None:
    scene = play.game.scene(ANNA)
    rope = next(entry for entry in scene.things if entry.id == "rope")
    marta = next(entry for entry in scene.people if entry.id == "marta")
    assert rope.commands == ("buy rope", "examine rope")
    assert marta.commands[0] == "trade with Marta"
    assert play.type(marta.commands[0]).startswith("Marta has for sale")
    assert play.type(rope.commands[0]).startswith("You buy the rope")


def test_who_leaves_for_good_leaves_their_coins(play: Market) -> None:
    play.types("quit", "yes", player=BOB)
    assert "20 gold coins" in play.type("look")


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("5 gold coins", "5"),
        ("five coins", "5"),
        ("a coin", "1"),
        ("coins", "some"),
        ("all my money", "all"),
        ("the gold", None),
        ("brass coins", None),
        ("", None),
        ("2 3 coins", None),
    ],
)
def test_phrases_for_money(phrase: str, meant: str | None) -> None:
    assert money_meant(World(), phrase.split()) == meant


@pytest.mark.parametrize(("n", "text"), [(0, "no gold coins"), (1, "1 gold coin"), (12, "12 gold coins")])
def test_amounts_have_their_plural(n: int, text: str) -> None:
    assert amount(standard().language, World(), n) == text
