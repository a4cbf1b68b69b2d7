"""Carry out ``tale play``: from what was typed to a story that runs."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import tale_web
from msgspec import Struct
from msgspec.structs import replace

from tale_core.errors import UsageError
from tale_core.launcher import formats, serve
from tale_core.launcher.certificate import own_names, self_signed
from tale_core.launcher.choosing import choose
from tale_core.launcher.hosting import Hosting, public_address
from tale_core.launcher.keeping import SQLITE, Kept, open_kept, user_folder
from tale_core.launcher.stories import default_story, find_stories, game_folder, story_folder
from tale_core.launcher.transports import find_transports
from tale_core.launcher.watching import Watcher
from tale_core.serving.gate import LOOPBACK
from tale_core.serving.host import Host
from tale_core.serving.proxies import address_of
from tale_core.serving.settings import Settings
from tale_core.serving.sockets import tls_context
from tale_core.serving.transport import TERMINAL, ServerConfig

CONSOLE = "console"
"""The transport that serves nobody but whoever started it."""

ANY = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  (compared, not bound)

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
    ssl_self_signed: bool = False
    hosting: Hosting | None = None
    watch: bool = False
    tabs: Tabs = "takeover"
    metrics: bool = False
    disabled: frozenset[str] = frozenset()
    debug: bool = False


def play(order: Order) -> None:
    """Play one story until its server ends. Raise ``TaleError`` for whatever the user can mend."""
    _log_to(None, debug=order.debug)
    config = config_of(order)
    transports = find_transports(order.disabled)
    reports = [each for each in transports.reports if order.hosting is None or each.name != CONSOLE]
    plan = choose(order.transport, reports, secure=config.ssl_cert is not None)
    kept, open_host = prepare(order)
    watcher = Watcher(_folder(order), order.disabled) if order.watch else None
    try:
        started = serve.start(plan, transports.specs, open_host, config, strict=order.strict)
        if started.choice.wire == TERMINAL:
            _log_to(_log_file(), debug=order.debug)
        if started.host.goes_on and order.hosting is None:
            serve.say("Going on where you were. To begin afresh: --new")
        if watcher is not None:
            watcher.start(started.host)
        if order.hosting is not None and not order.hosting.any_core:
            serve.keep_to_one_core()
        serve.run(started, open_browser=order.open_browser, public=public_of(order, started.host.token))
    finally:
        if watcher is not None:
            watcher.stop()
        if kept is not None:
            kept.close()


def prepare(order: Order) -> tuple[Kept | None, serve.Opening]:
    """Load the story and open the store; return that, to be closed at the end, and what makes a host of both."""
    story = formats.load(_folder(order), order.disabled)
    settings = _settings(order, story.info.modes)
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

    return kept, open_host


def config_of(order: Order) -> ServerConfig:
    """Return where and how to serve. Raise ``UsageError`` or ``TransportError`` for what cannot be."""
    if order.ssl_key is not None and order.ssl_cert is None:
        raise UsageError("--ssl-key was given without --ssl-cert. Give both, or neither.")
    if order.ssl_self_signed and order.ssl_cert is not None:
        raise UsageError("--ssl-self-signed and --ssl-cert exclude each other. Give one of them.")
    cert, key = order.ssl_cert, order.ssl_key
    if order.ssl_self_signed:
        made = self_signed(order.data_dir or user_folder(), (*_names(order), *_address(order)))
        cert, key = made.cert, made.key
        serve.say(
            f"The certificate's fingerprint (SHA-256) is {made.fingerprint}. Browsers warn of it; compare, then go on."
        )
    hosting = order.hosting or Hosting()
    config = ServerConfig(
        host=order.host,
        port=order.port,
        ssl_cert=cert,
        ssl_key=key,
        connections=hosting.connections,
    )
    tls_context(config)  # a bad certificate is told before anything is loaded, the same for every transport
    return config


def _names(order: Order) -> tuple[str, ...]:
    """Return the names that the server answers for beyond "localhost"."""
    named = order.host not in LOOPBACK and not _address(order) and order.host not in ANY
    own = own_names() if order.host not in LOOPBACK else ()
    public = order.hosting.public if order.hosting else None
    return (*((order.host,) if named else ()), *own, *((public_address(public).name,) if public else ()))


def _address(order: Order) -> tuple[str, ...]:
    """Return the one address that the server listens at, if it was given as one."""
    return (order.host,) if address_of(order.host) and order.host not in ANY else ()


def public_of(order: Order, token: str) -> str:
    """Return what the players open, when a proxy stands before the server; empty when it is what we listen at."""
    hosting = order.hosting
    if hosting is None:
        return ""
    if hosting.insecure:
        serve.say("Nobody is asked for a token: whoever can reach this server may play (--insecure).")
    if hosting.public is None:
        return ""
    public = public_address(hosting.public)
    return f"{public.scheme}://{public.host}{public.path}/tale/" + ("" if hosting.insecure else f"?token={token}")


def _folder(order: Order) -> Path:
    reports = find_stories(order.disabled)
    if order.game is not None:
        return game_folder(order.game, reports, order.disabled)
    if order.story is not None:
        return story_folder(order.story, reports, order.disabled)
    chosen = default_story(reports)
    serve.say(f"No story was named; playing {chosen.name!r}. List them all with: tale stories")
    return Path(chosen.folder)


def _settings(order: Order, modes: Sequence[str]) -> Settings:
    settings = Settings(
        tabs=order.tabs, metrics=order.metrics, hosts=_names(order), any_address=order.host not in LOOPBACK
    )
    hosting = order.hosting
    if hosting is None:
        return settings
    if hosting.mode not in modes:
        raise UsageError(f"This story cannot be played in the mode {hosting.mode!r}, only in {' and '.join(modes)}.")
    return replace(
        settings,
        solo=False,
        shared=hosting.mode == "mud",
        restored=hosting.players,
        root_path=public_address(hosting.public).path if hosting.public else "",
        trusted_proxies=hosting.trusted_proxy,
        insecure=hosting.insecure,
        token=hosting.token,
        sessions=hosting.players,
        connections=hosting.connections,
        connections_per_address=hosting.connections_per_address,
        rate=hosting.rate,
        burst=hosting.burst,
        away=hosting.away,
    )


def _log_file() -> Path:
    from platformdirs import user_log_path

    return user_log_path("tale", appauthor=False, ensure_exists=True) / "tale.log"


def _log_to(file: Path | None, *, debug: bool) -> None:
    """Log warnings (everything with ``debug``) to stderr, or to a file where the game itself has the terminal."""
    handler = logging.StreamHandler(sys.stderr) if file is None else logging.FileHandler(file, delay=True)
    level = logging.DEBUG if debug else logging.WARNING
    logging.basicConfig(level=level, handlers=[handler], format="tale: %(levelname)s %(name)s: %(message)s", force=True)
