"""What can be found: weapons, armour, remedies and treasure by level (1 to 4), keys by their metal, and the lantern."""

from __future__ import annotations

from typing import Literal

from tale_core.story import Drinkable, Edible, Light, Readable, Treasure, Weapon, Wearable

from .words import Good

Slot = Literal["head", "body", "hands", "feet", "neck", "finger", "back", "shield"]


def _weapon(name: str, damage: int, skill: int, text: str, *also: str) -> Good:
    return Good(name, text, (Weapon(damage, skill),), also)


def _armour(name: str, slot: Slot, armour: int, text: str, *also: str, plural: bool = False) -> Good:
    return Good(name, text, (Wearable(slot, armour),), also, plural)


def _food(name: str, heal: int, taste: str, text: str, *also: str, article: str = "") -> Good:
    return Good(name, text, (Edible(heal, taste),), also, article=article)


def _drink(name: str, heal: int, taste: str, text: str, *also: str) -> Good:
    return Good(name, text, (Drinkable(heal, taste),), also)


def _treasure(name: str, points: int, text: str, *also: str, plural: bool = False) -> Good:
    return Good(name, text, (Treasure(points),), also, plural)


LANTERN = Good(
    "brass lantern",
    "Dented but bright. The oil is the chapel's own, and they say in Greywick that it has never yet run out.",
    (Light(),),
    ("lamp", "light"),
)

DAGGER = _weapon("rusty dagger", 5, 0, "More rust than dagger, but it has a point.", "knife")

BUN = _food(
    "currant bun", 12, "Still a little warm. She counted the currants for you.", "Squashed, but seven currants strong."
)

NOTE = Good(
    "creased note",
    "A page torn from the chaplain's almanac, folded small.",
    (
        Readable(
            "Four floors, my grandfather said: ours, the dead's, the river's and his. Look into everything. What is "
            "locked has its key on the same floor. Every floor has good water; drink when you are hurt, there is no "
            "shame in turning back to it. Do not wake what sleeps. And wear a hat."
        ),
    ),
    ("paper", "page"),
)

WEAPONS: tuple[tuple[Good, ...], ...] = (
    (
        _weapon("short sword", 6, 5, "Militia issue, with somebody's initials on the pommel.", "blade"),
        _weapon("kitchen cleaver", 7, 0, "It has taken the heads off a great many geese.", "chopper"),
        _weapon("oak cudgel", 6, 3, "Knobbed at one end and wrapped at the other."),
    ),
    (
        _weapon("arming sword", 8, 5, "A knight's second-best, buried with him for a reason.", "blade"),
        _weapon("bronze mace", 9, 0, "Its head is a clenched fist."),
        _weapon("grave-digger's axe", 8, 3, "For roots, and for whatever else turns up.", "axe"),
    ),
    (
        _weapon("boarding axe", 10, 3, "A spike on one side, a blade on the other, and salt in all its seams.", "axe"),
        _weapon("fishbone spear", 10, 8, "Light, limber and barbed.", "lance"),
        _weapon(
            "ship's cutlass", 11, 0, "Broad and bright. The river has kept it oddly free of rust.", "sword", "blade"
        ),
    ),
    (
        _weapon("war hammer", 13, 0, "A crowned hammer is chased into its head. It hums.", "maul"),
        _weapon("blued longsword", 12, 8, "Heat has turned its steel all the colours of a starling.", "sword", "blade"),
        _weapon("forge axe", 13, 3, "One piece of iron from edge to grip, and never cold.", "axe"),
    ),
)

ARMOUR: tuple[tuple[Good, ...], ...] = (
    (
        _armour("leather cap", "head", 1, "Boiled leather. Smells of its last owner, who was fond of onions.", "hat"),
        _armour("barrel lid", "shield", 1, "The lid of a herring barrel, with a strap nailed on.", "shield"),
        _armour("quilted coat", "body", 1, "A stout gardener's coat, stuffed with wool.", "jacket"),
    ),
    (
        _armour("round shield", "shield", 2, "Limewood, with an iron boss and a painted owl.", "buckler"),
        _armour("mail shirt", "body", 2, "Rusty at the hem, but the rings hold.", "chainmail", "chain"),
        _armour("mourner's boots", "feet", 1, "Black, high, and shod with iron for the dignity of it.", plural=True),
    ),
    (
        _armour(
            "crab-shell helm", "head", 2, "The shell of a crab, fitted with a chin strap. It suits nobody.", "helmet"
        ),
        _armour(
            "eelskin gloves",
            "hands",
            1,
            "Slick without, rough within, and proof against most teeth.",
            "gauntlets",
            plural=True,
        ),
        _armour(
            "scale coat", "body", 3, "Overlapping scales, each as large as a coin. They were somebody's own.", "armour"
        ),
    ),
    (
        _armour(
            "steel breastplate",
            "body",
            4,
            "Fluted, and polished like a mirror by someone who had the time.",
            "armour",
            "plate",
        ),
        _armour(
            "great helm",
            "head",
            3,
            "It has a narrow slit to see the world through, and a small brass sparrow on top.",
            "helmet",
        ),
        _armour("tower shield", "shield", 3, "A door, more or less, with a handle on the inside."),
    ),
)

