"""What people know, feel, own and trade: components beside those of ``components.py``, and conditions on them."""

from __future__ import annotations

from msgspec import Struct, field

from tale_core.world.components import Component

Words = str | tuple[str, ...]
"""One word or several, as an author writes them."""


class When(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Hold what must be so, all of it: between a ``person`` and the ``player`` who deals with them."""

    facts: Words = ()  # facts that are set
    mood: Words = ()  # the person's mood is one of these
    has: Words = ()  # things that the player has with them
    owns: Words = ()  # things that the person has with them
    said: Words = ()  # topics that the person has talked about with the player
    place: Words = ()  # the person is in one of these places
    coins: int = 0  # the player has at least as many
    score: int = 0  # the player has at least as many points


class Mood(Component, frozen=True):
    """Say in one word what a person's mood is; ``after`` has what it becomes when an action is done to them."""

    mood: str = "calm"
    after: dict[str, str] = field(default_factory=dict)  # {attack: angry, give: pleased}


class Memory(Component, frozen=True):
    """Remember what was talked about with whom: players' ids to topics, each as often as it came up."""

    topics: dict[str, dict[str, int]] = field(default_factory=dict)


class Deaf(Component, frozen=True):
    """Keep somebody from hearing what is said."""


class Asleep(Component, frozen=True):
    """Let a person or a monster sleep: it does, hears and answers nothing until noise or a blow wakes it."""


class Routine(Component, frozen=True):
    """Say where a person is from which time of day on ("8:30"): they go there by themselves, place by place."""

    at: dict[str, str]
    when: When | None = None  # what must hold for them to keep to it
    unless: When | None = None


class Currency(Component, frozen=True):
    """Name a story's coin; lives on the thing ``story``. ``purse`` is how many a new player has."""

    coin: str = "gold coin"
    coins: str = ""  # "" = the regular plural
    purse: int = 0


class Purse(Component, frozen=True):
    """Say how many coins somebody has."""

    coins: int = 0


class Coins(Component, frozen=True):
    """Make a thing a heap of coins: who takes it has that many more."""

    count: int


class Price(Component, frozen=True):
    """Say what a thing is worth, in coins; without one it is neither bought nor sold."""

    coins: int


class Shop(Component, frozen=True):
    """Make a person a shopkeeper, who sells what they have on them or on show and has a price.

    ``asks`` and ``pays`` are in percent of a thing's price, as it is sold and bought.
    """

    shows: Words = ()  # what else their wares are in or on: a counter, a place
    endless: Words = ()  # wares that they never run out of
    buys: Words = "anything"  # ids of things, or "anything" that has a price
    asks: int = 100
    pays: int = 50
    when: When | None = None  # what must hold for them to trade at all
    unless: When | None = None
    closed: str = ""  # what they say else


def many(words: Words) -> tuple[str, ...]:
    """Return one word or several as several."""
    return (words,) if isinstance(words, str) else words
