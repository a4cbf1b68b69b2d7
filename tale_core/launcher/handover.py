"""Hand a transport over to another server than its own, which takes this process's place (``--server``)."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, NoReturn, cast

import click

from tale_core.errors import TransportError, UsageError
from tale_core.launcher import remedy
from tale_core.launcher.choosing import choose
from tale_core.launcher.play import CONSOLE, config_of, public_of
from tale_core.launcher.serve import bound, keep_to_one_core, say, url
from tale_core.launcher.transports import find_transports
from tale_core.serving.sockets import listen

if TYPE_CHECKING:
    from tale_core.launcher.play import Order
    from tale_core.serving.transport import Carried


def hand_over(order: Order, environment: Mapping[str, str]) -> NoReturn:
    """Bind, print the address, and become the other server. Raise ``TaleError`` for whatever the user can mend.

    The socket stays open, and everything else is said by the environment, so that a worker that is started again
    serves the same games to those who hold the same token.
    """
    hosting = order.hosting
    assert hosting is not None
    config = config_of(order)
    transports = find_transports(order.disabled)
    reports = [each for each in transports.reports if each.name != CONSOLE]
    plan = choose(order.transport, reports, secure=config.ssl_cert is not None)
    able = [choice for choice in plan.choices if hosting.server in transports.specs[choice.plugin].servers]
    if not able or (order.transport is not None and able[0] != plan.choices[0]):
        known = sorted({server for spec in transports.specs.values() for server in spec.servers})
        raise UsageError(
            f"{plan.choices[0] if plan.choices else 'Nothing'} cannot be carried by {hosting.server!r}. "
            f"Valid: {', '.join(known)}, with --transport flask."
        )
    spec = transports.specs[able[0].plugin]
    missing = [module for module in spec.servers[hosting.server] if remedy.is_missing(module)]
    if missing:
        raise TransportError(f"--server {hosting.server} needs {', '.join(missing)}. To get it: {_cure(missing)}")
    if os.name != "posix":
        raise UsageError(f"{hosting.server} does not run on this system. Leave --server out.")
    sock, config = bound(listen, config)
    sock.set_inheritable(True)
    token = hosting.token or secrets.token_urlsafe(16)
    if config.port != order.port and order.port:
        say(f"Port {order.port} is taken; using {config.port}.")
    command = [*cast("Carried", spec.load()).command(hosting.server, config, sock.fileno())]
    if not hosting.any_core:
        keep_to_one_core()  # and with it what follows
    click.echo(f"Tale: {public_of(order, token) or url(config, sock.getsockname()[:2], token)}")
    sys.stdout.flush()
    os.execve(command[0], command, {**os.environ, **environment, "TALE_TOKEN": token})  # noqa: S606  (no shell)


def _cure(missing: list[str]) -> str:
    try:
        return remedy.install(missing, distribution("tale-core"), "gunicorn")
    except PackageNotFoundError:
        return remedy.pip("install", *missing)
