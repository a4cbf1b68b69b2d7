"""Level 3: flooded caves, where an underground river has drowned whatever was built here before."""

from __future__ import annotations

from .. import bestiary, snares
from ..words import SHELL, Detail, Feature, Look, Spot, Theme

ROOMS = (
    Spot(
        "Echoing Lake",
        "A lake fills the cave from wall to wall but for a ledge along one side. Its surface is so still that you seem "
        "to be walking along the rim of a second cave, hung upside down, where somebody with a lantern is looking up.",
        (
            Feature(
                "still lake",
                "Down there your own face looks up. It blinks a moment after you do.",
                ("lake", "water", "surface", "reflection"),
            ),
            Feature("ledge", "Two feet wide, and slippery.", ("rim",)),
        ),
    ),
    Spot(
        "Pearl Cave",
        "Lime has run down everything here and set: the walls are folded like curtains, and shallow basins step "
        "down the floor like a giant's dinner service. Small white stones lie in them, round as eggs.",
        (
            Feature(
                "cave pearls",
                "Grains of sand that the dripping has turned for ten thousand years. Worthless, lovely.",
                ("pearls", "stones", "eggs"),
                plural=True,
            ),
            Feature(
                "shallow basins",
                "Clear water over white stone. Things have been dropped in it before now.",
                ("basins", "basin"),
                plural=True,
                hides=True,
            ),
        ),
    ),
    Spot(
        "Mushroom Grotto",
        "Mushrooms crowd every ledge, from the size of a thumb to that of an umbrella, and the larger ones glow "
        "with a faint blue light that pulses as you watch. Leaf mould lies ankle-deep between them. It takes you a "
        "while to notice that the light keeps time with your heart.",
        (
            Feature(
                "glowing mushrooms",
                "You decide against tasting any. The marks on the stems look like teeth.",
                ("mushrooms", "mushroom", "light", "stems"),
                plural=True,
            ),
            Feature("leaf mould", "Soft, deep and warm.", ("mould",), article="some", hides=True),
        ),
    ),
    Spot(
        "Drowned Village",
        "A street of huts runs down into the water: first doorsteps, then window sills, then only chimneys. It was a "
        "miners' village, and they did not have time to take in the chairs.",
        (
            Feature(
                "miners' huts",
                "In one of them a table is laid, under four feet of water.",
                ("huts", "hut", "chimneys", "street", "village", "water"),
                plural=True,
            ),
            Feature("chairs", "Set out along the street, as on a warm evening.", ("chair",), plural=True),
            Feature(
                "doorsteps", "Somebody used to leave the key under one of them.", ("doorstep",), plural=True, hides=True
            ),
        ),
    ),
    Spot(
        "Chimney Cave",
        "A chimney in the roof lets in a draught that moans up and down the scale. Under it lies what has fallen in "
        "over the centuries: leaves, branches, the bones of a cow, a cart wheel.",
        (
            Feature(
                "chimney", "A long way up there is a speck of light that may be the sky.", ("draught", "roof", "speck")
            ),
            Feature(
                "heap of leaves",
                "The cow must have been surprised.",
                ("leaves", "branches", "bones", "wheel", "heap"),
                hides=True,
            ),
        ),
    ),
    Spot(
        "Idol Cave",
        "Somebody squat and wide-mouthed has been carved from the living rock, three times your height. Fish heads lie "
        "on its knees, and not old ones. Its eyes are two holes that go a long way back.",
        (
            Feature(
                "stone idol", "It is smiling. It looks as though it had just been fed.", ("idol", "mouth", "knees")
            ),
            Feature("eye holes", "Big enough for a hand.", ("eyes", "holes"), plural=True, hides=True),
            Feature("fish heads", "They all look the same way: at you.", ("fish", "heads"), plural=True),
        ),
    ),
    Spot(
        "Boat Landing",
        "An iron ladder comes up out of the water to a stone quay, with bollards worn thin by rope. The boats are "
        "there still, six of them, sunk in a row at their moorings like a lesson in patience.",
        (
            Feature("sunk boats", "Ore barges. An eel looks out of the nearest.", ("boats", "barges"), plural=True),
            Feature(
                "bollards",
                "Mooring rope rots around them in coils.",
                ("rope", "coils", "bollard"),
                plural=True,
                hides=True,
            ),
            Feature("iron ladder", "It goes down a good deal further than you can see.", ("ladder",)),
        ),
    ),
    Spot(
        "Weeping Wall",
        "One wall of this cave is all water, sliding down over a face of rock without a sound. Behind it you can "
        "make out paintings of deer and hunters, older than any king, running as the water runs.",
        (
            Feature("sheet of water", "Cold, thin as glass, and quite silent.", ("water", "wall")),
            Feature(
                "deer", "You count the hunters: eight. You look again: nine.", ("hunters", "paintings"), plural=True
            ),
        ),
    ),
)

