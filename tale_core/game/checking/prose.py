"""Prose that promises more than there is: things that a place's description names and that nobody can examine there.

A guess, since no grammar of English stands behind it: a noun is what follows an article, up to the next small word or
comma. It counts as there when any word of the phrase names something in the place, a way out, or a place's title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from tale_core.game.located import Mark
from tale_core.game.reading import Finding, Reading, Spot
from tale_core.world.components import Description, Door, Name, Place
from tale_core.world.directions import SPELLINGS
from tale_core.world.store import World
from tale_core.world.vocabulary import fold, name_words, singulars, words_of
from tale_core.world.ways import beyond

_PHRASE = re.compile(
    r"(?:\b(like|as|than) )?\b(?:a|an|the|some|two|three|four|five|several)(?=((?: [a-z][a-z'’-]*)+))", re.IGNORECASE
)
_LONGEST = 3
"""Words of a phrase that are looked at."""


def findings(reading: Reading) -> Iterator[Finding]:
    """Yield each noun of a place's description for which there is nothing, once a place."""
    world = reading.world
    files: dict[str, list[str]] = {}
    titles = {word for place in world.every(Place) for word in words_of(world.name(place))}
    for place in world.every(Place):
        told = world.get(place, Description)
        if told is None:
            continue
        known = titles | _words_around(world, place)
        for phrase in dict.fromkeys(_phrases(told.text)):
            words = [fold(word) for word in phrase.split()]
            if any(form in known for word in words for form in (word, *singulars(word), f"{word}s")):
                continue
            text = f"the description of {place!r} names {phrase!r}, which nobody can examine there"
            hint = "add it: {in: " + place + ", scenery: true, description: …}"
            spot = _spot(reading, place, phrase, files)
            yield reading.finding("warning", "prose", words[-1], spot, text, hint)


def _phrases(text: str) -> Iterator[str]:
    for match in _PHRASE.finditer(" ".join(text.split())):
        words: list[str] = []
        if match[1]:  # "like an ox": there is none
            continue
        for word in match[2].split():
            if fold(word) in _english("small") or len(words) == _LONGEST:
                break
            if words and _is_verb(word):
                break
            words.append(word)
        if not words or words[-1].endswith(("ly", "ing", "ed", "est")):
            continue
        if _english("vague").isdisjoint((fold(words[-1]), *singulars(fold(words[-1])))):
            yield " ".join(words)


def _is_verb(word: str) -> bool:
    """Guess whether a word after a noun is what the noun does: "leads", "has"."""
    return word.endswith("s") and not word.endswith(("ss", "us", "'s", "’s")) and fold(word)[:-1] in _english("verbs")


def _words_around(world: World, place: str) -> set[str]:
    """Return all words that name something that is in a place, however hidden, or leads out of it."""
    found: set[str] = set(SPELLINGS)
    pending = [place, *world.backdrops(place)]
    while pending:
        here = pending.pop()
        pending += world.children(here)
        if here != place:
            found |= _named(world, here)
    for target in world.need(place, Place).exits.values():
        if world.has(target, Door):
            found |= _named(world, target)
        found |= set(words_of(world.name(beyond(world, place, target))))
    return found


def _named(world: World, thing: str) -> frozenset[str]:
    name = world.get(thing, Name)
    return frozenset() if name is None else name_words(name)


def _spot(reading: Reading, place: str, phrase: str, files: dict[str, list[str]]) -> Spot:
    """Return where the phrase stands in the file, the beginning of the description if it cannot be found."""
    spot = reading.spot(place, "description")
    if place not in reading.drafts:
        return spot
    if spot.file not in files:
        files[spot.file] = (reading.story.folder / spot.file).read_text(encoding="utf-8-sig").split("\n")
    lines = files[spot.file]
    pattern = re.compile(r"\s+".join(map(re.escape, phrase.split())))
    begin = spot.mark.line - 1
    text = "\n".join(lines[begin : begin + 60])
    match = pattern.search(text, spot.mark.column - 1)
    if match is None:
        return spot
    before = text[: match.start()]
    return Spot(spot.file, Mark(begin + before.count("\n") + 1, len(before) - before.rfind("\n")))


@cache
def _english(kind: str) -> frozenset[str]:
    """Return a list of words: ``small``, ``vague`` or ``verbs``."""
    text = resources.files("tale_core.game.checking").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind].split())
