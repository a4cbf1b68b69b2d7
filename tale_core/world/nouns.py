"""Which things a phrase means: names, pronouns, lists, "all but", plurals and ordinals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tale_core.world.command import Fail
from tale_core.world.components import Actor, Dialogue, Fixed, Location, Name, Scenery
from tale_core.world.scope import visible
from tale_core.world.store import World
from tale_core.world.vocabulary import ARTICLES, ORDINALS, fold, matching, nearest, vocabulary

ALL = frozenset({"all", "everything", "both", "every"})
EXCEPT = frozenset({"except", "but", "excluding"})
SELF = frozenset({"me", "myself", "self", "yourself"})
HERE = frozenset({"here", "room", "place", "surroundings"})
THEM = frozenset({"them", "those", "these"})
IT = frozenset({"it", "him", "her", "that", "this"})


class Phrase(NamedTuple):
    """Hold what a phrase may mean: ``sure`` ids all at once, or one of ``candidates``; ``every`` marks an "all"."""

    sure: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    every: bool = False
    word: str = ""


class Surroundings:
    """Find what phrases mean to one actor now. What is in scope is worked out once a line."""

    def __init__(self, world: World, actor: str) -> None:
        self.world = world
        self.actor = actor
        self.dialogue = world.get(actor, Dialogue) or Dialogue()
        self._things: list[str] | None = None

    @property
    def things(self) -> list[str]:
        """What the actor perceives, in scope's order."""
        if self._things is None:
            self._things = visible(self.world, self.actor)
        return self._things

    def words(self, thing: str) -> frozenset[str]:
        """Return the words that a thing answers to."""
        return vocabulary(self.world, thing)

    def phrases(self, words: Sequence[str]) -> list[Phrase] | Fail:
        """Return what each part of a list means ("lamp, key and all coins"); a Fail names one that means nothing."""
        whole = self.phrase(words)
        if isinstance(whole, Phrase):
            return [whole]
        parts = _split(words)
        if len(parts) < 2:
            return whole
        found: list[Phrase] = []
        for part in parts:
            phrase = self.phrase(part)
            if isinstance(phrase, Fail):
                return phrase
            found.append(phrase)
        return found

    def phrase(self, words: Sequence[str]) -> Phrase | Fail:
        """Return what one phrase means."""
        typed = " ".join(words)
        plain = tuple(word for word in words if word not in ARTICLES) or tuple(words)
        if not plain:
            return Fail("parse.not_understood")
        if plain[0] in ALL:
            return self._all(plain[1:], typed)
        if len(plain) == 1:
            known = self._pronoun(plain[0])
            if known is not None:
                return known
        return self._named(plain, typed)

    def _pronoun(self, word: str) -> Phrase | Fail | None:
        if word in SELF:
            return Phrase(candidates=(self.actor,), word=word)
        if word in HERE and not matching(self.world, (word,), self.things)[0]:
            return Phrase(candidates=(self.world.place_of(self.actor),), word=word)
        if word in THEM:
            here = tuple(thing for thing in self.dialogue.them if thing in self.things)
            return Phrase(sure=here, word=word) if here else Fail("parse.not_here", word)
        if word in IT:
            it = self.dialogue.it
            return Phrase(candidates=(it,), word=word) if it in self.things else Fail("parse.not_here", word)
        return None

    def _all(self, rest: Sequence[str], typed: str) -> Phrase | Fail:
        cut = next((n for n, word in enumerate(rest) if word in EXCEPT), len(rest))
        kept, spared = tuple(word for word in rest[:cut] if word != "of"), rest[cut + 1 :]
        things = [thing for thing in self.things if self._can_be_among_all(thing)]
        if kept:
            things, _ = matching(self.world, kept, things)
            if not things:
                return self._unknown(kept, typed)
        if spared:
            exceptions = self.phrases(spared)
            if isinstance(exceptions, Fail):
                return exceptions
            not_these = {thing for each in exceptions for thing in (*each.sure, *each.candidates)}
            things = [thing for thing in things if thing not in not_these]
        return Phrase(sure=tuple(things), every=True, word=typed)

    def _can_be_among_all(self, thing: str) -> bool:
        world = self.world
        location = world.get(thing, Location)
        loose = not any(world.has(thing, kind) for kind in (Scenery, Fixed, Actor))
        return loose and location is not None and location.how not in ("worn", "part")

    def _named(self, words: tuple[str, ...], typed: str) -> Phrase | Fail:
        found, plural = matching(self.world, words, [*self.things, self.actor])
        if found:
            return Phrase(sure=tuple(found), word=typed) if plural else Phrase(candidates=tuple(found), word=typed)
        chosen = self._by_number(words)
        return Phrase(candidates=(chosen,), word=typed) if chosen else self._unknown(words, typed)

    def _by_number(self, words: tuple[str, ...]) -> str:
        """Return what "second key", "key 2" or "last key" means, "" if nothing."""
        choices: list[tuple[tuple[str, ...], int]] = []
        if len(words) > 1:
            if words[0] in ORDINALS:
                choices.append((words[1:], ORDINALS[words[0]] - 1))
            elif words[0] == "last":
                choices.append((words[1:], -1))
            if words[-1].isascii() and words[-1].isdigit() and len(words[-1]) < 4 and int(words[-1]) > 0:
                choices.append((words[:-1], int(words[-1]) - 1))
        for rest, place in choices:
            found, _ = matching(self.world, rest, self.things)
            if found and place < len(found):
                return found[place]
        return ""

    def _unknown(self, words: tuple[str, ...], typed: str) -> Fail:
        known = {word for thing in self.things for word in vocabulary(self.world, thing)}
        strange = next((word for word in words if word not in known), words[-1])
        like = nearest(strange, known)
        names = [
            self.world.name(thing)
            for thing in self.things
            if any(word in vocabulary(self.world, thing) for word in like)
        ]
        return Fail("parse.unknown_noun", typed, tuple(dict.fromkeys(names))[:3])


def same_kind(world: World, things: Sequence[str], describe: Callable[[str], object]) -> bool:
    """Tell whether nobody could tell the things apart: same name, same description, same whereabouts."""
    first = things[0]
    return all(
        world.get(thing, Name) == world.get(first, Name)
        and world.get(thing, Location) == world.get(first, Location)
        and describe(thing) == describe(first)
        for thing in things[1:]
    )


def _split(words: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if fold(word) in (",", "and"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]
