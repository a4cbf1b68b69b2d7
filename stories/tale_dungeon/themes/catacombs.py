"""Level 2: the catacombs where the house of Greywick laid its dead, who do not all lie still."""

from __future__ import annotations

from .. import bestiary, snares
from ..words import SHELL, Detail, Feature, Look, Spot, Theme

ROOMS = (
    Spot(
        "Hall of Sleepers",
        "Stone lords lie on stone beds, two by two, with stone dogs at their feet. The sculptor was honest: they look "
        "neither noble nor at peace, only tired. Each has a hammer folded in his hands.",
        (
            Feature(
                "stone lords",
                "The last of the row has no face yet. His name is already cut: ALDRIC.",
                ("effigies", "lord", "statues"),
                plural=True,
            ),
            Feature("stone dogs", "Their noses shine where people have touched them for luck.", ("dog",), plural=True),
        ),
    ),
    Spot(
        "Bone Gallery",
        "The walls are built of bones. Thighs are laid like logs, skulls set between them in crosses and stars, by "
        "somebody who had a great deal of time and no shortage of material.",
        (
            Feature(
                "skulls",
                "One of them has a coin between its teeth. No: a button.",
                ("skull", "stars", "crosses"),
                plural=True,
                hides=True,
            ),
            Feature(
                "bone walls", "Ribs fill the gaps, like moss between stones.", ("bones", "bone", "ribs"), plural=True
            ),
        ),
    ),
    Spot(
        "Chapel of the Hammer",
        "A dozen kneeling-stones face an altar made from an anvil. Wax has run down it, white over brown over "
        "black, in a frozen waterfall. Whoever is prayed to here, it is not for mercy.",
        (
            Feature(
                "anvil altar",
                "An inscription runs round it: WHAT IS STRUCK GROWS HARD.",
                ("altar", "anvil", "inscription"),
            ),
            Feature(
                "frozen wax",
                "Pressed into it are a hundred thumb-prints.",
                ("wax", "prints"),
                article="some",
                hides=True,
            ),
            Feature("kneeling-stones", "Each has two hollows, worn by knees.", ("kneeling", "stones"), plural=True),
        ),
    ),
    Spot(
        "Embalmers' Room",
        "A marble table with a gutter around it slopes towards a drain. On the shelves above stand jars by the "
        "hundred, most of them cracked, and a clean smell of resin has outlasted everything it was meant to cover.",
        (
            Feature("marble table", "Somebody has scrubbed it. Not recently, but well.", ("gutter", "drain")),
            Feature(
                "cracked jars",
                "HEART OF LADY MAUD, reads a label. The jar is empty, and the lid is on the inside.",
                ("jars", "jar", "label", "shelves", "shelf"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Children's Crypt",
        "The niches here are short. Wooden horses, rag balls and one very small wooden sword have been left before "
        "them, and nothing down here has dared to touch those.",
        (
            Feature("short niches", "Names and ages. The ages are in months.", ("niche", "names"), plural=True),
            Feature("toys", "You straighten a horse that has fallen over.", ("horses", "balls", "horse"), plural=True),
        ),
    ),
    Spot(
        "Mourners' Room",
        "Benches line the walls, and over each hangs a veil of grey gauze, so that the mourners need not see each "
        "other. A stone basin in the middle was for collecting tears. It has a drain.",
        (
            Feature("benches", "Worn in the middle, where two sat close.", ("bench",), plural=True),
            Feature("grey veils", "Moths have mourned here too.", ("veil", "gauze"), plural=True),
            Feature("stone basin", "Dry. There is a little heap of salt in it.", ("basin", "salt"), hides=True),
        ),
    ),
    Spot(
        "Opened Tomb",
        "The slab of this tomb has been heaved aside, and it took strength: it is a foot thick. The dust inside keeps "
        "the shape of somebody tall. Footprints lead away from it, bare and long-toed, and none lead in.",
        (
            Feature("stone slab", "HERE LIES SIR BERENGAR, it says. Not any longer.", ("slab", "tomb")),
            Feature("grave dust", "It is cold, even for dust.", ("dust", "shape"), article="some", hides=True),
            Feature("footprints", "They go off in the direction you came from.", ("prints",), plural=True),
        ),
    ),
    Spot(
        "Painted Crypt",
        "Somebody has painted the whole story on the plaster. The smith finds a burning stone; the smith makes an "
        "amulet and winters grow mild; the smith is made king. In the last picture he goes down a stair, alone, with "
        "the amulet round his neck, and behind him it is snowing.",
        (
            Feature(
                "paintings",
                "The Smith-King's face has been left blank in every one.",
                ("pictures", "painting", "plaster", "story"),
                plural=True,
            ),
        ),
    ),
)

CORRIDORS = (
    Spot(
        "Row of Niches",
        "The dead lie in the walls here, three deep on either side, wrapped and patient, with their feet towards you.",
        (
            Feature(
                "wrapped dead",
                "You count the toes under the linen without meaning to.",
                ("dead", "feet", "linen"),
                plural=True,
            ),
        ),
    ),
    Spot(
        "Processional Way",
        "A wide paved way, made for a coffin and eight bearers. Wheel marks run down the middle, for those who were "
        "too heavy or had too few friends.",
        (Feature("wheel marks", "A handcart. It squeaked, you are sure.", ("wheel", "marks"), plural=True),),
    ),
    Spot(
        "Narrow Loculus Passage",
        "You must turn sideways. Carved slabs brush your chest and your back with the names of people who now know you "
        "quite well.",
        (
            Feature(
                "carved slabs",
                "Stewards, nurses, a fool. The servants lie along the passages.",
                ("slabs", "names"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Candle Gallery",
        "Iron spikes stand out from the walls, hundreds of them, each with its stump of candle. Lit all together "
        "they must have roared.",
        (
            Feature(
                "candle stumps",
                "Yellow beeswax. The rats have left their teeth in it.",
                ("stumps", "spikes", "candles"),
                plural=True,
                hides=True,
            ),
        ),
    ),
)

CATACOMBS = Theme(
    id="catacombs",
    entries=(
        Spot(
            "Lych Gate",
            "The steps from above end under a stone gate with a roof of its own, where coffins rested on their way in. "
            "WALK SOFTLY is carved over it, and beneath that, in another hand: OR RUN.",
            (
                Feature(
                    "steps", "Up there are the cellars, which now seem almost homely.", ("stair", "stairs"), plural=True
                ),
                Feature("stone gate", "The second hand was in a hurry.", ("gate", "roof", "words", "carving")),
            ),
        ),
        Spot(
            "Bearers' Rest",
            "At the bottom of the steps a round room lets the bearers get their breath back. Pegs for their hats go "
            "all the way round, and one hat is still there.",
            (
                Feature(
                    "steps",
                    "They go back up to the cellars. Your own footprints are on them, and only yours.",
                    ("stair", "stairs"),
                    plural=True,
                ),
                Feature("one hat", "Black felt, gone green. You do not try it on.", ("hat", "pegs")),
            ),
        ),
    ),
    exits=(
        Spot(
            "Founders' Rotunda",
            "A dome rises over a shaft with a stair spiralling down its inside wall. In the old days the ashes of the "
            "common dead were thrown down it. The sound of moving water comes back up.",
            (
                Feature("shaft", "You drop a pebble, count to four, and hear a splash.", ("stairs", "stair", "water")),
                Feature("dome", "Painted with stars, in no sky that you know.", ("stars",)),
            ),
        ),
        Spot(
            "Drowned Nave",
            "The floor of this great hall slopes, as if the mountain had shrugged, and its lower end has gone under "
            "black water. Beside the water a stair has been hewn, dripping, down through the rock.",
            (
                Feature(
                    "black water",
                    "Still and clear. Some tombs are down there, and their lids are off.",
                    ("water", "tombs"),
                ),
                Feature("hewn stair", "Wet, steep, and newer than anything up here.", ("stairs", "steps")),
            ),
        ),
    ),
    rooms=ROOMS,
    corridors=CORRIDORS,
    vaults=(
        Spot(
            "Treasury of the Dead",
            "What the lords of Greywick meant to take with them stands here on shelves, labelled and priced, for "
            "their heirs could not help themselves.",
            (
                Feature(
                    "labelled shelves",
                    "The prices have been corrected, upwards, by several generations.",
                    ("shelves", "labels", "prices"),
                    plural=True,
                ),
            ),
        ),
        Spot(
            "Reliquary",
            "Crystal boxes hold the knuckles and eyelashes of seven obscure saints. The air is warm here, and "
            "smells of roses, and you feel that you ought to wipe your feet.",
            (
                Feature(
                    "crystal boxes",
                    "An eyelash winks at you. It is only the light.",
                    ("boxes", "knuckles", "eyelashes"),
                    plural=True,
                ),
            ),
        ),
    ),
    secrets=(
        Spot(
            "Heretic's Grave",
            "One grave, in no row, under a slab without a name. Somebody who was hidden was nevertheless loved: the "
            "little room is full of dried flowers.",
            (Feature("dried flowers", "They go to powder as you breathe.", ("flowers",), plural=True),),
        ),
        Spot(
            "Grave Robber's Nest",
            "A mattress, a stack of empty tins and a tunnel that has fallen in. A calendar on the wall crosses off "
            "days of very good business, up to a certain Thursday.",
            (
                Feature(
                    "calendar",
                    "After the Thursday there is a long scratch, downwards.",
                    ("days", "tunnel", "mattress", "tins"),
                ),
            ),
        ),
    ),
    details=(
        Detail(
            "Before the wall stands a bowl for offerings.",
            Feature("offering bowl", "For copper coins. It holds a moth.", ("bowl",), hides=True),
        ),
        Detail(
            "A spade has been left leaning here by someone who did not mean to be long.",
            Feature("broken spade", "The handle has been bitten through.", ("spade",)),
        ),
        Detail(
            "The dust on the floor has been swept into a neat path.",
            Feature("swept path", "Who sweeps here, and for whom?", ("path",)),
        ),
        Detail(
            "An urn stands in a corner, cracked from lip to foot.",
            Feature("cracked urn", "Ashes, and under the ashes more ashes.", ("urn", "ashes"), hides=True),
        ),
        Detail(
            "A garland of iron leaves hangs on a nail.",
            Feature("iron garland", "Forged, not cast: each leaf has its own veins.", ("garland", "leaves")),
        ),
        Detail(
            "On the wall somebody has written a number, 811, and nothing else.",
            Feature("number", "You find that you do not want to know of what.", ("writing",)),
        ),
        Detail(
            "A crack runs across the floor, wide enough to put a hand in.",
            Feature("wide crack", "Reaching into it takes some resolve.", ("crack",), hides=True),
        ),
        Detail(
            "The ceiling is low and has been blackened with smoke in the shape of hands.",
            Feature("black hands", "Left hands, all of them.", ("hands", "shape"), plural=True),
        ),
    ),
    spring=Detail(
        "In a niche a marble lady pours water from a jug into a shell, without ever coming to an end.",
        Feature(
            "marble lady",
            "Her water is clear and smells of rain. She looks as if she would like you to drink.",
            ("water", "spring", "shell", "jug", "fountain"),
        ),
    ),
    shell=Feature("walls", "Dressed stone, fitted without mortar. It sweats a little.", SHELL, plural=True),
    doors=(
        Look("stone door", "A slab on a pivot, so well hung that a child could move it. That was the idea, once."),
        Look("lattice door", "An iron lattice with wilted bouquets stuck through it."),
        Look("black door", "Lacquered wood with a veil nailed across it."),
    ),
    locked_door=Look("{metal} gate", "Bars of {metal} as thick as your thumb, with a lock in the middle like an eye."),
    secret_door=Look("hollow tomb", "A tomb like the others, but its slab swings inwards and the coffin is a passage."),
    chests=(
        Look("stone coffer", "A coffer for grave goods, with a lid as heavy as a conscience."),
        Look("lead casket", "Grey lead, soldered once and pried open more than once."),
    ),
    monsters=bestiary.CATACOMBS,
    warden=bestiary.CATACOMBS_WARDEN,
    darkness=35,
    sounds=(
        "Nothing. It is the kind of nothing that is holding its breath.",
        "Somebody turns over in stone.",
        "One of the dead cracks a knuckle, in its own time.",
        "A broom goes swish, swish, two rooms off. It stops when you do.",
    ),
    traps=snares.CATACOMBS,
)
