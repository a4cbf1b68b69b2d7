"""A transport's server with a scripted game behind it, on a free port of this machine: what its tests play on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any

from tale_core.game.story import Story
from tale_core.serving.attachment import LiveAttachment
from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.transport import BoundServer, Bye, Peer, ServerConfig, TransportSpec
from tale_core.testing.client import Browser
from tale_core.testing.raw import DEADLINE, Address
from tale_core.testing.scripted import ScriptedGame, draw, scripted_story

UNLIMITED = Settings(rate=1e9, burst=1_000_000, connections_per_address=1000)
"""What most cases play under, so that only those about bounds meet any."""


class WatchedHost(Host):
    """Be a host that knows which streams are open, and that can be asked to wait for their end."""

    def __init__(self, folder: Path, settings: Settings, wires: tuple[str, ...]) -> None:
        import tale_web

        self.go = Event()
        """Set it to let slow turns go on."""
        self.games: list[ScriptedGame] = []
        """Every game that was begun, in order."""
        self.open = 0
        """Streams that are attached now."""
        self._changed = Condition()
        story = scripted_story(folder)
        draw(folder)
        super().__init__(story, page=tale_web.ROOT, settings=settings, wires=wires, new_game=self._new_game)

    def _new_game(self, story: Story, seed: int) -> ScriptedGame:
        game = ScriptedGame(story, seed, self.go)
        self.games.append(game)
        return game

    def attach(self, peer: Peer, wire: str, query: str, last_event_id: str | None = None) -> LiveAttachment | Bye:
        """Open a stream, and count it until it is detached."""
        found = super().attach(peer, wire, query, last_event_id)
        if isinstance(found, Bye):
            return found
        detach, counted = found.detach, [1]

        def detached(why: str) -> None:
            detach(why)
            if counted:
                counted.clear()
                self._count(-1)

        found.detach = detached  # type: ignore[method-assign]  # this one object is watched
        self._count(1)
        return found

    def _count(self, by: int) -> None:
        with self._changed:
            self.open += by
            self._changed.notify_all()

    def wait_for_streams(self, count: int, deadline: float) -> None:
        """Wait until that many streams are open. Raise TimeoutError when it does not come to it."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.open == count, deadline):
                raise TimeoutError(f"{self.open} streams are attached, not {count}")


class Stage:
    """Be a running server with its game."""

    def __init__(self, host: WatchedHost, server: BoundServer, config: ServerConfig, deadline: float) -> None:
        self.host = host
        self.server = server
        self.config = config
        self.deadline = deadline
        self._browsers: list[Browser] = []
        self.thread = Thread(target=server.serve, name="server", daemon=True)

    @property
    def address(self) -> Address:
        """Where the server listens."""
        return self.server.addresses[0]

    @property
    def games(self) -> list[ScriptedGame]:
        """Every game that was begun, in order."""
        return self.host.games

    def browser(self, **options: Any) -> Browser:  # noqa: ANN401  (those of Browser)
        """Return a new visitor, who has a game of their own."""
        return self._known(Browser(self.address, self.host.token, deadline=self.deadline, **options))

    def stranger(self) -> Browser:
        """Return a visitor who does not know the token."""
        return self._known(Browser(self.address, deadline=self.deadline))

    def _known(self, browser: Browser) -> Browser:
        self._browsers.append(browser)
        return browser

    def wait_for_streams(self, count: int) -> None:
        """Wait until that many streams are open."""
        self.host.wait_for_streams(count, self.deadline)

    def close(self) -> None:
        """Stop the server, and let go of what its visitors still hold."""
        try:
            self.stop()
        finally:
            for browser in self._browsers:
                browser.close()

    def stop(self) -> float:
        """Stop the server; return how many seconds it took. Raise TimeoutError when it does not stop."""
        began = time.monotonic()
        self.host.go.set()
        self.server.stop()
        self.thread.join(self.deadline)
        if self.thread.is_alive():
            raise TimeoutError("the server does not stop")
        return time.monotonic() - began


def bind(
    spec: TransportSpec,
    folder: Path,
    settings: Settings = UNLIMITED,
    patience: float = DEADLINE,
    config: Mapping[str, Any] | None = None,
) -> Stage:
    """Bind a server to a free port, with the named fields of ``ServerConfig``; nothing serves yet.

    ``patience`` bounds every wait of the test itself.
    """
    bound = ServerConfig(**{"port": 0, **(config or {})})
    host = WatchedHost(folder, settings, tuple(wire for wire in spec.wires if wire in bound.wires))
    try:
        return Stage(host, spec.load().bind(host, bound), bound, patience)
    except BaseException:
        host.close()
        raise


@contextmanager
def running(
    spec: TransportSpec,
    folder: Path,
    settings: Settings = UNLIMITED,
    patience: float = DEADLINE,
    **config: Any,  # noqa: ANN401  (fields of ServerConfig)
) -> Iterator[Stage]:
    """Serve from a thread, and see that it ends."""
    stage = bind(spec, folder, settings, patience, config)
    stage.thread.start()
    try:
        yield stage
    finally:
        stage.close()


def installed(name: str) -> TransportSpec | None:
    """Return the spec that an installed package offers under that name, None when there is none."""
    for point in entry_points(group="tale.transports"):
        if point.name == name:
            specs: list[TransportSpec] = list(point.load().tale_transports())
            return next((spec for spec in specs if spec.name == name), specs[0])
    return None
