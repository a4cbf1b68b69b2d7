"""What a turn gives out: structured events, each addressed to one player. Never HTML, never ANSI.

An event's text is a tuple of paragraphs, a paragraph a tuple of runs. ``serving`` renders them; nothing here knows how.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Role = Literal[
    "", "title", "emphasis", "quote", "danger", "reward", "location", "dim", "item", "person", "exit", "code"
]


class Run(Struct, frozen=True, omit_defaults=True, gc=False):
    """Hold a stretch of plain text; ``ref`` is a thing's id or ``exit:<direction>`` that the reader may act on."""

    text: str
    ref: str = ""
    role: Role = ""


Paragraph = tuple[Run, ...]
Text = tuple[Paragraph, ...]


class Option(Struct, frozen=True, omit_defaults=True, gc=False):
    """Offer one answer to a question: ``label`` is shown, ``command`` is what choosing it types."""

    label: str
    command: str


class ExitEntry(Struct, frozen=True, omit_defaults=True, gc=False):
    """Describe one visible exit: ``command`` goes through it, ``label`` names what is known to lie behind."""

    direction: str
    command: str
    label: str = ""
    state: str = ""  # "", "closed", "locked" (as far as the player knows)


class Entry(Struct, frozen=True, omit_defaults=True, gc=False):
    """Describe one thing or person in the scene; ``commands`` are what can be done with it, likeliest first."""

    id: str
    name: str
    commands: tuple[str, ...] = ()
    state: str = ""  # "open", "worn", "wielded", "dead", "wounded", …


class Vitals(Struct, frozen=True, gc=False):
    """Hold a player's health, in hit points."""

    hp: int
    max_hp: int


class MapRoom(Struct, frozen=True, omit_defaults=True, gc=False):
    """Place one visited room on the map of its level; ``x`` grows eastward, ``y`` southward."""

    id: str
    title: str
    x: int
    y: int
    level: int = 0
    exits: tuple[str, ...] = ()


class Scene(Struct, frozen=True, omit_defaults=True, gc=False):
    """Hold all that the panels beside the text show: what the player perceives here and now."""

    turns: int
    place: str  # id
    location: str  # title; "Darkness" when nothing can be seen
    image: str = ""
    alt: str = ""  # what the image shows
    exits: tuple[ExitEntry, ...] = ()
    things: tuple[Entry, ...] = ()
    people: tuple[Entry, ...] = ()
    inventory: tuple[Entry, ...] = ()
    score: int = 0
    max_score: int = 0
    vitals: Vitals | None = None
    purse: str = ""  # "12 gold coins"
    room: MapRoom | None = None


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="kind"):
    """Be the base of all kinds; ``to`` is the player's id, who alone may perceive it (empty once it is delivered)."""

    to: str = ""
    text: Text = ()


class RoomEvent(Event, frozen=True, kw_only=True, tag="room"):
    """Describe the place where the player stands."""

    place: str


class Report(Event, frozen=True, kw_only=True, tag="report"):
    """Tell what happened: an action's outcome, seen from its recipient's side."""

    action: str = ""


class Refused(Event, frozen=True, kw_only=True, tag="refused"):
    """Tell why an action did not happen; ``code`` is the message id. Costs no turn when the parser refused."""

    code: str


class Ask(Event, frozen=True, kw_only=True, tag="ask"):
    """Put a question; the next input that is no full command answers it."""

    slot: str = ""
    options: tuple[Option, ...] = ()


class Say(Event, frozen=True, kw_only=True, tag="say"):
    """Tell what somebody says."""

    speaker: str


class Inventory(Event, frozen=True, kw_only=True, tag="inventory"):
    """List what the player has."""


class Score(Event, frozen=True, kw_only=True, tag="score"):
    """Tell the score; ``change`` is how many points were just won."""

    score: int
    max_score: int
    change: int = 0


class Combat(Event, frozen=True, kw_only=True, tag="combat"):
    """Tell of one blow; ``damage`` in hit points, 0 for a miss."""

    attacker: str
    target: str
    damage: int


class Image(Event, frozen=True, kw_only=True, tag="image"):
    """Show a picture, a file of the story's folder ``resources``; ``alt``, like ``text``, says what it shows."""

    image: str
    alt: str


class Prompt(Event, frozen=True, kw_only=True, tag="prompt"):
    """Ask for a line of input that is not a command; ``noecho`` hides the typing."""

    noecho: bool = False


class System(Event, frozen=True, kw_only=True, tag="system"):
    """Speak about the game rather than from within it (help, joins, version); ``clear`` wipes the page first."""

    code: str
    clear: bool = False


class Error(Event, frozen=True, kw_only=True, tag="error"):
    """Apologise for a fault in the story; ``id`` is what the log has the trace under."""

    id: str


class Ended(Event, frozen=True, kw_only=True, tag="ended"):
    """Tell that the player's story is over."""

    outcome: Literal["won", "lost", "quit"]


class SceneEvent(Event, frozen=True, kw_only=True, tag="scene"):
    """Carry the player's scene after a turn that changed it."""

    scene: Scene


AnyEvent = (
    RoomEvent
    | Report
    | Refused
    | Ask
    | Say
    | Inventory
    | Score
    | Combat
    | Image
    | Prompt
    | System
    | Error
    | Ended
    | SceneEvent
)


def paragraph(*parts: str | Run) -> Paragraph:
    """Build a paragraph from strings and runs."""
    return tuple([part if isinstance(part, Run) else Run(part) for part in parts])
