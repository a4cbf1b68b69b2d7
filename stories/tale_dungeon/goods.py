"""What the player starts with, what the keys are made of, and what all this is about."""

from __future__ import annotations

from tale_core.story import Light, Readable

from .arms import weapon
from .remedies import food
from .words import Good

LANTERN_OIL = 240
"""For how many turns the lantern burns as it is found."""

LANTERN = Good(
    "brass lantern",
    "Dented but bright. The oil is the chapel's own, and they say in Greywick that it has never yet run out. "
    "Nobody has yet had it out for longer than vespers.",
    (Light(fuel=LANTERN_OIL, burns="oil"),),
    ("lamp", "light"),
)

HAMMER_OF_ONES_OWN = weapon("farrier's hammer", 6, 4, "The handle fits your hand, or your hand has come to fit it.")

DAGGER = weapon("rusty dagger", 5, 0, "More rust than dagger, but it has a point.", "knife")

BUN = food(
    "currant bun", 12, "Still a little warm. She counted the currants for you.", "Squashed, but seven currants strong."
)

NOTE = Good(
    "creased note",
    "A page torn from the chaplain's almanac, folded small.",
    (
        Readable(
            "Five floors, my grandfather said: ours, the dead's, the river's, the miners' and his. Look into "
            "everything. What is locked has its key on the same floor. Every floor has good water; drink when you are "
            "hurt, there is no shame in turning back to it. Do not wake what sleeps. And wear a hat."
        ),
    ),
    ("paper", "page"),
)

METALS: tuple[tuple[str, ...], ...] = (
    ("brass", "tin", "copper"),
    ("silver", "pewter", "bronze"),
    ("nickel", "lead", "steel"),
    ("zinc", "antimony", "wolfram"),
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