REMEDIES: tuple[tuple[Good, ...], ...] = (
    (
        _food(
            "hard cheese",
            8,
            "It tastes of cellar, and of long life.",
            "A heel of cheese that has beaten several rats.",
            article="some",
        ),
        _food("winter apple", 6, "Wrinkled and sweet.", "The last of the barrel."),
        _drink(
            "bottle of cordial",
            12,
            "Blackcurrant, and something stronger behind it.",
            "Labelled in a careful hand: FOR GUESTS.",
            "cordial",
        ),
        _food("smoked sausage", 9, "Mostly pepper.", "Overlooked, in its corner, by generations of rats."),
    ),
    (
        _drink(
            "phial of holy oil",
            16,
            "It goes down like light.",
            "A thumb-sized phial, stoppered with wax.",
            "oil",
            "vial",
        ),
        _food(
            "funeral cake",
            12,
            "Caraway. It has kept better than those that it was baked for.",
            "A small round cake stamped with a skull.",
        ),
        _drink("flask of wine", 14, "Communion red, and not bad.", "A flat silver-capped flask that gurgles.", "wine"),
    ),
    (
        _drink(
            "green potion",
            20,
            "Cold as a river, then warm as a bed.",
            "A fat bottle of something green and lazy.",
            "bottle",
        ),
        _food("dried fish", 14, "Salt, smoke and patience.", "Split, dried, and hard enough to knock with."),
        _food(
            "blue mushroom",
            15,
            "It tastes of pears and thunder.",
            "Picked and threaded on a string, so somebody eats them.",
        ),
    ),
    (
        _drink("red potion", 25, "It goes through you like good news.", "A square bottle, hot to the touch.", "bottle"),
        _food("smith's loaf", 18, "Black bread with bacon baked into it.", "Heavy enough to stop a door.", "bread"),
        _drink(
            "flask of spirits",
            22,
            "You can feel every one of your teeth.",
            "It says on it: NOT BEFORE NOON.",
            "spirits",
        ),
    ),
)

TREASURES: tuple[tuple[Good, ...], ...] = (
    (
        _treasure("silver spoon", 2, "A christening spoon, with a bite in it."),
        _treasure("pewter tankard", 2, "FOR WINNING AT SKITTLES, it says."),
        _treasure("purse of pennies", 3, "Small change, and a great deal of it.", "pennies", "coins"),
        _treasure("garnet brooch", 4, "A beetle with seven garnets. There were eight.", "beetle"),
        _treasure("silver thimble", 2, "Tiny, and worn through on one side."),
        _treasure("ivory dice", 3, "They throw sixes, mostly.", plural=True),
    ),
    (
        _treasure("jet rosary", 4, "Black beads, cold from other people's fingers.", "beads"),
        _treasure("golden death mask", 7, "A calm face, beaten thin. It would fit yours.", "face"),
        _treasure("enamelled cross", 5, "Saints the size of lentils.", "saints"),
        _treasure("signet ring", 4, "A crowned hammer, in carnelian."),
        _treasure("ferryman's coins", 4, "Two gold pieces, a little sticky.", "gold", plural=True),
    ),
    (
        _treasure(
            "black pearl",
            8,
            "As large as a blackberry, and it seems to look round.",
        ),
        _treasure("amber comb", 6, "A bee is in it, combing nothing."),
        _treasure("assayer's ingot", 7, "A finger of gold, stamped and signed.", "gold"),
        _treasure("coral idol", 6, "The squat one with the mouth, in miniature. It is warm."),
        _treasure(
            "ship's bell",
            6,
            "PATIENCE, it says. Silver, and heavy.",
        ),
    ),
    (
        _treasure("gilded gauntlet", 9, "Too fine for any fight.", "glove"),
        _treasure("fire opal", 10, "A sunset, in a pebble.", "stone"),
        _treasure("mechanical sparrow", 9, "Wind it up, and it looks at you and says its name.", "bird"),
        _treasure("filigree crown", 12, "Made for a small head, out of wire as fine as hair.", "tiara"),
        _treasure(
            "platinum rivet",
            8,
            "The one that the rest of the kingdom hung on.",
        ),
    ),
)

METALS: tuple[tuple[str, ...], ...] = (
    ("brass", "tin", "copper"),
    ("silver", "pewter", "bronze"),
    ("nickel", "lead", "steel"),
    ("gold", "cobalt", "iron"),
)
"""What locks and their keys are made of, by level: no metal occurs on two, so that every key names its lock."""

AMULET = Good(
    "Ember",
    "A stone no larger than a hazelnut, on a blackened chain. It burns without heat and without smoke, the colour "
    "of a window seen from far off on a winter evening.",
    (),
    ("amulet", "stone", "chain"),
    article="the",
)
