"""The commands for authors of stories. Light: whatever one of them needs is imported when it runs."""

from __future__ import annotations

from pathlib import Path

import click

from tale_core.launcher.arguments import TaleCommand, TaleGroup, common, disabled

_story = click.argument("story", default=".")
_file = click.Path(dir_okay=False, path_type=Path)
_json = click.option("--json", "as_json", is_flag=True, help="Print everything that is known, for machines.")


@click.group(cls=TaleGroup)
def new() -> None:
    """Begin something new.

    \b
    Example:
      tale new story lighthouse
      tale new transport pigeon
    """


@new.command("story")
@click.argument("name")
@click.option("--title", help="The story's title, if not its name.")
@click.option("--author", help="Who writes it.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="The folder to write it to.")
@common
def new_story(name: str, title: str | None, author: str | None, into: Path | None, no_plugin: tuple[str, ...]) -> None:
    """Write a small story that works: to be played, tested and made another one.

    \b
    Example:
      tale new story lighthouse
      tale new story lighthouse --title "The Lighthouse" --author "Ada Lovelace"
    """
    del no_plugin
    from tale_core.launcher.beginnings import write_story

    folder = write_story(name, into, title=title, author=author)
    click.echo(f"Written to {folder}. Play it, test it, check it, draw it:")
    for command in ("play", "test", "check", "map"):
        click.echo(f"  tale {command} {folder}")


@new.command("transport")
@click.argument("name")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="The folder to write it to.")
@common
def new_transport(name: str, into: Path | None, no_plugin: tuple[str, ...]) -> None:
    """Write a package with a transport that works: to be put on another server.

    It comes with a test that runs Tale's conformance kit.

    \b
    Example:
      tale new transport pigeon
    """
    del no_plugin
    from tale_core.launcher.beginnings import write_transport

    folder = write_transport(name, into)
    click.echo(f"Written to {folder}. Install it, and see whether it is right:")
    click.echo(f'  pip install -e "{folder}[dev]"')
    click.echo(f"  pytest {folder}")


@click.command(cls=TaleCommand)
@_story
@_json
@common
def check(story: str, as_json: bool, no_plugin: tuple[str, ...]) -> None:
    """Look for mistakes in a story.

    Errors keep it from being played: exit code 1. Warnings are places that nobody reaches, exits that lead back by
    none, locks that cannot be opened, keys that open nothing, things that are told of and not there, and so on.
    STORY is a folder (this one by default) or the name of an installed story.

    \b
    Example:
      tale check lighthouse
      tale check lighthouse --json
    """
    from tale_core.launcher.findings import show_check

    if not show_check(story, disabled(no_plugin), as_json=as_json):
        raise click.exceptions.Exit(1)


@click.command(cls=TaleCommand)
@_story
@click.argument("transcripts", nargs=-1)
@click.option("--record", metavar="NAME", help="Play in the terminal, and write it down as tests/NAME.transcript.")
@click.option("--seed", type=int, default=1, show_default=True, help="With --record: the number that fixes chance.")
@click.option("--update", is_flag=True, help="Let the transcripts expect what came instead.")
@common
def test(
    story: str, transcripts: tuple[str, ...], record: str | None, seed: int, update: bool, no_plugin: tuple[str, ...]
) -> None:
    """Play a story's transcripts, and tell what does not come out as they expect: exit code 1.

    Transcripts are the files tests/*.transcript of the story; name some to play only those.

    \b
    Example:
      tale test lighthouse
      tale test lighthouse win --update
      tale test lighthouse --record cellar
    """
    from tale_core.launcher import rehearsing

    if record is not None:
        rehearsing.record(story, record, disabled(no_plugin), seed)
    elif not rehearsing.run_transcripts(story, transcripts, disabled(no_plugin), update=update):
        raise click.exceptions.Exit(1)


@click.command(cls=TaleCommand)
@_story
@click.option("--turns", type=click.IntRange(1), default=2000, show_default=True, help="Turns of each bot.")
@click.option("--seeds", type=click.IntRange(1), default=4, show_default=True, help="Bots, each with its own seed.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes to run them in.")
@_json
@common
def explore(story: str, turns: int, seeds: int, jobs: int, as_json: bool, no_plugin: tuple[str, ...]) -> None:
    """Let bots walk a story, and tell what fails, where nobody gets out, and what nobody sees.

    Exit code 1 when a rule of the story fails. The same numbers give the same report.

    \b
    Example:
      tale explore lighthouse
      tale explore dungeon --turns 10000 --seeds 8 --jobs 2
    """
    from tale_core.launcher.exploring import explore as run

    if not run(story, turns, seeds, jobs, disabled(no_plugin), as_json=as_json):
        raise click.exceptions.Exit(1)


@click.command("map", cls=TaleCommand)
@_story
@click.option("--svg", metavar="FILE", type=_file, help="Draw it to this file instead.")
@click.option("--seed", type=int, default=0, help="The number that fixes every chance, where places depend on it.")
@common
def map_(story: str, svg: Path | None, seed: int, no_plugin: tuple[str, ...]) -> None:
    """Print a map of a story's places, or draw it.

    Shows all there is, what is secret too. Places lie by their own coordinates, if they have any, or by the
    directions of their exits.

    \b
    Example:
      tale map lighthouse
      tale map dungeon --seed 7 --svg dungeon.svg
    """
    from tale_core.launcher.mapping import show_map

    show_map(story, disabled(no_plugin), svg, seed)


@click.command(cls=TaleCommand)
@click.argument("file", required=False, type=_file)
@common
def schema(file: Path | None, no_plugin: tuple[str, ...]) -> None:
    """Print the JSON Schema of world data, or write it to FILE.

    Editors complete and check a world.yaml that begins with the line
    "# yaml-language-server: $schema=world.schema.json".

    \b
    Example:
      tale schema lighthouse/world.schema.json
    """
    del no_plugin
    from tale_core.game.schema import schema_text
    from tale_core.launcher.beginnings import write_schema

    if file is None:
        click.echo(schema_text(), nl=False)
    else:
        write_schema(file)


@click.command(cls=TaleCommand)
@click.argument("names", metavar="[KEY]...", nargs=-1)
@common
def keys(names: tuple[str, ...], no_plugin: tuple[str, ...]) -> None:
    """Print every key that a story's files may have, or what those that you name mean.

    \b
    Example:
      tale keys
      tale keys container lock rules
    """
    del no_plugin
    from tale_core.launcher.keys import described

    for line in described(names):
        click.echo(line)


COMMANDS = (new, check, test, explore, map_, keys, schema)
"""All of them, in the order of the help."""
