"""The words that things answer to, and how a phrase is matched against them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from tale_core.world.components import (
    Actor,
    Door,
    Light,
    Location,
    Lock,
    Name,
    Openable,
    Place,
    Source,
    Vessel,
    Wielded,
)
from tale_core.world.liquids import liquid_in
from tale_core.world.scope import visible
from tale_core.world.store import World

_LETTER = r"[^\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u2000-\u206f\u3000-\u303f\ud800-\udfff]"

WORD = rf"{_LETTER}+(?:['’-]{_LETTER}+)*"
"""A word as a regular expression: whatever is neither blank nor punctuation, so that every script has words."""

ARTICLES = frozenset({"the", "a", "an", "some", "my", "your", "this", "that", "these", "those"})

ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth 6th",
            "seventh 7th",
            "eighth 8th",
            "ninth 9th",
            "tenth 10th",
        ),
        1,
    )
    for word in words.split()
}

STATES = frozenset(["open", "closed", "locked", "unlocked", "lit", "unlit", "living", "dead", "wielded", "worn"])
"""The words that ``_state_words`` gives."""

_WORD = re.compile(WORD)


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Return a word as it is compared: without case, accents or curly apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, without its articles unless it has no others."""
    words = tuple(filter(None, (fold(word) for word in _WORD.findall(text))))
    return tuple(word for word in words if word not in ARTICLES) or words


@lru_cache(maxsize=4096)
def name_words(name: Name) -> frozenset[str]:
    """Return all words of a name, of its alternatives and its own articles; those with a hyphen in parts, too."""
    words = set(words_of(name.name))
    for other in name.also:
        words.update(words_of(other))
    words.update({*words_of(name.article), *words_of(name.the)} - ARTICLES)
    return frozenset(words | {part for word in words if "-" in word for part in word.split("-")})


@lru_cache(maxsize=4096)
def nouns(name: Name) -> frozenset[str]:
    """Return the last words of a name and of its alternatives: what the thing is rather than how it is."""
    return frozenset(words[-1] for words in map(words_of, (name.name, *name.also)) if words)


def vocabulary(world: World, thing: str) -> frozenset[str]:
    """Return the words that the thing answers to, those for its state included."""
    name = world.get(thing, Name)
    if name is None:
        return frozenset()
    return name_words(name).union(_state_words(world, thing))


class Lexicon:
    """Hold which of some things answer to which words, made once to look up many phrases."""

    def __init__(self, world: World, things: Iterable[str]) -> None:
        names = world.table(Name)
        self._world = world
        self._named = {thing: name_words(name) for thing in things if (name := names.get(thing)) is not None}
        if bool(world.table(Source)) or bool(world.table(Vessel)):
            for thing, words in self._named.items():
                if liquid := liquid_in(world, thing):  # "water", and "bottle of water"
                    self._named[thing] = words.union(("of",), name_words(names.get(liquid) or names[thing]))

    def has(self, word: str) -> bool:
        """Tell whether some thing's name has the word."""
        return any(word in words for words in self._named.values())

    def words(self) -> set[str]:
        """Return all words that any of the things answers to."""
        described = (_state_words(self._world, thing) for thing in self._named)
        return set().union(*self._named.values(), *described)

    def match(self, phrase: Sequence[str]) -> tuple[list[str], bool]:
        """Return the things that answer to all words of a phrase, in order, and whether it named several ("keys").

        Those whose whole name it is come alone: "key" means the key rather than the key ring. State words alone name
        nothing.
        """
        found = self._answering(phrase)
        if found:
            exact = [thing for thing in found if set(words_of(self._world.name(thing))) == set(phrase)]
            return exact or found, False
        if phrase:
            if found := self._called_many(phrase):
                return found, True
            for single in singulars(phrase[-1]):
                if found := self._answering((*phrase[:-1], single)):
                    return found, True
            for plural in (f"{phrase[-1]}s", f"{phrase[-1]}es"):  # "boot" for boots
                if found := self._answering((*phrase[:-1], plural)):
                    return found, False
        return [], False

    def several(self, phrase: Sequence[str]) -> list[str]:
        """Return the things that a phrase is the plural of, though it names one as well ("books", a whole shelf)."""
        if found := self._called_many(phrase):
            return found
        for single in singulars(phrase[-1]):
            if found := self._answering((*phrase[:-1], single)):
                return found
        return []

    def _called_many(self, phrase: Sequence[str]) -> list[str]:
        """Return the things whose author's own plural a phrase is, or the end of it."""
        names = self._world.table(Name)
        own = ((thing, many) for thing in self._named if (many := names[thing].many))
        return [thing for thing, many in own if words_of(many)[-len(phrase) :] == tuple(phrase)]

    def _answering(self, phrase: Sequence[str]) -> list[str]:
        if STATES.isdisjoint(phrase):
            return [thing for thing, words in self._named.items() if words.issuperset(phrase)] if phrase else []
        return [thing for thing, words in self._named.items() if self._is_described(thing, words, phrase)]

    def _is_described(self, thing: str, words: frozenset[str], phrase: Sequence[str]) -> bool:
        """Tell whether a phrase with words for states is of the thing's words, one of its name's among them."""
        others = [word for word in phrase if word not in words]
        return len(others) < len(phrase) and set(others).issubset(_state_words(self._world, thing))


def singulars(word: str) -> list[str]:
    """Return what a plural may be the plural of, likeliest first."""
    forms = []
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("ves"):
        forms += [word[:-3] + "f", word[:-3] + "fe"]
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    if word.endswith("men"):
        forms.append(word[:-3] + "man")
    return forms


def distinct_name(
    world: World, actor: str, thing: str, things: Sequence[str] | None = None, lexicon: Lexicon | None = None
) -> str:
    """Return words that mean just this thing to this actor now.

    That is its name; where others share it, with a number, or for a door with the direction that it is in. Who asks
    for many things hands over the ``lexicon`` of what is around.
    """
    name = world.name(thing)
    known = lexicon or Lexicon(world, visible(world, actor) if things is None else things)
    same, _ = known.match(words_of(name))
    if len(same) < 2 or thing not in same:
        return name
    if world.has(thing, Door):
        place = world.get(world.place_of(actor), Place)
        ways = {} if place is None else place.exits
        direction = next((way for way, target in ways.items() if target == thing), "")
        if direction:
            return f"{direction} {name}"
    return f"{name} {same.index(thing) + 1}"


@lru_cache(maxsize=512)
def nearest(word: str, known: frozenset[str], most: int = 3, likeness: float = 0.7) -> tuple[str, ...]:
    """Return the known words that look most like ``word``."""
    return tuple(get_close_matches(word, sorted(known), most, likeness))


def _state_words(world: World, thing: str) -> list[str]:
    found: list[str] = []
    if (openable := world.get(thing, Openable)) is not None:
        found.append("open" if openable.open else "closed")
    if (lock := world.get(thing, Lock)) is not None:
        found.append("locked" if lock.locked else "unlocked")
    if (light := world.get(thing, Light)) is not None:
        found.append("lit" if light.lit else "unlit")
    if (body := world.get(thing, Actor)) is not None:
        found.append("living" if body.hp > 0 else "dead")
    if world.has(thing, Wielded):
        found.append("wielded")
    if (vessel := world.get(thing, Vessel)) is not None:
        found.append("full" if vessel.amount == vessel.most else "empty" if not vessel.amount else "filled")
    if (location := world.get(thing, Location)) is not None and location.how == "worn":
        found.append("worn")
    return found
