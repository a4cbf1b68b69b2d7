"""The words of a set of texts from which sentences are put together: articles, lists, pronouns, states, directions.

They are messages like all others, but plain ones: one text each, without variants, with just the gaps that the engine's
own has. A ``Language`` is made once for all games of a story, so that looking a word up costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from tale_core.world.components import Actor, Name
from tale_core.world.directions import OPPOSITES, SPELLINGS
from tale_core.world.events import Option, Run
from tale_core.world.naming import capital, plural, role_of, starts_with_vowel
from tale_core.world.store import World
from tale_core.world.vocabulary import ARTICLES, words_of

TABLES = frozenset({
    "list", "article", "number", "pronoun", "name", "state", "health", "direction", "way", "how", "speech", "word",
    "server",
})  # fmt: skip
"""The tables of ``messages.toml`` that hold plain words."""

NUMBERS = 13
"""How many numbers have a word: from none up to twelve."""

AND, OR = "list.and", "list.or"

_GAP = re.compile(r"\{[a-z_]+\}")
_OTHER_GAP = re.compile(r"\{(?![a-z_]+\})")
_FORMS = 4
_ARTICLES = ("article.a", "article.an", "article.some", "article.the")

Form = Literal[0, 1]
SUBJECT: Form = 0
OBJECT: Form = 1
"""Which form of an article stands before a name: that of who does something, or that of what it is done to."""
_OWNED = re.compile(r"['’]s?\b.* \S")

Remark = Callable[["Language", World, str], str]
"""Say what a list adds to a thing's name in brackets, "" for nothing."""


class Pronouns(NamedTuple):
    """Hold the forms of a pronoun: they, them, their, themselves."""

    subject: str
    object: str
    possessive: str
    reflexive: str


def is_plain(message: str) -> bool:
    """Tell whether a message is a word rather than a sentence."""
    return message.partition(".")[0] in TABLES


def fault(message: str, text: str, standard: str) -> str:
    """Return what is wrong with a text for a plain message whose standard text is given, "" for nothing."""
    if message.startswith("pronoun.") and text.count("|") != _FORMS - 1:
        return "needs four forms, as in 'they|them|their|themselves'"
    if message.startswith("article.") and text.count("|") > 1:
        return "has two forms at the most, as in 'der |den '"
    wanted = set(_GAP.findall(standard))
    strange = _OTHER_GAP.search(text) and not _OTHER_GAP.search(standard)
    return f"must have just the gaps of {standard!r}" if strange or wanted != set(_GAP.findall(text)) else ""


