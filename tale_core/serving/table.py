"""One game in progress with its players' seats: inputs go in on its strand, events come out to the sessions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol

from tale_core.game.inputs import AnyInput, Join, Leave, Typed
from tale_core.serving.session import Session
from tale_core.serving.settings import Settings
from tale_core.serving.strand import Strand
from tale_core.serving.transport import Bye
from tale_core.world.events import AnyEvent, Error, Run

log = logging.getLogger(__name__)


class Turn(Protocol):
    """Be the outcome of one input."""

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        """The events of the turn, each addressed to one player."""


class Playable(Protocol):
    """Be a game: what ``game.Game`` is, and the scripted game of tests. Called by one thread at a time."""

    def turn(self, given: AnyInput, /) -> Turn:
        """Apply one input, all of it or none of it."""

    def complete(self, player: str, text: str) -> list[str]:
        """Return whole command lines that ``text`` may become, best first."""


class Table:
    """Seat players at one game. Nothing here blocks but ``Game.turn`` itself, which runs on the strand alone."""

    def __init__(self, game: Playable, pool: Executor, settings: Settings) -> None:
        self._game = game
        self._strand = Strand(pool)
        self._settings = settings
        self._seats: dict[str, Session] = {}

    def sit(self, player: str, name: str) -> Session:
        """Give a player a seat; the game welcomes them on its strand."""
        session = Session(player, self._settings, lambda line, cid: self._typed(player, line, cid))
        self._seats[player] = session
        self._strand.post(lambda: self._turn(Join(player=player, name=name)))
        return session

    def rise(self, session: Session, bye: Bye) -> None:
        """End a player's session at once; the seat is taken away when the turns before are done."""

        def leave() -> None:
            if self._seats.pop(session.player, None) is not None:
                self._turn(Leave(player=session.player))

        session.end(bye)
        self._strand.post(leave)

    def complete(self, session: Session, text: str, offer: Callable[[list[str]], None]) -> None:
        """Hand the completions of ``text`` to ``offer``, from the strand."""
        self._strand.post(lambda: offer(self._game.complete(session.player, text)))

    def _typed(self, player: str, line: str, cid: int | None) -> None:
        self._strand.post(lambda: self._turn(Typed(player=player, text=line), line, cid))

    def _turn(self, given: AnyInput, line: str | None = None, cid: int | None = None) -> None:
        asker = given.player if isinstance(given, Typed) else None
        try:
            events: tuple[AnyEvent, ...] = self._game.turn(given).events
        except Exception:  # the turn boundary: a fault of the engine itself must not cost the player the game
            log.exception("turn failed")
            sorry = "Something went wrong with that, and nothing has changed. Try something else."
            events = (Error(to=asker, text=((Run(sorry),),), id="engine"),) if asker else ()
        told: dict[str, list[AnyEvent]] = {asker: []} if asker else {}
        for event in events:
            told.setdefault(event.to, []).append(event)
        for player, theirs in told.items():
            seat = self._seats.get(player)
            if seat is None:
                continue
            if player == asker:
                seat.publish(theirs, line, cid)
            else:
                seat.publish(theirs)
