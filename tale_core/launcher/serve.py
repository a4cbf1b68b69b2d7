"""Load, bind and run the transport that was chosen, and end it well. Prints the one line that says where to play."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from threading import enumerate as enumerate_threads
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from tale_core.errors import AddressInUse, TransportError, UsageError
from tale_core.launcher.choosing import Choice, Plan
from tale_core.serving.transport import TERMINAL, BoundServer, ServerConfig, Transport, TransportSpec

if TYPE_CHECKING:
    from tale_core.serving.host import Host

PORTS_TRIED = 100
SIGNALS = (signal.SIGINT, signal.SIGTERM)

log = logging.getLogger(__name__)


Bound = TypeVar("Bound")

Opening = Callable[[tuple[str, ...]], "Host"]
"""Makes a host that offers the named wires, the preferred one first."""


class Started(Struct, frozen=True):
    """Hold what runs: the choice that worked, the host and server that it has, and where that listens."""

    choice: Choice
    host: Host
    server: BoundServer
    config: ServerConfig


def say(text: str) -> None:
    """Tell the user something that is no result: on stderr, on one line."""
    click.echo(f"tale: {' '.join(text.split())}", err=True)


def start(
    plan: Plan, specs: Mapping[str, TransportSpec], open_host: Opening, config: ServerConfig, *, strict: bool
) -> Started:
    """Bind the first choice of the plan that can be loaded, and say so when it is not what was asked for.

    Raise ``UsageError`` when ``strict`` forbids anything less, ``TransportError`` when nothing can run.
    """
    complaint = plan.complaint
    for choice in plan.choices:
        if complaint and strict:
            raise UsageError(f"{complaint}. Without --strict, {choice} would serve.")
        spec = specs[choice.plugin]
        host = open_host(tuple(wire for wire in spec.wires if wire in choice.wires))
        try:
            transport = _load(spec)
            bind = partial(transport.bind, host)
            server, bound_at = bound(bind, replace(config, wires=choice.wires))
        except (TransportError, OSError):
            host.close()
            raise  # a port, an address or a certificate, which no other transport would like better
        except (Exception, SystemExit) as error:
            host.close()
            log.debug("%s cannot start", choice, exc_info=True)
            fault = f"{choice} cannot start ({type(error).__name__}: {error})"
            complaint = f"{complaint}; {fault}" if complaint else fault
            continue
        if complaint:
            say(f"{complaint}; using {choice}.")
        if bound_at.port != config.port and choice.wire != TERMINAL:
            say(f"Port {config.port} is taken; using {bound_at.port}.")
        return Started(choice, host, server, bound_at)
    error_type = UsageError if strict else TransportError
    raise error_type(f"{complaint or 'No transport is installed'}. See: tale transports")


def run(started: Started, *, open_browser: bool, public: str = "") -> None:
    """Serve until Ctrl-C or SIGTERM; every page is told when it ends. ``public`` is what players open instead."""
    server, host = started.server, started.host
    on_terminal = started.choice.wire == TERMINAL
    with _ended_by_signals(None if on_terminal else server):
        try:
            if server.addresses and not on_terminal:
                address = url(started.config, server.addresses[0], host.token)
                click.echo(f"Tale: {public or address}")
                sys.stdout.flush()
                if open_browser:
                    Thread(target=_open, args=(address,), name="browser", daemon=True).start()
            spare_collector()
            server.serve()
        except KeyboardInterrupt:
            pass  # the ordinary way to end
        finally:
            for number in SIGNALS:  # we are on our way already
                signal.signal(number, signal.SIG_IGN)
            host.close()
            server.stop()


def spare_collector() -> None:
    """Let the garbage collector pass over what stays as long as the process does, and look less often at the rest.

    To walk over all modules and worlds takes it some tenths of a second, in which nobody is answered; and what a turn
    leaves behind holds hardly any cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)


def keep_to_one_core() -> None:
    """Let all threads of this process run on one core, where the system can be told so (Linux).

    Python runs one thread at a time. Where its threads are on several cores, they wake each other and fetch each
    other's memory at every turn, which takes longer than a turn does. Which core it is follows from the process's
    number, so that several servers spread.
    """
    if sys.platform != "linux" or not getattr(sys, "_is_gil_enabled", lambda: True)():
        return
    cores = sorted(os.sched_getaffinity(0))
    core = cores[os.getpid() % len(cores)]
    for thread in enumerate_threads():
        with suppress(OSError):  # it has ended, or the system does not let us
            os.sched_setaffinity(thread.native_id or 0, {core})


def url(config: ServerConfig, address: tuple[str, int], token: str) -> str:
    """Return the address to open: one that a browser on this machine can reach, with the token that admits it."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(config.host, config.host)  # noqa: S104
    scheme = "https" if config.ssl_cert else "http"
    return f"{scheme}://{f'[{name}]' if ':' in name else name}:{address[1]}/tale/?token={token}"


def _load(spec: TransportSpec) -> Transport:
    try:
        return spec.load()
    except (OSError, TransportError) as error:  # no fault of the address, which is what these mean later on
        raise ImportError(f"{type(error).__name__}: {error}") from error


def bound(bind: Callable[[ServerConfig], Bound], config: ServerConfig) -> tuple[Bound, ServerConfig]:
    """Return what ``bind`` makes of the first port that is free, and where that is. Raise ``AddressInUse`` for none."""
    last = min(config.port + PORTS_TRIED, 65_536)
    for port in range(config.port, last):
        wanted = replace(config, port=port)
        try:
            return bind(wanted), wanted
        except AddressInUse:
            log.debug("port %s is taken", port)
    raise AddressInUse(f"The ports {config.port} to {last - 1} are all taken. Name a free one, or --port 0 for any.")


def _open(address: str) -> None:
    import webbrowser

    # Without a desktop, webbrowser would start a text browser in the very terminal that we print to.
    desktop = sys.platform in {"win32", "darwin"} or any(map(os.environ.get, ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")))
    try:
        opened = desktop and webbrowser.open(address)
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        say("No browser could be opened; open the address yourself.")


@contextmanager
def _ended_by_signals(server: BoundServer | None) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the server, also where a shell started us with SIGINT ignored.

    The first signal asks the server to stop: an exception could hit it half-way into its start. The second, and the
    first where there is no server to ask, raises KeyboardInterrupt.
    """
    asked = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked or server is None:
            raise KeyboardInterrupt
        asked = True
        # Not from here: what we interrupted may hold a lock that ``stop`` wants.
        Thread(target=server.stop, name="stop", daemon=True).start()

    former = {number: signal.signal(number, end) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
