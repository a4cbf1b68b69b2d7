"""The kinds of things: typed, immutable components that a thing may have.

A thing is an id; what it is follows from its components alone. Replace one to change it (``msgspec.structs.replace``),
always through ``World.set``, so that the change can be rolled back, undone and hashed.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

How = Literal["in", "on", "worn", "held", "part"]

STORY = "story"
"""The thing that holds what a story tells of itself, its clock and its facts."""


class Component(Struct, frozen=True, omit_defaults=True, gc=False):
    """Be the base of all components."""


class Location(Component, frozen=True):
    """Say where a thing is: inside, upon, worn by, held by or part of ``parent``."""

    parent: str
    how: How = "in"


class Name(Component, frozen=True):
    """Name a thing ("brass key"): its last word is its noun, the others adjectives; ``also`` lists further words."""

    name: str
    also: tuple[str, ...] = ()
    article: str = ""  # "" = a or an, by sound; "some", "the" …
    the: str = ""  # the definite article, "die" or "der|den"; "" = as in the story's messages
    many: str = ""  # what several like it are called; "" = the regular plural
    proper: bool = False  # no article at all: "Bob"
    plural: bool = False
    gender: Literal["it", "he", "she", "they"] = "it"


class Description(Component, frozen=True):
    """Hold what ``look`` or ``examine`` tells."""

    text: str


class Place(Component, frozen=True):
    """Make a thing a place; ``exits`` maps directions to the ids of places or doors. Its ``Name`` is its title.

    ``one_way`` are directions that are meant to lead back by no way; ``alt`` says what the ``image`` shows.
    """

    exits: dict[str, str] = {}
    dark: bool = False
    level: int = 0
    x: int = 0
    y: int = 0
    image: str = ""
    alt: str = ""
    one_way: tuple[str, ...] = ()


class Door(Component, frozen=True):
    """Make a thing a two-sided door between places ``a`` and ``b``; needs ``Openable``, may have ``Lock``."""

    a: str
    b: str

    def other_side(self, place: str) -> str:
        """Return the place behind the door for who is in ``place``."""
        return self.b if self.a == place else self.a


class Openable(Component, frozen=True):
    """Let a thing be opened and closed."""

    open: bool = False


class Lock(Component, frozen=True):
    """Let a thing be locked and unlocked with any of ``keys`` (ids)."""

    keys: tuple[str, ...] = ()
    locked: bool = True


class Tried(Component, frozen=True):
    """Mark a locked thing that somebody has found locked, so that players may know it."""


class Container(Component, frozen=True):
    """Let things be put in it; with ``Openable`` only while open; ``transparent`` ones show what they hold."""

    capacity: int = 100
    transparent: bool = False


class Supporter(Component, frozen=True):
    """Let things be put on it."""

    capacity: int = 100


class Enterable(Component, frozen=True):
    """Let people get onto it, or into it when it is a ``Container``; the first posture is what "enter" leads to.

    ``seats`` is how many find room. Without ``reach`` nothing around can be touched from there. ``rides`` makes it a
    vehicle or a mount: whoever goes somewhere takes it along.
    """

    postures: tuple[Literal["stand", "sit", "lie"], ...] = ("stand", "sit", "lie")
    seats: int = 4
    reach: bool = True
    rides: bool = False


class Posture(Component, frozen=True):
    """Say how somebody is in or on what they have entered."""

    kind: Literal["stand", "sit", "lie"] = "stand"


class Backdrop(Component, frozen=True):
    """Show one thing that is nowhere, like the sky, in several ``places`` (none = everywhere); it is never listed."""

    places: tuple[str, ...] = ()


class Leads(Component, frozen=True):
    """Let a thing be gone through or climbed (stairs, an arch, a path): that is going in ``direction``."""

    direction: str


class Fixed(Component, frozen=True):
    """Keep a thing where it is; ``why`` overrides the refusal."""

    why: str = ""


class Scenery(Component, frozen=True):
    """Keep a thing where it is and out of listings, since the place's description tells of it."""


class Hidden(Component, frozen=True):
    """Keep a thing from being perceived until somebody searches what it is in, on or part of (or its place)."""


class Pushable(Component, frozen=True):
    """Let a thing that is too heavy to carry be pushed from place to place."""


class Light(Component, frozen=True):
    """Make a thing a source of light; ``fuel`` is in turns, None for ever; ``burns`` is what it is refilled with."""

    lit: bool = True
    fuel: int | None = None
    burns: str = ""  # "oil", "battery"; "" = it cannot be refilled


class Refill(Component, frozen=True):
    """Let a thing be used up to give a light that ``burns`` this kind of fuel so many more turns."""

    kind: str
    turns: int = 100


class Device(Component, frozen=True):
    """Let a thing be switched on and off; a button is pushed, a lever pulled, a crank turned to that end."""

    on: bool = False
    by: Literal["switch", "push", "pull", "turn"] = "switch"


class Dial(Component, frozen=True):
    """Let a thing be set to one of its ``settings`` (none = to whatever is said)."""

    at: str = ""
    settings: tuple[str, ...] = ()


class Source(Component, frozen=True):
    """Let vessels be filled here, again and again, with the liquid whose id is ``of``; one can drink from it, too."""

    of: str


class Vessel(Component, frozen=True):
    """Let a thing hold up to ``most`` measures of the liquid whose id is ``of``; a measure is one drink."""

    most: int = 1
    of: str = ""
    amount: int = 0


class Readable(Component, frozen=True):
    """Let a thing be read; ``topics`` is what one finds who looks something up in it."""

    text: str
    topics: dict[str, str] = {}


