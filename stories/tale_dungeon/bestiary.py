"""Who may be met on which level: numbers that rise with it, what one sees of them, and what they are like."""

from __future__ import annotations

from tale_core.story import Behaviour, Effect

from .words import Monster, Stats

HOSTILE = Behaviour("hostile")
HUNTER = Behaviour("hostile", hunts=True)
ROAMER = Behaviour("roam")
THIEF = Behaviour("roam", steals=True)
GUARD = Behaviour("guard")
PATROL = Behaviour("patrol")


def _pack(kin: str, flees: int = 0) -> Behaviour:
    """Return the manner of those who call one another and come."""
    return Behaviour("hostile", kin=kin, hunts=True, flees=flees)


def _coward(flees: int) -> Behaviour:
    return Behaviour("hostile", flees=flees)


CELLARS = (
    Monster(
        "giant rat",
        "As long as your forearm, tail not counted, and quite without fear.",
        Stats(hp=8, skill=50, damage=4, points=1),
        _coward(30),
        weight=14,
    ),
    Monster(
        "cellar spider",
        "It sits in its web like a clenched hand, and follows you with too many eyes.",
        Stats(hp=9, skill=50, damage=4, points=1),
        effect=Effect("poisoned", turns=3, harm=1),
    ),
    Monster(
        "goblin",
        "Knee-high to a bailiff, in an apron it has stolen, with a carving fork it has sharpened.",
        Stats(hp=12, skill=50, damage=5, points=2),
        _pack("goblins", flees=25),
        weight=14,
    ),
    Monster(
        "brown bat",
        "It goes about its own affairs, in circles.",
        Stats(hp=4, skill=40, damage=3, points=1, dodge=15),
        ROAMER,
        weight=4,
    ),
    Monster(
        "thieving magpie",
        "It has its head on one side. It is not looking at you but at what you have about you.",
        Stats(hp=5, skill=40, damage=2, points=2, dodge=10),
        THIEF,
        weight=3,
        also=("bird",),
    ),
    Monster(
        "ogre scullion",
        "It has dropped off over the washing-up, with its great grey arms in an empty tub.",
        Stats(hp=24, skill=50, damage=9, points=5),
        HUNTER,
        weight=5,
        awake="It has suds to the elbows, a grievance, and you.",
    ),
)

CELLARS_WARDEN = Monster(
    "goblin doorkeeper",
    "It has a helmet, a halberd cut down to its size, and orders.",
    Stats(hp=20, skill=58, damage=7, points=4),
    Behaviour("guard", kin="goblins"),
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
        Stats(hp=21, skill=56, damage=8, points=3),
        HUNTER,
        effect=Effect("chilled", turns=4, skill=-10),
    ),
    Monster(
        "crypt hound",
        "One of the stone dogs, you would say, if it were not breathing.",
        Stats(hp=15, skill=60, damage=8, points=2),
        PATROL,
        also=("dog",),
    ),
    Monster(
        "grave moth",
        "As wide as your arms, grey and soft, and not at all interested in you.",
        Stats(hp=6, skill=40, damage=4, points=1, dodge=15),
        ROAMER,
        weight=4,
    ),
    Monster(
        "grave robber",
        "A thin man with a sack. He died in his trade, by the look of him, and has seen no reason to leave it.",
        Stats(hp=14, skill=45, damage=5, points=4),
        THIEF,
        weight=3,
        also=("robber", "man"),
        gender="he",
    ),
    Monster(
        "barrow wight",
        "It lies on its slab with its hands folded, and its chest rises and falls.",
        Stats(hp=30, skill=58, damage=12, points=7),
        weight=5,
        awake="It has sat up, in one piece, like a drawbridge. Its hands are no longer folded.",
        effect=Effect("chilled", turns=4, skill=-10),
    ),
)

CATACOMBS_WARDEN = Monster(
    "crypt warden",
    "A suit of mail, seven feet tall, with a lamp burning where its face should be.",
    Stats(hp=30, skill=60, damage=11, armour=1, points=6),
    GUARD,
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
        HUNTER,
        weight=14,
        also=("corpse",),
        gender="he",
    ),
    Monster(
        "cave eel",
        "Six feet of muscle with a mouth at one end, quite at home out of water.",
        Stats(hp=20, skill=62, damage=10, points=3),
        _coward(25),
    ),
    Monster(
        "lizard man",
        "It has a spear of fishbone and a dignity that you have interrupted.",
        Stats(hp=28, skill=60, damage=12, points=5),
        Behaviour("hostile", kin="lizards", hunts=True, disarms=12),
    ),
    Monster(
        "blind newt",
        "White as a candle and as long as you are, it feels its way along the wall.",
        Stats(hp=10, skill=40, damage=5, points=1),
        ROAMER,
        weight=4,
    ),
    Monster(
        "wet jackdaw",
        "It has nothing dry left on it but its opinion of you. There is something shiny in its beak.",
        Stats(hp=12, skill=45, damage=4, points=5, dodge=10),
        THIEF,
        weight=3,
        also=("bird", "daw"),
    ),
    Monster(
        "river troll",
        "It sleeps in the shallows like a heap of stones, and snores like one.",
        Stats(hp=40, skill=56, damage=15, points=9),
        weight=5,
        awake="The heap of stones has got up. It goes on getting up for some time.",
    ),
)

