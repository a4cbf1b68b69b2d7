"""A story: a folder with ``story.toml``, world data and rules, read and checked as a whole before anybody plays it.

``read_info`` reads ``story.toml`` alone and runs no code of the author's; ``load_story`` reads all of it and builds the
world once, to see that it hangs together. Both raise StoryError with every mistake they found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from tale_core.game import dealings, integrity
from tale_core.game.authorcode import fueled, guarded, line_of, load_module
from tale_core.game.datarules import RuleDraft
from tale_core.game.located import Mark
from tale_core.game.problems import TOP, Problems
from tale_core.game.storyfile import INFO, NOWHERE, StoryInfo, read_story_file
from tale_core.game.storytexts import read_messages
from tale_core.game.worlddata import Draft, add_all, read_world
from tale_core.world.actions import defaults
from tale_core.world.clock import Day, minute_of
from tale_core.world.components import STORY
from tale_core.world.components import Rules as Scoring
from tale_core.world.messages import Messages, Source, standard
from tale_core.world.people import Currency
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

__all__ = ["Story", "StoryInfo", "load_story", "read_info"]

CODE = "rules.py"
"""The file that may hold an author's ``rules`` and ``build(world)``."""

Build = Callable[[World], object]


class Story(Struct, frozen=True, dict=True):
    """Hold a checked story: ``build`` fills an empty world, ``rules`` and ``messages`` go before the engine's own.

    What all its games share is made once, when the first of them begins.
    """

    info: StoryInfo
    folder: Path
    build: Build
    rules: Rules
    messages: Mapping[str, Source] = {}

    @cached_property
    def all_rules(self) -> Rules:
        """The story's rules with the engine's behind them."""
        return self.rules.merged(defaults())

    @cached_property
    def all_messages(self) -> Messages:
        """The engine's messages with the story's in place of those of the same ids."""
        return standard().overlaid(self.messages)


def read_info(folder: Path) -> StoryInfo:
    """Return what the folder's ``story.toml`` says; raise StoryError."""
    problems = Problems(folder)
    info = read_story_file(problems)
    problems.stop_if_any()
    return info


class Whole(NamedTuple):
    """Hold a story with what it was made of: its world as it begins, its data and rules, and where its code builds."""

    story: Story
    world: World
    drafts: list[Draft]
    code: tuple[str, Mark]
    rules: tuple[RuleDraft, ...] = ()


class Code(NamedTuple):
    """Hold what a story's own code defines; ``sound`` is False when it could not be run to its end."""

    rules: Rules
    build: Build | None = None
    sound: bool = True


def load_story(folder: Path) -> Story:
    """Return the story in the folder, checked; raise StoryError with all that is wrong with it."""
    return load_whole(folder).story


def load_whole(folder: Path) -> Whole:
    """Return the story in the folder with all that it was made of; raise StoryError with all that is wrong with it."""
    problems = Problems(folder)
    info = read_story_file(problems)
    if not folder.is_dir():
        problems.stop_if_any()
    drafts, rules, complete = read_world(problems)
    messages = read_messages(problems, info.language)
    code = _code(problems)
    both = code._replace(rules=rules.rules.followed(code.rules))
    whole = assembled(
        problems, info, drafts, both, messages, check=rules.check, complete=complete and info is not NOWHERE
    )
    return whole._replace(rules=tuple(rules.drafts))


def assembled(
    problems: Problems,
    info: StoryInfo,
    drafts: list[Draft],
    code: Code,
    messages: Mapping[str, Source] | None = None,
    *,
    check: Callable[[World], None] = lambda _world: None,
    complete: bool = True,
) -> Whole:
    """Put a story together and, if it is ``complete``, try it out; raise StoryError with all that is wrong with it.

    ``check`` is given the world to note what else is wrong with it.
    """
    _note(integrity.loops(drafts), drafts, code, problems)
    world = None
    if complete and code.sound:
        world = _try_out(info, drafts, code, problems)
    if world is not None:
        check(world)
    problems.stop_if_any()

    def build(world: World) -> World:
        return fueled(lambda: _fill(world, info, drafts, code))

    story = Story(info, problems.folder, build, code.rules, messages or {})
    return Whole(story, world or World(), drafts, line_of(code.build, problems.folder))


def _fill(world: World, info: StoryInfo, drafts: list[Draft], code: Code) -> World:
    add_all(world, drafts)
    if code.build is not None:
        code.build(world)
    if not world.exists(STORY):
        world.add(STORY)
    if (info.max_score or info.goal) and not world.has(STORY, Scoring):
        world.set(STORY, Scoring(info.max_score, info.goal))
    if (info.coin or info.purse) and not world.has(STORY, Currency):
        world.set(STORY, Currency(info.coin or Currency().coin, purse=info.purse))
    if info.clock is not None:
        world.set(STORY, Day(minute_of(info.clock.begins), info.clock.minutes))
    return world


def _code(problems: Problems) -> Code:
    """Run the story's own code, if it has any."""
    if not (problems.folder / CODE).is_file():
        return Code(Rules(), None, sound=True)
    module = guarded(lambda: load_module(problems.folder, "rules"), problems, "importing it", CODE)
    if module is None:
        return Code(Rules(), None, sound=False)
    rules, build = vars(module).get("rules", Rules()), vars(module).get("build")
    if not isinstance(rules, Rules):
        problems.add(CODE, TOP, f"'rules' is no Rules but {type(rules).__name__}", "rules = Rules()")
        rules = Rules()
    if build is not None and not callable(build):
        problems.add(
            CODE, TOP, f"'build' is no function but {type(build).__name__}", "def build(world: World) -> None:"
        )
        return Code(rules, None, sound=False)
    return Code(rules, build, sound=True)


def _try_out(info: StoryInfo, drafts: list[Draft], code: Code, problems: Problems) -> World | None:
    """Build a world once and note what does not hang together in it."""
    looped = {fault.thing for fault in integrity.loops(drafts)}
    possible = [draft._replace(parent="") if draft.id in looped else draft for draft in drafts]
    world = guarded(lambda: _fill(World(), info, possible, code), problems, "build(world)", CODE)
    if world is not None:
        _note(integrity.faults(world, info.start), drafts, code, problems)
        _note(dealings.faults(world), drafts, code, problems)
    return world


def _note(faults: Iterable[integrity.Fault], drafts: list[Draft], code: Code, problems: Problems) -> None:
    """Note faults where the author can mend them: at a value in a file, or at the function that made the thing."""
    by_id = {draft.id: draft for draft in drafts}
    for fault in faults:
        draft = by_id.get(fault.thing)
        if draft is not None:
            file, mark = draft.file, draft.at(*fault.keys)
        elif not fault.thing:
            file, mark = INFO, problems.marks.get(fault.keys[-1] if fault.keys else "", TOP)
        else:
            file, mark = line_of(code.build, problems.folder)
        problems.add(file, mark, fault.text, fault.hint)