class Senses(Component, frozen=True):
    """Say how a thing or a place smells, sounds, feels and tastes."""

    smell: str = ""
    sound: str = ""
    feel: str = ""
    taste: str = ""


class Wearable(Component, frozen=True):
    """Let a thing be worn on ``slot``, over what is there of a lower ``layer`` and in place of what is of its own.

    ``armour`` is taken off each blow's damage, in hit points.
    """

    slot: Literal[
        "head", "face", "neck", "body", "back", "waist", "legs", "feet", "hands", "wrist", "finger", "shield"
    ] = "body"
    armour: int = 0
    layer: int = 0


class Weapon(Component, frozen=True):
    """Let a thing be wielded; ``damage`` is a blow's most, in hit points; ``skill`` adds to the percentage of hits."""

    damage: int = 4
    skill: int = 0


class Wielded(Component, frozen=True):
    """Mark the held weapon that its holder fights with."""


class Edible(Component, frozen=True):
    """Let a thing be eaten; ``heal`` is in hit points and may be negative."""

    heal: int = 0
    taste: str = ""


class Drinkable(Component, frozen=True):
    """Let a thing be drunk; ``heal`` is in hit points and may be negative."""

    heal: int = 0
    taste: str = ""


class Treasure(Component, frozen=True):
    """Give ``points`` to the player who first takes it."""

    points: int
    claimed: bool = False


class Actor(Component, frozen=True):
    """Make a thing a person or a monster: it can hold, wear, act and fight. Dead when ``hp`` is 0."""

    hp: int
    max_hp: int
    skill: int = 50  # chance to hit, in percent
    damage: int = 2  # most that an unarmed blow does, in hit points
    armour: int = 0  # taken off each blow, in hit points
    points: int = 0  # score for the player who defeats it
    dodge: int = 0  # taken off the chance to hit it, in percent


class Behaviour(Component, frozen=True):
    """Say what an actor does by itself each turn.

    ``still`` nothing, ``hostile`` fights players it perceives, ``guard`` fights only who attacks it or tries to pass,
    ``roam`` wanders and fights only who attacks it, ``patrol`` walks along ``path`` and is hostile.
    """

    kind: Literal["still", "hostile", "guard", "roam", "patrol"] = "still"
    provoked: bool = False  # it fights whoever it meets
    path: tuple[str, ...] = ()  # the places that a patrol goes through, round and round, each beside the one before
    kin: str = ""  # those of one kin that is not "" come to each other's help
    hunts: bool = False  # it goes after whom it fights
    flees: int = 0  # it runs when it has less of its health than this, in percent
    disarms: int = 0  # how often it strikes at the weapon instead of its bearer, in percent
    steals: bool = False  # it takes a treasure from whom it meets, and makes off


class Trap(Component, frozen=True):
    """Harm the player who goes ``way`` from its place, or who opens or takes what it is part of.

    It wants to be ``Hidden``, and does what its ``Effect`` does as well, if it has one; ``text`` is a clause without a
    full stop that tells what happens.
    """

    damage: int  # the most that it does, in hit points; half of that at least
    way: str = ""
    text: str = ""


class Effect(Component, frozen=True):
    """Work for ``turns`` on whoever consumes the thing or is hit by it; ``name`` completes "you are".

    On a weapon or a monster it works on those whom their blows wound.
    """

    name: str
    turns: int = 0
    harm: int = 0  # hit points lost a turn; negative ones are gained
    skill: int = 0  # added to the chance to hit, in percent
    damage: int = 0  # added to a blow's most
    armour: int = 0
    cures: str = ""  # the name of an effect that this one ends


class Affected(Component, frozen=True):
    """Hold the effects that work on somebody, each with the turns that are left of it."""

    effects: tuple[Effect, ...] = ()


class Visited(Component, frozen=True):
    """Mark a place that some player has been in and seen."""


class Felt(Component, frozen=True):
    """Remember what an actor has found by feel in the dark ``around`` it."""

    around: str
    things: tuple[str, ...]


class InDark(Component, frozen=True):
    """Mark a player around whom it was dark when they last looked, so that a change is told to them."""


class Player(Component, frozen=True):
    """Mark an actor that a person plays; its thing's id is the player's id."""

    score: int = 0
    moves: int = 0
    outcome: Literal["", "won", "lost", "quit"] = ""


class Preferences(Component, frozen=True):
    """Hold how a player likes to be told things; in ``brief`` the places that they have been in since then."""

    detail: Literal["verbose", "brief", "superbrief"] = "verbose"
    notify: bool = True  # points are told as they come
    been: tuple[str, ...] = ()


class Away(Component, frozen=True):
    """Mark a player who has left the game; a return leads back to ``place``."""

    place: str


class Unnamed(Component, frozen=True):
    """Mark a player who has not chosen a name yet, and goes by the one that they were given."""


class Dialogue(Component, frozen=True):
    """Remember what a player's next words may refer to: the pending question, and what the pronouns mean."""

    ask: str = ""  # the pending question, as JSON of ``parser.Ask``; empty = none
    it: str = ""
    them: tuple[str, ...] = ()
    last: str = ""  # the last full command, as typed; the whole line if it had several
    failed: str = ""  # the last line that was not understood, for "oops"
    he: str = ""
    she: str = ""
    went_from: str = ""  # the place where the player last set out to go, and another one before that
    went_from_before: str = ""


class Rules(Component, frozen=True):
    """Hold what a story tells of itself; lives on the thing ``STORY``."""

    max_score: int = 0
    goal: str = ""
