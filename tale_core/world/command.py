"""What the parser makes of a line: a command to run, a question to put, or a failure to explain."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Literal

from msgspec import Struct

from tale_core.world.events import Option


class Verdict(IntEnum):
    """Say how sensible an action on a thing would be; the parser prefers higher ones (TADS 3's ``verify`` stage)."""

    IMPOSSIBLE = 0  # take the floor
    ILLOGICAL = 30  # open an open door
    DANGEROUS = 70  # never assumed without asking
    FINE = 100


class Command(Struct, frozen=True, omit_defaults=True, tag="command", tag_field="result"):
    """Name an action and what it is to act on.

    ``things`` maps a slot to ids (several for "take all"), ``words`` a slot to text (a direction, a topic, a number).
    ``inferred`` lists slots filled in without being typed. ``said`` is the sentence that it was understood from, in
    which an answer stands with its question; ``rest`` is what is still to be parsed afterwards. ``order`` is what the
    action "order" asks its ``item``, a person, to do: None when the words, which are its "topic", are no command.
    """

    action: str
    things: dict[str, tuple[str, ...]] = {}
    words: dict[str, str] = {}
    inferred: tuple[str, ...] = ()
    multiple: bool = False  # one report a thing: "red key: taken"
    said: str = ""
    rest: str = ""
    order: Command | None = None


class Ask(Struct, frozen=True, omit_defaults=True, tag="ask", tag_field="result"):
    """Ask which thing is meant ("which"), for one that is missing ("missing"), for a yes ("confirm"), or for a choice.

    With "choose" any of the options' lines is a good answer, and so is whatever else comes to the player's mind.

    ``command`` is what the answer completes at ``slot``; ``ids`` goes with ``options``, one each, likeliest first.
    """

    kind: Literal["which", "missing", "confirm", "choose"]
    command: Command
    slot: str = ""
    options: tuple[Option, ...] = ()
    ids: tuple[str, ...] = ()
    word: str = ""  # the words that were ambiguous


class Fail(Struct, frozen=True, omit_defaults=True, tag="fail", tag_field="result"):
    """Explain what was not understood: ``code`` is a message id, ``word`` the player's own word. Costs no turn.

    ``rest`` is what of the line was not even looked at.
    """

    code: str
    word: str = ""
    suggestions: tuple[str, ...] = ()
    rest: str = ""


Result = Command | Ask | Fail
Verify = Callable[[str, Command], Verdict]  # (actor, command with one thing a slot) -> verdict
