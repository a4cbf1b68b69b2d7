"""The grammar: sentences in the form in which they are matched against words; `sentences.py` has them as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tale_core.world.sentences import QUOTED, SENTENCES

THING_SLOTS = frozenset({"item", "target"})

Spans = dict[str, tuple[int, int]]
"""Which words stand in each slot: the first of them, and the one behind the last."""


class Word(NamedTuple):
    """Match any of some words, each a tuple of one or more in a row."""

    options: tuple[tuple[str, ...], ...]


class Slot(NamedTuple):
    """Match a phrase; ``many`` allows several things."""

    name: str
    many: bool


class Sentence(NamedTuple):
    """Hold one sentence; ``needed`` are the sets of words of each of which it must have one."""

    action: str
    parts: tuple[Word | Slot, ...]
    needed: tuple[frozenset[str], ...]

    def may_fit(self, words: Sequence[str]) -> bool:
        """Tell at little cost whether it is worth while to look closer."""
        return len(words) >= len(self.parts) and all(not each.isdisjoint(words) for each in self.needed)


def matches(parts: Sequence[Word | Slot], words: Sequence[str], start: int = 0) -> Iterator[Spans]:
    """Yield every way in which the words from ``start`` on fit the parts."""
    if not parts:
        if start == len(words):
            yield {}
        return
    part, rest = parts[0], parts[1:]
    if isinstance(part, Word):
        for option in part.options:
            end = start + len(option)
            if tuple(words[start:end]) == option:
                yield from matches(rest, words, end)
    elif not rest:
        if start < len(words):
            yield {part.name: (start, len(words))}
    else:
        for end in range(start + 1, len(words)):
            for others in matches(rest, words, end):
                yield {part.name: (start, end), **others}


@cache
def sentences() -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences by their first word; those that begin with a slot stand under ""."""
    found: dict[str, list[Sentence]] = {}
    for action, pattern in SENTENCES:
        sentence = _compiled(action, pattern)
        first = sentence.parts[0]
        starts = {option[0] for option in first.options} if isinstance(first, Word) else {""}
        for start in sorted(starts):
            found.setdefault(start, []).append(sentence)
    return {start: tuple(each) for start, each in found.items()}


@cache
def verbs() -> frozenset[str]:
    """Return every word that can begin a sentence."""
    return frozenset(start for start in sentences() if start)


@cache
def quoting() -> frozenset[str]:
    """Return the verbs behind which the whole rest of a line is what somebody says."""
    return frozenset(verb for verb in verbs() if all(each.action in QUOTED for each in sentences()[verb]))


@cache
def actions() -> tuple[str, ...]:
    """Return the names of all actions that a sentence leads to, in the order of the table."""
    return tuple(dict.fromkeys(action for action, _ in SENTENCES))


@cache
def takes_many(action: str, slot: str) -> bool:
    """Tell whether there is a sentence for the action that allows several things in the slot."""
    wanted = Slot(slot, True)
    return any(wanted in each.parts for group in sentences().values() for each in group if each.action == action)


def _compiled(action: str, pattern: str) -> Sentence:
    parts: list[Word | Slot] = []
    for piece in pattern.split():
        if piece.startswith("{"):
            name = piece.strip("{}")
            parts.append(Slot(name.rstrip("*"), name.endswith("*")))
        else:
            parts.append(Word(tuple(tuple(option.split("_")) for option in piece.split("|"))))
    words = [part for part in parts if isinstance(part, Word)]
    needed = tuple(frozenset(option[0] for option in word.options) for word in words)
    return Sentence(action, tuple(parts), needed)
