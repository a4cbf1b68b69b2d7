"""Carry out ``tale play``: from what was typed to a story that runs."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Literal

import tale_web
from msgspec import Struct

from tale_core.errors import UsageError
from tale_core.launcher import formats, serve
from tale_core.launcher.choosing import choose
from tale_core.launcher.keeping import SQLITE, open_kept
from tale_core.launcher.stories import default_story, find_stories, game_folder, story_folder
from tale_core.launcher.transports import find_transports
from tale_core.serving.gate import LOOPBACK
from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.sockets import tls_context
from tale_core.serving.transport import TERMINAL, ServerConfig

Tabs = Literal["takeover", "mirror", "deny"]


class Order(Struct, frozen=True, kw_only=True):
    """Hold what the user asked for; ``game`` is the story in the spelling of ``--game``."""

    story: str | None = None
    game: str | None = None
    transport: str | None = None
    strict: bool = False
    host: str = "127.0.0.1"
    port: int = 8180
    open_browser: bool = True
    seed: int | None = None
    afresh: bool = False
    data_dir: Path | None = None
    store: str = SQLITE
    ephemeral: bool = False
    ssl_cert: Path | None = None
    ssl_key: Path | None = None
    tabs: Tabs = "takeover"
    metrics: bool = False
    disabled: frozenset[str] = frozenset()
    debug: bool = False


def play(order: Order) -> None:
    """Play one story until its server ends. Raise ``TaleError`` for whatever the user can mend."""
    _log_to(None, debug=order.debug)
    config = _config(order)
    transports = find_transports(order.disabled)
    plan = choose(order.transport, transports.reports, secure=order.ssl_cert is not None)
    story = formats.load(_folder(order), order.disabled)
    settings = _settings(order)

    kept = None if order.ephemeral else open_kept(order.data_dir, order.store, order.disabled)

    def open_host(wires: tuple[str, ...]) -> Host:
        return Host(
            story,
            seed=order.seed,
            page=tale_web.ROOT,
            settings=settings,
            wires=wires,
            store=None if kept is None else kept.store,
            afresh=order.afresh or kept is None or kept.claim is None,
        )

    try:
        started = serve.start(plan, transports.specs, open_host, config, strict=order.strict)
        if started.choice.wire == TERMINAL:
            _log_to(_log_file(), debug=order.debug)
        if started.host.goes_on:
            serve.say("Going on where you were. To begin afresh: --new")
        serve.run(started, open_browser=order.open_browser)
    finally:
        if kept is not None:
            kept.close()


def _config(order: Order) -> ServerConfig:
    if order.ssl_key is not None and order.ssl_cert is None:
        raise UsageError("--ssl-key was given without --ssl-cert. Give both, or neither.")
    config = ServerConfig(host=order.host, port=order.port, ssl_cert=order.ssl_cert, ssl_key=order.ssl_key)
    tls_context(config)  # a bad certificate is told before anything is loaded, the same for every transport
    return config


def _folder(order: Order) -> Path:
    reports = find_stories(order.disabled)
    if order.game is not None:
        return game_folder(order.game, reports, order.disabled)
    if order.story is not None:
        return story_folder(order.story, reports, order.disabled)
    chosen = default_story(reports)
    serve.say(f"No story was named; playing {chosen.name!r}. List them all with: tale stories")
    return Path(chosen.folder)


def _settings(order: Order) -> Settings:
    named = not any(character in order.host for character in ":*") and not order.host.replace(".", "").isdigit()
    return Settings(
        tabs=order.tabs,
        metrics=order.metrics,
        hosts=(order.host,) if named else (),
        any_address=order.host not in LOOPBACK,
    )


def _log_file() -> Path:
    from platformdirs import user_log_path

    return user_log_path("tale", appauthor=False, ensure_exists=True) / "tale.log"


def _log_to(file: Path | None, *, debug: bool) -> None:
    """Log warnings (everything with ``debug``) to stderr, or to a file where the game itself has the terminal."""
    handler = logging.StreamHandler(sys.stderr) if file is None else logging.FileHandler(file, delay=True)
    level = logging.DEBUG if debug else logging.WARNING
    logging.basicConfig(level=level, handlers=[handler], format="tale: %(levelname)s %(name)s: %(message)s", force=True)