class Language:
    """Hold the words by the ids of their messages; each name gets its articles and pronouns from here."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._numbers = [words[f"number.{n}"] for n in range(NUMBERS)]
        self._pronouns = {
            gender: Pronouns(*words[f"pronoun.{gender}"].split("|")) for gender in ("it", "he", "she", "they")
        }
        self.you = Pronouns(*words["pronoun.you"].split("|"))
        self.comma = words["list.comma"]
        self._a, self._an, self._some, self._the = (_forms(words[each]) for each in _ARTICLES)
        self._comma = Run(self.comma)
        self._joints = {word: Run(words[word]) for word in (AND, OR)}
        self._before, self._after = words["list.before_remark"], words["list.after_remark"]
        self._exits: dict[str, Run] = {}
        self._toward: dict[tuple[str, str], str] = {}
        self._something = Name(words["name.something"], proper=True)
        self._someone = Name(words["name.someone"], proper=True, gender="they")

    def word(self, message: str, **gaps: str) -> str:
        """Return a word, its gaps filled."""
        text = self._words[message]
        for gap, filled in gaps.items():
            text = text.replace(f"{{{gap}}}", filled)
        return text

    def options(self, *commands: str) -> tuple[Option, ...]:
        """Return answers to a question that type a word of the game's own."""
        return tuple(Option(capital(self._words[f"word.{command}"]), command) for command in commands)

    def direction(self, direction: str) -> str:
        """Return the name of a direction."""
        return self._words.get(f"direction.{direction}", direction)

    def spellings(self) -> tuple[tuple[str, str], ...]:
        """Return what may be typed for a direction beside the English words: its name, if that is one word."""
        names = [(words_of(self.direction(direction)), direction) for direction in OPPOSITES]
        single = [(words[0], direction) for words, direction in names if len(words) == 1]
        return tuple((word, direction) for word, direction in single if word not in SPELLINGS)

    def articles(self) -> frozenset[str]:
        """Return the words before a name that mean nothing, beside the English ones."""
        forms = (form for pair in (self._a, self._an, self._some, self._the) for form in pair)
        return frozenset(word for form in forms for word in words_of(form)) - ARTICLES

    def exit(self, direction: str) -> Run:
        """Return the name of a direction as a way out that may be gone."""
        known = self._exits.get(direction)
        if known is None:
            known = self._exits[direction] = Run(self.direction(direction), ref=f"exit:{direction}", role="exit")
        return known

    def toward(self, direction: str, special: Mapping[str, str], message: str) -> str:
        """Return a direction in a word of its own, if there is a ``special`` one, else in that for all."""
        known = self._toward.get((message, direction))
        if known is None:
            known = self.word(special.get(direction, message), direction=self.direction(direction))
            self._toward[message, direction] = known
        return known

    def number(self, n: int) -> str:
        """Return a number as a word up to twelve, in digits beyond."""
        return self._numbers[n] if 0 <= n < NUMBERS else str(n)

    # Names

    def name_of(self, world: World, thing: str, known: bool = True) -> Name:
        """Return the thing's name, or "something" or "someone" when it is not ``known`` to whom it is told."""
        if known:
            return world.get(thing, Name) or self._something
        return self._someone if world.has(thing, Actor) else self._something

    def pronouns(self, name: Name) -> Pronouns:
        """Return the pronouns that stand for a thing of that name."""
        return self._pronouns["they" if name.plural else name.gender]

    def article(self, name: Name, form: Form = SUBJECT) -> str:
        """Return the indefinite article with a blank behind it, or nothing for a proper name."""
        if name.proper:
            return ""
        if name.article:
            return _apart(name.article, form)
        if name.plural:
            return self._some[form]
        return (self._an if starts_with_vowel(name.name) else self._a)[form]

    def definite(self, name: Name, form: Form = SUBJECT) -> str:
        """Return the definite article with a blank behind it, or nothing for a proper name."""
        if name.proper:
            return ""
        return _apart(name.the, form) if name.the else self._the[form]

    def the(self, name: Name, form: Form = SUBJECT) -> str:
        """Return the name with its definite article."""
        return self.definite(name, form) + name.name

    def titled(self, name: Name) -> tuple[str, str]:
        """Return a place's title as it stands in a sentence: its article, unless it needs none, and the rest.

        "Hall" gives "the Hall", "The Slip" "the Slip", "Anna's Kitchen" itself.
        """
        return ("", name.name) if name.proper else _titled(name.name, self._words["article.place"])

    def owner(self, text: str) -> str:
        """Return the genitive of a name: "the goblin's", "the guards'"."""
        return self.word("name.owner_in_s" if text.endswith("s") else "name.owner", name=text)

    # Lists

    def joined(self, parts: Sequence[Sequence[Run]], word: str = AND) -> list[Run]:
        """Return runs that list the parts: "a, b and c"; ``word`` is ``AND`` or ``OR``."""
        runs: list[Run] = []
        last = len(parts) - 1
        for index, part in enumerate(parts):
            if index:
                runs.append(self._joints[word] if index == last else self._comma)
            runs.extend(part)
        return runs

    def remark(self, added: str) -> Run:
        """Return what is added to a name, in its brackets."""
        return Run(f"{self._before}{added}{self._after}")

    def listed(
        self, world: World, things: Sequence[str], remark: Remark | None = None, form: Form = SUBJECT
    ) -> list[Run]:
        """Return runs that list things with their articles, like ones counted: "two coins and a lamp (lit)".

        The caller has made sure that the recipient may know of each of them. A group's run refers to its first thing.
        """
        names = world.table(Name)
        groups: dict[tuple[str, str], list[str]] = {}
        for thing in things:
            name = names.get(thing, self._something)
            groups.setdefault((name.name, remark(self, world, thing) if remark else ""), []).append(thing)
        parts: list[list[Run]] = []
        for (text, added), members in groups.items():
            first = members[0]
            name = names.get(first, self._something)
            several = len(members) > 1 and not (name.proper or name.plural)
            before = f"{self.number(len(members))} " if several else self.article(name, form)
            part = [Run(before)] if before else []
            part.append(Run(name.many or plural(text) if several else text, first, role_of(world, first)))
            if added:
                part.append(self.remark(added))
            parts.append(part)
        return self.joined(parts) or [Run(self._words["list.nothing"])]


@lru_cache(maxsize=4096)
def _titled(title: str, the: str) -> tuple[str, str]:
    """Return a title's article and the rest of it; somebody's own place needs none."""
    if the and title.casefold().startswith(the.casefold()) and len(title) > len(the):
        return the, title[len(the) :]
    return ("", title) if _OWNED.search(title) else (the, title)


def _forms(article: str) -> tuple[str, str]:
    """Return the two forms of an article, "der|den"; where it has but one, that twice."""
    subject, _, other = article.partition("|")
    return subject, other or subject


def _apart(article: str, form: Form) -> str:
    """Return a form of an author's article with a blank behind it, unless it is one like "l'"."""
    found = _forms(article)[form]
    return found if found[-1:] in "'’" else f"{found} "