CAVES_WARDEN = Monster(
    "lizard captain",
    "Taller than the others, crested, and leaning on a spear that has seen use.",
    Stats(hp=36, skill=62, damage=14, armour=1, points=8),
    Behaviour("guard", kin="lizards", disarms=10),
)

WORKINGS = (
    Monster(
        "kobold",
        "Three feet of coal dust with a lamp on its forehead and a pick that is not for coal.",
        Stats(hp=24, skill=60, damage=12, points=4),
        _pack("kobolds", flees=25),
        weight=14,
    ),
    Monster(
        "dead shift man",
        "He has not been told that the shift is over. You are in front of his seam.",
        Stats(hp=30, skill=58, damage=13, points=5),
        HUNTER,
        also=("miner",),
        gender="he",
    ),
    Monster(
        "stone grub",
        "As fat as a bolster, with a mouth all round the end of it for going through rock. You are not rock.",
        Stats(hp=28, skill=56, damage=13, armour=2, points=5),
        also=("worm",),
    ),
    Monster(
        "gas wisp",
        "A small blue flame that walks about a yard above the ground and seems to be thinking it over.",
        Stats(hp=18, skill=62, damage=10, points=4, dodge=10),
        effect=Effect("dizzy", turns=3, skill=-12),
        also=("flame",),
    ),
    Monster(
        "pit pony",
        "Patience, it says on its collar. It goes its round in the dark, and has long been bones.",
        Stats(hp=16, skill=40, damage=6, points=1),
        ROAMER,
        weight=4,
        also=("patience", "horse", "bones"),
    ),
    Monster(
        "knocker",
        "It is dressed like a miner of a hundred years ago, and comes up to your knee. It is counting your buttons.",
        Stats(hp=14, skill=45, damage=5, points=6, dodge=10),
        THIEF,
        weight=3,
    ),
    Monster(
        "rock golem",
        "You took it for a pillar. It has sat down to hold up the roof, and nodded off.",
        Stats(hp=46, skill=56, damage=18, armour=1, points=11),
        weight=5,
        awake="It has let go of the roof, which you rather wish that it had not.",
    ),
)

WORKINGS_WARDEN = Monster(
    "kobold overman",
    "A broad one, with a whistle round its neck and a list. You are not on it.",
    Stats(hp=40, skill=64, damage=16, armour=1, points=10),
    Behaviour("guard", kin="kobolds"),
)

FORGE = (
    Monster(
        "fire imp",
        "A scrap of flame with elbows. It giggles when it is angry, and it is always angry.",
        Stats(hp=26, skill=66, damage=15, points=5),
        _pack("imps", flees=25),
    ),
    Monster(
        "iron servant",
        "A thing of plates and bolts, with a broom in one hand. It puts the broom aside.",
        Stats(hp=34, skill=58, damage=16, armour=2, points=6),
        PATROL,
    ),
    Monster(
        "ash wraith",
        "A smith, to judge by the outline: that is all there is of him.",
        Stats(hp=30, skill=62, damage=14, points=6),
        gender="he",
        effect=Effect("scorched", turns=3, harm=1),
    ),
    Monster(
        "salamander",
        "It lies in the coals up to its eyes and looks at you as a cat looks at a bird.",
        Stats(hp=38, skill=60, damage=16, points=6),
        HUNTER,
    ),
    Monster(
        "soot sprite",
        "It flits about with a dustpan, and wants no trouble.",
        Stats(hp=8, skill=40, damage=5, points=1, dodge=15),
        ROAMER,
        weight=4,
    ),
    Monster(
        "clockwork giant",
        "It sits with its chin on its fists and has run down, or seems to have.",
        Stats(hp=52, skill=56, damage=20, armour=1, points=12),
        weight=5,
        awake="Somebody must have wound it up. It was you.",
    ),
)

FORGE_WARDEN = Monster(
    "Smith-King",
    "Aldric of Greywick, two hundred years at his anvil. Iron has grown over him like bark, and in the middle of "
    "his chest, on a chain, hangs a small stone that burns.",
    Stats(hp=70, skill=66, damage=21, armour=3, points=20),
    Behaviour("hostile", disarms=8),
    also=("king", "smith", "aldric"),
    gender="he",
)
