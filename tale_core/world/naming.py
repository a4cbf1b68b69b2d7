"""Names of things in sentences: articles, plurals, pronouns, lists and counts, as English has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from tale_core.world.components import Actor, Name, Place
from tale_core.world.events import Role, Run
from tale_core.world.store import World

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_SOUNDS_LIKE_A_CONSONANT = ("uni", "use", "usu", "uti", "eu", "one", "once", "ure", "ura")
_SOUNDS_LIKE_A_VOWEL = ("hour", "honest", "honour", "heir")
_UNNAMED = Name("something", proper=True)
_UNKNOWN_THING = Name("something", proper=True)
_UNKNOWN_PERSON = Name("someone", proper=True, gender="they")


Remark = Callable[[World, str], str]
"""Say what a list adds to a thing's name in brackets, "" for nothing."""


class Pronouns(NamedTuple):
    """Hold the forms of a pronoun: they, them, their, themselves."""

    subject: str
    object: str
    possessive: str
    reflexive: str


PRONOUNS = {
    "it": Pronouns("it", "it", "its", "itself"),
    "he": Pronouns("he", "him", "his", "himself"),
    "she": Pronouns("she", "her", "her", "herself"),
    "they": Pronouns("they", "them", "their", "themselves"),
}
YOU = Pronouns("you", "you", "your", "yourself")


def name_of(world: World, thing: str, known: bool = True) -> Name:
    """Return the thing's name, or "something" or "someone" when it is not ``known`` to whom it is told."""
    if known:
        return world.get(thing, Name) or _UNNAMED
    return _UNKNOWN_PERSON if world.has(thing, Actor) else _UNKNOWN_THING


def pronouns(name: Name) -> Pronouns:
    """Return the pronouns that stand for a thing of that name."""
    return PRONOUNS["they" if name.plural else name.gender]


def article(name: Name) -> str:
    """Return the indefinite article with a blank behind it, or nothing for a proper name."""
    if name.proper:
        return ""
    if name.article:
        return f"{name.article} "
    if name.plural:
        return "some "
    return "an " if starts_with_vowel(name.name) else "a "


@lru_cache(maxsize=4096)
def starts_with_vowel(word: str) -> bool:
    """Tell whether a word begins with the sound of a vowel ("hour", not "unicorn")."""
    low = word.lower()
    if low.startswith(_SOUNDS_LIKE_A_VOWEL):
        return True
    return low[:1] in "aeiou" and low != "" and not low.startswith(_SOUNDS_LIKE_A_CONSONANT)


def capital(text: str) -> str:
    """Return the text with its first letter in upper case and the others as they are."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def titled(title: str) -> tuple[str, str]:
    """Return a place's title as it stands in a sentence: its article, unless it needs none, and the rest.

    "Hall" gives "the Hall", "The Slip" "the Slip", "Anna's Kitchen" itself.
    """
    first, _, rest = title.partition(" ")
    if first.lower() == "the" and rest:
        return "the ", rest
    if re.search(r"['’]s?\b.* \S", title):
        return "", title
    return "the ", title


def possessive(text: str) -> str:
    """Return the genitive of a name: "the goblin's", "the guards'"."""
    return f"{text}'" if text.endswith("s") else f"{text}'s"


def plural(name: str) -> str:
    """Return the plural of a noun phrase, by the regular rules and the commonest others."""
    if name.endswith(("s", "x", "z", "ch", "sh")):
        return f"{name}es"
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    for ending, other in (
        ("knife", "knives"),
        ("leaf", "leaves"),
        ("loaf", "loaves"),
        ("wolf", "wolves"),
        ("man", "men"),
    ):
        if name.endswith(ending):
            return name.removesuffix(ending) + other
    return f"{name}s"


def number(n: int) -> str:
    """Return a number as a word up to twelve, in digits beyond."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def role_of(world: World, thing: str) -> Role:
    """Return what kind of thing it is to a renderer: an item, a person or a location."""
    if world.has(thing, Actor):
        return "person"
    return "location" if world.has(thing, Place) else "item"


def joined(parts: Sequence[Sequence[Run]], word: str = "and") -> list[Run]:
    """Return runs that list the parts as English does: "a, b and c"."""
    runs: list[Run] = []
    for index, part in enumerate(parts):
        if index:
            runs.append(Run(f" {word} " if index == len(parts) - 1 else ", "))
        runs.extend(part)
    return runs


def listed(world: World, things: Sequence[str], remark: Remark | None = None) -> list[Run]:
    """Return runs that list things with their articles, like ones counted: "two coins, a lamp (lit) and some bread".

    The caller has made sure that the recipient may know of each of them. A group's run refers to its first thing.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for thing in things:
        groups.setdefault((world.name(thing), remark(world, thing) if remark else ""), []).append(thing)
    parts: list[list[Run]] = []
    for (_, added), members in groups.items():
        name = name_of(world, members[0])
        if len(members) > 1 and not (name.proper or name.plural):
            before, text = f"{number(len(members))} ", plural(name.name)
        else:
            before, text = article(name), name.name
        run = Run(text, ref=members[0], role=role_of(world, members[0]))
        part = [Run(before), run] if before else [run]
        parts.append([*part, Run(f" ({added})")] if added else part)
    return joined(parts) or [Run("nothing")]
