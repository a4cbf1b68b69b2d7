"""The commands. Light: whatever one of them needs is imported when it runs."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tale_core import __version__
from tale_core.errors import UsageError
from tale_core.launcher.arguments import DEBUG, TaleGroup, common, serving
from tale_core.launcher.names import unknown

if TYPE_CHECKING:
    from tale_core.launcher.play import Tabs


@click.group(cls=TaleGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="tale", message="%(prog)s %(version)s")
@click.option(
    "--game", metavar="PATH", expose_value=False, help="Play this story: a folder, or a path that ends in its name."
)
@click.option("--web", is_flag=True, expose_value=False, help="With --game: play in the browser, over EventSource.")
@click.option("--websocket", is_flag=True, expose_value=False, help="With --game and --web: over WebSocket.")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Play text adventures in the browser, over any transport.

    \b
    Example:
      tale play dungeon
      tale play dungeon --transport websocket --port 0
      tale --game stories/dungeon --web --websocket
    """
    # --game, --web and --websocket are above for the help only: TaleGroup sends them to the command that has them.
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command()
@click.argument("story", required=False, envvar="TALE_STORY")
@click.option(
    "--transport",
    metavar="[PLUGIN:]WIRE",
    envvar="TALE_TRANSPORT",
    show_envvar=True,
    help="How to play: a wire (websocket, eventsource, terminal), a plugin, or both. Default: the best there is.",
)
@serving
@click.pass_context
def play(ctx: click.Context, /, story: str | None, transport: str | None, **settings: Any) -> None:  # noqa: ANN401  (click's)
    """Play a story.

    STORY is the name of an installed story, or the folder of one.

    \b
    Example:
      tale play dungeon
      tale play dungeon --transport flask:eventsource --no-open
      tale play path/to/my_story --seed 7
    """
    _play(ctx, story=story, transport=transport, **settings)


@cli.command(hidden=True)
@click.option("--game", metavar="PATH", help="The story's folder, or a path whose last part names an installed story.")
@click.option("--web", is_flag=True, help="Play in the browser, over EventSource.")
@click.option("--websocket", is_flag=True, help="With --web: over WebSocket.")
@serving
@click.pass_context
def game(ctx: click.Context, /, game: str | None, web: bool, websocket: bool, **settings: Any) -> None:  # noqa: ANN401
    """Play a story in the spelling ``tale --game PATH --web --websocket``.

    \b
    Example:
      tale --game stories/dungeon --web
    """
    wire = "websocket" if websocket else "eventsource" if web else "terminal"
    _play(ctx, game=game, transport=wire, **settings)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print everything that is known, for machines.")
@click.option("-v", "--verbose", is_flag=True, help="Show what each transport needs and can do as well.")
@common
def transports(as_json: bool, verbose: bool, no_plugin: tuple[str, ...]) -> None:
    """List the transports.

    Shows what each can do, and how to mend those that cannot run.

    \b
    Example:
      tale transports
      tale transports --json
    """
    from tale_core.launcher import listing
    from tale_core.launcher.transports import find_transports

    reports = find_transports(_disabled(no_plugin)).reports
    if as_json:
        click.echo(listing.as_json(reports))
    else:
        listing.show_transports(reports, verbose=verbose)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print everything that is known, for machines.")
@common
def stories(as_json: bool, no_plugin: tuple[str, ...]) -> None:
    """List the installed stories.

    \b
    Example:
      tale stories
      tale play dungeon
    """
    from tale_core.launcher import listing
    from tale_core.launcher.stories import find_stories

    reports = find_stories(_disabled(no_plugin))
    if as_json:
        click.echo(listing.as_json(reports))
    else:
        listing.show_stories(reports)


def _play(
    ctx: click.Context,
    *,
    no_plugin: tuple[str, ...],
    tabs: Tabs,
    **settings: Any,  # noqa: ANN401  (the fields of Order, as click has parsed them)
) -> None:
    from tale_core.launcher.play import Order
    from tale_core.launcher.play import play as run

    run(Order(disabled=_disabled(no_plugin), tabs=tabs, debug=ctx.meta.get(DEBUG, False), **settings))


def _disabled(named: tuple[str, ...]) -> frozenset[str]:
    """Join what --no-plugin and TALE_DISABLE_PLUGINS name. Only the flag must name something that is installed."""
    if named:
        from tale_core.launcher.discovery import STORIES, TRANSPORTS, names

        known = {*names(TRANSPORTS), *names(STORIES)}
        for name in named:
            if name not in known:
                raise UsageError(unknown("plugin", name, known))
    return frozenset((*named, *os.environ.get("TALE_DISABLE_PLUGINS", "").replace(",", " ").split()))


def main() -> NoReturn:
    """Run the command line and leave the process."""
    code: object = 0
    try:
        cli.main(prog_name="tale")
    except SystemExit as leaving:
        code = leaving.code
    deadline = time.monotonic() + 0.3
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():  # a story that never comes back must not keep Ctrl-C from ending the program
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code if isinstance(code, int) else 1)
    sys.exit(0 if code is None else code)
