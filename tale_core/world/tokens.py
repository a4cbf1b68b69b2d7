"""A line of text as words, with where each stands, so that what is left over can be handed on as it was typed."""

from __future__ import annotations

import re
from typing import NamedTuple

from tale_core.world.vocabulary import fold

MOST = 60
"""Words in one sentence; nobody types more, and matching stays quick."""

POLITE = frozenset({"please", "kindly", "carefully", "quickly", "quietly", "slowly"})

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.;!]+|,|\?")


class Token(NamedTuple):
    """Hold one word, folded, or one mark; ``start`` and ``end`` are its place in the line."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a line, polite words left out."""
    found = (Token(fold(match[0]), *match.span()) for match in _TOKEN.finditer(text))
    return [token for token in found if token.word not in POLITE]


def is_full_stop(token: Token) -> bool:
    """Tell whether a sentence ends here."""
    return token.word[0] in ".;!" or token.word == "then"


def is_and(token: Token) -> bool:
    """Tell whether this joins two things, or two sentences."""
    return token.word in (",", "and")
