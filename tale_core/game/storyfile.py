"""A story's ``story.toml``, which says what it is."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from tale_core.game.located import Mark
from tale_core.game.problems import TOP, Problems, meant

INFO = "story.toml"

Mode = Literal["if", "mud"]

_ID = re.compile(r"[a-z][a-z0-9_-]*")
_AT = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)


class ClockInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """Hold a story's ``[clock]``: the time of day at which it begins, and how many minutes a turn takes."""

    begins: Annotated[str, Meta(pattern=r"^([01]?\d|2[0-3]):[0-5]\d$")]
    minutes: Annotated[int, Meta(ge=1, le=1440)] = 1


class StoryInfo(Struct, frozen=True, kw_only=True):
    """Hold what ``story.toml`` says; ``start`` is the id of the place where players begin, ``intro`` comes first.

    ``coin`` names the story's money ("silver penny"); ``purse`` is how many of them a new player has.
    """

    id: str
    title: str
    author: str
    version: str
    modes: tuple[Mode, ...] = ("if",)
    start: str = ""
    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")] = "en"
    licence: str = ""
    description: str = ""
    credits: str = ""
    intro: str = ""
    max_score: int = 0
    coin: str = ""
    purse: int = 0
    goal: str = ""
    allow: tuple[str, ...] = ()  # what ``tale check`` is not to tell: "prose:sky", "one-way:*"
    clock: ClockInfo | None = None


_EXAMPLES = {
    "language": 'language = "de"',
    "modes": 'modes = ["if", "mud"]',
    "clock": 'clock = {begins = "8:30", minutes = 5}',
}

NOWHERE = StoryInfo(id="", title="", author="", version="")
"""What is known of a story whose ``story.toml`` cannot be read."""


def read_story_file(problems: Problems) -> StoryInfo:
    """Return what ``story.toml`` says, as far as it is right; note what is not."""
    if not problems.folder.is_dir():
        what = "this is a file" if problems.folder.exists() else "there is no such folder"
        problems.add(str(problems.folder), TOP, what, f"give the folder that holds {INFO}")
        return NOWHERE
    if not (problems.folder / INFO).is_file():
        problems.add(INFO, TOP, "there is no such file", "every story needs one, with id, title, author and version")
        return NOWHERE
    found = read_toml(INFO, problems)
    if found is None:
        return NOWHERE
    text, table = found
    given: dict[str, Any] = {}  # Any: checked field by field just below
    for field in msgspec.structs.fields(StoryInfo):
        mark = problems.marks[field.name] = mark_in(text, field.name)
        if field.name not in table:
            if field.required:
                problems.add(INFO, TOP, f"{field.name!r} is missing", f'{field.name} = "…"')
            continue
        try:
            given[field.name] = msgspec.convert(table.pop(field.name), field.type)
        except msgspec.ValidationError as error:
            hint = _EXAMPLES.get(field.name, "")
            problems.add(INFO, mark, f"{field.name!r}: {str(error).replace('`', chr(39))}", hint)
            continue
        if field.required and not given[field.name].strip():
            problems.add(INFO, mark, f"{field.name!r} is empty")
    for key in table:
        known = [field.name for field in msgspec.structs.fields(StoryInfo)]
        problems.add(INFO, mark_in(text, key), f"{key!r} means nothing here", meant(key, known))
    if not _ID.fullmatch(given.get("id", "a")) and given["id"].strip():
        problems.add(INFO, problems.marks["id"], f"{given['id']!r} is no id", "lower-case letters, digits, '_' and '-'")
    return msgspec.structs.replace(NOWHERE, **given)


def read_toml(name: str, problems: Problems) -> tuple[str, dict[str, Any]] | None:  # Any: TOML may hold anything
    """Return a file's text and what it holds; note why it cannot be read and return None."""
    text = problems.read(name)
    if text is None:
        return None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _AT.fullmatch(str(error))
        said = match[1] if match else str(error)
        mark = Mark(int(match[2]), int(match[3])) if match else Mark(text.count("\n") + 1, 1)
        problems.add(name, mark, f"this is no TOML: {said[:1].lower()}{said[1:]}")
    except RecursionError:
        problems.add(name, TOP, "this is no TOML: it is nested too deeply")
    return None


def mark_in(text: str, key: str) -> Mark:
    """Return where a key is set, the top of the file when it is not."""
    match = re.search(rf"""^[ \t]*\[?[ \t]*(["']?){re.escape(key)}\1[ \t]*[=\].]""", text, re.MULTILINE)
    if match is None:
        return TOP
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Mark(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
