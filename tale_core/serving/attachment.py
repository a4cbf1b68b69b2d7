"""One live connection: a cursor into its session's outbox, and what concerns this connection alone."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from tale_core.serving.messages import Cap, Frame, TextMessage, unnumbered
from tale_core.serving.transport import EVENTSOURCE, FRAME_LIMIT, Batch, Bye
from tale_core.serving.wire import AttachQuery, ClientMessage, WireError, parse_client

if TYPE_CHECKING:
    from tale_core.serving.session import Session
    from tale_core.serving.settings import Settings

STRIKES = 3
"""Times that a client may exceed the rate before its connection is ended with 4029."""

ASIDE = 64
"""Refusals that may wait for a reader; one that goes on beyond them, and reads none, is ended with 4029."""

OPENING = b":" + b" " * 2048 + b"\nretry: 2000\n\n"
"""What an event stream begins with, so that proxies and old browsers pass it on at once."""

log = logging.getLogger(__name__)

Complete = Callable[["Session", str, Callable[[list[str]], None] | None], None]
"""Hand completions of a line to a function, or with None tell them as text."""


class LiveAttachment:
    """Read one session's outbox for one client and take what that client sends (``transport.Attachment``)."""

    def __init__(
        self,
        session: Session,
        wire: str,
        query: AttachQuery,
        settings: Settings,
        *,
        complete: Complete,
        detached: Callable[[LiveAttachment], None],
        wires: tuple[str, ...],
        title: str,
    ) -> None:
        self.session = session
        self.wire = wire
        self.modern = query.modern
        self._cap: Cap = "runs" if "runs" in query.caps else "html"
        self._packed = "z" in query.caps
        self._settings = settings
        self._complete = complete
        self._detached = detached
        self._wake: Callable[[], None] = _nobody
        self._side: deque[Frame] = deque()  # unnumbered frames, which go before numbered ones
        self._bye: Bye | None = None
        self._drain = False
        self._gone = False
        self._strikes = 0
        self._acked_cid = 0  # the highest command told to be kept
        self._ack_due = False
        self._cursor = 0
        self._acked = 0  # the highest message that the client says it has shown
        self._unacked: deque[tuple[int, int]] = deque()  # (seq, bytes) of what was sent and not yet acked
        self._unacked_bytes = 0
        self._blocked_since: float | None = None
        self._ping = settings.ping_eventsource if wire == EVENTSOURCE else settings.ping_websocket
        self._sent_at = time.monotonic()
        self._pinged_at: float | None = None
        self._open(query, wires, title)

    def _open(self, query: AttachQuery, wires: tuple[str, ...], title: str) -> None:
        session, outbox = self.session, self.session.outbox
        with session.lock:
            wanted = query.after
            if not query.modern or (wanted is None and not query.epoch):
                wanted = 0  # a page that knows nothing wants all there is
            known = wanted is not None and (wanted == 0 or query.epoch == session.epoch) and wanted <= outbox.last
            recovered = known and wanted is not None and outbox.holds(wanted)
            if self.wire == EVENTSOURCE:
                self._side.append(OPENING)
            self._tell(
                "connected",
                v=1,
                session=session.id,
                epoch=session.epoch,
                seq=outbox.last,
                first=outbox.first,
                recovered=recovered,
                cmd_ack=session.executed,
                ping=self._ping,
                limits={
                    "line": self._settings.line_bytes,
                    "inflight": self._settings.inbox_commands,
                    "rate": self._settings.rate,
                    "burst": self._settings.burst,
                },
                wires=wires,
                resume_ttl=self._settings.resume_ttl,
                title=title,
            )
            if recovered and wanted is not None:
                self._cursor = wanted
                return
            if known and wanted is not None:
                self._gap(wanted, "trimmed")
            self._redraw()

    # Reading

    def set_waker(self, wake: Callable[[], None]) -> None:
        """Set what is called when ``poll`` may have something new; it is called at once if there is already."""
        self._wake = wake
        wake()

    def wake(self) -> None:
        """Call the waker. Not to be done under the session's lock."""
        self._wake()

    def poll(self, max_frames: int = 64, max_bytes: int = 262_144) -> Batch:
        """Return the next frames and move this reader's cursor past them."""
        now = time.monotonic()
        frames: list[Frame] = []
        size = 0
        with self.session.lock:
            if not self.session.begun and self._bye is None:
                return Batch(frames)  # nobody must hear of a session that may be lost yet
            if self._ack_due:
                self._ack_due = False
                self._tell("ack", cid=self._acked_cid)
            if self._cursor < self.session.outbox.first - 1:  # what it had not read yet has been let go
                self._gap(self._cursor, "trimmed")
                self._redraw()
            while self._side and len(frames) < max_frames:
                frames.append(self._side.popleft())
            while len(frames) < max_frames and size < max_bytes and not (self._bye and not self._drain):
                message = self._next(now)
                if message is None:
                    break
                frame = message.frame(self._cap, self.wire, self.session.epoch, self._packed)
                size += len(frame)
                self._cursor = message.seq
                if self.modern:
                    self._unacked.append((message.seq, len(frame)))
                    self._unacked_bytes += len(frame)
                frames.append(frame)
            self._keep_alive(now, frames)
            bye = self._bye
            if bye is not None and not self._side and not (self._drain and self._cursor < self.session.outbox.last):
                frames.append(self._farewell(bye))
                return Batch(frames, bye)
        return Batch(frames, more=len(frames) >= max_frames or size >= max_bytes)

    def _next(self, now: float) -> TextMessage | None:
        outbox = self.session.outbox
        if self._cursor >= outbox.last:
            return None
        if (
            len(self._unacked) >= self._settings.inflight_messages
            or self._unacked_bytes >= self._settings.inflight_bytes
        ):
            if self._blocked_since is None:
                self._blocked_since = now
            return None
        self._blocked_since = None
        return outbox.after(self._cursor)

    def _keep_alive(self, now: float, frames: list[Frame]) -> None:
        if frames:
            self._sent_at = now
        if self._blocked_since is not None and now - self._blocked_since >= self._settings.slow_reader:
            self.end(Bye(4008, "This page takes too long to show what it gets.", reconnect=True))
        elif self.modern and self._pinged_at is not None and now - self._pinged_at >= 2 * self._ping:
            self.end(Bye(4009, "This page has not answered for too long.", reconnect=True))
        elif now - self._sent_at >= self._ping:
            self._sent_at = now
            if self._pinged_at is None:
                self._pinged_at = now
            if self.modern or self.wire != EVENTSOURCE:
                frames.append(unnumbered(self.wire, "ping", t=int(now * 1000)))
            else:
                frames.append(b"data: keepalive\n\n")

    def next_deadline(self) -> float:
        """Return the ``time.monotonic`` at which ``poll`` is due without a wake."""
        with self.session.lock:
            due = self._sent_at + self._ping
            if self._blocked_since is not None:
                due = min(due, self._blocked_since + self._settings.slow_reader)
            return due

    # Writing

    def submit(self, raw: bytes | str) -> Bye | None:
        """Take one message from the client; return a Bye when the connection must end."""
        try:
            if len(raw) > FRAME_LIMIT:
                self.end(Bye(4513, f"A message may have at most {FRAME_LIMIT} bytes."))
            else:
                self._take(parse_client(raw))
        except WireError as error:
            self._grumble(error)
        if self._side or self._bye or self._ack_due or self._blocked_since is not None:
            self.wake()
        return self._bye

    def _take(self, message: ClientMessage) -> None:
        self.heard(message.ack)
        if message.cmd is None:
            return
        if message.wants_completion:
            self.session.charge()
            self._complete(self.session, message.cmd, self._offer(message) if self.modern else None)
            return
        try:
            repeated = self.session.submit(message)
        except WireError as error:
            self._refuse(error, message.cid)
            return
        if repeated:  # whatever is new is acknowledged by its answer
            with self.session.lock:
                self._acked_cid = self.session.executed
                self._ack_due = self.modern

    def _offer(self, message: ClientMessage) -> Callable[[list[str]], None]:
        def offer(items: list[str]) -> None:
            with self.session.lock:
                self._tell("completions", cid=message.cid, prefix=message.cmd, items=items)
            self.wake()

        return offer

    def heard(self, ack: int | None) -> None:
        """Note a sign of life and, if ``ack`` makes sense, that all up to that message has been shown."""
        with self.session.lock:
            self._pinged_at = None
            if ack is None or not self._acked < ack <= self._cursor:
                return
            self._acked = ack
            while self._unacked and self._unacked[0][0] <= ack:
                self._unacked_bytes -= self._unacked.popleft()[1]

    def _grumble(self, error: WireError) -> None:
        """Refuse what is no command; it costs as much as one, so that nonsense is no cheaper than play."""
        try:
            if error.code != "rate_limited":
                self.session.charge()
        except WireError as late:
            error = late
        self._refuse(error)

    def _refuse(self, error: WireError, cid: int | None = None) -> None:
        fields: dict[str, object] = {"code": error.code, "message": str(error)}
        if cid is not None:
            fields["cid"] = cid
        if error.retry_after is not None:
            fields["retry_after"] = error.retry_after
        with self.session.lock:
            self._tell("error", **fields)
            if error.code == "rate_limited":
                self._strikes += 1
            if self._strikes > STRIKES or len(self._side) > ASIDE:
                self.end(Bye(4029, "Too many commands too fast.", reconnect=True, after_ms=2000))

    # Ending

    def end(self, bye: Bye, *, drain: bool = False) -> None:
        """Make ``poll`` return this Bye, after the rest of the outbox with ``drain``. The first one counts."""
        with self.session.lock:
            if self._bye is None:
                self._bye, self._drain = bye, drain

    def detach(self, why: str) -> None:
        """End this connection and keep the session."""
        with self.session.lock:
            if self._gone:
                return
            self._gone = True
            log.debug("detached: %s", why)
            self._wake = _nobody
            self.session.leave(self)
        self._detached(self)

    # Frames of its own

    def _tell(self, kind: str, **fields: object) -> None:
        self._side.append(unnumbered(self.wire, kind, **fields))

    def _gap(self, cursor: int, reason: str) -> None:
        if self.modern:
            outbox = self.session.outbox
            self._tell("gap", **{"from": cursor + 1, "to": outbox.first - 1, "reason": reason})

    def _redraw(self) -> None:
        snapshot = self.session.snapshot()
        self._cursor = snapshot.seq
        self._unacked.clear()
        self._unacked_bytes = 0
        self._side.append(snapshot.frame(self._cap, self.wire, self.session.epoch, self._packed))

    def _farewell(self, bye: Bye) -> Frame:
        return unnumbered(
            self.wire, "bye", code=bye.code, reason=bye.reason, reconnect=bye.reconnect, after_ms=bye.after_ms
        )


def _nobody() -> None:
    """Be the waker before a transport sets one."""
