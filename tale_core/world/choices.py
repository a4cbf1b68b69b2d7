"""Which of several like things a phrase means: "second key", "two coins", "any key", "the other one", "the red one"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tale_core.world.components import Actor, Fixed, Location, Scenery
from tale_core.world.surroundings import Surroundings
from tale_core.world.vocabulary import ORDINALS, singulars, vocabulary

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBERS = {word: n for n, word in enumerate(_NUMBERS.split(), 1)}
COUNTS = NUMBERS | {"both": 2, "couple": 2, "pair": 2, "few": 3, "several": 3, "dozen": 12}
ANY = frozenset({"any", "either", "whichever"})
FILLERS = frozenset({"of", "here", "things", "items", "objects", "stuff"})
ONE = frozenset({"one", "ones"})

_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")


class Phrase(NamedTuple):
    """Hold what a phrase may mean: ``sure`` ids all at once, or one of ``candidates`` (``number`` of them if not 0).

    ``every`` marks an "all", whose things still have to make sense; ``word`` is the phrase as it was typed. ``several``
    are meant in place of the candidates where several things make more sense: "books" is a shelf of them, or two books.
    """

    sure: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    every: bool = False
    word: str = ""
    number: int = 0
    several: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every id that the phrase may mean."""
        return self.sure + self.candidates

    @property
    def spared(self) -> tuple[str, ...]:
        """Every id that the phrase leaves out behind an "except"."""
        return self.all[: self.number] if self.number else self.all + self.several


def number_of(words: Sequence[str]) -> int:
    """Return the number that the words are, 0 when they are none (or nought)."""
    return (NUMBERS.get(words[0], 0) or digits(words[0])) if len(words) == 1 else 0


def digits(word: str) -> int:
    """Return the number that the digits of a word are, 0 for other words and for numbers that nobody means."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else 0


def numbered(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "second key", "key 2" and "last key"."""
    choices: list[tuple[tuple[str, ...], int]] = []
    if len(words) > 1:
        if place := ordinal(words[0]):
            choices.append((words[1:], place - 1))
        elif words[0] == "last":
            choices.append((words[1:], -1))
        if (number := digits(words[-1])) > 0:
            choices.append((words[:-1], number - 1))
    for rest, place in choices:
        found, _ = around.lexicon.match(rest)
        if found and place < len(found):
            return Phrase(candidates=(found[place],), word=typed)
    return None


def ordinal(word: str) -> int:
    """Return 3 for "third" and "3rd", 0 for what is no such word."""
    match = _ORDINAL.fullmatch(word)
    return ORDINALS.get(word, 0) or (int(match[1]) if match else 0)


def counted(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "two coins", "3 keys", "any key", "one of the keys" and "two things"."""
    any_one = words[0] in ANY
    count = 1 if any_one else COUNTS.get(words[0], 0) or digits(words[0])
    rest = words[2:] if words[1:2] == ("of",) else words[1:]
    if not rest or count < 1:
        return None
    found, _ = around.lexicon.match(rest)
    if not found and all(word in FILLERS for word in rest):
        found = [thing for thing in around.things if can_be_among_all(around, thing)]
    if count > max(len(found), 1) or (count > 1 and len(found) == 1):
        found = around.lexicon.several(rest) or found
    if count > len(found) or not (count == 1 or singulars(rest[-1])):
        return None
    return Phrase(candidates=tuple(found), word=typed, number=count)


def other(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "the other key": not the one last spoken of."""
    if len(words) < 2 or words[0] not in ("other", "another"):
        return None
    last = around.dialogue.it
    if words[1:] == ("one",):
        name = around.name(last)
        words = (words[0], name.name.split()[-1].casefold()) if name is not None else words
    found, plural = around.lexicon.match(words[1:])
    others = tuple(thing for thing in found if thing != last)
    if not others:
        return None
    return Phrase(sure=others, word=typed) if plural else Phrase(candidates=others, word=typed)


def described(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "the red one", "the lit ones": what is named by how it is alone."""
    if len(words) < 2 or words[-1] not in ONE:
        return None
    found = [thing for thing in around.things if vocabulary(around.world, thing).issuperset(words[:-1])]
    if not found:
        return None
    return Phrase(sure=tuple(found), word=typed) if words[-1] == "ones" else Phrase(candidates=tuple(found), word=typed)


def can_be_among_all(around: Surroundings, thing: str) -> bool:
    """Tell whether "all" means the thing, too: whatever is neither fixed, part of something else nor out of reach."""
    world = around.world
    location = world.get(thing, Location)
    loose = not any(world.has(thing, kind) for kind in (Scenery, Fixed, Actor))
    return loose and location is not None and location.how != "part" and around.reaches(thing)
