"""Level 1: the cellars of the burnt-out keep, dry, homely and overrun."""

from __future__ import annotations

from .. import bestiary, snares
from ..words import SHELL, Detail, Feature, Look, Spot, Theme

ENTRANCE = Spot(
    "Foot of the Stair",
    "Forty worn steps end here, in a vault that smells of cold stone and old apples. Grey daylight falls down the "
    "stairwell with a few flakes of snow in it, which melt before they reach the flagstones. An iron hook is driven "
    "into the wall at the height of a man's head.",
    (
        Feature(
            "stair",
            "Up there are the burnt-out keep, the snow, and everyone who is waiting for you.",
            ("steps", "stairs", "stairwell", "staircase"),
        ),
        Feature("iron hook", "Made to hang a lantern on, by the soot above it."),
        Feature(
            "flagstones", "Hollowed by generations of kitchen boys rolling barrels.", ("floor", "stones"), plural=True
        ),
        Feature("snow", "In harvest month. That is why you are here.", ("flakes", "daylight"), article="some"),
    ),
)

ROOMS = (
    Spot(
        "Wine Cellar",
        "Racks for a thousand bottles stand in rows like pews, all empty but for the dust on their shoulders. The "
        "floor is sticky underfoot, and a sour sweetness hangs in the air: whoever drank the last of it was in a "
        "hurry.",
        (
            Feature("wine racks", "Every cradle is empty. Somebody has been thorough.", ("rack", "dust"), plural=True),
            Feature(
                "broken glass",
                "Green shards, swept into a corner by something with a tail.",
                ("shards", "bottles"),
                article="some",
                hides=True,
            ),
        ),
    ),
    Spot(
        "Larder",
        "Slate shelves run round three walls, and above them hang rows of hooks that still remember hams. Whatever "
        "the cooks left has been eaten long ago, sacks and all; only a smell of salt has been spared.",
        (
            Feature(
                "slate shelves",
                "Cold as a pond. Little claws have scratched them all over.",
                ("shelf",),
                plural=True,
                hides=True,
            ),
            Feature("ham hooks", "They swing a little, though there is no draught.", ("hooks",), plural=True),
        ),
    ),
    Spot(
        "Root Store",
        "Bins of dark earth fill this long low room, where carrots and turnips once slept through the winter. Now pale "
        "shoots as long as your arm grope from them towards a light that never comes.",
        (
            Feature(
                "earth bins",
                "Crumbly black soil, turned over here and there as if something had been buried.",
                ("bin", "earth", "soil"),
                plural=True,
                hides=True,
            ),
            Feature(
                "pale shoots", "Blind white stalks. They feel unpleasantly like fingers.", ("stalks",), plural=True
            ),
        ),
    ),
    Spot(
        "Coal Hole",
        "Everything here is black: the walls, the rafters, the heap that slopes up to a chute in the ceiling. The "
        "chute has been nailed shut from above. Your footsteps crunch.",
        (
            Feature("coal heap", "Good hard coal, enough for a winter like this one.", ("coal",), hides=True),
            Feature("chute", "Too narrow even if it were open. A thread of icy air comes down it."),
        ),
    ),
    Spot(
        "Wash House",
        "Two copper cauldrons, big enough to boil an ox in, sit over dead hearths. A washing line still crosses the "
        "room, and on it, stiff as boards, hang the sheets that nobody took in on the day the keep burned.",
        (
            Feature(
                "copper cauldrons",
                "Green on the outside, and with a dry crust of soap inside.",
                ("coppers",),
                plural=True,
            ),
            Feature(
                "stiff sheets",
                "Fine linen with a crowned hammer sewn into each corner: the mark of the house.",
                ("linen", "line", "washing"),
                plural=True,
            ),
            Feature("dead hearths", "Ash, cold these thirty years.", ("ash", "hearth"), plural=True, hides=True),
        ),
    ),
    Spot(
        "Cooperage",
        "Half a barrel stands on the block with its staves spread like the petals of a flower, waiting for a cooper "
        "who went to supper and never came back. Shavings cover the floor ankle-deep.",
        (
            Feature("half-built barrel", "Good oak. It only wants its hoops.", ("staves", "block", "oak")),
            Feature(
                "wood shavings", "Curled, dry and deep enough to lose things in.", ("shaving",), plural=True, hides=True
            ),
        ),
    ),
    Spot(
        "Old Gaol",
        "Four cells with their doors torn off, and an iron ring in the wall of each. Rotten straw lies in the "
        "corners. One prisoner counted the days in scratches, in fives, neatly; the neatness gives out somewhere in "
        "the second year.",
        (
            Feature(
                "scratches",
                "The last words, much lower down: THEY COME UP FROM BELOW.",
                ("tally", "words"),
                plural=True,
            ),
            Feature(
                "rotten straw",
                "It has been slept in lately, by something that moults.",
                ("straw",),
                article="some",
                hides=True,
            ),
            Feature("iron rings", "Rusted through, all but one.", ("ring", "cells", "cell"), plural=True),
        ),
    ),
    Spot(
        "Buttery",
        "Three great tuns lie here on trestles, each as high as a cottage door. Somebody has drawn a face on the "
        "middle one in chalk, then drawn it crossing itself. All three sound hollow.",
        (
            Feature(
                "great tuns", "Their taps are gone, and so is the ale.", ("tun", "barrels", "trestles"), plural=True
            ),
            Feature("chalk face", "It looks worried. You know how it feels.", ("drawing",)),
        ),
    ),
)

