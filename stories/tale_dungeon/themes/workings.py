"""Level 4: the old workings, where ore was dug for the king's forge, and where somebody has not been told to stop."""

from __future__ import annotations

from .. import bestiary, snares
from ..words import SHELL, Detail, Feature, Look, Spot, Theme

ROOMS = (
    Spot(
        "Tally Room",
        "Brass discs hang on rows of hooks, one for each man below. You took yours off in the morning and hung it "
        "back at night. Four hundred and six of them are still out.",
        (
            Feature(
                "brass discs",
                "Numbers, no names. The few that came back are worn as thin as leaves.",
                ("disc", "discs", "tallies", "hooks"),
                plural=True,
            ),
        ),
    ),
    Spot(
        "Great Stope",
        "They took the ore out of here until there was nothing left but the shape of it: a black gash as high as a "
        "church, leaning to one side, with the stumps of ladders sticking to its walls like broken combs.",
        (
            Feature("black gash", "You throw a stone up. After a while it comes down again.", ("gash", "stope")),
            Feature("ladders", "Rotten, rung by rung, out of reach.", ("ladder", "stumps", "combs"), plural=True),
        ),
    ),
    Spot(
        "Pony Stables",
        "Twelve stalls have been cut in the rock, each with a name over it in paint: Duke, Duchess, Patience. The "
        "mangers are full, though the straw in them has turned to dust. Somebody must have thought that they "
        "would be back for the evening feed.",
        (
            Feature(
                "stalls", "The rings are polished. Patience's stall has been kicked.", ("stall", "names"), plural=True
            ),
            Feature(
                "mangers",
                "Dust, and down at the bottom of one the marks of very long teeth.",
                ("manger", "straw"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Powder Store",
        "Felt is nailed over everything here, and a notice asks you to leave your lamp outside. Little kegs stand in "
        "rows along the walls. It would be easier to read the notice without the lamp shaking.",
        (
            Feature(
                "little kegs",
                "They are empty: swept out, even. It has all been used for something.",
                ("kegs", "keg"),
                plural=True,
                hides=True,
            ),
            Feature("notice", "BY ORDER. And below: THIS MEANS YOU, PERKIN.", ("felt", "order")),
        ),
    ),
    Spot(
        "Crib Room",
        "The miners ate their dinner here, out of the draught, on benches around an iron stove. On the shelf stand "
        "forty tins, each scratched with a man's mark so that he should not get another's pie.",
        (
            Feature("iron stove", "Stone cold. There is a sock on the rail.", ("stove", "sock", "rail")),
            Feature(
                "tins",
                "A crust or two, and in one of them half a letter, which begins well.",
                ("tin", "shelf", "letter", "crust"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Flooded Sump",
        "All the water that the mine ever wept has run down to this round black pool, and a pump stands over it with "
        "its arm raised, as if it had a question. The rods still shiver now and then.",
        (
            Feature("black pool", "As still as a shut eye.", ("pool", "sump")),
            Feature("pump", "Its leathers have perished. It would only cough.", ("arm", "rods")),
        ),
    ),
    Spot(
        "Canary Loft",
        "Wicker cages hang from the roof by the hundred, and in a place like this you do not look into them. But they "
        "are only empty, with the doors open; somebody went round, at the last, and let them all go.",
        (
            Feature(
                "wicker cages",
                "Seed, feathers, a small round mirror.",
                ("cages", "cage", "feathers", "seed"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Sorting Floor",
        "Here women and boys broke the ore small and picked the good from the bad. The hammers lie where they were "
        "put down, large ones on the left, small ones on the right, very small ones at the end.",
        (
            Feature(
                "heap of ore",
                "Grey, heavy and glittering in its breaks. The bad heap is larger. It always is.",
                ("ore", "heap"),
                hides=True,
            ),
            Feature("hammers", "You can close your hand around the smallest, and nobody else could.", plural=True),
        ),
    ),
    Spot(
        "Captain's Office",
        "A slant-topped desk, a stool and a window, of all things, from which the captain could look out over the "
        "works. It shows a wall of rubble now, right up against the glass, and one boot.",
        (
            Feature(
                "slanting desk",
                "The ink has dried in the well. The last entry is a question mark.",
                ("desk", "ink", "stool"),
                hides=True,
            ),
            Feature("window", "It is a good boot. It is not empty.", ("glass", "boot", "rubble")),
        ),
    ),
)

CORRIDORS = (
    Spot(
        "Timbered Drift",
        "Props as thick as your waist hold up a ceiling that does not need much encouragement. They creak as you go "
        "by, each a little after the one before, like people passing something on.",
        (
            Feature(
                "pit props",
                "Larch, because it talks before it breaks. It is talking.",
                ("props", "timber"),
                plural=True,
            ),
        ),
    ),
    Spot(
        "Tramway",
        "Two rails run down the middle of the passage, rusty brown but for a stripe along the top of each, which is "
        "bright.",
        (Feature("rails", "Something uses them.", ("rail", "stripe", "tramway"), plural=True),),
    ),
    Spot(
        "Crawling Way",
        "You go on hands and knees here. So did everybody: there are two grooves for the knees, and, every yard or "
        "so, a hollow where they stopped to swear.",
        (
            Feature(
                "hollows",
                "In one of them somebody has left a clay pipe, for next time.",
                ("hollow", "grooves", "groove", "pipe"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Winding Gallery",
        "A rope as thick as a leg comes out of a hole on one side and goes into a hole on the other. Now and then, "
        "with a sigh, it moves on by about a foot.",
        (Feature("thick rope", "You would rather not know what it winds up, or down.", ("rope", "holes", "hole")),),
    ),
)

WORKINGS = Theme(
    id="workings",
    entries=(
        Spot(
            "Engine House",
            "At the foot of the stair stands the engine that kept the river out: a beam as long as a ship, and a "
            "boiler one could hold a dance in. It is warm. Someone has been stoking it with chair legs.",
            (
                Feature(
                    "beam engine",
                    "It makes one stroke while you watch, for the look of the thing.",
                    ("engine", "beam", "boiler"),
                ),
                Feature(
                    "stair", "It goes back up to the river, which you find that you rather miss.", ("stairs", "steps")
                ),
            ),
        ),
        Spot(
            "Shaft Bottom",
            "The stair ends beside a shaft in which chains hang down from a great height. A bell with a code painted "
            "under it stands ready for the man who wants to be drawn up: one for men, two for ore, nine for God help "
            "us.",
            (
                Feature(
                    "chains",
                    "They go up into the dark and are attached there to nothing.",
                    ("chain", "shaft"),
                    plural=True,
                ),
                Feature("signal bell", "The rope has been rung off short. Nine, you would think.", ("bell", "code")),
                Feature("stair", "It goes up, and it is the only thing here that does.", ("stairs", "steps")),
            ),
        ),
    ),
    exits=(
        Spot(
            "Broken-through Face",
            "This is as far as they dug. The last stroke of the last pick went through into somewhere else, and the "
            "hole has been made larger since, from the other side, with something hot. Iron steps lead down out of "
            "it.",
            (
                Feature("ragged hole", "The edges have run, like wax.", ("hole", "edges", "face")),
                Feature("last pick", "It is still sticking in the rock. Nobody wanted it back.", ("pick", "stroke")),
                Feature(
                    "iron steps",
                    "Forged in one piece, and too hot for bare feet.",
                    ("steps", "stair", "stairs"),
                    plural=True,
                ),
            ),
        ),
        Spot(
            "Ore Chute",
            "Everything that was dug up here went the same way: over the lip of an iron chute, down, into a red glow. "
            "Beside the chute a stair was put in for those who had to go and see what became of it.",
            (
                Feature(
                    "iron chute",
                    "Polished by two hundred years of ore. You will take the stair.",
                    ("chute", "lip", "glow"),
                ),
                Feature("narrow stair", "Iron treads, warm through your soles.", ("stair", "stairs", "treads")),
            ),
        ),
    ),
    rooms=ROOMS,
    corridors=CORRIDORS,
    vaults=(
        Spot(
            "Pay Office",
            "A counter with a grille divides the room, and on the far side of it, which is the side you are on, are "
            "the things that were never paid out.",
            (
                Feature(
                    "counter", "A tray of little envelopes. Each of them is a week.", ("grille", "tray", "envelopes")
                ),
            ),
        ),
        Spot(
            "Specimen Cabinet",
            "Whatever the miners found and could not name was put behind glass in this small panelled room: stones "
            "with windows in them, stones that ring, and a stone that is asleep.",
            (
                Feature(
                    "specimens",
                    "You breathe on the glass of the sleeping one. It turns over.",
                    ("stones", "stone", "glass", "panels"),
                    plural=True,
                ),
            ),
        ),
    ),
    secrets=(
        Spot(
            "Knockers' Parlour",
            "Somebody three feet high lives here, and has tidied up for company. There is a table made of a slate, "
            "and on it a miner's pasty with a bite taken from one corner. It is fresh.",
            (
                Feature("slate table", "Set for two. You are expected, or else late.", ("table", "slate")),
                Feature("pasty", "The crust has initials in it, and they are yours.", ("crust", "bite")),
            ),
        ),
        Spot(
            "Sealed Heading",
            "They bricked this up, and then wrote on the bricks, on the inside, how many they were. The number has "
            "been crossed out and written again, smaller, several times.",
            (
                Feature(
                    "numbers",
                    "The last of them is a one. There is nobody here at all.",
                    ("number", "bricks"),
                    plural=True,
                ),
            ),
        ),
    ),
    details=(
        Detail(
            "A wagon lies on its side here, off the rails of some earlier day.",
            Feature("wagon", "It was full of ore. Now it is full of nest.", ("cart", "nest"), hides=True),
        ),
        Detail(
            "Someone has drawn a line on the wall in chalk and written above it: NO FURTHER.",
            Feature("chalk line", "You are on the other side of it.", ("chalk", "line", "writing")),
        ),
        Detail(
            "From behind the wall comes a knocking, three and then three again.",
            Feature("knocking", "You knock back. It stops, and then there is laughter.", article="the"),
        ),
        Detail(
            "A helmet sits on a stone with a candle stuck to it.",
            Feature("helmet", "Felt, stiff with pitch. There is a hole in it, and the hole is chewed.", ("candle",)),
        ),
        Detail(
            "A vein of quartz runs across the ceiling like a river on a map.",
            Feature(
                "quartz vein", "It glitters as you move, as if it meant to tell you where.", ("quartz", "vein", "river")
            ),
        ),
        Detail(
            "Dead leaves lie in a drift against the wall, and there has never been a tree.",
            Feature(
                "dead leaves",
                "Paper. They are thousands of pages, from one small book.",
                ("leaves", "pages", "drift"),
                plural=True,
                hides=True,
            ),
        ),
        Detail(
            "The air shimmers along the floor, and smells of eggs.",
            Feature(
                "bad air",
                "You keep your lantern high, and your thoughts on other things.",
                ("air", "shimmer"),
                article="some",
            ),
        ),
        Detail(
            "A barrow has been left here with the handles towards you.",
            Feature(
                "barrow",
                "You know better than to pick up the handles: then it is your job.",
                ("handles", "wheelbarrow"),
                hides=True,
            ),
        ),
    ),
    spring=Detail(
        "Where a drill once struck water, a clear jet arches out of the wall into a stone trough worn smooth by "
        "mouths.",
        Feature(
            "clear jet",
            "The only thing in the mine that was ever given away. It would put you right.",
            ("water", "spring", "jet", "trough", "fountain"),
        ),
    ),
    shell=Feature("walls", "Bare rock, every inch of it chipped by hand.", SHELL, plural=True),
    doors=(
        Look("air door", "Planks and tarred canvas, to send the draught another way. It slaps in its frame."),
        Look("tarred door", "Pitch-black, for a reason. Your fingers come away black, too."),
        Look("trap door", "A small boy used to sit behind it all day and open it. It has a small boy's height."),
    ),
    locked_door=Look("{metal} shutter", "A shutter of {metal} slats that runs in grooves, with a lock at the bottom."),
    secret_door=Look(
        "rock slab", "A slab of rock hung on an axle, so that a finger turns it. The miners did not make it."
    ),
    chests=(
        Look("powder chest", "Copper-nailed, so as not to strike a spark."),
        Look("pay chest", "Chained to the floor, the chain to a ring, the ring to the mountain."),
    ),
    monsters=bestiary.WORKINGS,
    warden=bestiary.WORKINGS_WARDEN,
    darkness=40,
    sounds=(
        "Knock, knock, knock. It is not for you. You hope that it is not for you.",
        "Far off a whistle blows, and a great many feet change direction.",
        "The timber is talking again.",
        "A pony coughs in the dark, and that is odd, for it has nothing to cough with.",
    ),
    traps=snares.WORKINGS,
)
