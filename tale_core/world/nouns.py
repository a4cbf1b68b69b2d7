"""Which things a phrase means: names, pronouns, lists, "all but", plurals, numbers, and where a thing is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from tale_core.world.command import Fail
from tale_core.world.components import Actor, Fixed, Location, Name, Scenery
from tale_core.world.directions import SPELLINGS
from tale_core.world.surroundings import Surroundings, direction_of
from tale_core.world.vocabulary import ARTICLES, ORDINALS, nearest, singulars, vocabulary

ALL = frozenset({"all", "everything", "every", "each"})
EXCEPT = frozenset({"except", "but", "excluding"})
SELF = frozenset({"me", "myself", "self"})
YOU = frozenset({"you", "yourself"})
HERE = frozenset({"here", "room", "place", "surroundings"})
THEM = frozenset({"them", "those", "these", "both"})
IT = {"it": "it", "that": "it", "this": "it", "him": "he", "her": "she"}
_NUMBERS = "two three four five six seven eight nine ten"
COUNTS = {"both": 2} | {word: n for n, word in enumerate(_NUMBERS.split(), 2)}
FILLERS = frozenset({"of", "here", "things", "items", "objects", "stuff"})
INSIDE = frozenset({"in", "inside", "within", "from"})
UPON = frozenset({"on", "upon", "from", "off"})
MOST_NAMES = 3


class Phrase(NamedTuple):
    """Hold what a phrase may mean: ``sure`` ids all at once, or one of ``candidates`` (``number`` of them if not 0).

    ``every`` marks an "all", whose things still have to make sense; ``word`` is the phrase as it was typed.
    """

    sure: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    every: bool = False
    word: str = ""
    number: int = 0

    @property
    def all(self) -> tuple[str, ...]:
        """Every id that the phrase may mean."""
        return self.sure + self.candidates


def phrases(around: Surroundings, words: Sequence[str]) -> list[Phrase] | Fail:
    """Return what each part of a list means ("lamp, key and all coins"); a Fail names one that means nothing."""
    whole = phrase(around, words)
    if isinstance(whole, Phrase):
        return [whole]
    parts = _split(words)
    if not parts:
        return whole
    found: list[Phrase] = []
    for part in parts:
        one = phrase(around, part)
        if isinstance(one, Fail):
            return one
        found.append(one)
    return found


def phrase(around: Surroundings, words: Sequence[str]) -> Phrase | Fail:
    """Return what one phrase means; a line's phrases are looked up once each."""
    key = tuple(words)
    known = around.remembered.get(key)
    if known is None:
        known = around.remembered[key] = _phrase(around, key)
    return cast(Phrase | Fail, known)


def suggested(around: Surroundings, fail: Fail) -> tuple[str, ...]:
    """Return the names of what is around that look most like a phrase which means nothing."""
    known = frozenset(around.lexicon.words())
    words = [word for word in fail.word.split() if word not in ARTICLES]
    strange = next((word for word in words if word not in known), words[-1] if words else "")
    like = set(nearest(strange, known))
    names = [around.distinct(thing) for thing in around.things if like & vocabulary(around.world, thing)]
    return tuple(dict.fromkeys(names))[:MOST_NAMES]


def _phrase(around: Surroundings, words: tuple[str, ...]) -> Phrase | Fail:
    typed = " ".join(words)
    plain = tuple(word for word in words if word not in ARTICLES) or words
    if not plain:
        return Fail("parse.not_understood")
    if plain[0] in ALL:
        return _all(around, plain[1:], typed)
    if len(plain) == 1:
        known = _pronoun(around, plain[0])
        if known is not None:
            return known
    return _named(around, plain, typed)


def _pronoun(around: Surroundings, word: str) -> Phrase | Fail | None:
    things, dialogue = around.things, around.dialogue
    if word in SELF:
        return Phrase(candidates=(around.actor,), word=word)
    if word in YOU:
        return Phrase(candidates=(around.agent,), word=word)
    if word in HERE and not around.is_named(word):
        return Phrase(candidates=(around.place,), word=word)
    if word in THEM:
        here = tuple(thing for thing in dialogue.them if thing in things)
        if not here and dialogue.it in things and _gender(around, dialogue.it) == "they":
            here = (dialogue.it,)
        return Phrase(sure=here, word=word) if here else Fail("parse.not_here", word)
    if word in IT:
        meant = _last_spoken_of(around, IT[word])
        return Phrase(candidates=(meant,), word=word) if meant else Fail("parse.not_here", word)
    return None


def _last_spoken_of(around: Surroundings, gender: str) -> str:
    """Return what was last spoken of; for "him" and "her" else the only such person here."""
    it = around.dialogue.it
    if it in around.things and (gender == "it" or _gender(around, it) == gender):
        return it
    people = [thing for thing in around.things if gender != "it" and _gender(around, thing) == gender]
    if people:
        return people[0] if len(people) == 1 else ""
    return it if it in around.things else ""


def _gender(around: Surroundings, thing: str) -> str:
    name = around.world.get(thing, Name)
    return "it" if name is None else "they" if name.plural else name.gender


