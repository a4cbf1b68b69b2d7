"""Level 4: the forge of the Smith-King, hot, loud and still at work."""

from __future__ import annotations

from .. import bestiary, snares
from ..words import SHELL, Detail, Feature, Look, Spot, Theme

ROOMS = (
    Spot(
        "Hammer Hall",
        "Trip hammers as big as oxen stand in two rows, and every so often one of them, nobody knows why, rises, "
        "waits and falls. The floor jumps. On the anvils beneath lie things that have been struck ten thousand "
        "times too often.",
        (
            Feature("trip hammers", "You pick your moment, and pass.", ("hammers", "hammer"), plural=True),
            Feature(
                "anvils",
                "The iron on them is beaten as thin as paper. Somebody has forgotten how to stop.",
                ("anvil", "iron"),
                plural=True,
            ),
        ),
    ),
    Spot(
        "Bellows Room",
        "Two leather lungs, each the size of a barn, draw breath in turn. Ropes run from them over pulleys to a great "
        "wheel, and in the wheel there is nobody. It turns all the same.",
        (
            Feature(
                "leather lungs", "Patched with anything that has a skin.", ("bellows", "lungs", "leather"), plural=True
            ),
            Feature("great wheel", "Worn by feet on the inside.", ("wheel", "ropes", "pulleys")),
        ),
    ),
    Spot(
        "Slag Heaps",
        "What was no good has been thrown here: hills of black glass and clinker, still warm, ticking as they cool. "
        "Your light breaks in them into a thousand small red eyes. You hope that it is your light.",
        (
            Feature(
                "slag",
                "Sharp, and in places see-through. There are things inside.",
                ("glass", "hills", "clinker", "eyes"),
                article="some",
                hides=True,
            ),
        ),
    ),
    Spot(
        "Armoury",
        "Suits of mail stand in ranks from wall to wall, and every visor is turned towards the door that you came "
        "in by. They are empty. You check the first three, and then you stop checking.",
        (
            Feature(
                "suits of mail",
                "Too small for men, too large for dwarfs, too many for comfort.",
                ("suits", "mail", "visors", "ranks"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Mould Room",
        "Moulds of baked sand fill the floor, each for a different thing: a bell, a bolt, a hand. Along the wall "
        "they are all for hands. Some of the castings have been finished, down to the nails.",
        (
            Feature(
                "sand moulds",
                "One hand is open, as if to receive something.",
                ("moulds", "sand"),
                plural=True,
                hides=True,
            ),
            Feature(
                "cast hands", "Iron. The one you look at has a scar like yours.", ("hands", "castings"), plural=True
            ),
        ),
    ),
    Spot(
        "Counting House",
        "Ledgers lie open on forty desks, and in each of them the ink is wet. Coal in, iron out, page after page in "
        "the same square hand; under 'purpose', from the first line to the last, stands a single word: MORE.",
        (
            Feature(
                "ledgers",
                "You touch a figure, and it comes off on your finger.",
                ("ledger", "ink", "desks"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Chain Gallery",
        "Chains hang from a ceiling that you cannot see, hundreds of them, straight and still as a forest. As you "
        "go through they begin to sway, first those beside you, and then, one row after another, those ahead.",
        (Feature("chains", "Each link is signed with a crowned hammer.", ("chain", "links", "forest"), plural=True),),
    ),
    Spot(
        "Fire Garden",
        "A gardener in a place without sun has made one out of what there was. Iron trees stand in beds of raked "
        "ember, with copper leaves that shiver in the heat and ring, and glass fruit, and one bench, for two.",
        (
            Feature(
                "iron trees",
                "On the bark of one are two letters in a heart: A and M.",
                ("trees", "tree", "fruit", "leaves"),
                plural=True,
            ),
            Feature("raked embers", "Raked this morning.", ("embers", "ember", "beds"), plural=True, hides=True),
            Feature("bench", "Dusty on the one side."),
        ),
    ),
)

CORRIDORS = (
    Spot(
        "Hot Gallery",
        "The walls of this gallery are too hot to touch, and the air above the floor ripples like water. Your own "
        "shadow wavers ahead of you, red at the edges.",
        (Feature("hot walls", "There is a fire behind them, and it is not small.", ("walls", "shadow"), plural=True),),
    ),
    Spot(
        "Ore Road",
        "Carts have stood on these rails for so long that their wheels have grown into them. Each is heaped with "
        "ore, and each has a name painted on it by a child: Daisy, Thunder, Old Tom.",
        (
            Feature(
                "ore carts",
                "You would have chosen Thunder, too.",
                ("carts", "cart", "rails", "ore"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Grated Walk",
        "You walk on iron bars above a river of slow red light. Drops fall from you, and hiss before they get there.",
        (Feature("red river", "Molten stone, on its way to somewhere worse.", ("river", "bars", "light")),),
    ),
    Spot(
        "Whispering Flue",
        "A brick flue, wide enough for two, and coated with soot like black fur. Voices come along it from the "
        "fires. They are only asking for coal.",
        (
            Feature(
                "black soot",
                "A finger writes in it easily. Somebody has written: GO HOME.",
                ("soot", "fur", "voices"),
                article="some",
            ),
        ),
    ),
)

FORGE = Theme(
    id="forge",
    entries=(
        Spot(
            "Iron Stair",
            "The stair comes out on an iron platform, high in the side of a cavern so large that it has weather. "
            "Clouds drift below you, lit from beneath, and through the gaps you see fires.",
            (
                Feature(
                    "fires", "A town's worth, and each with a shape moving before it.", ("fire", "shapes"), plural=True
                ),
                Feature(
                    "iron platform", "It trembles a little, in time with something.", ("platform", "stair", "stairs")
                ),
                Feature("clouds", "Steam. It rains down there, upwards.", ("weather", "cloud"), plural=True),
            ),
        ),
        Spot(
            "Gate of Tongs",
            "Two pairs of tongs, forty feet high, are crossed above the foot of the stair, and beneath them every "
            "smith who ever went in has struck his mark into a plate of bronze. There is a hammer on a cord for the "
            "next one.",
            (
                Feature("crossed tongs", "They could pick you up like a hot rivet.", ("tongs",), plural=True),
                Feature(
                    "stair", "Four hundred and four steps. You counted, to keep from thinking.", ("stairs", "steps")
                ),
                Feature(
                    "bronze plate", "Thousands of marks. The first is a crowned hammer.", ("marks", "plate", "cord")
                ),
            ),
        ),
    ),
    exits=(
        Spot(
            "Throne of the Smith-King",
            "At the far end of a hall of black iron stands a throne that is also a forge, or a forge that has been "
            "sat in. Everything here has been made with a skill that takes your breath away: the leaves on the "
            "pillars, the crown on the wall, the snowflakes, thousands of them, cut from silver and hung up on "
            "threads where he can see them.",
            (
                Feature("throne", "Its coals are red. It has been cast around somebody's shape.", ("forge", "coals")),
                Feature(
                    "silver snowflakes",
                    "No two are alike. He has had two hundred winters to look at.",
                    ("snowflakes", "snowflake", "silver", "threads"),
                    plural=True,
                ),
                Feature(
                    "iron pillars",
                    "Ivy, oak and bramble, every leaf hammered by hand.",
                    ("pillars", "leaves"),
                    plural=True,
                ),
                Feature("crown", "It hangs on a nail, like a hat. It is riveted to the wall.", ("nail",)),
            ),
        ),
    ),
    rooms=ROOMS,
    corridors=CORRIDORS,
    vaults=(
        Spot(
            "King's Hoard",
            "Gold has been poured into this room like grain into a barn, and has then been melted, by a heat from "
            "below, into one smooth yellow lake, from which things stick out: a horn, a hand, the mast of a toy "
            "ship.",
            (Feature("golden lake", "It will not come up. You try, of course.", ("gold", "lake", "horn", "mast")),),
        ),
        Spot(
            "Masterpiece Room",
            "Each smith left here the best thing that he ever made, on a plinth, under glass. The smallest is a "
            "needle. It has an eye so fine that it is said to be there.",
            (
                Feature(
                    "plinths",
                    "Most are empty. The cards are still there, with the prizes.",
                    ("plinth", "cards", "glass", "needle"),
                    plural=True,
                ),
            ),
        ),
    ),
    secrets=(
        Spot(
            "Queen's Room",
            "Behind the heat and the noise, somebody has kept one cool room as it was: a bed with a blue cover, a "
            "window painted on the wall with spring behind it, a comb. MAUD, it says on the comb.",
            (
                Feature(
                    "painted window", "Apple trees. The painter knew each one of them.", ("window", "trees", "spring")
                ),
                Feature("comb", "A few fair hairs. You put it back exactly where it was.", ("bed", "cover", "hairs")),
            ),
        ),
        Spot(
            "Apprentice's Hide",
            "There is just room for a boy to lie flat. On the bricks he has drawn, with a burnt stick, a fat man "
            "with a hammer, in many unfortunate situations.",
            (
                Feature(
                    "drawings",
                    "Number seven, with the goose, has real talent.",
                    ("drawing", "bricks", "goose"),
                    plural=True,
                ),
            ),
        ),
    ),
    details=(
        Detail(
            "Sparks drift by, in no hurry, like summer flies.",
            Feature("sparks", "One settles on your sleeve, looks about, and goes out.", ("spark",), plural=True),
        ),
        Detail(
            "A row of leather aprons hangs on hooks, by size, down to a very small one.",
            Feature(
                "leather aprons",
                "There is something in one of the pockets. There always is.",
                ("aprons", "apron", "pockets", "pocket"),
                plural=True,
                hides=True,
            ),
        ),
        Detail(
            "Under an iron trapdoor in the floor something very large turns over.",
            Feature("iron trapdoor", "Welded shut, and dented, from below.", ("trapdoor",)),
        ),
        Detail(
            "A bucket of nails stands here, every one of them bent in the same way.",
            Feature("bucket of nails", "You rummage. They are really all alike.", ("bucket", "nails"), hides=True),
        ),
        Detail(
            "Scraps of song are chalked on the wall, for keeping time.",
            Feature(
                "chalked song",
                "'Strike for the king and strike for the crown, and nobody, nobody, nobody lies down.'",
                ("song", "scraps", "chalk"),
            ),
        ),
        Detail(
            "The heat has cracked the paving into a honeycomb.",
            Feature(
                "cracked paving", "One of the six-sided pieces is loose.", ("paving", "honeycomb", "pieces"), hides=True
            ),
        ),
        Detail(
            "A clock without hands is ticking on a bracket.",
            Feature("clock", "It is always now, it seems to say.", ("bracket",)),
        ),
        Detail(
            "Little iron birds perch along a pipe, rusted in mid-song.",
            Feature("iron birds", "Sparrows. He must have missed them.", ("birds", "pipe", "sparrows"), plural=True),
        ),
    ),
    spring=Detail(
        "A quenching trough stands against the wall, brim-full, and its water is as cold as if it came straight "
        "from the snow.",
        Feature(
            "quenching trough",
            "Made for cooling iron, but it would do you a world of good.",
            ("water", "trough", "spring"),
        ),
    ),
    shell=Feature(
        "walls", "Black stone, hot to the hand, with here and there a thread of glowing red.", SHELL, plural=True
    ),
    doors=(
        Look("riveted door", "Black plate, with as many rivets as there is room for."),
        Look("furnace door", "It has a little window of mica, red with the light behind."),
        Look("chain door", "A curtain of chain mail on a rail."),
    ),
    locked_door=Look(
        "{metal} portal", "A double leaf of {metal}, chased with crowned hammers around a single keyhole."
    ),
    secret_door=Look(
        "cold hearth", "A hearth like a dozen others, but no fire has ever been lit in it, and its back wall turns."
    ),
    chests=(
        Look("tool chest", "A journeyman's chest, with a place for everything."),
        Look("steel strongbox", "A box made to be the last thing standing."),
    ),
    monsters=bestiary.FORGE,
    warden=bestiary.FORGE_WARDEN,
    darkness=20,
    sounds=(
        "One hammer, a long way down, and never out of time.",
        "The fires draw breath, all of them at once.",
        "Chains run over a wheel, stop, and run back.",
        "Behind the roar somebody is whistling: an old tune, and only the first half of it.",
    ),
    traps=snares.FORGE,
)
