"""What heals, by level."""

from __future__ import annotations

from tale_core.story import Drinkable, Edible, Effect, Refill

from .words import Good


def food(name: str, heal: int, taste: str, text: str, *also: str, article: str = "") -> Good:
    """Return something to eat that gives back ``heal`` hit points."""
    return Good(name, text, (Edible(heal, taste),), also, article=article)


def drink(name: str, heal: int, taste: str, text: str, *also: str) -> Good:
    """Return something to drink that gives back ``heal`` hit points."""
    return Good(name, text, (Drinkable(heal, taste),), also)


REMEDIES: tuple[tuple[Good, ...], ...] = (
    (
        food(
            "hard cheese",
            8,
            "It tastes of cellar, and of long life.",
            "A heel of cheese that has beaten several rats.",
            article="some",
        ),
        food("winter apple", 6, "Wrinkled and sweet.", "The last of the barrel."),
        drink(
            "bottle of cordial",
            12,
            "Blackcurrant, and something stronger behind it.",
            "Labelled in a careful hand: FOR GUESTS.",
            "cordial",
        ),
        food("smoked sausage", 9, "Mostly pepper.", "Overlooked, in its corner, by generations of rats."),
    ),
    (
        drink(
            "phial of holy oil",
            16,
            "It goes down like light.",
            "A thumb-sized phial, stoppered with wax.",
            "oil",
            "vial",
        ),
        food(
            "funeral cake",
            12,
            "Caraway. It has kept better than those that it was baked for.",
            "A small round cake stamped with a skull.",
        ),
        drink("flask of wine", 14, "Communion red, and not bad.", "A flat silver-capped flask that gurgles.", "wine"),
    ),
    (
        drink(
            "green potion",
            20,
            "Cold as a river, then warm as a bed.",
            "A fat bottle of something green and lazy.",
            "bottle",
        ),
        food("dried fish", 14, "Salt, smoke and patience.", "Split, dried, and hard enough to knock with."),
        food(
            "blue mushroom",
            15,
            "It tastes of pears and thunder.",
            "Picked and threaded on a string, so somebody eats them.",
        ),
    ),
    (
        food(
            "miner's pie", 17, "Meat at one end and jam at the other.", "A crimped crust, and initials in it.", "pasty"
        ),
        drink("jar of cold tea", 16, "Stewed for a century, and very bracing.", "A stoneware jar with a cork.", "tea"),
        food(
            "tin of goose fat",
            20,
            "You do not ask. It goes down, and it helps.",
            "It says on it: RUB IN WELL.",
            "fat",
        ),
    ),
    (
        drink("red potion", 25, "It goes through you like good news.", "A square bottle, hot to the touch.", "bottle"),
        food("smith's loaf", 18, "Black bread with bacon baked into it.", "Heavy enough to stop a door.", "bread"),
        drink(
            "flask of spirits",
            22,
            "You can feel every one of your teeth.",
            "It says on it: NOT BEFORE NOON.",
            "spirits",
        ),
    ),
)

OIL = Good(
    "flask of oil",
    "Lamp oil, the yellow kind. It is enough for a hundred turns or so.",
    (Refill("oil", 110),),
    ("flask", "oil"),
)

ANTIDOTE = Good(
    "bitter root",
    "For bites, stings and mistakes. One chews it.",
    (Edible(2, "It tastes of being told so."), Effect("sour", cures="poisoned")),
    ("root",),
)

TONICS: tuple[Good, ...] = (
    Good(
        "phial of ox-blood",
        "A strong man's tonic. There is an ox on the label, flexing.",
        (Drinkable(0, "Your sleeves are suddenly rather tight."), Effect("strong as an ox", turns=16, damage=4)),
        ("phial", "blood"),
    ),
    Good(
        "ironbark tea",
        "A stone bottle. What is in it was boiled with nails.",
        (Drinkable(0, "You feel yourself grow a rind."), Effect("hard as bark", turns=16, armour=3)),
        ("tea", "bottle"),
        article="some",
    ),
    Good(
        "vial of eyebright",
        "Blue, and so clear that you can hardly see it.",
        (Drinkable(0, "Everything has edges."), Effect("sharp-eyed", turns=16, skill=18)),
        ("vial", "eyebright"),
    ),
    Good(
        "comfrey cordial",
        "Knitbone, the old people call it.",
        (Drinkable(0, "Something warm goes looking for whatever hurts."), Effect("on the mend", turns=12, harm=-2)),
        ("comfrey", "knitbone"),
        article="some",
    ),
)
"""What works for a while on whoever drinks it."""
