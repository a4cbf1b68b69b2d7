"""What lies in wait on each level; the last of each is for chests."""

from __future__ import annotations

from tale_core.story import Effect

from .words import Snare

CELLARS = (
    Snare(
        "trip cord",
        "A cord at ankle height, and at the other end of it a crock on a shelf. Goblin work: it would be funny.",
        "Your foot catches on a cord, and a crock of pickles older than you are comes down on your head",
        4,
        ("cord",),
    ),
    Snare(
        "rotten board",
        "A board with a painted knot-hole, over a hole.",
        "A board gives way under you, and you bark your shin on everything there is below it",
        4,
        ("board",),
    ),
    Snare(
        "rat trap",
        "A rat trap, for the kind of rat that they have here. It would take off a hand.",
        "A rat trap snaps shut on your fingers",
        4,
        ("snapper",),
    ),
)

CATACOMBS = (
    Snare(
        "loose flag",
        "One of the flags is a finger's breadth too high, and there are small holes in the wall beside it.",
        "A flag sinks under your foot, and something small and sharp comes out of the wall",
        7,
        ("flag", "holes"),
    ),
    Snare(
        "hanging slab",
        "A slab hangs over the way out on a rusty pin. Sir Berengar did not like to be called upon.",
        "There is a click, and a slab comes down on your shoulder",
        8,
        ("slab", "pin"),
    ),
    Snare(
        "needle",
        "A needle on a spring sits in the lock, wet with something that has not dried in two hundred years.",
        "A needle pricks your thumb",
        3,
        ("spring",),
        Effect("poisoned", turns=6, harm=1),
    ),
)

CAVES = (
    Snare(
        "noose",
        "A noose of eelskin laid out on the ground, and a bent pole to go with it.",
        "Something takes you by the ankle and throws you against the roof, and then it lets go",
        9,
        ("pole", "snare"),
    ),
    Snare(
        "undercut ledge",
        "Somebody has dug away the rock from under the lip here, so that it only looks like a floor.",
        "The ground breaks off under you, and you come back up a good deal wetter and sorer",
        10,
        ("ledge", "lip"),
    ),
    Snare(
        "urchin",
        "A black sea urchin sits behind the catch, where one would put one's thumb.",
        "You put your thumb on something with spines",
        4,
        ("spines",),
        Effect("poisoned", turns=7, harm=1),
    ),
)

WORKINGS = (
    Snare(
        "sawn prop",
        "A prop that has been sawn through, and put back so as not to show. A string runs from it across the way.",
        "You feel a string break, and some of the roof comes down to see who it was",
        11,
        ("prop", "string"),
    ),
    Snare(
        "runaway wagon",
        "A wagon full of ore stands at the top of the slope, held by a wedge, and you would have kicked the wedge.",
        "Your foot knocks against a wedge, and a wagon full of ore goes by, mostly beside you",
        12,
        ("wedge", "slope"),
    ),
    Snare(
        "squib",
        "A paper squib with a friction match, glued to the lid. Perkin's, no doubt.",
        "The lid goes off with a bang",
        7,
        ("match", "paper"),
        Effect("dizzy", turns=6, skill=-12),
    ),
)

FORGE = (
    Snare(
        "steam valve",
        "A valve in the wall with a treadle before it. The plate says STAND CLEAR, on the inside.",
        "You tread on something that gives, and the wall breathes out at you, white and scalding",
        13,
        ("valve", "treadle"),
    ),
    Snare(
        "drop hammer",
        "A hammer the size of a cow, held up by a cord, held up by a peg, held up by nothing much.",
        "There is a whirr above you. You nearly get out of the way",
        14,
        ("peg", "cord"),
    ),
    Snare(
        "hot hasp",
        "A hasp that is red-hot when it is shut and white-hot when it is opened.",
        "The hasp comes away in your hand, and some of your hand comes away with it",
        7,
        (),
        Effect("scorched", turns=6, harm=1),
    ),
)
