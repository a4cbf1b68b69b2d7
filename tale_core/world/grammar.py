"""The grammar: sentences in the form in which they are matched against words; `sentences.py` has them as data.

Every story has a ``Grammar`` of its own, the engine's sentences with the story's before them; nothing is global but the
one of stories that add none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from tale_core.world import socials
from tale_core.world.directions import SPELLINGS
from tale_core.world.sentences import QUOTED, SENTENCES, SLOTS
from tale_core.world.vocabulary import ARTICLES, fold

THING_SLOTS = frozenset({"item", "target"})

MOST_FITS = 200
"""Ways in which one sentence is tried on a line: more than people's lines have, few enough for whoever tries to."""

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


class Grammar:
    """Hold what can be said in one story: ``lines`` of an action and a pattern each, tried before the engine's.

    ``synonyms`` are words that may stand in the place of a verb, ``directions`` words for directions beside the
    engine's, ``articles`` those of the story's language. Raise ValueError for a line that makes no sense.
    """

    def __init__(
        self,
        lines: Iterable[tuple[str, str]] = (),
        synonyms: Mapping[str, str] = {},
        directions: Mapping[str, str] = {},
        articles: Iterable[str] = (),
    ) -> None:
        everything = [*(compiled(*line) for line in lines), *_standard_sentences()]
        for word, verb in synonyms.items():
            everything = [_with_synonym(sentence, fold(word), verb) for sentence in everything]
        found: dict[str, list[Sentence]] = {}
        for sentence in everything:
            first = sentence.parts[0]
            starts = {option[0] for option in first.options} if isinstance(first, Word) else {""}
            for start in sorted(starts):
                found.setdefault(start, []).append(sentence)
        self.sentences = {start: tuple(each) for start, each in found.items()}
        """The sentences by their first word; those that begin with a slot stand under ""."""
        self.verbs = frozenset(start for start in found if start)
        """Every word that can begin a sentence."""
        self.articles = ARTICLES.union(articles)
        """The words before a name that mean nothing."""
        self.spellings = {**SPELLINGS, **directions}
        """What may be typed for a direction -> the direction."""
        self._directions = {direction: word for word, direction in directions.items()}
        self.beginnings = self.verbs.union(self.spellings)
        """Every word that can begin a line: verbs and directions."""
        rest = (part for sentence in everything for part in sentence.parts[1:] if isinstance(part, Word))
        self.links = frozenset(option[0] for part in rest for option in part.options).union(self.spellings)
        """Every word that may stand behind a thing."""
        self.quoting = frozenset(verb for verb in self.verbs if all(each.action in QUOTED for each in found[verb]))
        """The verbs behind which the whole rest of a line is what somebody says."""
        self.actions = tuple(dict.fromkeys(sentence.action for sentence in everything))
        """The names of all actions that a sentence leads to, in the order of the table."""
        self.fits = lru_cache(maxsize=1024)(self._fits)
        """Return each sentence that fits some words, with each way in which it does."""

    def candidates(self, first: str) -> tuple[Sentence, ...]:
        """Return the sentences that may begin with a word."""
        return (*self.sentences.get(first, ()), *self.sentences.get("", ()))

    def word_for(self, direction: str) -> str:
        """Return the word that a direction is offered by: in the story's language, else in English."""
        return self._directions.get(direction, direction)

    def direction_of(self, words: tuple[str, ...]) -> str:
        """Return the direction that the words name ("north east" is one, too), or ""."""
        return self.spellings.get("".join(words), "") if len(words) < 3 else ""

    def takes_many(self, action: str, slot: str) -> bool:
        """Tell whether there is a sentence for the action that allows several things in the slot."""
        wanted = Slot(slot, True)
        return any(wanted in each.parts for group in self.sentences.values() for each in group if each.action == action)

    def _fits(self, words: tuple[str, ...]) -> tuple[tuple[Sentence, Spans], ...]:
        return tuple(
            (sentence, spans)
            for sentence in self.candidates(words[0])
            if sentence.may_fit(words)
            for spans in islice(matches(sentence.parts, words), MOST_FITS)
        )


@cache
def grammar_with(
    lines: tuple[tuple[str, str], ...],
    synonyms: tuple[tuple[str, str], ...] = (),
    directions: tuple[tuple[str, str], ...] = (),
    articles: frozenset[str] = frozenset(),
) -> Grammar:
    """Return the grammar with a story's own lines and words, made once for all of its games."""
    return Grammar(lines, dict(synonyms), dict(directions), articles)


def standard_grammar() -> Grammar:
    """Return the grammar of stories that add nothing to it."""
    return grammar_with(())


def compiled(action: str, pattern: str) -> Sentence:
    """Return a line of a grammar in the form for matching; raise ValueError when it makes no sense."""
    parts: list[Word | Slot] = []
    for piece in pattern.split():
        if piece.startswith("{"):
            parts.append(_slot(piece, pattern))
        elif not _WORDS.fullmatch(piece):
            raise ValueError(
                f"{piece!r} in the sentence {pattern!r} is no word: write words as in 'look|peer_at {{item}}'"
            )
        else:
            parts.append(Word(tuple(tuple(option.split("_")) for option in fold(piece).split("|"))))
    if not parts:
        raise ValueError(f"a sentence for {action!r} is empty: write one as in 'dust|wipe {{item}}'")
    names = [part.name for part in parts if isinstance(part, Slot)]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise ValueError(f"the sentence {pattern!r} has {{{twice}}} twice: the second thing is {{target}}")
    words = [part for part in parts if isinstance(part, Word)]
    needed = tuple(frozenset(option[0] for option in word.options) for word in words)
    return Sentence(action, tuple(parts), needed)


_WORD = r"[^\W_](?:[\w'-]*[^\W_])?"
_WORDS = re.compile(rf"{_WORD}(?:\|{_WORD})*")


def _slot(piece: str, pattern: str) -> Slot:
    match = re.fullmatch(r"\{(\w+)(\*?)\}", piece)
    if match is None or match[1] not in SLOTS:
        known = " ".join(f"{{{name}}}" for name in SLOTS)
        raise ValueError(f"{piece!r} in the sentence {pattern!r} is no slot: there are {known}")
    return Slot(match[1], bool(match[2]))


@cache
def _standard_sentences() -> tuple[Sentence, ...]:
    return tuple(compiled(*line) for line in (*SENTENCES, *socials.sentences()))


def _with_synonym(sentence: Sentence, word: str, verb: str) -> Sentence:
    """Return a sentence that may begin with ``word`` wherever it may with ``verb``."""
    first = sentence.parts[0]
    if not isinstance(first, Word) or not any(option[0] == verb for option in first.options):
        return sentence
    more = tuple((word, *option[1:]) for option in first.options if option[0] == verb)
    parts = (Word((*first.options, *more)), *sentence.parts[1:])
    return Sentence(sentence.action, parts, (sentence.needed[0] | {word}, *sentence.needed[1:]))
