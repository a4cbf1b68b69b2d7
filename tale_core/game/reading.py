"""A story as it was read: the story itself, its world as it begins, and where in its files everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

from tale_core.game.located import Mark, inner, texts
from tale_core.game.problems import TOP
from tale_core.game.story import Story, Whole, load_whole
from tale_core.game.storyfile import INFO
from tale_core.game.worlddata import Draft
from tale_core.world.consequences import templates
from tale_core.world.store import World

Level = Literal["error", "warning", "note"]


class Finding(Struct, frozen=True):
    """Say what is amiss at a place in a story's files.

    ``about`` is the word or the id that it is about: ``code:about`` names it in the story's ``allow``.
    """

    level: Level
    code: str
    about: str
    file: str
    line: int
    column: int
    text: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.level}: {self.text}{hint} [{self.code}:{self.about}]"


class Spot(NamedTuple):
    """Point into one of the story's files."""

    file: str
    mark: Mark


class Shown(NamedTuple):
    """Hold a picture that a rule shows, what it says to those who do not see it, and where that is written."""

    spot: Spot
    image: str
    alt: str


class Reading(Struct, frozen=True):
    """Hold a story with what its check wants to know.

    ``named`` are texts in rules, and ids of what will come by itself; ``told`` is what rules of the data tell, and
    ``shown`` what pictures they show. A format that is not Tale's own has ``notes`` on what it left out.
    """

    story: Story
    world: World
    drafts: Mapping[str, Draft] = {}
    code: Spot = Spot(INFO, TOP)
    notes: tuple[Finding, ...] = ()
    named: frozenset[str] = frozenset()
    told: tuple[tuple[Spot, str], ...] = ()
    shown: tuple[Shown, ...] = ()
    own: bool = True

    def spot(self, thing: str, *keys: str) -> Spot:
        """Return where a thing, or the value to which the keys lead, is written; what code makes is at that code."""
        draft = self.drafts.get(thing)
        return self.code if draft is None else Spot(draft.file, draft.at(*keys))

    def finding(self, level: Level, code: str, about: str, spot: Spot, text: str, hint: str = "") -> Finding:
        """Make a finding about something that stands there."""
        return Finding(level, code, about, spot.file, spot.mark.line, spot.mark.column, text, hint)


def read_story(folder: Path) -> Reading:
    """Read the story in the folder; raise StoryError with all that is wrong with it."""
    return reading_of(load_whole(folder))


def reading_of(whole: Whole) -> Reading:
    """Return a story that was put together."""
    named = frozenset(text for rule in whole.rules for text in texts(rule.node))
    told = tuple(
        (Spot(rule.file, inner(rule.node, f".{key}").mark), text)
        for rule in whole.rules
        for key, several in templates(rule.rule).items()
        for text in several
        if text
    )
    shown = tuple(
        Shown(Spot(rule.file, inner(rule.node, ".picture").mark), image, alt)
        for rule in whole.rules
        for image, alt in rule.rule.picture.items()
    )
    drafts = {draft.id: draft for draft in whole.drafts}
    return Reading(whole.story, whole.world, drafts, Spot(*whole.code), named=named, told=told, shown=shown)
