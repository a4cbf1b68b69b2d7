"""Which things a phrase means: names, pronouns, lists, "all but", plurals, numbers, and where a thing is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from tale_core.world.choices import FILLERS, Phrase, can_be_among_all, counted, described, number_of, numbered, other
from tale_core.world.command import Fail
from tale_core.world.components import Location, Lock, Name
from tale_core.world.surroundings import Surroundings
from tale_core.world.vocabulary import ARTICLES, STATES, nearest, nouns, singulars, vocabulary

ALL = frozenset({"all", "everything", "every", "each"})
STUFF = frozenset({"stuff", "things"})
"""What means all, too, unless something here is called so."""
EXCEPT = frozenset({"except", "but", "excluding", "besides"})
SELF = frozenset({"me", "myself", "self", "i"})
YOU = frozenset({"you", "yourself"})
HERE = frozenset({"here", "room", "place", "surroundings"})
LEFT = HERE | {"building", "house", "area"}
"""What one leaves that is just where one is."""
THEM = frozenset({"them", "those", "these", "both"})
IT = {"it": "it", "that": "it", "this": "it", "him": "he", "her": "she"}
INSIDE = frozenset({"in", "inside", "within", "from"})
UPON = frozenset({"on", "upon", "from", "off"})
LOCKS = frozenset({"lock", "keyhole"})
MOST_NAMES = 3

SHORT = 2
"""Letters of words that say little about what is meant, as "of" does."""

LIKENESS, LIKENESS_OF_SHORT = 0.7, 0.65
"""How much a word must be like one that is known to be meant for it; with three letters, one may be wrong."""


def phrases(around: Surroundings, words: Sequence[str]) -> list[Phrase] | Fail:
    """Return what each part of a list means ("lamp, key and all coins"); a Fail names one that means nothing."""
    whole = phrase(around, words)
    if isinstance(whole, Phrase):
        return [whole]
    found: list[Phrase] = []
    for part in _split(words):
        one = phrase(around, part)
        row = [one] if isinstance(one, Phrase) else _in_a_row(around, part)
        if not row:
            return one if isinstance(one, Fail) else whole
        found += row
    return found or whole


def _in_a_row(around: Surroundings, words: Sequence[str]) -> list[Phrase]:
    """Return what names mean that follow upon one another ("lamp letter"); none unless each ends in what a thing is."""
    for n in range(len(words) - 1, 0, -1):
        first = phrase(around, words[:n])
        if isinstance(first, Phrase) and _ends_in_noun(around, words[:n], first):
            last = phrase(around, words[n:])
            is_last = isinstance(last, Phrase) and _ends_in_noun(around, words[n:], last)
            rest = [last] if isinstance(last, Phrase) and is_last else _in_a_row(around, words[n:])
            if rest:
                return [first, *rest]
    return []


def _ends_in_noun(around: Surroundings, words: Sequence[str], meant: Phrase) -> bool:
    forms = {words[-1], *singulars(words[-1])}
    names = [around.name(thing) for thing in meant.all]
    return any(name is not None and not forms.isdisjoint(nouns(name)) for name in names)


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
    likeness = LIKENESS_OF_SHORT if len(strange) == SHORT + 1 else LIKENESS
    like = set(nearest(strange, known - STATES, likeness=likeness)) or (
        {words[-1]} if words and strange in STATES else set()
    )
    like = like or {word for word in words if word in known and len(word) > SHORT}
    names = [around.distinct(thing) for thing in around.things if like & vocabulary(around.world, thing)]
    return tuple(dict.fromkeys(names))[:MOST_NAMES]


def _phrase(around: Surroundings, words: tuple[str, ...]) -> Phrase | Fail:
    typed = " ".join(words)
    plain = tuple(word for word in words if word not in around.grammar.articles) or words
    if not plain:
        return Fail("parse.not_understood")
    if plain[0] in ALL or (plain[0] in STUFF and not around.is_named(plain[0])):
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
        candidates = (meant,) if meant else _people(around, IT[word])
        return Phrase(candidates=candidates, word=word) if candidates else Fail("parse.not_here", word)
    return None


def _last_spoken_of(around: Surroundings, gender: str) -> str:
    """Return what was last spoken of; for "him" and "her" else the only such person here."""
    dialogue = around.dialogue
    it = dialogue.it
    meant = {"it": it, "he": dialogue.he, "she": dialogue.she}[gender]
    if meant in around.things or (meant == around.place != ""):
        return meant
    if it in around.things and _gender(around, it) == gender:
        return it
    if gender == "it":
        return next((each for each in (dialogue.he, dialogue.she) if _is_some_creature(around, each)), "")
    return "" if _people(around, gender) else it if it in around.things else ""


def _people(around: Surroundings, gender: str) -> tuple[str, ...]:
    """Return who is here that people say "he" or "she" of."""
    return tuple(thing for thing in around.things if gender != "it" and _gender(around, thing) == gender)


def _is_some_creature(around: Surroundings, thing: str) -> bool:
    """Tell whether people say "it" of somebody here: of a goblin, but not of Bob."""
    name = around.world.get(thing, Name)
    return thing in around.things and name is not None and not name.proper


def _gender(around: Surroundings, thing: str) -> str:
    name = around.world.get(thing, Name)
    return "it" if name is None else "they" if name.plural else name.gender


def _all(around: Surroundings, rest: Sequence[str], typed: str) -> Phrase | Fail:
    cut = next((n for n, word in enumerate(rest) if word in EXCEPT), len(rest))
    kept, spared = tuple(word for word in rest[:cut] if not _is_filler(around, word)), rest[cut + 1 :]
    if spared[:1] == ("for",):
        spared = spared[1:]
    if cut < len(rest) and not spared:
        return Fail("parse.not_understood", rest[cut])
    things: Sequence[str] = around.things
    ways = _places_by(kept[0]) if len(kept) > 1 else set()
    if ways:
        where = phrase(around, kept[1:])
        if isinstance(where, Fail):
            return where
        things = [thing for thing in things if _is_at(around, thing, ways, where.all)]
    elif kept:
        found = phrase(around, kept)
        if isinstance(found, Fail):
            return found
        things = found.several or found.all
    not_these: set[str] = set()
    if number := number_of(spared):
        not_these = set(things[:number])
    elif spared:
        exceptions = phrases(around, spared)
        if isinstance(exceptions, Fail):
            return exceptions
        not_these = {thing for each in exceptions for thing in each.spared}
    left = [thing for thing in things if thing not in not_these]
    loose = [thing for thing in left if can_be_among_all(around, thing)]
    return Phrase(sure=tuple(loose or left if kept else loose), every=True, word=typed)


def _is_filler(around: Surroundings, word: str) -> bool:
    return word in FILLERS and not around.is_named(word)


def _named(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | Fail:
    found, plural = around.lexicon.match(words)
    if found and plural:
        return Phrase(sure=tuple(found), word=typed)
    if found:
        several = around.lexicon.several(words) if words[-1][-1] == "s" else ()
        return Phrase(candidates=tuple(found), word=typed, several=tuple(several))
    for look in (numbered, counted, other, described, _somewhere, _owned, _in_direction, _with_lock):
        meant = look(around, words, typed)
        if meant is not None:
            return meant
    if around.is_place(words):
        return Phrase(candidates=(around.place,), word=typed)
    return Fail("parse.unknown_noun", bare(typed))


def _somewhere(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find "key in chest" and "lamp on the table"."""
    for n in range(1, len(words) - 1):
        ways = _places_by(words[n])
        if not ways:
            continue
        found, plural = around.lexicon.match(words[:n])
        several = around.lexicon.several(words[:n]) if found and not plural else []
        where = phrase(around, words[n + 1 :])
        if not found or isinstance(where, Fail):
            continue
        there = tuple(thing for thing in found if _is_at(around, thing, ways, where.all))
        if not there:
            plural = True
            there = tuple(thing for thing in several if _is_at(around, thing, ways, where.all))
        if there:
            return Phrase(sure=there, word=typed) if plural else Phrase(candidates=there, word=typed)
    return None


def _places_by(word: str) -> set[str]:
    """Return how things are there that a word for a place stands before: in, on or either."""
    return {how for how, links in (("in", INSIDE), ("on", UPON)) if word in links}


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
        direction = around.grammar.direction_of((word,))
        if not direction:
            continue
        door = around.door(direction)
        others = {each for each in (*words[:n], *words[n + 1 :]) if each not in ("to", "in", "on")}
        if door and others <= vocabulary(around.world, door):
            return Phrase(candidates=(door,), word=typed)
    return None


def _with_lock(around: Surroundings, words: tuple[str, ...], typed: str) -> Phrase | None:
    """Find what has a lock by "lock" and "keyhole"."""
    locked = tuple(thing for thing in around.things if around.world.has(thing, Lock)) if words[0] in LOCKS else ()
    return Phrase(candidates=locked, word=typed) if locked and len(words) == 1 else None


def bare(typed: str) -> str:
    """Return a phrase without the articles before it, unless it has no other words."""
    first, _, rest = typed.partition(" ")
    return bare(rest) if rest and first in ARTICLES else typed


def _split(words: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word in (",", "and", "&"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]
