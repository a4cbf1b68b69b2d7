"""The words that things answer to, and how a phrase is matched against them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from tale_core.world.components import Actor, Light, Location, Lock, Name, Openable, Wielded
from tale_core.world.scope import visible
from tale_core.world.store import World

ARTICLES = frozenset({"the", "a", "an", "some", "my", "your", "this", "that", "these", "those"})

ORDINALS = {
    word: number
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th"), 1
    )
    for word in words.split()
}

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Return a word as it is compared: without case, accents or curly apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, without its articles unless it has no others."""
    words = tuple(fold(word) for word in _WORD.findall(text))
    return tuple(word for word in words if word not in ARTICLES) or words


@lru_cache(maxsize=4096)
def _name_words(name: Name) -> frozenset[str]:
    words = set(words_of(name.name))
    for other in name.also:
        words.update(words_of(other))
    return frozenset(words | {part for word in words if "-" in word for part in word.split("-")})


def vocabulary(world: World, thing: str) -> frozenset[str]:
    """Return the words that the thing answers to, those for its state included."""
    name = world.get(thing, Name)
    if name is None:
        return frozenset()
    return _name_words(name) | _state_words(world, thing)


def _state_words(world: World, thing: str) -> set[str]:
    found: set[str] = set()
    if (openable := world.get(thing, Openable)) is not None:
        found.add("open" if openable.open else "closed")
    if (lock := world.get(thing, Lock)) is not None:
        found.add("locked" if lock.locked else "unlocked")
    if (light := world.get(thing, Light)) is not None:
        found.add("lit" if light.lit else "unlit")
    if (body := world.get(thing, Actor)) is not None:
        found.add("living" if body.hp > 0 else "dead")
    if world.has(thing, Wielded):
        found.add("wielded")
    if (location := world.get(thing, Location)) is not None and location.how == "worn":
        found.add("worn")
    return found


def matching(world: World, phrase: Sequence[str], things: Iterable[str]) -> tuple[list[str], bool]:
    """Return the things that answer to all words of a phrase, and whether it named several ("keys").

    Those whose whole name it is come alone: "key" means the key rather than the key ring. State words alone name
    nothing.
    """
    found, plural = [], False
    for thing in things:
        name = world.get(thing, Name)
        if name is None:
            continue
        words = _name_words(name)
        state = _state_words(world, thing)
        if all(word in words or word in state for word in phrase) and any(word in words for word in phrase):
            found.append(thing)
    if not found and len(phrase) > 0:
        for single in singulars(phrase[-1]):
            found, _ = matching(world, (*phrase[:-1], single), things)
            plural = bool(found)
            if found:
                break
    exact = [thing for thing in found if set(words_of(world.name(thing))) == set(phrase)]
    return (exact if exact and not plural else found), plural


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


def distinct_name(world: World, actor: str, thing: str, things: Sequence[str] | None = None) -> str:
    """Return words that mean just this thing to this actor now: its name, with a number where others share it."""
    name = world.name(thing)
    among = visible(world, actor) if things is None else things
    same, _ = matching(world, words_of(name), among)
    return f"{name} {same.index(thing) + 1}" if len(same) > 1 and thing in same else name


def nearest(word: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the known words that look most like ``word``."""
    return tuple(get_close_matches(word, sorted(set(known)), most, 0.66))
