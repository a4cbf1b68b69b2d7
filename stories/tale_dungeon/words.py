"""The shapes of the hand-written material: what the themes and goods are tables of. No prose here, no chance."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tale_core.story import Behaviour, Component, Effect

SHELL = ("wall", "floor", "ground", "ceiling", "roof", "vault")
"""What else the walls of a place answer to."""


class Feature(NamedTuple):
    """Describe something that belongs to a place and stays there; ``hides`` says that loot may be hidden in it."""

    name: str
    text: str
    also: tuple[str, ...] = ()
    plural: bool = False
    article: str = ""
    hides: bool = False


class Spot(NamedTuple):
    """Describe one place: its title, what is seen at once, and the features which that mentions."""

    title: str
    text: str
    features: tuple[Feature, ...] = ()


class Detail(NamedTuple):
    """Add a sentence to a place's description, and the feature that it mentions."""

    text: str
    feature: Feature


class Stats(NamedTuple):
    """Hold a monster's numbers, as in ``Actor``; ``points`` are for whoever defeats it."""

    hp: int
    skill: int
    damage: int
    armour: int = 0
    points: int = 1
    dodge: int = 0


class Monster(NamedTuple):
    """Describe a kind of monster; ``weight`` says how common it is, ``effect`` what its blows carry.

    One that sleeps is described by ``awake`` once it does not. A patrol is given its path when it is settled.
    """

    name: str
    text: str
    stats: Stats
    manner: Behaviour = Behaviour("hostile")
    weight: int = 10
    awake: str = ""
    effect: Effect | None = None
    also: tuple[str, ...] = ()
    gender: Literal["it", "he", "she", "they"] = "it"


class Good(NamedTuple):
    """Describe something that can be carried off: the components that make it more than a thing to look at."""

    name: str
    text: str
    parts: tuple[Component, ...]
    also: tuple[str, ...] = ()
    plural: bool = False
    article: str = ""


class Look(NamedTuple):
    """Describe a door or a container of one make; ``{metal}`` in it is filled with what its lock is made of."""

    name: str
    text: str


class Snare(NamedTuple):
    """Describe a trap: what one sees who has found it, and what those read who have not."""

    name: str
    text: str
    sprung: str
    damage: int
    also: tuple[str, ...] = ()
    effect: Effect | None = None


class Theme(NamedTuple):
    """Hold all that one level is made of; ``id`` begins the ids of its places and things."""

    id: str
    entries: tuple[Spot, ...]
    exits: tuple[Spot, ...]
    rooms: tuple[Spot, ...]
    corridors: tuple[Spot, ...]
    vaults: tuple[Spot, ...]
    secrets: tuple[Spot, ...]
    details: tuple[Detail, ...]
    spring: Detail
    shell: Feature
    """Walls, floor and ceiling, which every place has."""
    doors: tuple[Look, ...]
    locked_door: Look
    secret_door: Look
    chests: tuple[Look, ...]
    monsters: tuple[Monster, ...]
    warden: Monster
    """Who guards the way down, or in the last theme the amulet."""
    darkness: int
    """In how many of a hundred cases a room has no light of its own."""
    sounds: tuple[str, ...]
    """What one hears who listens."""
    traps: tuple[Snare, ...]
    """What lies in wait on the ways; the last one is for chests."""
