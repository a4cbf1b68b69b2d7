"""One player's seat in a game: its outbox, its inbox, the readers attached to it. Outlives any connection."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from threading import RLock
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tale_core.serving.messages import Blocks, DataMessage, Input, Panels, TextMessage
from tale_core.serving.outbox import Outbox
from tale_core.serving.store import new_id
from tale_core.serving.transport import Bye
from tale_core.serving.wire import ClientMessage, WireError
from tale_core.world.events import Ended, Event, Image, Prompt, Run, Scene, SceneEvent, System

if TYPE_CHECKING:
    from tale_core.serving.attachment import LiveAttachment
    from tale_core.serving.pictures import Picture
    from tale_core.serving.settings import Settings

ENDED = Bye(4510, "This game has ended.")
REPLACED = Bye(4509, "The game goes on in another tab.")

NOWHERE = Scene(turns=0, place="", location="???")


class Session:
    """Number what the game says, take what the player types, each exactly once. All methods are thread-safe.

    ``run`` is called, once for each accepted command and in order, with (line, cid); it must not block. ``picture``
    returns the story's picture of a name.
    """

    def __init__(
        self,
        player: str,
        settings: Settings,
        run: Callable[[str, int | None], None],
        picture: Callable[[str], Picture | None],
        *,
        id: str = "",
        epoch: str = "",
    ) -> None:
        self.id = id or new_id()
        self.epoch = epoch or new_id()
        self.player = player
        self.lock = RLock()
        self.outbox = Outbox(settings.outbox_messages, settings.outbox_bytes)
        self.attachments: list[LiveAttachment] = []
        self.panels = Panels.of(NOWHERE)
        self.accepted = 0
        """The highest ``cid`` taken into the inbox."""
        self.executed = 0
        """The highest ``cid`` whose turn has run."""
        self.ended: Bye | None = None
        self.begun = False
        """Whether the session is kept, so that it may be told of."""
        self.seated = True
        """Whether the player is in the world: not so once they have been away for too long."""
        self._settings = settings
        self._run = run
        self._picture = picture
        self._waiting = 0
        self._tokens = float(settings.burst)
        self._refilled = time.monotonic()
        self._noecho = False
        self._transcript: deque[TextMessage] = deque()
        self._transcript_blocks = 0
        self._transcript_bytes = 0

    # From the player

    def submit(self, message: ClientMessage) -> bool:
        """Enqueue a command; return whether it was a repeat (and so dropped). Raise WireError when it is not taken."""
        line, cid = message.cmd or "", message.cid
        with self.lock:
            if self.ended is not None:
                raise WireError("ended", "This game has ended. Open the title page to play again.", 409)
            if cid is not None and cid <= self.accepted:
                return True
            self.charge()
            if cid is not None and cid != self.accepted + 1:
                expected = self.accepted + 1
                raise WireError("cid_gap", f"Command {cid} came before command {expected}. Send {expected} first.", 409)
            if len(line.encode("utf-8", "replace")) > self._settings.line_bytes:
                most = self._settings.line_bytes
                raise WireError("too_long", f"A line may have at most {most} bytes. Say it more briefly.", 413)
            if self._waiting >= self._settings.inbox_commands:
                raise WireError("queue_full", "Too many commands are waiting. Wait for the answers.", 503, 1)
            self._waiting += 1
            if cid is not None:
                self.accepted = cid
            self._run(line, cid)
        return False

    def begin(self) -> None:
        """Let readers in, who have waited so far."""
        with self.lock:
            self.begun = True
            readers = tuple(self.attachments)
        for attachment in readers:
            attachment.wake()

    def recall(self, cid: int | None) -> None:
        """Count a command that was taken before the server stopped, as its turn is about to run again."""
        with self.lock:
            self._waiting += 1
            self.accepted = max(self.accepted, cid or 0)

    def charge(self) -> None:
        """Count something that the player asks for against the rate. Raise WireError beyond it."""
        with self.lock:
            now = time.monotonic()
            earned = (now - self._refilled) * self._settings.rate
            self._tokens = min(float(self._settings.burst), self._tokens + earned)
            self._refilled = now
            if self._tokens < 1:
                raise WireError("rate_limited", "That was too fast. Wait a moment and send it again.", 429, 1)
            self._tokens -= 1

    # From the game

    def publish(self, events: Iterable[Event], line: str | None = None, cid: int | None = None) -> None:
        """Number one turn's events as one message, and each picture in it as another one behind that.

        ``line`` is the command that they answer, if any.
        """
        blocks: list[Event] = []
        images: list[Image] = []
        special: tuple[str, ...] = ()
        noecho, scene_changed, quitting = False, False, False
        with self.lock:
            if line is not None:
                self._waiting -= 1
                if cid is not None:
                    self.executed = cid
                shown = "" if self._noecho else line
                blocks.append(Input(text=((Run(shown),),), cid=cid))
            for event in events:
                if isinstance(event, SceneEvent):
                    self.panels, changed = self.panels.after(event.scene)
                    scene_changed = scene_changed or changed
                    continue
                if isinstance(event, Image):
                    images.append(replace(event, to=""))
                    continue
                if isinstance(event, System) and event.clear:
                    special = ("clear",)
                    self._forget_transcript()
                    blocks.clear()
                    images.clear()
                noecho = noecho or (isinstance(event, Prompt) and event.noecho)
                quitting = quitting or (isinstance(event, Ended) and event.outcome == "quit")
                blocks.append(replace(event, to=""))
            self._noecho = noecho
            self._append(tuple(blocks), (*special, *(("noecho",) if noecho else ())), scene_changed)
            for image in images:
                self._show(image)
            if quitting:
                self.ended = Bye(1000, "You have left the game.")
                for attachment in self.attachments:
                    attachment.end(self.ended, drain=True)
            readers = tuple(self.attachments)
        for attachment in readers:
            attachment.wake()

    def _append(self, blocks: Blocks, special: tuple[str, ...], scene_changed: bool) -> None:
        message = TextMessage(
            self.outbox.last + 1,
            blocks,
            self.panels,
            cmd_ack=self.executed,
            special=special,
            scene_changed=scene_changed,
        )
        self._add(message)

    def _show(self, image: Image) -> None:
        """Number a picture; where there is none to be sent, what it would show is told."""
        picture = self._picture(image.image)
        if picture is None:
            self._append((image,), (), False)
        else:
            seq = self.outbox.last + 1
            self._add(DataMessage(seq, image, picture, self.panels, cmd_ack=self.executed))

    def _add(self, message: TextMessage) -> None:
        self.outbox.append(message)
        self._transcript.append(message)
        self._transcript_blocks += len(message.blocks)
        self._transcript_bytes += message.size
        while len(self._transcript) > 1 and (
            self._transcript_blocks > self._settings.transcript_blocks
            or self._transcript_bytes > self._settings.transcript_bytes
        ):
            oldest = self._transcript.popleft()
            self._transcript_blocks -= len(oldest.blocks)
            self._transcript_bytes -= oldest.size

    def _forget_transcript(self) -> None:
        self._transcript.clear()
        self._transcript_blocks = self._transcript_bytes = 0

    # For readers

    def snapshot(self) -> TextMessage:
        """Return a message that redraws everything: the recent transcript and the present scene.

        It bears the number of the newest message, since it stands for all up to it.
        """
        with self.lock:
            special = ("clear", "noecho") if self._noecho else ("clear",)
            return TextMessage(
                self.outbox.last,
                tuple([block for message in self._transcript for block in message.blocks]),
                self.panels,
                cmd_ack=self.executed,
                special=special,
                snapshot=True,
            )

    def join(self, attachment: LiveAttachment) -> Bye | None:
        """Add a reader as the tabs policy has it; return a Bye when it is refused."""
        replaced: list[LiveAttachment] = []
        with self.lock:
            if self.ended is not None:
                return ENDED
            if self.attachments and self._settings.tabs == "deny":
                return Bye(4509, "The game is open in another tab. Close it there first.")
            if self._settings.tabs == "takeover":
                replaced = list(self.attachments)
                for other in replaced:
                    other.end(REPLACED)
            self.attachments.append(attachment)
        for other in replaced:
            other.wake()
        return None

    def leave(self, attachment: LiveAttachment) -> None:
        """Take a reader away; do nothing when it is not here any more."""
        with self.lock:
            if attachment in self.attachments:
                self.attachments.remove(attachment)

    def give_up(self) -> bool:
        """Give the seat up, with what readers could have resumed; return False when there is a reader (again)."""
        with self.lock:
            if self.attachments or not self.seated or self.ended is not None:
                return False
            self.seated = False
            self.outbox.clear()
            return True

    def take_up(self) -> bool:
        """Take the seat again; return whether it had been given up."""
        with self.lock:
            given_up, self.seated = not self.seated, True
            return given_up

    def end(self, bye: Bye) -> None:
        """End the session for good: every reader gets the rest of the outbox, then ``bye``."""
        with self.lock:
            self.ended = self.ended or bye
            readers = tuple(self.attachments)
            for attachment in readers:
                attachment.end(bye, drain=True)
        for attachment in readers:
            attachment.wake()

    def acknowledge(self, ack: int | None, wire: str) -> None:
        """Pass on an acknowledgement that came outside a stream (by POST) to the readers on ``wire``."""
        with self.lock:
            readers = tuple(each for each in self.attachments if each.wire == wire)
        for attachment in readers:
            attachment.heard(ack)
            attachment.wake()
