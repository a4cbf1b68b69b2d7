"""Who may be met on which level: numbers that rise with it, and what one sees of them."""

from __future__ import annotations

from .words import Monster, Stats

CELLARS = (
    Monster(
        "giant rat",
        "As long as your forearm, tail not counted, and quite without fear.",
        Stats(hp=8, skill=50, damage=4, points=1),
        weight=14,
    ),
    Monster(
        "cellar spider",
        "It sits in its web like a clenched hand, and follows you with too many eyes.",
        Stats(hp=9, skill=50, damage=5, points=1),
    ),
    Monster(
        "goblin",
        "Knee-high to a bailiff, in an apron it has stolen, with a carving fork it has sharpened.",
        Stats(hp=12, skill=50, damage=5, points=2),
        weight=14,
    ),
    Monster(
        "brown bat",
        "It goes about its own affairs, in circles.",
        Stats(hp=4, skill=40, damage=3, points=1),
        manner="roam",
        weight=5,
    ),
    Monster(
        "ogre scullion",
        "It has dropped off over the washing-up, with its great grey arms in an empty tub.",
        Stats(hp=24, skill=50, damage=9, points=5),
        manner="asleep",
        weight=5,
    ),
)

CELLARS_WARDEN = Monster(
    "goblin doorkeeper",
    "It has a helmet, a halberd cut down to its size, and orders.",
    Stats(hp=20, skill=58, damage=7, points=4),
    manner="guard",
    also=("keeper",),
)

CATACOMBS = (
    Monster(
        "skeleton",
        "It stands the way a puppet stands, with most of its weight on nothing.",
        Stats(hp=17, skill=56, damage=8, points=2),
        weight=14,
    ),
    Monster(
        "ghoul",
        "It was somebody's steward. It still wears the chain of office, over nothing else.",
        Stats(hp=21, skill=56, damage=9, points=3),
    ),
    Monster(
        "crypt hound",
        "One of the stone dogs, you would say, if it were not breathing.",
        Stats(hp=15, skill=60, damage=8, points=2),
        also=("dog",),
    ),
    Monster(
        "grave moth",
        "As wide as your arms, grey and soft, and not at all interested in you.",
        Stats(hp=6, skill=40, damage=4, points=1),
        manner="roam",
        weight=4,
    ),
    Monster(
        "barrow wight",
        "It lies on its slab with its hands folded, and its chest rises and falls.",
        Stats(hp=30, skill=58, damage=12, points=7),
        manner="asleep",
        weight=5,
    ),
)

CATACOMBS_WARDEN = Monster(
    "crypt warden",
    "A suit of mail, seven feet tall, with a lamp burning where its face should be.",
    Stats(hp=30, skill=60, damage=11, armour=1, points=6),
    manner="guard",
)

CAVES = (
    Monster(
        "giant crab",
        "It comes sideways, unhurried, with one claw held like a door.",
        Stats(hp=23, skill=56, damage=11, armour=1, points=4),
    ),
    Monster(
        "drowned man",
        "He is still trying to breathe. He would like to know how you do it.",
        Stats(hp=26, skill=58, damage=11, points=4),
        weight=14,
        also=("corpse",),
        gender="he",
    ),
    Monster(
        "cave eel",
        "Six feet of muscle with a mouth at one end, quite at home out of water.",
        Stats(hp=20, skill=62, damage=10, points=3),
    ),
    Monster(
        "lizard man",
        "It has a spear of fishbone and a dignity that you have interrupted.",
        Stats(hp=28, skill=60, damage=12, points=5),
    ),
    Monster(
        "blind newt",
        "White as a candle and as long as you are, it feels its way along the wall.",
        Stats(hp=10, skill=40, damage=5, points=1),
        manner="roam",
        weight=4,
    ),
    Monster(
        "river troll",
        "It sleeps in the shallows like a heap of stones, and snores like one.",
        Stats(hp=40, skill=56, damage=15, points=9),
        manner="asleep",
        weight=5,
    ),
)

CAVES_WARDEN = Monster(
    "lizard captain",
    "Taller than the others, crested, and leaning on a spear that has seen use.",
    Stats(hp=36, skill=62, damage=14, armour=1, points=8),
    manner="guard",
)

FORGE = (
    Monster(
        "fire imp",
        "A scrap of flame with elbows. It giggles when it is angry, and it is always angry.",
        Stats(hp=22, skill=66, damage=13, points=5),
    ),
    Monster(
        "iron servant",
        "A thing of plates and bolts, with a broom in one hand. It puts the broom aside.",
        Stats(hp=32, skill=58, damage=14, armour=2, points=6),
    ),
    Monster(
        "ash wraith",
        "A smith, to judge by the outline: that is all there is of him.",
        Stats(hp=28, skill=62, damage=14, points=6),
        gender="he",
    ),
    Monster(
        "salamander",
        "It lies in the coals up to its eyes and looks at you as a cat looks at a bird.",
        Stats(hp=36, skill=60, damage=14, points=6),
    ),
    Monster(
        "soot sprite",
        "It flits about with a dustpan, and wants no trouble.",
        Stats(hp=8, skill=40, damage=5, points=1),
        manner="roam",
        weight=4,
    ),
    Monster(
        "clockwork giant",
        "It sits with its chin on its fists and has run down, or seems to have.",
        Stats(hp=50, skill=56, damage=18, armour=1, points=12),
        manner="asleep",
        weight=5,
    ),
)

FORGE_WARDEN = Monster(
    "Smith-King",
    "Aldric of Greywick, two hundred years at his anvil. Iron has grown over him like bark, and in the middle of "
    "his chest, on a chain, hangs a small stone that burns.",
    Stats(hp=60, skill=66, damage=18, armour=3, points=20),
    also=("king", "smith", "aldric"),
    gender="he",
)
