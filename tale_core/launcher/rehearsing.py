"""Carry out ``tale test``: play a story's transcripts, write one down while it is played, mend what they expect."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from tale_core.errors import StoryError, UsageError
from tale_core.game.story import Story
from tale_core.launcher import formats
from tale_core.launcher.names import unknown
from tale_core.launcher.stories import find_stories, story_folder
from tale_core.testing.rehearsal import Outcome, Stage, perform, transcripts_of
from tale_core.testing.transcript import SUFFIX, Step, read_transcript

PLAYER = "player"

_SPECIAL = re.compile(r"[#!/>\\\[]|\w*[<>]|(?:seed|mode|players):")
"""What a line must not begin with to stand for itself."""


def run_transcripts(wish: str, names: Sequence[str], disabled: frozenset[str], *, update: bool) -> bool:
    """Play a story's transcripts, all or those of these names, and print what is not as expected.

    Return whether all is; with ``update`` the transcripts are rewritten to expect what came.
    """
    folder = story_folder(wish, find_stories(disabled), disabled)
    story = formats.load(folder, disabled)
    found = {path.stem: path for path in transcripts_of(folder)}
    if not found:
        raise UsageError(f"{folder} has no transcripts. To write one while you play: tale test {wish} --record win")
    for name in names:
        if name.removesuffix(SUFFIX) not in found:
            raise UsageError(unknown("transcript", name, found))
    chosen = [found[name.removesuffix(SUFFIX)] for name in names] or list(found.values())
    failed = 0
    for path in chosen:
        shown = path.relative_to(folder).as_posix()
        try:
            outcomes = list(perform(story, read_transcript(path, shown)))
        except StoryError as error:
            outcomes, mistakes = [], [str(error)]
        else:
            mistakes = [mistake for outcome in outcomes for mistake in outcome.mistakes]
        if mistakes and update and outcomes:
            mistakes = _updated(path, shown, outcomes)
        failed += bool(mistakes)
        mark = click.style("FAILED", fg="red") if mistakes else click.style("ok", fg="green")
        click.echo(f"{mark} {shown} ({sum(outcome.step.kind == 'typed' for outcome in outcomes)} commands)")
        for mistake in mistakes:
            click.echo(mistake)
    click.echo(f"{len(chosen) - failed} of {len(chosen)} as expected.")
    return not failed


def _updated(path: Path, shown: str, outcomes: Iterable[Outcome]) -> list[str]:
    """Rewrite what a transcript expects and did not come; return what only its author can mend."""
    lines = path.read_text("utf-8-sig").splitlines()
    left: list[str] = []
    for outcome in reversed(list(outcomes)):
        step = outcome.step
        if not outcome.mistakes:
            continue
        wrong = [each for each in step.expected if not each.met(outcome.told.get(each.player, ""))]
        if len(wrong) < len(outcome.mistakes) or any(each.absent for each in wrong) or not step.line:
            left = [*outcome.mistakes, *left]
            continue
        mine = step.player or wrong[0].player
        first = wrong[0].line - 1
        for each in reversed(wrong):
            del lines[each.line - 1]
        told = [
            line
            for player in dict.fromkeys(each.player for each in wrong)
            for line in expected(outcome.told.get(player, ""), "" if player == mine else f"{player}< ")
        ]
        kept = {each.written for each in step.expected if each not in wrong}
        lines[first:first] = [line for line in told if line.partition("< ")[2] not in kept and line not in kept]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    click.echo(f"{shown} now expects what came.")
    return left


def expected(told: str, before: str = "") -> Iterator[str]:
    """Yield the lines that expect a text: one a paragraph."""
    for paragraph in told.split("\n\n"):
        line = " ".join(paragraph.split())
        if line:
            yield f"{before}\\{line}" if _SPECIAL.match(line) else f"{before}{line}"


def record(wish: str, name: str, disabled: frozenset[str], seed: int) -> None:
    """Play a story in the terminal and write it down as a transcript called ``name``."""
    folder = story_folder(wish, find_stories(disabled), disabled)
    story = formats.load(folder, disabled)
    file = folder / "tests" / f"{name.removesuffix(SUFFIX)}{SUFFIX}"
    if file.exists():
        raise UsageError(f"{file} is there already. Give the transcript another name.")
    lines = _play(story, seed)
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    click.echo(f"\nWritten to {file}. Take out of it what does not matter; run it with: tale test {wish}")


def _play(story: Story, seed: int) -> list[str]:
    """Play until the story or the input ends; return the transcript's lines."""
    stage = Stage(story, seed)
    lines = [f"seed: {seed}"]
    told: dict[str, str] = {}
    stage.take(Step(0, "join", PLAYER), told)
    click.echo(told.get(PLAYER, ""))
    while True:
        try:
            typed = " ".join(input("\n> ").split())
        except (EOFError, KeyboardInterrupt):
            return lines
        if not sys.stdin.isatty():
            click.echo(typed)
        told = {}
        stage.take(Step(1, "typed", PLAYER, typed), told)
        answer = told.get(PLAYER, "")
        click.echo(answer)
        lines += ["", f"> {typed}", *expected(answer)]
