"""Line editing in the terminal: the history of earlier games, and completion by the game itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from platformdirs import user_state_path
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory


def history() -> History:
    """Return the history of earlier games; one for this game alone where no file can be written."""
    path: Path = user_state_path("tale") / "console-history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            return FileHistory(str(path))
    except OSError:
        return InMemoryHistory()


class CommandCompleter(Completer):
    """Offer the whole lines that the game knows for what has been typed."""

    def __init__(self, ask: Callable[[str], list[str]]) -> None:
        self._ask = ask

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield completions that replace the whole line."""
        del complete_event
        text = document.text_before_cursor
        for line in self._ask(text):
            yield Completion(line, start_position=-len(text))
