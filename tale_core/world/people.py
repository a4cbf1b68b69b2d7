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
    hours: str = ""  # the time of day is within these, "8:00-18:30", in a story that has a clock
    coins: int = 0  # the player has at least as many
    score: int = 0  # the player has at least as many points


class Mood(Component, frozen=True):
    """Say in one word what a person's mood is; ``after`` has what it becomes when an action is done to them."""

    mood: str = "calm"
    after: dict[str, str] = field(default_factory=dict)  # {attack: angry, give: pleased}


class Answer(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Hold something that a person may say when it fits, and what follows from it.

    It fits when its conditions hold, what it ``takes`` is with the player and what it ``gives`` with the person.
    """

    text: str = ""
    when: When | None = None
    unless: When | None = None
    mood: str = ""  # what the person's mood becomes
    opens: Words = ()  # topics that can be talked about from now on
    closes: Words = ()  # topics that cannot any more
    gives: Words = ()  # things that the person hands to the player
    takes: Words = ()  # things that the player hands to the person
    costs: int = 0  # coins that the player pays for it
    facts: Words = ()  # facts that become true, or with "not" before it untrue
    points: int = 0
    yes: str | Answer = ""  # the text asks something: what they say to "yes"
    no: str | Answer = ""


Answers = str | tuple[str | Answer, ...] | Answer
"""What is said: one text or several in turn, the last for ever; answers with conditions go before those without."""


class Topic(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Hold what a person says about one thing, by what is done: ``answer`` whatever is, the others just that.

    ``words`` are phrases that mean it; its id and the names of the thing with that id do so anyway.
    """

    words: Words = ()
    label: str = ""  # what the menu of topics calls it; "" = its id
    listed: bool = True  # in the menu
    hidden: bool = False  # until an answer opens it
    when: When | None = None
    unless: When | None = None
    answer: Answers = ()
    ask: Answers = ()
    tell: Answers = ()
    ask_for: Answers = ()
    show: Answers = ()
    give: Answers = ()


class Conversation(Component, frozen=True):
    """Say what a person talks about; a topic may be just its answers. ``default`` is for whatever is no topic."""

    topics: dict[str, str | tuple[str | Answer, ...] | Topic] = field(default_factory=dict)
    greeting: Answers = ()
    default: Answers = ()


class Memory(Component, frozen=True):
    """Remember what was talked about with whom, by the players' ids.

    ``topics`` counts how often each topic came up, ``told`` how far several texts in turn have come, and ``open`` says
    which topics were opened and closed.
    """

    topics: dict[str, dict[str, int]] = field(default_factory=dict)
    told: dict[str, dict[str, int]] = field(default_factory=dict)
    open: dict[str, dict[str, bool]] = field(default_factory=dict)


class Asked(Component, frozen=True):
    """Remember for a player who asked them something that is answered with yes or no, and in which move."""

    by: str
    yes: str | Answer
    no: str | Answer
    move: int


class ReplyTo(Component, frozen=True):
    """Remember for a player who sent them word last."""

    player: str


class Wants(Component, frozen=True):
    """Let a person accept things as presents, and pick them up where they see them."""

    things: Words


class Obeys(Component, frozen=True):
    """Let a person do what players tell them; ``actions`` narrows it, ``refusal`` is what they say to the rest."""

    actions: Words = "anything"
    when: When | None = None
    unless: When | None = None
    refusal: str = ""


class Deaf(Component, frozen=True):
    """Keep somebody from hearing what is said."""


class Asleep(Component, frozen=True):
    """Let a person or a monster sleep: it does, hears and answers nothing until noise or a blow wakes it."""


class Routine(Component, frozen=True):
    """Say where a person is from which time of day on ("8:30"): they go there by themselves, place by place."""

    at: dict[str, str]
    when: When | None = None  # what must hold for them to keep to it
    unless: When | None = None


class Rounds(Component, frozen=True):
    """Let a person go from place to place, round and round; ``every`` so many turns they set out for the next."""

    places: tuple[str, ...]
    every: int = 3


class Follows(Component, frozen=True):
    """Let somebody go wherever another one goes."""

    whom: str


class Shared(Component, frozen=True):
    """Mark a world that is one for many players; lives on the thing ``story``."""


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
