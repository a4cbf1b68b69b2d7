"""What people do to be seen by one another: smile, bow, laugh, hug, each with an adverb if one likes.

``socials.toml`` has one template for each; from it come the sentences of the grammar and the messages.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from msgspec import Struct, convert

from tale_core.world.vocabulary import nearest

_OPTIONAL = re.compile(r"\[(.*?)\]")
_LINK = re.compile(r"\[ (\w+) ")

SHORTEST = 3
"""Letters of an adverb that have to be typed, when they begin no other one."""


class Social(Struct, frozen=True, forbid_unknown_fields=True):
    """Hold one of them: its template, the words for it, those before the other one, how it is perceived."""

    text: str
    words: str = ""
    at: str | None = None
    heard: bool = False
    touch: bool = False

    @property
    def alone(self) -> str:
        """The template for when it is done to nobody."""
        return _OPTIONAL.sub("", self.text)

    @property
    def directed(self) -> str:
        """The template for when it is done to somebody."""
        return _OPTIONAL.sub(r"\1", self.text)

    @property
    def links(self) -> tuple[str, ...]:
        """The words that may stand before the other one, "" when none need; none when it is done to nobody."""
        if "[" not in self.text:
            return ()
        link = _LINK.search(self.text)
        return tuple(("" if link is None else link[1]).split("|") if self.at is None else self.at.split("|"))


@cache
def socials() -> dict[str, Social]:
    """Return all of them by the name of their action."""
    text = resources.files("tale_core.world").joinpath("socials.toml").read_text(encoding="utf-8")
    return {
        name: convert({"text": each} if isinstance(each, str) else each, Social)
        for name, each in tomllib.loads(text).items()
    }


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Return the lines of the grammar for them."""
    lines: list[tuple[str, str]] = []
    for name, each in socials().items():
        verb = each.words or name
        if each.links != ("",):  # nobody hugs nobody
            lines += [(name, verb), (name, f"{verb} {{how}}")]
        named = "|".join(link for link in each.links if link)
        for between in ([f"{named} "] if named else []) + ([""] if "" in each.links else []):
            lines += [
                (name, f"{verb} {between}{{item}}"),
                (name, f"{verb} {{how}} {between}{{item}}"),
                (name, f"{verb} {between}{{item}} {{how}}"),
            ]
    return tuple(lines)


@cache
def verbs() -> frozenset[str]:
    """Return every word that stands for one of them."""
    return frozenset(verb for name, each in socials().items() for verb in (each.words or name).split("|"))


@cache
def messages() -> dict[str, str]:
    """Return the messages that tell of them, by id."""
    found: dict[str, str] = {}
    for name, each in socials().items():
        found[f"social.{name}"] = each.alone
        found[f"social.{name}_at"] = each.directed
    return found


@cache
def adverbs() -> frozenset[str]:
    """Return the adverbs that are understood, which is most of those that people use of people."""
    text = resources.files("tale_core.world").joinpath("adverbs.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def adverb(word: str) -> str:
    """Return the adverb that a word is or begins, "" when it is none or begins several."""
    if word in adverbs():
        return word
    begun = [each for each in adverbs() if each.startswith(word)] if len(word) >= SHORTEST else []
    return begun[0] if len(begun) == 1 else ""


def like(word: str) -> tuple[str, ...]:
    """Return the adverbs that a word may have been meant for."""
    begun = tuple(each for each in sorted(adverbs()) if len(word) >= SHORTEST and each.startswith(word))
    return begun[:3] or nearest(word, adverbs())
