"""Lines that nobody foresaw: what people type, cut up, misspelt, stuck together, and noise; the same for each seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from tale_core.game.game import Game
from tale_core.game.inputs import Join
from tale_core.game.story import load_story
from tale_core.world.grammar import standard_grammar
from tale_core.world.vocabulary import ARTICLES

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"

TYPED = tuple(
    sorted(
        {
            match[1]
            for path in TRANSCRIPTS.glob("*/tests/*.transcript")
            for match in re.finditer(r"^(?:\w+)?> (.*)$", path.read_text("utf-8"), re.MULTILINE)
        }
    )
)
"""Every line that somebody types in a transcript."""

LINKS = (
    "all", "and", "but", "except", "then", ",", ".", ";", "?", "!", "with", "in", "on", "from", "to", "at", "about",
    "it", "them", "him", "her", "me", "here", "two", "3", "second", "any", "one", "ones", "other", "of", "'s", "oops",
    "again", "g", "yes", "no", '"', "'", ":", "*", "please", "not", "0", "99999999999999999999", "&", "-", "both",
)  # fmt: skip
ODD = (
    "\x00",
    "\u200b",
    "\u0301",
    "ß",
    "İ",
    "ﬁ",
    "Ω",
    "語",
    "🔑",
    "\ud800",
    "\u202e",
    "½",
    "²",
    "’",
    "“",
    "…",
    "\t",
    "{",
    "}",
)


def study() -> Game:
    """Return a game of the transcripts' study that one player has joined."""
    game = Game(load_story(TRANSCRIPTS / "study"), seed=1)
    game.turn(Join("anna", "Anna"))
    return game


def lines(seed: int, names: list[str]) -> Iterator[str]:
    """Yield lines without an end; ``names`` are words of things to put into them."""
    chance = random.Random(seed)
    words = [*sorted(standard_grammar().verbs), *LINKS, *LINKS, *sorted(ARTICLES), *names, *names]
    makers = (_mutated, _mutated, _mutated, _shuffled, _shuffled, _noise)
    while True:
        yield chance.choice(makers)(chance, words)


def _shuffled(chance: random.Random, words: list[str]) -> str:
    return " ".join(chance.choice(words) for _ in range(chance.choice((1, 2, 3, 3, 4, 5, 8, 14))))


def _noise(chance: random.Random, words: list[str]) -> str:
    del words
    return "".join(chr(chance.randrange(0x110000)) if chance.random() < 0.5 else chance.choice(ODD) for _ in range(12))


def _mutated(chance: random.Random, words: list[str]) -> str:
    line = chance.choice(TYPED)
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        line = chance.choice(_MUTATIONS)(chance, line, words)
    return line[:400]


def _misspelt(chance: random.Random, line: str, words: list[str]) -> str:
    del words
    at = chance.randrange(len(line) + 1)
    return (
        line[:at]
        + chance.choice(("", "x", line[at : at + 1] * 2, line[at + 1 : at + 2] + line[at : at + 1]))
        + line[at + 1 :]
    )


def _one_other(chance: random.Random, line: str, words: list[str]) -> str:
    parts = line.split() or [""]
    parts[chance.randrange(len(parts))] = chance.choice(words)
    return " ".join(parts)


def _one_more(chance: random.Random, line: str, words: list[str]) -> str:
    parts = line.split()
    parts.insert(chance.randrange(len(parts) + 1), chance.choice((*words, *ODD)))
    return " ".join(parts)


def _one_less(chance: random.Random, line: str, words: list[str]) -> str:
    del words
    parts = line.split() or [""]
    del parts[chance.randrange(len(parts))]
    return " ".join(parts)


def _joined(chance: random.Random, line: str, words: list[str]) -> str:
    del words
    return line + chance.choice((". ", ", ", " and ", " then ", "; ", ", and ", "", "?")) + chance.choice(TYPED)


def _turned(chance: random.Random, line: str, words: list[str]) -> str:
    del words
    parts = line.split()
    chance.shuffle(parts)
    return " ".join(parts)


def _often(chance: random.Random, line: str, words: list[str]) -> str:
    del words
    return chance.choice((" ", ", ", " and ", ". ")).join([line] * chance.choice((2, 5, 40)))


def _loud(chance: random.Random, line: str, words: list[str]) -> str:
    del words
    return chance.choice((line.upper(), line.title(), line.replace(" ", "  "), line + "!!!", f'"{line}"', f"({line})"))


_MUTATIONS = (_misspelt, _misspelt, _one_other, _one_other, _one_more, _one_less, _joined, _turned, _often, _loud)
