"""Who may be met on which level: numbers that rise with it, and what one sees of them."""

from __future__ import annotations

from .words import Monster

CELLARS = (
    Monster("giant rat", "As long as your forearm, tail not counted, and quite without fear.", 6, 40, 3, weight=14),
    Monster("cellar spider", "It sits in its web like a clenched hand, and follows you with too many eyes.", 6, 45, 4),
    Monster(
        "goblin",
        "Knee-high to a bailiff, in an apron it has stolen, with a carving fork it has sharpened.",
        9,
        45,
        4,
        points=2,
        weight=14,
    ),
    Monster("brown bat", "It goes about its own affairs, in circles.", 3, 30, 2, manner="roam", weight=5),
    Monster(
        "ogre scullion",
        "It has fallen asleep over the washing-up, with its great grey arms in an empty tub.",
        16,
        45,
        6,
        points=4,
        manner="asleep",
        weight=5,
    ),
)

CELLARS_WARDEN = Monster(
    "goblin doorkeeper",
    "It has a helmet, a halberd cut down to its size, and orders.",
    14,
    50,
    5,
    points=4,
    manner="guard",
    also=("keeper",),
)

CATACOMBS = (
    Monster(
        "skeleton",
        "It stands the way a puppet stands, with most of its weight on nothing.",
        12,
        50,
        5,
        points=2,
        weight=14,
    ),
    Monster(
        "ghoul",
        "It was somebody's steward. It still wears the chain of office, over nothing else.",
        15,
        50,
        6,
        points=3,
    ),
    Monster(
        "crypt hound",
        "One of the stone dogs, you would say, if it were not breathing.",
        11,
        55,
        5,
        points=2,
        also=("dog",),
    ),
    Monster(
        "grave moth",
        "As wide as your arms, grey and soft, and not at all interested in you.",
        5,
        35,
        3,
        manner="roam",
        weight=4,
    ),
    Monster(
        "barrow wight",
        "It lies on its slab with its hands folded, and its chest rises and falls.",
        22,
        55,
        8,
        points=6,
        manner="asleep",
        weight=5,
    ),
)

CATACOMBS_WARDEN = Monster(
    "crypt warden",
    "A suit of mail, seven feet tall, with a lamp burning where its face should be.",
    22,
    55,
    7,
    armour=1,
    points=6,
    manner="guard",
)

CAVES = (
    Monster(
        "giant crab", "It comes sideways, unhurried, with one claw held like a door.", 17, 50, 7, armour=1, points=4
    ),
    Monster(
        "drowned man",
        "He is still trying to breathe. He would like to know how you do it.",
        19,
        52,
        7,
        points=4,
        weight=14,
        also=("corpse",),
        gender="he",
    ),
    Monster("cave eel", "Six feet of muscle with a mouth at one end, quite at home out of water.", 15, 58, 6, points=3),
    Monster("lizard man", "It has a spear of fishbone and a dignity that you have interrupted.", 20, 55, 8, points=5),
    Monster(
        "blind newt",
        "White as a candle and as long as you are, it feels its way along the wall.",
        8,
        35,
        3,
        manner="roam",
        weight=4,
    ),
    Monster(
        "river troll",
        "It sleeps in the shallows like a heap of stones, and snores like one.",
        30,
        52,
        10,
        points=8,
        manner="asleep",
        weight=5,
    ),
)

CAVES_WARDEN = Monster(
    "lizard captain",
    "Taller than the others, crested, and leaning on a spear that has seen use.",
    28,
    58,
    9,
    armour=1,
    points=8,
    manner="guard",
)

FORGE = (
    Monster(
        "fire imp",
        "A scrap of flame with elbows. It giggles when it is angry, and it is always angry.",
        16,
        62,
        8,
        points=5,
    ),
    Monster(
        "iron servant",
        "A thing of plates and bolts, with a broom in one hand. It puts the broom aside.",
        24,
        52,
        9,
        armour=2,
        points=6,
    ),
    Monster(
        "ash wraith",
        "A smith, to judge by the outline: that is all there is of him.",
        20,
        58,
        9,
        points=6,
        gender="he",
    ),
    Monster(
        "salamander",
        "It lies in the coals up to its eyes and looks at you as a cat looks at a bird.",
        26,
        55,
        9,
        points=6,
    ),
    Monster("soot sprite", "It flits about with a dustpan, and wants no trouble.", 8, 40, 4, manner="roam", weight=4),
    Monster(
        "clockwork giant",
        "It sits with its chin on its fists and has run down, or seems to have.",
        38,
        52,
        12,
        armour=1,
        points=10,
        manner="asleep",
        weight=5,
    ),
)

FORGE_WARDEN = Monster(
    "Smith-King",
    "Aldric of Greywick, two hundred years at his anvil. Iron has grown over him like bark, and in the middle "
    "of his chest, on a chain, hangs a small stone that burns.",
    44,
    62,
    12,
    armour=2,
    points=20,
    manner="hostile",
    also=("king", "smith", "aldric"),
    gender="he",
)
