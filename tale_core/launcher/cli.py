"""The commands. Light: whatever one of them needs is imported when it runs."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

import click

from tale_core import __version__
from tale_core.errors import UsageError
from tale_core.launcher import authoring
from tale_core.launcher.arguments import TaleGroup, common, disabled, hosting, keeping, playing, serving
from tale_core.launcher.orders import order_of, spelled


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
@playing
@click.option("--watch", is_flag=True, help="Load the story again whenever it is saved, and go on where you are.")
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


@cli.command()
@click.argument("story", required=False, envvar="TALE_STORY")
@click.option(
    "--transport",
    metavar="[PLUGIN:]WIRE",
    envvar="TALE_TRANSPORT",
    show_envvar=True,
    help="How to serve: a wire (websocket, eventsource), a plugin, or both. Default: the best there is.",
)
@serving
@hosting
@click.pass_context
def serve(ctx: click.Context, /, story: str | None, transport: str | None, **settings: Any) -> None:  # noqa: ANN401
    """Serve a story to others.

    STORY is the name of an installed story, or the folder of one. Players open the address that is printed; each has
    a game of their own, or all share one. docs/host.md tells how to put a proxy before it.

    \b
    Example:
      tale serve dungeon --host 0.0.0.0 --ssl-self-signed
      tale serve dungeon --url https://play.example.org --trusted-proxy 127.0.0.1
      tale serve dungeon --mode mud --players 20
    """
    from tale_core.launcher.handover import hand_over

    order = order_of(ctx, story=story, transport=transport, **settings)
    if order.hosting is not None and order.hosting.server:
        hand_over(order, spelled(ctx))
    from tale_core.launcher.play import play as run

    run(order)


@cli.command(hidden=True)
@click.option("--game", metavar="PATH", help="The story's folder, or a path whose last part names an installed story.")
@click.option("--web", is_flag=True, help="Play in the browser, over EventSource.")
@click.option("--websocket", is_flag=True, help="With --web: over WebSocket.")
@playing
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

    reports = find_transports(disabled(no_plugin)).reports
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

    reports = find_stories(disabled(no_plugin))
    if as_json:
        click.echo(listing.as_json(reports))
    else:
        listing.show_stories(reports)


@cli.group(cls=TaleGroup, invoke_without_command=True)
@keeping
@common
@click.pass_context
def sessions(ctx: click.Context, data_dir: Path | None, store: str, no_plugin: tuple[str, ...]) -> None:
    """List the games that are kept, and see to them.

    A session is named by its id, or by as many of its first letters as no other one has.

    \b
    Example:
      tale sessions
      tale sessions show Xk3 --text
      tale sessions export Xk3 my-game.tale
    """
    del no_plugin
    ctx.obj = data_dir, store
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@sessions.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print everything that is known, for machines.")
@click.pass_context
def list_(ctx: click.Context, as_json: bool = False) -> None:
    """List the games that are kept.

    \b
    Example:
      tale sessions list --json
    """
    from tale_core.launcher import listing
    from tale_core.launcher.archive import kept_sessions
    from tale_core.launcher.keeping import archive

    with archive(*ctx.obj) as store:
        found = kept_sessions(store)
    if as_json:
        click.echo(listing.as_json(found))
    else:
        listing.show_sessions(found)


@sessions.command()
@click.argument("session", required=False, default="")
@click.option("--text", is_flag=True, help="Print all that was typed and told, from the beginning.")
@click.pass_context
def show(ctx: click.Context, session: str, text: bool) -> None:
    """Show one game, that which was played last if none is named.

    \b
    Example:
      tale sessions show
      tale sessions show Xk3 --text > my-game.txt
    """
    from tale_core.launcher import archive as kept
    from tale_core.launcher import listing
    from tale_core.launcher.keeping import archive

    with archive(*ctx.obj) as store:
        known = kept.kept_sessions(store)
        found = known[0] if known and not session else kept.find(store, session)
        told = kept.transcript(kept.turns_of(store, found), found.player)
    if not text:
        listing.show_sessions([found])
        click.echo()
        told = told[-2000:].partition("\n\n")[2] if len(told) > 2000 else told
    click.echo(told.rstrip())


@sessions.command()
@click.argument("session")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.pass_context
def export(ctx: click.Context, session: str, file: Path | None) -> None:
    """Write a game to a save file: everything that was typed and told in it, and where it stands.

    \b
    Example:
      tale sessions export Xk3 my-game.tale
    """
    from tale_core.launcher import archive as kept
    from tale_core.launcher.keeping import archive

    with archive(*ctx.obj) as store:
        found = kept.find(store, session)
        data = kept.export(store, found)
    _write(file or Path(f"{found.story}-{found.session}.tale"), data)


@sessions.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def import_(ctx: click.Context, file: Path) -> None:
    """Take the game of a save file up as your own; ``tale play`` goes on with it.

    \b
    Example:
      tale sessions import my-game.tale
    """
    from tale_core.launcher import archive as kept
    from tale_core.launcher.keeping import archive

    data = kept.read_file(file)
    with archive(*ctx.obj, alone=True) as store:
        found = kept.import_(store, data)
    click.echo(f"{found.turns} turns of {found.story!r} are kept. To go on: tale play {found.story}")


@sessions.command()
@click.argument("session")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def delete(ctx: click.Context, session: str, yes: bool) -> None:
    """Delete a game for good. The saves that were made in it stay.

    \b
    Example:
      tale sessions delete Xk3
    """
    from tale_core.launcher import archive as kept
    from tale_core.launcher.keeping import archive

    with archive(*ctx.obj, alone=True) as store:
        found = kept.find(store, session)
        if not yes:
            click.confirm(f"Delete {found.turns} turns of {found.story!r} for good?", abort=True)
        store.delete(found.game)
    click.echo(f"Deleted {found.session}.")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--story", metavar="STORY", help="The story to play it in, if not the installed one of that name.")
@click.option(
    "--verify", is_flag=True, help="Exit with code 1 at the first turn that comes out differently; show both."
)
@click.option("--until", type=click.IntRange(1), metavar="N", help="Stop after turn N.")
@click.option("--text", is_flag=True, help="Print what is told.")
@common
def replay(
    file: Path, story: str | None, verify: bool, until: int | None, text: bool, no_plugin: tuple[str, ...]
) -> None:
    """Play a saved game again from its beginning.

    \b
    Example:
      tale replay my-game.tale --verify
      tale replay my-game.tale --until 20 --text
    """
    del no_plugin
    from tale_core.game.savefile import read_save
    from tale_core.launcher import archive as kept

    save = read_save(kept.read_file(file))
    played = kept.replay(save, kept.story_of(save, story), until)
    if text:
        click.echo(kept.transcript(played.turns, save.header.player).rstrip())
    found = played.difference
    summary = f"{len(played.turns)} turns of {save.header.title!r} with the seed {save.header.seed}"
    if found is None:
        click.echo(f"{summary} come out as they did.", err=text)
        return
    click.echo(f"{summary} were played again. Turn {found.turn} is the first that differs: {found.typed}", err=text)
    if verify:
        click.echo(f"Then:\n{found.then}\nNow:\n{found.now}", err=text)
        raise click.exceptions.Exit(1)


@cli.command()
@click.argument("session")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@keeping
@common
def bugreport(session: str, file: Path | None, data_dir: Path | None, store: str, no_plugin: tuple[str, ...]) -> None:
    """Write what a report about a game needs to a ZIP file: its journal and all versions, and no secret.

    \b
    Example:
      tale bugreport Xk3
    """
    del no_plugin
    from tale_core.launcher import archive as kept
    from tale_core.launcher.keeping import archive

    with archive(data_dir, store) as opened:
        found = kept.find(opened, session)
        data = kept.bug_report(opened, found)
    _write(file or Path(f"tale-report-{found.session}.zip"), data)


for _command in authoring.COMMANDS:
    cli.add_command(_command)


def _write(file: Path, data: bytes) -> None:
    """Write a file that must not be there yet."""
    try:
        with file.open("xb") as out:
            out.write(data)
    except FileExistsError:
        raise UsageError(f"{file} is there already. Name another file.") from None
    click.echo(f"Written to {file}.")


def _play(ctx: click.Context, **settings: Any) -> None:  # noqa: ANN401  (click's)
    from tale_core.launcher.play import play as run

    run(order_of(ctx, **settings))


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
