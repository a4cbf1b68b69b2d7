"""What is worth carrying home, by level."""

from __future__ import annotations

from tale_core.story import Treasure

from .words import Good


def _treasure(name: str, points: int, text: str, *also: str, plural: bool = False) -> Good:
    return Good(name, text, (Treasure(points),), also, plural)


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
        _treasure("silver nugget", 7, "It looks like a small fist."),
        _treasure("captain's watch", 8, "It has stopped at the end of a shift.", "clock"),
        _treasure("moonstone", 9, "It waxes and wanes as you turn it.", "stone"),
        _treasure("golden tooth", 6, "The rest of its owner is not about."),
        _treasure("singing stone", 8, "It hums in your hand, and harmonises.", "stone"),
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
