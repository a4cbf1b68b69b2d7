"""One game in progress with its players' seats: inputs go in on its strand, events come out to the sessions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from typing import Protocol

from msgspec.structs import replace

from tale_core.errors import JournalError
from tale_core.game.inputs import AnyInput, Asked, Join, Leave, Typed
from tale_core.game.journal import Journal, digest
from tale_core.serving.scribe import Keeper
from tale_core.serving.session import Session
from tale_core.serving.settings import Settings
from tale_core.serving.store import KeptEntry, KeptGame, KeptSeat, Row
from tale_core.serving.strand import Strand
from tale_core.serving.transport import Bye
from tale_core.world.events import AnyEvent, Ended, Error, Run, System, Text

log = logging.getLogger(__name__)

Given = AnyInput | Asked

UNKEPT = (
    "The server cannot keep your game at the moment. You can play on, but what you do from now on is lost if it stops "
    "before that is mended."
)
KEPT_AGAIN = "Your game is kept again, all of it."


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
    """Seat players at one game. Nothing here blocks but ``Game.turn`` itself, which runs on the strand alone.

    A turn is told when it has been kept, and in the order of the turns.
    """

    def __init__(self, kept: KeptGame, game: Playable, pool: Executor, settings: Settings, keeper: Keeper) -> None:
        self.kept = kept
        self._game = game
        self._strand = Strand(pool)
        self._settings = settings
        self._keeper = keeper
        self._journal = Journal()
        self._seats: dict[str, Session] = {}
        self._visitors: dict[str, str] = {}  # by session id
        self._unkept = False

    def sit(self, player: str, name: str, visitor: str) -> Session:
        """Give a player a seat; the game welcomes them on its strand."""
        session = self._seat(player)
        self._visitors[session.id] = visitor
        rows = () if self._journal.n else (self.kept,)
        self._strand.post(lambda: self._turn(Join(player=player, name=name), rows=(*rows, self._row(session))))
        return session

    def restore(self, seats: Sequence[KeptSeat], entries: Iterable[KeptEntry]) -> dict[str, Session]:
        """Bring the game to where its journal ends; return the sessions that go on, by visitor.

        Raise ``JournalError`` when the journal is damaged, or when the story does not repeat it.
        """
        for seat in seats:
            if not seat.ended:
                self._seat(seat.player, seat)
                self._visitors[self._seats[seat.player].id] = seat.visitor
        for kept in entries:
            entry = self._journal.read(kept.data)
            given, cid = entry.input, entry.cid
            line = given.text if isinstance(given, Typed) else None
            if isinstance(given, Typed) and given.player in self._seats:
                self._seats[given.player].recall(cid)
            events = self._events(given)
            if digest(events) != entry.events:
                raise JournalError(f"turn {entry.n} does not come out as it did")
            self._tell(given, events, line, cid)
        return {self._visitors[session.id]: session for session in self._seats.values() if session.ended is None}

    def belong(self, session: Session, visitor: str) -> None:
        """Make a seat another visitor's."""
        self._visitors[session.id] = visitor
        self._keeper.write((self._row(session),))

    def rise(self, session: Session, bye: Bye) -> None:
        """End a player's session at once; the seat is taken away when the turns before are done."""

        def leave() -> None:
            if self._seats.pop(session.player, None) is not None:
                self._turn(Leave(player=session.player), rows=(self._row(session),))

        session.end(bye)
        self._strand.post(leave)

    def complete(self, session: Session, text: str, offer: Callable[[list[str]], None]) -> None:
        """Hand the completions of ``text`` to ``offer``, from the strand."""
        self._strand.post(lambda: offer(self._game.complete(session.player, text)))

    def suggest(self, session: Session, text: str) -> None:
        """Tell the completions of ``text`` as text, which is how a LlamaTale page gets them."""
        self._strand.post(lambda: self._turn(Asked(player=session.player, text=text)))

    def _seat(self, player: str, kept: KeptSeat | None = None) -> Session:
        def run(line: str, cid: int | None) -> None:
            self._strand.post(lambda: self._turn(Typed(player=player, text=line), cid))

        known = {} if kept is None else {"id": kept.session, "epoch": kept.epoch}
        session = self._seats[player] = Session(player, self._settings, run, **known)
        return session

    def _row(self, session: Session) -> KeptSeat:
        ended = session.ended is not None
        return KeptSeat(session.id, self.kept.id, session.epoch, session.player, self._visitors[session.id], ended)

    def _turn(self, given: Given, cid: int | None = None, rows: Sequence[Row] = ()) -> None:
        events = self._events(given)
        line = given.text if isinstance(given, Typed) else None
        entry = KeptEntry(self.kept.id, self._journal.n + 1, self._journal.add(given, events, cid))

        def tell(kept: bool) -> None:
            self._tell(given, (*self._warning(kept), *events), line, cid)

        self._keeper.write((*rows, entry, *self._quitting(events)), tell)

    def _events(self, given: Given) -> tuple[AnyEvent, ...]:
        if isinstance(given, Asked):
            return (_suggestions(given.player, self._game.complete(given.player, given.text)),)
        try:
            return self._game.turn(given).events
        except Exception:  # the turn boundary: a fault of the engine itself must not cost the player the game
            log.exception("turn failed")
            sorry = "Something went wrong with that, and nothing has changed. Try something else."
            return (Error(to=given.player, text=((Run(sorry),),), id="engine"),) if isinstance(given, Typed) else ()

    def _quitting(self, events: Iterable[AnyEvent]) -> list[KeptSeat]:
        """Return the seats of those who have quit, as ended."""
        gone = [event.to for event in events if isinstance(event, Ended) and event.outcome == "quit"]
        return [replace(self._row(self._seats[player]), ended=True) for player in gone if player in self._seats]

    def _warning(self, kept: bool) -> tuple[AnyEvent, ...]:
        """Return what everybody is told when the store has begun to fail, or has come back."""
        if kept is not self._unkept:
            return ()
        self._unkept = not kept
        code, text = ("store.failed", UNKEPT) if self._unkept else ("store.mended", KEPT_AGAIN)
        return tuple(System(to=player, text=((Run(text),),), code=code) for player in self._seats)

    def _tell(self, given: Given, events: Iterable[AnyEvent], line: str | None, cid: int | None) -> None:
        """Give each player's events to their session; who typed a line is answered even where nothing came of it."""
        asker = given.player if isinstance(given, Typed) else None
        told: dict[str, list[AnyEvent]] = {asker: []} if asker else {}
        for event in events:
            told.setdefault(event.to, []).append(event)
        if isinstance(given, Join) and given.player in self._seats:
            self._seats[given.player].begin()
        for player, theirs in told.items():
            seat = self._seats.get(player)
            if seat is None:
                continue
            if player == asker:
                seat.publish(theirs, line, cid)
            else:
                seat.publish(theirs)


def _suggestions(player: str, items: Sequence[str]) -> System:
    none: Text = ((Run("No matching commands."),),)
    some: Text = ((Run("Suggestions:"),), (Run("  ".join(items), role="code"),))
    return System(to=player, text=some if items else none, code="suggestions")