def _all(around: Surroundings, rest: Sequence[str], typed: str) -> Phrase | Fail:
    cut = next((n for n, word in enumerate(rest) if word in EXCEPT), len(rest))
    kept, spared = tuple(word for word in rest[:cut] if not _is_filler(around, word)), rest[cut + 1 :]
    if cut < len(rest) and not spared:
        return Fail("parse.not_understood", rest[cut])
    things: Sequence[str] = around.things
    if kept:
        found = phrase(around, kept)
        if isinstance(found, Fail):
            return found
        things = found.all
    not_these: set[str] = set()
    if spared:
        exceptions = phrases(around, spared)
        if isinstance(exceptions, Fail):
            return exceptions
        not_these = {thing for each in exceptions for thing in each.all}
    loose = [thing for thing in things if thing not in not_these and _can_be_among_all(around, thing)]
    return Phrase(sure=tuple(loose), every=True, word=typed)


def _is_filler(around: Surroundings, word: str) -> bool:
    return word in FILLERS and not around.is_named(word)


def _can_be_among_all(around: Surroundings, thing: str) -> bool:
    world = around.world
    location = world.get(thing, Location)
    loose = not any(world.has(thing, kind) for kind in (Scenery, Fixed, Actor))
    return loose and location is not None and location.how not in ("worn", "part") and around.reaches(thing)


def _named(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | Fail:
    found, plural = around.lexicon.match(words)
    if found:
        return Phrase(sure=tuple(found), word=typed) if plural else Phrase(candidates=tuple(found), word=typed)
    for look in (_numbered, _counted, _other, _somewhere, _owned, _in_direction):
        meant = look(around, words, typed)
        if meant is not None:
            return meant
    if around.is_place(words):
        return Phrase(candidates=(around.place,), word=typed)
    return Fail("parse.unknown_noun", typed)


def _numbered(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "second key", "key 2" and "last key"."""
    choices: list[tuple[tuple[str, ...], int]] = []
    if len(words) > 1:
        if words[0] in ORDINALS:
            choices.append((words[1:], ORDINALS[words[0]] - 1))
        elif words[0] == "last":
            choices.append((words[1:], -1))
        if (number := _number(words[-1])) > 0:
            choices.append((words[:-1], number - 1))
    for rest, place in choices:
        found, _ = around.lexicon.match(rest)
        if found and place < len(found):
            return Phrase(candidates=(found[place],), word=typed)
    return None


def _counted(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "two coins", "3 keys" and "two things"."""
    count = COUNTS.get(words[0], 0) or _number(words[0])
    if len(words) < 2 or count < 1:
        return None
    found, _ = around.lexicon.match(words[1:])
    if not found and all(word in FILLERS for word in words[1:]):
        found = [thing for thing in around.things if _can_be_among_all(around, thing)]
    if count > len(found) or not (count == 1 or singulars(words[-1])):
        return None
    return Phrase(candidates=tuple(found), word=typed, number=count)


def _other(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "the other key": not the one last spoken of."""
    if len(words) < 2 or words[0] not in ("other", "another"):
        return None
    found, plural = around.lexicon.match(words[1:])
    others = tuple(thing for thing in found if thing != around.dialogue.it)
    if not others:
        return None
    return Phrase(sure=others, word=typed) if plural else Phrase(candidates=others, word=typed)


def _somewhere(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "key in chest" and "lamp on the table"."""
    for n in range(1, len(words) - 1):
        ways = {how for how, links in (("in", INSIDE), ("on", UPON)) if words[n] in links}
        if not ways:
            continue
        found, plural = around.lexicon.match(words[:n])
        where = phrase(around, words[n + 1 :])
        if not found or isinstance(where, Fail):
            continue
        there = tuple(thing for thing in found if _is_at(around, thing, ways, where.all))
        if there:
            return Phrase(sure=there, word=typed) if plural else Phrase(candidates=there, word=typed)
    return None


def _is_at(around: Surroundings, thing: str, ways: set[str], where: Sequence[str]) -> bool:
    location = around.world.get(thing, Location)
    return location is not None and location.parent in where and location.how in ways


def _owned(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "goblin's club"."""
    for n in range(len(words) - 1):
        if not words[n].endswith(("'s", "s'")):
            continue
        owners, _ = around.lexicon.match((*words[:n], words[n].removesuffix("'s").removesuffix("'")))
        found, plural = around.lexicon.match(words[n + 1 :])
        theirs = tuple(thing for thing in found if not set(owners).isdisjoint(around.world.ancestors(thing)))
        if theirs:
            return Phrase(sure=theirs, word=typed) if plural else Phrase(candidates=theirs, word=typed)
    return None


def _in_direction(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "north door", "door to the north" and, behind "open", a mere "north"."""
    for n, word in enumerate(words):
        if word not in SPELLINGS:
            continue
        door = around.door(direction_of((word,)))
        others = {each for each in (*words[:n], *words[n + 1 :]) if each not in ("to", "in", "on")}
        if door and others <= vocabulary(around.world, door):
            return Phrase(candidates=(door,), word=typed)
    return None


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0


def _split(words: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word in (",", "and"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]
