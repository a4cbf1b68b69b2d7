"""A story's texts: its own in ``messages.toml``, whole sets in other languages in ``messages.de.toml`` and the like.

A story is told in the language of its ``story.toml``, and in the engine's words where that set lacks some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from tale_core.game.located import Mark
from tale_core.game.problems import TOP, Problems, meant
from tale_core.game.storyfile import INFO, mark_in, read_toml
from tale_core.world.language import fault, is_plain
from tale_core.world.messages import Messages, Source, standard

MESSAGES = "messages.toml"

ENGLISH = "en"

_SET = re.compile(r"messages\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.toml")
_ALWAYS = frozenset({"item", "target"})
"""Gaps that can be filled in every text of an action."""

Texts = dict[str, Source]


def read_messages(problems: Problems, language: str) -> Texts:
    """Return the story's texts by id (``take.done``), each a template or several variants; note every mistake."""
    own = _read(MESSAGES, problems)
    sets = {each: _read(name_of(each), problems, own) for each in languages(problems.folder)}
    if language != ENGLISH and language not in sets:
        mark = problems.marks.get("language", TOP)
        problems.add(INFO, mark, f"there is no {name_of(language)} for the language {language!r}", "write one")
    return {**own, **sets.get(language, {})}


def languages(folder: Path) -> list[str]:
    """Return the languages of which a story's folder has texts beside its own."""
    matches = (_SET.fullmatch(path.name) for path in sorted(folder.glob("messages.*.toml")))
    return [match[1] for match in matches if match is not None]


def name_of(language: str) -> str:
    """Return the name of the file with a language's texts."""
    return f"messages.{language}.toml"


def lacking(texts: Iterable[str], own: Iterable[str]) -> list[str]:
    """Return the ids that a set of texts has not, of the engine's and the story's own, in their order."""
    wanted = dict.fromkeys((*standard().ids(), *own))
    return [id for id in wanted if id not in set(texts)]


def _read(name: str, problems: Problems, own: Texts | None = None) -> Texts:
    """Return a file's texts; with ``own`` the file is a translation and may have only ids that are known."""
    found = read_toml(name, problems) if (problems.folder / name).is_file() else None
    if found is None:
        return {}
    text, tables = found
    texts: Texts = {}
    for group, table in tables.items():
        if not isinstance(table, dict):
            problems.add(name, mark_in(text, group), f"{group!r} is no table", f"[{group}]")
            continue
        for key, source in table.items():
            id, mark = f"{group}.{key}", mark_in(text, key)
            if own is not None and id not in own and id not in standard():
                known = [*standard().ids(), *own]
                problems.add(name, mark, f"there is no text {id!r} to translate", meant(id, known))
            kept = _template(id, source, name, mark, problems)
            if kept is not None:
                texts[id] = kept
    return texts


def _template(id: str, source: object, name: str, mark: Mark, problems: Problems) -> Source | None:
    """Return one text; note what is wrong with it and return None."""
    try:
        kept = msgspec.convert(source, str | tuple[str, ...])
        made = Messages({id: kept}).variants(id)
    except msgspec.ValidationError:
        problems.add(name, mark, f"{id} is neither a text nor a list of texts")
        return None
    except ValueError as error:
        problems.add(name, mark, f"{id}: {error}")
        return None
    if is_plain(id) and id in standard():
        wrong = "" if isinstance(kept, str) else "is a word, which has no variants"
        wrong = wrong or fault(id, made[0].source, standard().variants(id)[0].source)
        if wrong:
            problems.add(name, mark, f"{id} {wrong}")
    elif id in standard():
        known = {slot for variant in standard().variants(id) for slot in variant.slots} | _ALWAYS
        for slot in sorted({slot for variant in made for slot in variant.slots} - known):
            problems.add(name, mark, f"{id}: nothing fills {{{slot}}}", meant(slot, sorted(known)))
    return kept
