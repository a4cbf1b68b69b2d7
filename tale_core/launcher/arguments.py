"""The command line's grammar: options that commands share, and how a wrong word or an error becomes a sentence."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tale_core.errors import TaleError, UsageError
from tale_core.launcher.names import unknown
from tale_core.launcher.seeds import seed_of

DEBUG = "tale.debug"
"""The key of ``ctx.meta`` that is true when tracebacks are wanted."""

_SEED_SPELLING = ("--game", "--web", "--websocket")
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_COUNT = click.IntRange(1)
_RATE = click.FloatRange(0.01)
_FOLDER = click.Path(file_okay=False, path_type=Path)

Callback = Callable[..., Any]  # click decorates functions of any signature


class TaleCommand(click.Command):
    """Name the nearest options, and all of them, when one is misspelt."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments as click does."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            valid = [name for option in self.get_params(ctx) for name in (*option.opts, *option.secondary_opts)]
            text = unknown("option", error.option_name, (name for name in valid if name.startswith("--")))
            raise click.UsageError(text, ctx) from None


class TaleGroup(TaleCommand, click.Group):
    """Take ``tale --game PATH --web`` for a command of its own, and turn Tale's errors into text and exit codes."""

    command_class = TaleCommand

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Send the spelling ``--game PATH`` to the hidden command that understands it."""
        first = args[0].partition("=")[0] if args else ""
        if first not in self.commands and any(arg.partition("=")[0] in _SEED_SPELLING for arg in args):
            args = ["game", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; name the nearest ones and all of them when there is none of that name."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(unknown("command", args[0], self.list_visible()), ctx)
        return super().resolve_command(ctx, args)

    def list_visible(self) -> list[str]:
        """Return the names of the commands that the help shows."""
        return [name for name, command in self.commands.items() if not command.hidden]

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; only here do errors become sentences: exit code 2 for usage, 1 for the rest."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click's own, which it turns into text and codes itself
        except Exception as error:  # noqa: BLE001  (nobody is left above us to whom a traceback would mean anything)
            if ctx.meta.get(DEBUG):
                traceback.print_exc()
            kind = click.UsageError if isinstance(error, UsageError) else click.ClickException
            raise kind(_sentence(error)) from None


def _sentence(error: Exception) -> str:
    if isinstance(error, TaleError | OSError):
        return str(error)
    return f"Tale failed: {type(error).__name__}: {error}. This is a fault of ours; --debug shows where."


def _remember_debug(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[DEBUG] = True


def common(command: Callback) -> Callback:
    """Add the options that every command has."""
    for decorate in (  # applied last to first: the help shows --no-plugin before --debug
        click.option(
            "--no-plugin",
            "no_plugin",
            metavar="NAME",
            multiple=True,
            help="Leave a plugin out. May be repeated.  [env var: TALE_DISABLE_PLUGINS]",
        ),
        click.option(
            "--debug",
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_remember_debug,
            envvar="TALE_DEBUG",
            show_envvar=True,
            help="Show tracebacks, and log everything to stderr.",
        ),
    ):
        command = decorate(command)
    return command


def disabled(named: tuple[str, ...]) -> frozenset[str]:
    """Join what --no-plugin and TALE_DISABLE_PLUGINS name. Only the flag must name something that is installed."""
    if named:
        from tale_core.launcher.discovery import FORMATS, STORES, STORIES, TRANSPORTS, names

        known = {name for group in (TRANSPORTS, STORIES, STORES, FORMATS) for name in names(group)}
        for name in named:
            if name not in known:
                raise UsageError(unknown("plugin", name, known))
    return frozenset((*named, *os.environ.get("TALE_DISABLE_PLUGINS", "").replace(",", " ").split()))


def keeping(command: Callback) -> Callback:
    """Add the options that say where games are kept."""
    kept = "Where games are kept, if not in your data folder."
    store = "The store that games are kept in, a plugin's."
    command = click.option("--store", default="sqlite", metavar="NAME", envvar="TALE_STORE", help=store)(command)
    return click.option("--data-dir", type=_FOLDER, envvar="TALE_DATA_DIR", show_envvar=True, help=kept)(command)


def option(name: str, *names: str, help: str, **settings: Any) -> Callback:  # noqa: ANN401  (click's own)
    """Return an option that has an environment variable of the same name."""
    variable = "TALE_" + name.partition("/")[0].strip("-").replace("-", "_").upper()
    return click.option(name, *names, help=help, envvar=variable, show_envvar=True, **settings)


def playing(command: Callback) -> Callback:
    """Add the options of somebody who plays on the machine that serves."""
    new = "Begin afresh rather than go on where you were."
    opened = "Open the browser, or only print its address."
    command = option("--new", "afresh", is_flag=True, help=new)(command)
    decorated: Callback = option("--open/--no-open", "open_browser", default=True, help=opened)(command)
    return decorated


def hosting(command: Callback) -> Callback:
    """Add the options of somebody who serves others: who may come, by which address, and how much they may take."""
    for decorate in reversed(
        (
            option(
                "--mode",
                type=click.Choice(["if", "mud"]),
                default="if",
                show_default=True,
                help="A game for each player, or one game that all share.",
            ),
            option("--url", "public", metavar="URL", help="The address by which players come, if a proxy has it."),
            option(
                "--trusted-proxy",
                metavar="CIDR",
                multiple=True,
                help="Believe what this proxy says of whom it asks for. May be repeated; 'unix' for a Unix socket.",
            ),
            option("--insecure", is_flag=True, help="Ask nobody for the token: whoever can reach the server may play."),
            option("--token", default="", help="The token that admits, if not a new one at every start."),
            option(
                "--server",
                default="",
                metavar="NAME",
                help="Let another server than its own carry the transport: gunicorn carries flask.",
            ),
            option(
                "--players", type=_COUNT, default=100, show_default=True, help="Games that may be going on at once."
            ),
            option("--connections", type=_COUNT, default=1000, show_default=True, help="Open streams, all in all."),
            option(
                "--connections-per-address",
                type=_COUNT,
                default=8,
                show_default=True,
                help="Open streams of one address, which may be a whole household or school.",
            ),
            option("--rate", type=_RATE, default=10.0, show_default=True, help="Commands a second of one player."),
            option("--burst", type=_COUNT, default=30, show_default=True, help="Commands at once of one player."),
            option(
                "--away",
                type=click.FloatRange(min=0),
                metavar="SECONDS",
                default=300.0,
                show_default=True,
                help="For how long one game for all keeps the seat of a player without a connection; 0 for ever.",
            ),
            option("--any-core", is_flag=True, help="Let the server run on every core, not on one."),
        )
    ):
        command = decorate(command)
    return command


def serving(command: Callback) -> Callback:
    """Add the options that say how a story is served; each has an environment variable of the same name."""

    command = common(command)
    for decorate in reversed(
        (
            option("--strict", is_flag=True, help="Exit with code 2 rather than fall back to another transport."),
            option("--host", default="127.0.0.1", show_default=True, help="The address to listen on."),
            option(
                "--port",
                type=click.IntRange(0, 65_535),
                default=8180,
                show_default=True,
                help="The port to listen on; the next free one if it is taken, any free one for 0.",
            ),
            option("--metrics", is_flag=True, help="Offer /tale/metrics to Prometheus."),
            option(
                "--seed",
                metavar="N|daily",
                callback=seed_of,
                help="The number that fixes every chance in the story, or today's.",
            ),
            option("--data-dir", type=_FOLDER, help="Keep games in this folder rather than in your data folder."),
            option("--store", default="sqlite", metavar="NAME", help="Keep games in this store, a plugin's."),
            option("--ephemeral", is_flag=True, help="Keep no game longer than the server runs."),
            option("--ssl-cert", type=_FILE, help="Serve TLS with this certificate chain (PEM)."),
            option("--ssl-key", type=_FILE, help="The private key of the certificate (PEM)."),
            option(
                "--ssl-self-signed",
                is_flag=True,
                help="Serve TLS with a certificate that is made for this machine and kept in the data folder.",
            ),
            option(
                "--tabs",
                type=click.Choice(["takeover", "mirror", "deny"]),
                default="takeover",
                show_default=True,
                help="What a second tab does: take the game over, show it too, or be refused.",
            ),
        )
    ):
        command = decorate(command)
    return command
