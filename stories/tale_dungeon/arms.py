"""What one fights with and what one wears, by level."""

from __future__ import annotations

from typing import Literal

from tale_core.story import Weapon, Wearable

from .words import Good

Slot = Literal["head", "body", "hands", "feet", "neck", "finger", "back", "shield"]


def weapon(name: str, damage: int, skill: int, text: str, *also: str) -> Good:
    """Return a weapon; ``skill`` is added to the chance to hit."""
    return Good(name, text, (Weapon(damage, skill),), also)


def _armour(name: str, slot: Slot, armour: int, text: str, *also: str, plural: bool = False) -> Good:
    return Good(name, text, (Wearable(slot, armour),), also, plural)


WEAPONS: tuple[tuple[Good, ...], ...] = (
    (
        weapon("short sword", 6, 5, "Militia issue, with somebody's initials on the pommel.", "blade"),
        weapon("kitchen cleaver", 7, 0, "It has taken the heads off a great many geese.", "chopper"),
        weapon("oak cudgel", 6, 3, "Knobbed at one end and wrapped at the other."),
    ),
    (
        weapon("arming sword", 8, 5, "A knight's second-best, buried with him for a reason.", "blade"),
        weapon("bronze mace", 9, 0, "Its head is a clenched fist."),
        weapon("grave-digger's axe", 8, 3, "For roots, and for whatever else turns up.", "axe"),
    ),
    (
        weapon("boarding axe", 10, 3, "A spike on one side, a blade on the other, and salt in all its seams.", "axe"),
        weapon("fishbone spear", 10, 8, "Light, limber and barbed.", "lance"),
        weapon(
            "ship's cutlass", 11, 0, "Broad and bright. The river has kept it oddly free of rust.", "sword", "blade"
        ),
    ),
    (
        weapon("miner's pick", 12, 0, "One point for rock and one for argument.", "pick", "pickaxe"),
        weapon("powder hook", 11, 8, "For drawing kegs out of holes. It has drawn other things.", "hook"),
        weapon("foundry sword", 11, 5, "Rough from the mould, and very much in earnest.", "sword", "blade"),
    ),
    (
        weapon("war hammer", 14, 0, "A crowned hammer is chased into its head. It hums.", "maul"),
        weapon("blued longsword", 13, 8, "Heat has turned its steel all the colours of a starling.", "sword", "blade"),
        weapon("forge axe", 14, 3, "One piece of iron from edge to grip, and never cold.", "axe"),
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
        _armour("pitch-felt hat", "head", 2, "A miner's hat, as hard as a pan, with a dent in it.", "hat", "helmet"),
        _armour("leather apron", "body", 3, "It hangs to the knee, and is as thick as a boot.", "armour"),
        _armour("hobnailed boots", "feet", 2, "Size enormous. You stuff them with paper.", plural=True),
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
