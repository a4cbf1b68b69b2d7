"""A session's numbered messages. A reader holds only an integer cursor into them; nothing is copied."""

from __future__ import annotations

from collections import deque

from tale_core.serving.messages import TextMessage


class Outbox:
    """Hold the newest messages, numbered from 1 without gaps, within a bound of count and of bytes.

    Not thread-safe: its session's lock guards it.
    """

    def __init__(self, max_messages: int, max_bytes: int) -> None:
        self._max_messages = max_messages
        self._max_bytes = max_bytes
        self._messages: deque[TextMessage] = deque()
        self._bytes = 0
        self.last = 0
        """The highest number given out; 0 before the first message."""

    @property
    def first(self) -> int:
        """The lowest number that can still be read; ``last + 1`` when there is none."""
        return self.last + 1 - len(self._messages)

    def append(self, message: TextMessage) -> None:
        """Add the message numbered ``last + 1``; let go of the oldest beyond the bounds, but never of this one."""
        if message.seq != self.last + 1:
            raise ValueError(f"message {message.seq} cannot follow message {self.last}")
        self.last = message.seq
        self._messages.append(message)
        self._bytes += message.weight
        while len(self._messages) > self._max_messages or (self._bytes > self._max_bytes and len(self._messages) > 1):
            self._bytes -= self._messages.popleft().weight

    def clear(self) -> None:
        """Let go of all messages; their numbers stay given out."""
        self._messages.clear()
        self._bytes = 0

    def holds(self, cursor: int) -> bool:
        """Tell whether a reader that has seen all up to ``cursor`` can go on without a gap."""
        return self.first - 1 <= cursor <= self.last

    def after(self, cursor: int) -> TextMessage | None:
        """Return the message numbered ``cursor + 1``, None when there is none yet. The cursor must be held."""
        if cursor >= self.last:
            return None
        return self._messages[cursor + 1 - self.first]
