"""What a game is given: tagged values, each the cause of exactly one turn, as a journal keeps them."""

from __future__ import annotations

from msgspec import Struct

from tale_core.game.state import State


class Input(Struct, frozen=True, tag_field="kind"):
    """Be the base of all inputs."""


class Join(Input, frozen=True, tag="join", omit_defaults=True):
    """Seat a player: ``player`` becomes the id of the thing that they play, ``name`` is what others see.

    ``shared`` tells that the world is one for many players: nobody turns it back, whoever is there just now. A player
    who is ``unnamed`` has that name until they choose one. ``again`` tells that they were away for long, and that their
    session goes on.
    """

    player: str
    name: str
    shared: bool = False
    unnamed: bool = False
    again: bool = False


class Typed(Input, frozen=True, tag="typed"):
    """Hold one line that a player typed, as it was typed."""

    player: str
    text: str


class Leave(Input, frozen=True, tag="leave"):
    """Take a player out of the world, with all that they carry; a later ``Join`` puts them back."""

    player: str


class Tick(Input, frozen=True, tag="tick"):
    """Let time pass for every player, in a world that does not wait for commands."""


class Told(Input, frozen=True, tag="told"):
    """Have a player told a message of the story's or the engine's, with ``words`` in it: what the server has to say."""

    player: str
    message: str
    words: dict[str, str | int] = {}


class Restored(Input, frozen=True, tag="restored"):
    """Bring a player who is alone back to the state that was saved under ``name``."""

    player: str
    name: str
    state: State


class Asked(Input, frozen=True, tag="asked"):
    """Hold a line for which a player asked completions that are told as text; no time passes, and no turn is taken."""

    player: str
    text: str


AnyInput = Join | Typed | Leave | Tick | Told | Restored
