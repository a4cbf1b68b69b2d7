"""Show reports: a table on a terminal, aligned text elsewhere, JSON for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from msgspec import Struct, to_builtins

from tale_core.launcher.reports import PluginReport, StoryReport, TransportReport

if TYPE_CHECKING:
    from tale_core.launcher.archive import Kept

Row = tuple[str, ...]

_STYLES = {"available": "green", "unavailable": "yellow", "disabled": "bright_black", "incompatible": "red"}


def as_json(reports: Sequence[Struct]) -> str:
    """Return every field of every report as a JSON array."""
    return json.dumps(to_builtins(list(reports)), indent=2, ensure_ascii=False)


def show_transports(reports: Sequence[TransportReport], *, verbose: bool) -> None:
    """Print the transports, best first, and below them what is wrong with which and the command that mends it."""
    head: Row = ("Transport", "State", "Wires", "Rank", "Distribution")
    rows: list[Row] = [(r.name, r.state, _wires(r), str(r.rank) if r.api else "", _distribution(r)) for r in reports]
    if verbose:
        head += ("Entry point", "Features", "Needs")
        rows = [(*row, r.entry_point, ", ".join(r.features), _needs(r)) for row, r in zip(rows, reports, strict=True)]
    _table(head, rows)
    _notes([note for report in reports for note in _problems(report)])


def show_stories(reports: Sequence[StoryReport]) -> None:
    """Print the installed stories, and below them what is wrong with which."""
    rows = [(r.name, r.state, r.title, r.author, r.story_version, _distribution(r), r.folder) for r in reports]
    _table(("Story", "State", "Title", "Author", "Version", "Distribution", "Folder"), rows)
    _notes([(r.name, r.reason, r.remedy) for r in reports if r.reason])


def show_sessions(found: Sequence[Kept]) -> None:
    """Print sessions, that which was played last first."""
    if not found:
        click.echo("No game is kept yet. To begin one: tale play")
        return
    rows = [(k.session, k.story, str(k.seed), str(k.turns), k.player, "over" if k.ended else "going on") for k in found]
    _table(("Session", "Story", "Seed", "Turns", "Player", "State"), rows)


def _wires(report: TransportReport) -> str:
    return ", ".join(
        wire.name if wire.available else f"{wire.name} (needs {', '.join(wire.missing)})" for wire in report.wires
    )


def _needs(report: TransportReport) -> str:
    return ", ".join(sorted({module for wire in report.wires for module in wire.modules}))


def _distribution(report: PluginReport) -> str:
    return f"{report.distribution} {report.version}".strip()


def _problems(report: TransportReport) -> list[Row]:
    if report.state != "available":
        return [(report.name, report.reason, report.remedy)]
    return [
        (f"{report.name}:{wire.name}", f"needs {', '.join(wire.missing)}", wire.remedy)
        for wire in report.wires
        if not wire.available
    ]


def _notes(notes: Sequence[Row]) -> None:
    if notes:
        click.echo()
    for name, reason, remedy in notes:
        # A note stays on one line, so that the command in it can be copied and a script can find it.
        click.echo(f"{click.style(name, bold=True)}: {reason}{f'; to mend that: {remedy}' if remedy else ''}")


def _table(head: Row, rows: Sequence[Row]) -> None:
    if not rows:
        click.echo("None is installed.")
    elif sys.stdout.isatty():
        _rich_table(head, rows)
    else:
        widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        for row in (head, *rows):
            click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _rich_table(head: Row, rows: Sequence[Row]) -> None:
    from rich.console import Console  # heavy, and of use on a terminal only
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell, _STYLES.get(cell, "")) for cell in row))
    Console().print(table)
