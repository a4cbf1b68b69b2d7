"""Watch a story's folder while it is played: what is saved is loaded again, and every player stays where they are."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from tale_core.errors import StoryError, TaleError
from tale_core.launcher import formats, remedy, serve

if TYPE_CHECKING:
    from tale_core.serving.host import Host

ENDINGS = frozenset({".toml", ".yaml", ".py", ".json", ".jpg", ".jpeg", ".png", ".svg", ".webp"})
"""Files that a story is made of; what else changes in its folder changes nothing."""

log = logging.getLogger(__name__)


class Watcher:
    """Load a story again when its files change. Raise ``TaleError`` where nothing can be watched."""

    def __init__(self, folder: Path, disabled: frozenset[str] = frozenset()) -> None:
        if remedy.is_missing("watchfiles"):
            try:
                cure = remedy.install(["watchfiles"], distribution("tale-core"), "fastapi")
            except PackageNotFoundError:
                cure = remedy.pip("install", "watchfiles")
            raise TaleError(f"--watch needs the package 'watchfiles', which is not installed. To get it: {cure}")
        self._folder = folder.resolve()
        self._disabled = disabled
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self, host: Host) -> None:
        """Begin to watch, in a thread of its own."""
        self._thread = Thread(target=self._watch, args=(host,), name="watch", daemon=True)
        self._thread.start()
        serve.say(f"Watching {self._folder}: save a file, and the story goes on with it.")

    def stop(self) -> None:
        """End the watch."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(2)

    def concerns(self, path: Path) -> bool:
        """Tell whether a file is one that the story is made of."""
        inside = path.relative_to(self._folder).parts if path.is_relative_to(self._folder) else ()
        ours = not any(part.startswith((".", "__")) for part in inside[:-1]) and inside[:1] != ("tests",)
        return bool(inside) and ours and path.suffix in ENDINGS and not path.name.endswith(".schema.json")

    def reload(self, host: Host, changed: Iterable[Path]) -> None:
        """Load the story again; where it has mistakes they are told, and the old one goes on."""
        names = ", ".join(sorted(path.relative_to(self._folder).as_posix() for path in changed))
        try:
            story = formats.load(self._folder, self._disabled)
            if story.info.id != host.story.info.id:
                raise StoryError(f"The story's id is {story.info.id!r} now: start it again to play it under that name.")
        except StoryError as error:
            for line in str(error).splitlines():
                serve.say(line)
            host.warn(error.problems or [str(error)])
        else:
            serve.say(f"{names} changed; the story goes on with it.")
            host.renew(story, names)

    def _watch(self, host: Host) -> None:
        from watchfiles import watch

        def ours(_change: object, path: str) -> bool:
            return self.concerns(Path(path))

        for changes in watch(self._folder, watch_filter=ours, stop_event=self._stop, raise_interrupt=False):
            try:
                self.reload(host, {Path(path) for _, path in changes})
            except Exception:  # whatever is wrong with what was saved, the game goes on
                log.exception("the story could not be loaded again")