CORRIDORS = (
    Spot(
        "Wading Passage",
        "The passage is knee-deep in water, and the water is moving. Something slim touches your ankle and thinks "
        "better of it.",
        (Feature("moving water", "It runs away from you, downhill, into the dark.", ("water", "current")),),
    ),
    Spot(
        "Rope Bridge",
        "Planks on two ropes cross a cleft where the river roars white in the depth. Every fourth plank is missing, "
        "and so you learn to count.",
        (
            Feature("river", "It shouts something, over and over.", ("cleft", "depth")),
            Feature("planks", "One, two, three. One, two, three.", ("plank", "ropes"), plural=True),
        ),
    ),
    Spot(
        "Pillared Passage",
        "Where stone has dripped from the roof it has met stone growing from the floor, and pillars stand to right and "
        "left, waisted like hourglasses.",
        (Feature("stone pillars", "Struck with a knuckle, they ring.", ("pillars", "pillar"), plural=True),),
    ),
    Spot(
        "Miners' Cut",
        "Pick marks cover the walls, straight and regular, and a wooden rail runs down the middle for the ore "
        "carts. It is the only straight line down here, and a comfort.",
        (
            Feature("pick marks", "Left-handed, the man on this side.", ("pick", "marks"), plural=True),
            Feature("wooden rail", "Slimy but sound.", ("rail", "carts")),
        ),
    ),
)

