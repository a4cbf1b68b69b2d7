"""One game in progress with its players' seats: inputs go in on its strand, events come out to the sessions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from tale_core.errors import StoreError
from tale_core.game.inputs import AnyInput, Asked, Join, Leave, Restored, Tick, Told, Typed
from tale_core.game.journal import Entry, Journal, decode_events, digest, encode_events
from tale_core.game.state import State
from tale_core.serving.pictures import Pictures
from tale_core.serving.scribe import Keeper
from tale_core.serving.session import Session
from tale_core.serving.settings import Settings
from tale_core.serving.shelf import AUTOSAVE, MOST, Shelf, named, pack, unpack
from tale_core.serving.store import KeptEntry, KeptGame, KeptSave, KeptSeat, KeptState, Row
from tale_core.serving.strand import Strand
from tale_core.serving.transport import Bye
from tale_core.serving.workers import Pool
from tale_core.world.events import AnyEvent, Ended, Error, Run, System
from tale_core.world.language import Language
from tale_core.world.messages import Messages
from tale_core.world.performance import Wish

log = logging.getLogger(__name__)

Given = AnyInput | Asked

STATE_EVERY = 64
"""Turns between two states that are kept, so that a long game is quickly taken up again."""


class Turn(Protocol):
    """Be the outcome of one input."""

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        """The events of the turn, each addressed to one player."""

    @property
    def wish(self) -> Wish | None:
        """What a player wants of the game itself."""

    @property
    def left(self) -> State | None:
        """The state that was left by beginning anew."""


class Playable(Protocol):
    """Be a game: what ``game.Game`` is, and the scripted game of tests. Called by one thread at a time."""

    messages: Messages
    """The texts that it is told in."""

    def turn(self, given: AnyInput, /) -> Turn:
        """Apply one input, all of it or none of it."""

    def complete(self, player: str, text: str) -> list[str]:
        """Return whole command lines that ``text`` may become, best first."""

    def state(self) -> State:
        """Return where the game stands."""

    def resume(self, state: State) -> list[str]:
        """Go on from a state; return what of it the story has no more."""


class _Outcome(NamedTuple):
    """Hold what is to be told of one input once it is kept."""

    given: Given
    events: tuple[AnyEvent, ...]
    cid: int | None


class Table:
    """Seat players at one game. Nothing here blocks but ``Game.turn`` itself, which runs on the strand alone.

    A turn is told when it has been kept, and in the order of the turns.
    """

    def __init__(
        self,
        kept: KeptGame,
        game: Playable,
        pool: Pool,
        settings: Settings,
        keeper: Keeper,
        shelf: Shelf,
        pictures: Pictures,
    ) -> None:
        self.kept = kept
        self._game = game
        self._strand = Strand(pool)
        self._settings = settings
        self._keeper = keeper
        self._shelf = shelf
        self._pictures = pictures
        self._journal = Journal()
        self._seats: Mapping[str, Session] = {}  # by player; another one whenever somebody comes or goes for good
        self._visitors: dict[str, str] = {}  # by session id
        self._owners: dict[str, str] = {}  # by player
        self._players: dict[str, str] = {}  # by visitor: who they are here, whenever they come
        self.freed = 0
        """How many seats were given up, since their players were away for too long."""
        self._unkept = False

    def sit(self, visitor: str, owner: str) -> Session:
        """Give a visitor a seat, as the player who they were if they have had one; the game welcomes them."""
        player = self._players.get(visitor)
        if player is None:
            player = f"player{len(self._owners) + 1}" if self._settings.shared else "player"
        session = self._session(player)
        self._visitors[session.id] = visitor
        self._owners[player] = owner
        self._players[visitor] = player

        def join() -> None:
            self._seats = {**self._seats, player: session}
            rows = () if self._journal.n else (self.kept,)
            self._turn(self._join(player), rows=(*rows, self._row(session)))

        self._strand.post(join)
        return session

    def _join(self, player: str) -> Join:
        shared = self._settings.shared
        name = f"Player {player.removeprefix('player')}" if shared else "You"
        return Join(player, name, shared, unnamed=shared)

    def free(self, session: Session) -> None:
        """Take a player out of the world, with all that they have, unless they are back meanwhile."""

        def leave() -> None:
            if session.give_up():
                self.freed += 1
                self._turn(Leave(session.player))

        self._strand.post(leave)

    def return_(self, session: Session) -> None:
        """Bring a player back into the world who was away for too long."""
        self._strand.post(lambda: self._turn(replace(self._join(session.player), again=True)))

    def restore(
        self, seats: Sequence[KeptSeat], entries: Sequence[KeptEntry], states: Sequence[KeptState]
    ) -> dict[str, Session | None]:
        """Bring the game to where its journal ends; return its visitors, each with the session that goes on, if any.

        What was told is told again as it was. The game itself goes on from its newest state, and is played from there;
        where that comes out differently, because the story has changed, its players are told so. Raise
        ``JournalError`` when the journal is damaged.
        """
        for seat in seats:
            self._owners[seat.player] = seat.owner
            self._players[seat.visitor] = seat.player
            self._visitors[seat.session] = seat.visitor
        going = {seat.player: seat for seat in seats if not seat.ended}
        read = [self._journal.read(kept.data) for kept in entries]
        for entry, kept in zip(read, entries, strict=True):
            given, cid = entry.input, entry.cid
            self._recall(given, cid, going)
            self._tell(self._seats, given, decode_events(entry, kept.told), cid)
        begun, lost = self._resumed(states)
        changed = sum(not self._repeats(entry) for entry in read[begun:])
        if changed or lost:
            log.warning("The story has changed: %d turns come out differently; gone: %s.", changed, ", ".join(lost))
            for player in self._seats:
                if changed:
                    self._turn(Told(player, "restore.changed", {"n": changed}))
                if lost:
                    self._turn(Told(player, "restore.lost", {"lost": self._game.messages.language.comma.join(lost)}))
            self._keep_state()
        sessions = {session.player: session for session in self._seats.values() if session.ended is None}
        return {visitor: sessions.get(player) for visitor, player in self._players.items()}

    def _recall(self, given: Given, cid: int | None, going: Mapping[str, KeptSeat]) -> None:
        """Bring the seat that an input concerns, if it is one that goes on, to where it was then.

        A player who came several times has had several sessions; the last one begins when they come for the last time.
        """
        if isinstance(given, Join) and not given.again and given.player in going:
            self._seats = {**self._seats, given.player: self._session(given.player, going[given.player])}
        seat = self._seats.get(given.player) if isinstance(given, Join | Leave | Typed) else None
        if seat is None:
            return
        match given:
            case Typed():
                seat.recall(cid)
            case Join():
                seat.take_up()
            case Leave():
                seat.give_up()

    def _resumed(self, states: Sequence[KeptState]) -> tuple[int, list[str]]:
        """Go on from the newest state that can be read; return how many turns it stands for, and what is gone."""
        for kept in reversed(states):
            try:
                return kept.n, self._game.resume(unpack(kept.data))
            except Exception:  # a cache: whatever is wrong with it, the journal is what counts
                log.exception("the state after turn %d cannot be used", kept.n)
        return 0, []

    def _repeats(self, entry: Entry) -> bool:
        """Run a turn again; tell whether it came out as it did."""
        return digest(self._run(entry.input)[0]) == entry.events

    def belong(self, session: Session, visitor: str) -> None:
        """Make a seat another visitor's."""
        self._visitors[session.id] = visitor
        self._players[visitor] = session.player
        self._keeper.write((self._row(session),))

    def rise(self, session: Session, bye: Bye) -> None:
        """End a player's session at once; the seat is taken away when the turns before are done."""

        def leave() -> None:
            if self._seats.get(session.player) is session:
                self._turn(Leave(player=session.player), rows=(self._row(session),))
                self._seats = {player: seat for player, seat in self._seats.items() if seat is not session}

        session.end(bye)
        self._strand.post(leave)

    def renew(self, game: Playable, told: Sequence[tuple[str, dict[str, str | int]]]) -> None:
        """Go on in a game of another version of the story, at the same state; its players are told, and look."""

        def go_on() -> None:
            lost = game.resume(self._game.state())
            self._game = game
            self._announce(
                (*told, *((("restore.lost", {"lost": self._game.messages.language.comma.join(lost)}),) if lost else ()))
            )
            for player, seat in self._seats.items():
                if seat.seated:
                    self._turn(Typed(player, "look"))
            self._keep_state()

        self._strand.post(go_on)

    def announce(self, told: Sequence[tuple[str, dict[str, str | int]]]) -> None:
        """Tell every player messages, each an id with the words in it."""
        self._strand.post(lambda: self._announce(told))

    def _announce(self, told: Sequence[tuple[str, dict[str, str | int]]]) -> None:
        for player in self._seats:
            for message, words in told:
                self._turn(Told(player, message, words))

    def complete(self, session: Session, text: str, offer: Callable[[list[str]], None]) -> None:
        """Hand the completions of ``text`` to ``offer``, from the strand."""
        self._strand.post(lambda: offer(self._game.complete(session.player, text)))

    def suggest(self, session: Session, text: str) -> None:
        """Tell the completions of ``text`` as text, which is how a LlamaTale page gets them."""
        self._strand.post(lambda: self._turn(Asked(player=session.player, text=text)))

    def _session(self, player: str, kept: KeptSeat | None = None) -> Session:
        def run(line: str, cid: int | None) -> None:
            self._strand.post(lambda: self._turn(Typed(player=player, text=line), cid))

        known = {} if kept is None else {"id": kept.session, "epoch": kept.epoch}
        return Session(player, self._settings, run, self._pictures.find, **known)

    def _row(self, session: Session) -> KeptSeat:
        ended, owner = session.ended is not None, self._owners[session.player]
        visitor = self._visitors[session.id]
        return KeptSeat(session.id, self.kept.id, session.epoch, session.player, visitor, owner, ended)

    def _turn(self, given: Given, cid: int | None = None, rows: Sequence[Row] = ()) -> None:
        """Run one input, and what it makes the server say or do; keep all of it, then tell it."""
        rows, outcomes = list(rows), []
        following: list[Given] = [given]
        seats = self._seats  # of those who are here now, whoever is when it is told
        for each in following:
            events, wish, left = self._run(each)
            outcomes.append(_Outcome(each, events, cid))
            if self._keeper.keeps:
                rows += self._entry(each, events, cid)
            rows += self._quitting(events)
            if left is not None and not isinstance(each, Asked | Tick):
                rows.append(self._save(each.player, AUTOSAVE, left))
            if wish is not None:
                following += self._fulfilled(wish, rows)
            cid = None

        def tell(kept: bool) -> None:
            warning = self._warning(kept)
            for outcome in outcomes:
                self._tell(seats, outcome.given, (*warning, *outcome.events), outcome.cid)
                warning = ()

        self._keeper.write(rows, tell)

    def _entry(self, given: Given, events: tuple[AnyEvent, ...], cid: int | None) -> Iterator[Row]:
        """Yield what is kept of a turn, and now and then of where the game stands."""
        told = encode_events(events)
        data = self._journal.add(given, told, cid)
        yield KeptEntry(self.kept.id, self._journal.n, data, told)
        if self._journal.n % STATE_EVERY == 0:
            yield KeptState(self.kept.id, self._journal.n, pack(self._game.state()))

    def _run(self, given: Given) -> tuple[tuple[AnyEvent, ...], Wish | None, State | None]:
        if isinstance(given, Asked):
            lines = self._game.complete(given.player, given.text)
            return (_suggestions(self._game.messages.language, given.player, lines),), None, None
        try:
            turn = self._game.turn(given)
        except Exception:  # the turn boundary: a fault of the engine itself must not cost the player the game
            log.exception("turn failed")
            text = ((Run(self._game.messages.language.word("server.fault")),),)
            told = (Error(to=given.player, text=text, id="engine"),) if isinstance(given, Typed) else ()
            return told, None, None
        return turn.events, turn.wish, turn.left

    # Saves

    def _fulfilled(self, wish: Wish, rows: list[Row]) -> Iterator[Given]:
        """Do what a player wants of the server; yield what the game is to be given for it."""
        player, name = wish.player, named(wish.name)
        try:
            saves = self._shelf.of(self._owners[player])
        except StoreError as error:
            log.error("%s", error)
            saves = {}
        names = self._game.messages.language.comma.join(saves)
        if wish.what == "script":
            yield Told(player, "script.told")
        elif wish.what == "saves" or (wish.what == "restore" and not saves):
            yield Told(player, "saves.list", {"names": names}) if saves else Told(player, "restore.none")
        elif wish.what == "save" and name is None:
            yield Told(player, "save.name")
        elif wish.what == "save" and name not in saves and len(saves) >= MOST:
            yield Told(player, "save.full", {"names": names})
        elif wish.what == "save" and name is not None:
            rows.append(self._save(player, name, self._game.state()))
            yield Told(player, "save.done", {"name": name})
        elif wish.what == "restore":
            newest = next((each for each in reversed(saves) if each != AUTOSAVE), AUTOSAVE)
            wanted = name if wish.name and name is not None else wish.name or newest
            found = saves.get(wanted) or next((save for each, save in saves.items() if each.lower() == wanted), None)
            if found is None:
                yield Told(player, "restore.unknown", {"name": wanted, "names": names})
                return
            try:
                yield Restored(player, found.name, unpack(found.data))
            except (msgspec.DecodeError, UnicodeDecodeError):
                yield Told(player, "restore.damaged", {"name": wanted})

    def _save(self, player: str, name: str, state: State) -> KeptSave:
        state = replace(state, past=())
        save = KeptSave(self._owners[player], self.kept.story, name, self.kept.id, self._journal.n, pack(state))
        self._shelf.put(save)
        return save

    def _keep_state(self) -> None:
        self._keeper.write([KeptState(self.kept.id, self._journal.n, pack(self._game.state()))])

    def _quitting(self, events: Iterable[AnyEvent]) -> list[KeptSeat]:
        """Return the seats of those who have quit, as ended."""
        gone = [event.to for event in events if isinstance(event, Ended) and event.outcome == "quit"]
        return [replace(self._row(self._seats[player]), ended=True) for player in gone if player in self._seats]

    def _warning(self, kept: bool) -> tuple[AnyEvent, ...]:
        """Return what everybody is told when the store has begun to fail, or has come back."""
        if kept is not self._unkept:
            return ()
        self._unkept = not kept
        code, word = ("store.failed", "server.unkept") if self._unkept else ("store.mended", "server.kept_again")
        text = ((Run(self._game.messages.language.word(word)),),)
        return tuple(System(to=player, text=text, code=code) for player in self._seats)

    def _tell(self, seats: Mapping[str, Session], given: Given, events: Iterable[AnyEvent], cid: int | None) -> None:
        """Give each player's events to their session; who typed a line is answered even where nothing came of it."""
        asker, line = (given.player, given.text) if isinstance(given, Typed) else (None, None)
        told: dict[str, list[AnyEvent]] = {asker: []} if asker else {}
        for event in events:
            told.setdefault(event.to, []).append(event)
        if isinstance(given, Join) and given.player in seats:
            seats[given.player].begin()
        for player, theirs in told.items():
            seat = seats.get(player)
            if seat is None:
                continue
            if player == asker:
                seat.publish(theirs, line, cid)
            else:
                seat.publish(theirs)


def _suggestions(words: Language, player: str, items: Sequence[str]) -> System:
    found = ((Run(words.word("server.suggestions")),), (Run("  ".join(items), role="code"),))
    text = found if items else ((Run(words.word("server.no_suggestions")),),)
    return System(to=player, text=text, code="suggestions")
