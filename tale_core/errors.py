"""The tree of errors that Tale raises on purpose.

A message says what happened, to which thing, and what to do next.
Only the launcher turns errors into text and exit codes.
"""

from __future__ import annotations


class TaleError(Exception):
    """Report something that went wrong and that its reader can mend."""


class UsageError(TaleError):
    """Report a request that names something unknown or contradictory (exit code 2)."""


class StoryError(TaleError):
    """Report a story that cannot be loaded; ``problems`` has one ``file:line:column: text`` line a mistake."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *problems)))
        self.problems = problems


class TransportError(TaleError):
    """Report a transport that cannot do what was asked of it."""


class AddressInUse(TransportError):
    """Report that the wanted address and port are taken."""


class JournalError(TaleError):
    """Report a history that is damaged, or that this story does not repeat."""


class StoreError(TaleError):
    """Report a store that cannot be read or written."""


class SaveError(TaleError):
    """Report a file that is no save, or a damaged one, or one of a newer Tale."""