CAVES = Theme(
    id="caves",
    entries=(
        Spot(
            "Tide Stair",
            "The stair from above comes down into a cave that breathes: the water on the lower steps rises, sighs and "
            "sinks again, though the sea is a week's ride away. Weed hangs on the wall up to the height of your chin.",
            (
                Feature(
                    "weed", "Still wet. You make a note of how high it hangs.", ("seaweed", "wall"), article="some"
                ),
                Feature(
                    "lower steps", "Where does the water go, when it goes?", ("steps", "water", "stair"), plural=True
                ),
            ),
        ),
        Spot(
            "Foot of the Falls",
            "Spray fills the air at the foot of the stair, where a waterfall thunders past into a hole of its own "
            "making. You can feel it in your teeth.",
            (
                Feature("stair", "Wet all the way up.", ("stairs", "steps")),
                Feature(
                    "waterfall",
                    "It carries off the ashes of the common dead, and any conversation.",
                    ("falls", "spray"),
                ),
                Feature("hole", "Round, smooth and roaring."),
            ),
        ),
    ),
    exits=(
        Spot(
            "Dry Dock",
            "Gates of black iron hold the water back, and drops squeeze through the rivets with a hiss. In the dry pit "
            "behind them a stair goes down, and the air that rises from it is warm. It smells of hot metal.",
            (
                Feature(
                    "dry pit", "The stair goes down its side, iron tread by iron tread.", ("pit", "stair", "stairs")
                ),
                Feature(
                    "iron gates",
                    "They groan. They have been groaning for two hundred years.",
                    ("gates", "rivets", "dock"),
                    plural=True,
                ),
                Feature("warm air", "Your clothes begin to steam.", ("air",), article="some"),
            ),
        ),
        Spot(
            "Steaming Pool",
            "Here the river meets something hot and boils along one edge, with a noise like frying. Steps lead down "
            "beside it, dry and warm, towards a red light that comes and goes like breath.",
            (
                Feature("boiling edge", "Cooked fish drift belly-up along it.", ("pool", "edge", "fish", "river")),
                Feature("dry steps", "Somebody has swept them.", ("steps", "stair"), plural=True),
                Feature("red light", "Bright, dim. Bright, dim.", ("light",)),
            ),
        ),
    ),
    rooms=ROOMS,
    corridors=CORRIDORS,
    vaults=(
        Spot(
            "Assay Office",
            "Scales of every size stand on a counter behind bars, as fine as watchwork, green with damp. Here the "
            "mountain was weighed, spoonful by spoonful.",
            (
                Feature(
                    "scales",
                    "They are all a little bit wrong, all in the same direction.",
                    ("scale", "counter", "bars"),
                    plural=True,
                ),
            ),
        ),
        Spot(
            "Wreckers' Store",
            "Everything that the river has brought down in two hundred years has been sorted into heaps by somebody "
            "with wet hands: boots, bells, spoons, a harpsichord.",
            (
                Feature("heaps", "Left boots only.", ("boots", "spoons", "heap", "bells"), plural=True, hides=True),
                Feature("harpsichord", "It plays one note, at length."),
            ),
        ),
    ),
    secrets=(
        Spot(
            "Air Bell",
            "You have come up inside a bell of rock, where air has been trapped since before there was anyone to "
            "breathe it. It tastes of nothing at all. Crystals stand on the walls like frost.",
            (Feature("crystals", "They chime when you breathe on them.", ("crystal", "frost"), plural=True),),
        ),
        Spot(
            "Hermit's Shelf",
            "A dry shelf above the flood, with a driftwood stool and a wall full of verses scratched with a nail. "
            "They are about soup, and not bad.",
            (
                Feature(
                    "verses",
                    "The last one rhymes 'barley' with 'finally', in despair.",
                    ("verse", "wall", "stool"),
                    plural=True,
                ),
            ),
        ),
    ),
    details=(
        Detail(
            "Water drips here in a rhythm that you cannot help walking to.",
            Feature("drip stone", "A stump of lime with a cup in its top.", ("cup",), hides=True),
        ),
        Detail(
            "A net has been hung up to dry, its meshes knotted from hair.",
            Feature("hair net", "Several colours of hair.", ("net", "hair", "meshes")),
        ),
        Detail(
            "White crabs no bigger than coins scuttle out of the light.",
            Feature("small crabs", "Blind, and busy.", ("crabs",), plural=True),
        ),
        Detail(
            "There is a mark on the wall at the height of your head: HIGH WATER, and a date. The date is last week.",
            Feature("mark", "You look at the date again.", ("date",)),
        ),
        Detail(
            "A drowned tree lies across the floor, polished like bone.",
            Feature("drowned tree", "Its hollow trunk goes in a long way.", ("tree", "trunk", "hollow"), hides=True),
        ),
        Detail(
            "Bubbles rise in a puddle, one by one, in a line that moves.",
            Feature("puddle", "When you lean over it, the bubbles stop.", ("bubbles",)),
        ),
        Detail(
            "Silt lies thick along the wall, combed smooth by the last flood.",
            Feature(
                "silt", "Fine grey mud. Things sink in it slowly, and not far.", ("mud",), article="some", hides=True
            ),
        ),
        Detail(
            "Webbed footprints, fresh and wet, cross the stone.",
            Feature("webbed footprints", "Size eleven or so.", ("footprints", "prints"), plural=True),
        ),
    ),
    spring=Detail(
        "From a crack in the rock a spring jets sweet clear water, warm as a hand.",
        Feature(
            "warm spring",
            "It steams a little, and smells faintly of iron. You can feel your bruises looking at it.",
            ("spring", "water", "crack"),
        ),
    ),
    shell=Feature("walls", "Living rock, wet and folded, which no tool has touched.", SHELL, plural=True),
    doors=(
        Look("sluice door", "Tarred boards in an iron frame, swollen tight."),
        Look("driftwood door", "Made of the ribs of a boat, which has left its name on it: PATIENCE."),
        Look("hide door", "A curtain of scaly hide in a frame, stiff enough to knock at."),
    ),
    locked_door=Look("{metal} hatch", "A round hatch of {metal}, as on a ship, with a lock in its hub."),
    secret_door=Look(
        "sump", "A pool at the foot of the wall. Under its lip, if you hold your breath, there is a way through."
    ),
    chests=(
        Look("sea chest", "A sailor's chest with rope handles, far from any sea."),
        Look("barnacled box", "A box under so many barnacles that it seems to have eyelids."),
    ),
    monsters=bestiary.CAVES,
    warden=bestiary.CAVES_WARDEN,
    darkness=45,
    sounds=(
        "Water, and under it water, and under that something that keeps time.",
        "The river says a word, and takes it back.",
        "A splash. You wait for the second one, and it does not come.",
        "Something drags itself up on a rock, and sighs.",
    ),
    traps=snares.CAVES,
)
