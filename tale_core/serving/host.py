"""The process object that owns games and sessions: the ``Core`` that transports are handed."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qsl

from tale_core import __version__
from tale_core.errors import JournalError, StoreError
from tale_core.game.game import Game
from tale_core.game.journal import Journal, decode_events
from tale_core.game.story import Story
from tale_core.serving.absences import Absences
from tale_core.serving.attachment import LiveAttachment
from tale_core.serving.gate import FULL, Gate, Visitor
from tale_core.serving.http import STREAM_HEADERS, Endpoints, Request
from tale_core.serving.pictures import Pictures
from tale_core.serving.scribe import Ephemeral, Keeper, Scribe
from tale_core.serving.session import Session
from tale_core.serving.settings import Settings
from tale_core.serving.shelf import Shelf
from tale_core.serving.store import KeptGame, KeptSave, Store, new_id
from tale_core.serving.table import Playable, Table
from tale_core.serving.transcript import blocks
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET, Bye, Deny, Headers, HttpReply, Peer
from tale_core.serving.wire import AttachQuery, WireError, parse_attach
from tale_core.serving.workers import Workers
from tale_core.world.events import Event

log = logging.getLogger(__name__)

CLOSING = Bye(1001, "The server has stopped.", reconnect=True, after_ms=1000)
UNKNOWN_VISITOR = Bye(4501, "Open the address that Tale printed when it started.")
UNKNOWN_SESSION = Bye(4504, "That game is not known here any more.")

LOCAL = "local"
"""Who has the saves of everybody that plays on this machine."""

SHOWN = 5
"""Mistakes of a story that is watched that players are told; the terminal has all of them."""

COMPLETION_DEADLINE = 2.0
"""Seconds that a request for completions waits for the game."""


class Host:
    """Serve one story to those whom the gate admits. All methods are thread-safe."""

    def __init__(
        self,
        story: Story,
        *,
        seed: int | None = None,
        page: Path,
        settings: Settings | None = None,
        wires: tuple[str, ...] = (WEBSOCKET, EVENTSOURCE),
        new_game: Callable[[Story, int], Playable] = Game,
        store: Store | None = None,
        afresh: bool = False,
    ) -> None:
        self.story = story
        self.settings = settings or Settings()
        self.wires = wires
        self.gate = Gate(self.settings)
        self.engine = f"Tale {__version__}"
        self._seed = seed
        self._new_game = new_game
        self._born = time.monotonic()
        self._pool = Workers(self.settings.workers, "tale-game")
        self._lock = Lock()
        self._tables: dict[str, Table] = {}  # by session id
        self._common: Table | None = None  # the game that all share, where they do
        self._attachments: set[LiveAttachment] = set()
        self._closed: Bye | None = None
        self._endpoints = Endpoints(self, page)
        self._store = store
        self._shelf = Shelf(store, story.info.id)
        self._pictures = Pictures(story.folder)
        self._absences = Absences(self.settings.away, self._stayed_away)
        self._keeper: Keeper = Ephemeral() if store is None else Scribe(store)
        self._latest: Session | None = None  # what was played last before the server was stopped, until it goes on
        if store is not None and not afresh:
            self._restore(store)

    @property
    def token(self) -> str:
        """The secret that the printed address holds; new at every start."""
        return self.gate.token

    @property
    def uptime(self) -> float:
        """Seconds since this host was made."""
        return time.monotonic() - self._born

    @property
    def goes_on(self) -> bool:
        """Whether a game from before waits to be taken up."""
        return self._latest is not None

    # For transports

    def admit(self, peer: Peer, stream: bool = False) -> Deny | None:
        """Check Host, Origin and, for a stream, the caps on connections; None admits."""
        return self.gate.admit(self.gate.seen(peer), stream=stream)

    def attach(self, peer: Peer, wire: str, query: str, last_event_id: str | None = None) -> LiveAttachment | Bye:
        """Open a stream for the visitor's game; start one for a visitor without."""
        peer = self.gate.seen(peer)
        fields = dict(parse_qsl(query, keep_blank_values=True))
        ticket = fields.get("ticket")
        visitor = self.gate.visitor(peer) if ticket is None else self.gate.spend(ticket)
        if visitor is None:
            return UNKNOWN_VISITOR
        address = peer.address[0]
        if not self.gate.connect(address):
            return FULL
        found = self._attached(visitor, wire, parse_attach(fields, last_event_id), address)
        if isinstance(found, Bye):
            self.gate.disconnect(address)
        return found

    def _attached(self, visitor: Visitor, wire: str, asked: AttachQuery, address: str) -> LiveAttachment | Bye:
        with self._lock:
            if self._closed is not None:
                return self._closed
            session = self._resumed(visitor)
            if asked.session and (session is None or asked.session != session.id):
                return UNKNOWN_SESSION
            if session is not None and session.ended is not None and not asked.session:
                session = None
            if (session is None or not session.seated) and self._is_full():
                return FULL
            if session is None:
                session = self._seat(visitor)

        def detached(gone: LiveAttachment) -> None:
            self.gate.disconnect(address)
            with self._lock:
                self._attachments.discard(gone)
                left = self.settings.resume_ttl and self._closed is None and not session.attachments
            if left and session.ended is None:
                self._absences.begin(session)

        attachment = LiveAttachment(
            session,
            wire,
            asked,
            self.settings,
            complete=self.complete,
            detached=detached,
            wires=self.wires,
            title=self.story.info.title,
        )
        refused = session.join(attachment)
        if refused is not None:
            return refused
        self._absences.end(session)
        if session.take_up():
            self._tables[session.id].return_(session)
        with self._lock:
            self._attachments.add(attachment)
            if self._closed is not None:
                attachment.end(self._closed)
        return attachment

    def http(
        self, peer: Peer, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes
    ) -> HttpReply:
        """Answer any request that is not a stream."""
        return self._endpoints.reply(Request(self.gate.seen(peer), method, path, query, headers, body))

    def stream_headers(self) -> Headers:
        """Return the headers of an event stream."""
        return STREAM_HEADERS

    def close(self, bye: Bye | None = None) -> None:
        """Tell every attachment goodbye and take no more."""
        with self._lock:
            if self._closed is not None:
                return
            self._closed = bye or CLOSING
            open_now = tuple(self._attachments)
        for attachment in open_now:
            attachment.end(self._closed)
            attachment.wake()
        self._absences.close()
        self._pool.close()
        self._keeper.close()

    # For whoever watches the story

    def renew(self, story: Story, files: str) -> None:
        """Let every game go on with another version of the story, its players where they are."""
        self.story = story
        self._pictures.renew(story.folder)
        for table in dict.fromkeys(self._tables.values()):
            table.renew(self._new_game(story, table.kept.seed), [("story.changed", {"files": files})])

    def warn(self, mistakes: Sequence[str]) -> None:
        """Tell every player that the story has mistakes now, and goes on as it was."""
        told: list[tuple[str, dict[str, str | int]]] = [("story.broken", {"n": len(mistakes)})]
        told += [("story.mistake", {"mistake": mistake}) for mistake in mistakes[:SHOWN]]
        for table in dict.fromkeys(self._tables.values()):
            table.announce(told)

    # For the endpoints

    def completions(self, visitor: Visitor, text: str) -> list[str]:
        """Return completions of ``text``; waits for the game, but not for ever. Raise WireError when there is none."""
        if visitor.session is None:
            raise WireError("no_session", "There is no game yet. Open /tale/story first.", 404)
        visitor.session.charge()
        answer: Future[list[str]] = Future()
        self.complete(visitor.session, text, answer.set_result)
        try:
            return answer.result(COMPLETION_DEADLINE)
        except Late:
            raise WireError("busy", "The game is busy. Try again.", 503, 1) from None

    def complete(self, session: Session, text: str, offer: Callable[[list[str]], None] | None) -> None:
        """Hand the completions of ``text`` to ``offer`` when the game has them; None has them told as text."""
        table = self._tables.get(session.id)
        if table is None:
            return
        if offer is None:
            table.suggest(session, text)
        else:
            table.complete(session, text, offer)

    def going_on(self, visitor: Visitor) -> Session | None:
        """Return the game that a visitor would go on with, None when a new one would begin.

        A visitor from this machine that has none takes up what was played last, wherever that was.
        """
        session = visitor.session
        if session is None and visitor.near:
            session = self._latest
        return None if session is None or session.ended is not None else session

    def leave(self, visitor: Visitor, bye: Bye) -> None:
        """End the visitor's game; do nothing when there is none."""
        session = visitor.session
        if session is not None:
            self._absences.end(session)
            self._tables[session.id].rise(session, bye)

    def saves(self, visitor: Visitor) -> list[KeptSave]:
        """Return a visitor's saves, the newest at the end; none while they cannot be read."""
        try:
            return list(self._shelf.of(owner_of(visitor)).values())
        except StoreError as error:
            log.error("%s", error)
            return []

    def told(self, session: Session) -> list[Event]:
        """Return all that the player typed and was told, as far as it is kept."""
        table = self._tables.get(session.id)
        if self._store is None or table is None:
            return list(session.snapshot().blocks)
        journal = Journal()
        try:
            read = [(journal.read(entry.data), entry.told) for entry in self._store.entries(table.kept.id)]
            return list(blocks(((entry, decode_events(entry, told)) for entry, told in read), session.player))
        except (StoreError, JournalError) as error:
            log.error("%s", error)
            return list(session.snapshot().blocks)

    def metrics(self) -> str:
        """Return the numbers that a host watches, in Prometheus' text format."""
        sessions = self._sessions()
        gauges = {
            "tale_uptime_seconds": int(self.uptime),
            "tale_sessions": sum(session.ended is None and session.seated for session in sessions),
            "tale_away": len(self._absences),
            "tale_seats_freed_total": 0 if self._common is None else self._common.freed,
            "tale_streams": self.gate.open_streams,
            "tale_messages_total": sum(session.outbox.last for session in sessions),
        }
        lines = []
        for name, value in gauges.items():
            kind = "counter" if name.endswith("_total") else "gauge"
            lines += [f"# TYPE {name} {kind}", f"{name} {value}"]
        return "\n".join(lines) + "\n"

    # Inside

    def _resumed(self, visitor: Visitor) -> Session | None:
        """Return the visitor's game; what was played last becomes theirs if they go on with it."""
        session = self.going_on(visitor)
        if session is None:
            return visitor.session
        if session is self._latest:
            self._latest = None
        if visitor.session is None:
            visitor.session = session
            self._tables[session.id].belong(session, visitor.key)
        return session

    def _stayed_away(self, session: Session) -> None:
        """Free the seat of somebody who has been away for too long."""
        table = self._tables.get(session.id)
        if table is not None:
            table.free(session)

    def _is_full(self) -> bool:
        if len(self._tables) < self.settings.sessions:
            return False
        return sum(session.ended is None and session.seated for session in self._sessions()) >= self.settings.sessions

    def _sessions(self) -> list[Session]:
        return [visitor.session for visitor in self.gate.visitors() if visitor.session is not None]

    def _seat(self, visitor: Visitor) -> Session:
        if visitor.session is not None:
            self._tables.pop(visitor.session.id, None)
        table = self._common
        if table is None:
            seed = secrets.randbelow(1 << 32) if self._seed is None else self._seed
            table = self._table(KeptGame(new_id(), self.story.info.id, seed))
        if self.settings.shared:
            self._common = table
        session = table.sit(visitor.key, owner_of(visitor))
        self._tables[session.id] = table
        visitor.session = session
        return session

    def _table(self, kept: KeptGame) -> Table:
        game = self._new_game(self.story, kept.seed)
        return Table(kept, game, self._pool, self.settings, self._keeper, self._shelf, self._pictures)

    def _restore(self, store: Store) -> None:
        """Take up the games that were going on when the server was stopped."""
        for kept in store.games(self.story.info.id)[-self.settings.restored :]:
            if self._seed not in (None, kept.seed):
                continue
            table = self._table(kept)
            try:
                visitors = table.restore(store.seats(kept.id), store.entries(kept.id), store.states(kept.id))
            except JournalError as error:
                log.warning("A game of %s could not be taken up: %s. It is kept.", self.story.info.title, error)
                continue
            for visitor, session in visitors.items():
                if session is not None or self.settings.shared:
                    self.gate.restore(visitor, session)
                if session is None:
                    continue
                self._tables[session.id] = table
                self._latest = session
                if self.settings.resume_ttl and session.seated:
                    self._absences.begin(session)
            if self.settings.shared:
                self._common = table


def owner_of(visitor: Visitor) -> str:
    """Return whose the saves are that a visitor makes."""
    return LOCAL if visitor.near else visitor.key