CORRIDORS = (
    Spot(
        "Servants' Passage",
        "A straight passage, its whitewash rubbed grey at elbow height by a hundred years of people carrying trays.",
        (Feature("whitewash", "Under your hand it comes off like flour.", ("wall", "walls"), article="the"),),
    ),
    Spot(
        "Barrel Run",
        "Two grooves in the stone floor show where barrels were rolled from the chute to the cellars. The ceiling is "
        "just too low to stand upright under.",
        (Feature("grooves", "As deep as a hand, and polished.", ("groove",), plural=True),),
    ),
    Spot(
        "Crooked Passage",
        "The passage bends left, then right, then left again, as if its builders had been arguing. At each bend an "
        "empty niche waits for a candle.",
        (Feature("niches", "Nothing in them but tallow and mouse droppings.", ("niche",), plural=True, hides=True),),
    ),
    Spot(
        "Dripping Passage",
        "Water finds its way through the vault and falls, drop by drop, into a row of buckets that somebody set out "
        "and never emptied again. Each has its own note.",
        (Feature("buckets", "Full to the brim with black water.", ("bucket", "water"), plural=True),),
    ),
)

CELLARS = Theme(
    id="cellars",
    entries=(ENTRANCE,),
    exits=(
        Spot(
            "Broken Floor",
            "Here the flagstones have fallen in. Below the jagged edge somebody has cut steps through the clay, "
            "rough and steep, down to where older masonry shows like bone in a wound. A smell of dust comes up, and "
            "no sound.",
            (
                Feature(
                    "cut steps",
                    "Cut with picks, and from below.",
                    ("stairs", "edge", "hole", "clay", "flagstones"),
                    plural=True,
                ),
                Feature(
                    "older masonry", "Blocks as long as coffins, fitted without mortar.", ("blocks",), article="some"
                ),
            ),
        ),
        Spot(
            "Bricked Arch",
            "An arch in the far wall was bricked up long ago, and lately broken open again. Behind it a spiral of "
            "stone steps winds down into the dark, each tread carved with a name.",
            (
                Feature(
                    "broken bricks",
                    "They lie on this side. It was broken from within.",
                    ("bricks", "arch"),
                    plural=True,
                ),
                Feature(
                    "carved steps",
                    "Lords and ladies of the house. One walks over them to join them.",
                    ("stairs", "names", "spiral"),
                    plural=True,
                ),
            ),
        ),
    ),
    rooms=ROOMS,
    corridors=CORRIDORS,
    vaults=(
        Spot(
            "Strongroom",
            "Iron plates cover the walls from floor to ceiling, each rivet as big as an egg. This is where the keep "
            "kept what it could not bear to lose.",
            (Feature("iron plates", "Somebody has tried one with a crowbar, and given up.", ("rivets",), plural=True),),
        ),
        Spot(
            "Muniment Room",
            "Pigeonholes from floor to ceiling hold the deeds, rents and quarrels of three hundred years, nibbled "
            "to lace. A high clerk's stool stands in the middle like a perch.",
            (
                Feature(
                    "deeds",
                    "You read a few lines about a disputed goose.",
                    ("pigeonholes", "papers"),
                    plural=True,
                    hides=True,
                ),
                Feature("clerk's stool", "Its seat is worn into the shape of one particular clerk.", ("seat",)),
            ),
        ),
    ),
    secrets=(
        Spot(
            "Smugglers' Hole",
            "A den hardly wider than a bed, hacked out of the clay behind the wall. Kegs without a tax stamp serve as "
            "seats around a plank with knife marks in it.",
            (
                Feature("kegs", "Dry, alas.", ("keg",), plural=True),
                Feature("plank", "Many games were played on it, and one of them ended badly.", ("marks", "table")),
            ),
        ),
        Spot(
            "Walled-up Cell",
            "Whoever was walled up in here had a bed, a bowl and a slit of window that gives on to nothing. They "
            "folded the blanket before they lay down.",
            (
                Feature("slit", "It gives on to mortar.", ("window",)),
                Feature("folded blanket", "You leave it as it is.", ("blanket", "bed", "bowl")),
            ),
        ),
    ),
    details=(
        Detail(
            "A line of soot runs along the wall where torches passed.",
            Feature("soot", "Fresh. Somebody came this way not long ago.", article="some"),
        ),
        Detail(
            "Cobwebs as thick as curtains hang in the corners.",
            Feature("cobwebs", "Something the size of a cat has wiped them aside.", ("webs", "cobweb"), plural=True),
        ),
        Detail(
            "A doll without a head has been propped against the wall.",
            Feature("headless doll", "Goblin work: made with care, and then bitten.", ("doll",)),
        ),
        Detail(
            "A trail of chicken feathers leads across the floor and back.",
            Feature("feathers", "The last hen in Greywick, perhaps.", ("feather",), plural=True),
        ),
        Detail(
            "A crate has been dropped here, in a hurry.",
            Feature("dropped crate", "Broken open and gnawed. Turnip, mostly.", ("crate",), hides=True),
        ),
        Detail(
            "On the lintel a crowned hammer has been carved, and hacked at.",
            Feature(
                "crowned hammer",
                "The arms of the house of Greywick, which nobody has cause to love.",
                ("arms", "lintel", "carving"),
            ),
        ),
        Detail(
            "One of the stones in the wall stands out a little from the others.",
            Feature(
                "loose stone",
                "It can be worked out of the wall, and there is a hollow behind.",
                ("stone", "hollow"),
                hides=True,
            ),
        ),
        Detail(
            "Empty sacks are heaped against the wall.",
            Feature(
                "heap of sacks",
                "Stencilled with the names of farms that burned.",
                ("sacks", "sack"),
                hides=True,
            ),
        ),
    ),
    spring=Detail(
        "A lead pipe comes out of the wall and fills a stone trough with clear water.",
        Feature(
            "stone trough",
            "The keep's own spring, so cold that it makes your teeth ache. It would do you good.",
            ("water", "spring", "pipe"),
        ),
    ),
    shell=Feature("walls", "Rough grey stone, laid by people who expected it to stay.", SHELL, plural=True),
    doors=(
        Look("plank door", "Planks and two hinges, made by someone who was paid by the door."),
        Look("larder door", "Painted green once. There is a cat hole at the bottom."),
        Look("slatted door", "Slats, to let the damp out."),
    ),
    locked_door=Look("{metal}-bound door", "Solid oak, bound with {metal}. Its keyhole is lined with {metal} too."),
    secret_door=Look(
        "false wall", "A wall of painted boards on a hinge, and well painted: you would have sworn it was stone."
    ),
    chests=(
        Look("meal chest", "A plain deal chest, with a scoop hanging on a nail."),
        Look("iron-bound chest", "Squat, heavy and worth the trouble, by the look of it."),
    ),
    monsters=bestiary.CELLARS,
    warden=bestiary.CELLARS_WARDEN,
    darkness=15,
    sounds=(
        "Something small runs along behind the wall, stops, and runs back.",
        "A drop falls, and after it, as if it had been thinking, another.",
        "Far above you the wind is trying the door of the keep.",
        "Crockery, somewhere. Then, somewhere, somebody sweeping up crockery.",
    ),
    traps=snares.CELLARS,
)
