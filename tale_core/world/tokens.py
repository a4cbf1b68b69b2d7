"""A line of text as words, and where its first sentence ends, so that what follows is handed on as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from tale_core.world import socials
from tale_core.world.grammar import Grammar
from tale_core.world.vocabulary import WORD, fold

MOST = 60
"""Words in one sentence; nobody types more, and matching stays quick."""

POLITE = frozenset({
    "please", "pls", "plz", "kindly", "carefully", "quickly", "quietly", "slowly", "loudly", "softly", "gently",
    "closely", "goddamn", "fucking",
})  # fmt: skip

CONTRACTED = {
    "whats": "what's", "wheres": "where's", "whos": "who's", "im": "i'm", "ive": "i've", "thats": "that's",
}  # fmt: skip
"""Words that people often type without their apostrophe."""

LEAD_INS = tuple(
    tuple(phrase.split())
    for phrase in (
        "can you", "can i", "could i", "may i", "could you", "would you", "will you", "i want to", "i want you to",
        "i would like to", "i'd like to", "i will", "i'll", "let's", "lets", "let us", "let me", "try to", "attempt to",
        "i need to", "i have to", "i should", "i try to", "go ahead and", "now", "just", "so", "well", "okay",
    )
)  # fmt: skip
"""What people put before a command without meaning anything by it."""

_LED_IN_BY = {phrase[0]: tuple(each for each in LEAD_INS if each[0] == phrase[0]) for phrase in LEAD_INS}

MARKS = {'"': "say", "“": "say", "«": "say", "'": "say", "‘": "say", ":": "emote"}
"""What a line begins with instead of a verb, as is usual where several play."""

TITLES = frozenset({"mr", "mrs", "ms", "dr", "st", "prof"})
"""Words whose full stop ends no sentence."""

_TOKEN = re.compile(rf"{WORD}|[.;!]+|[,&]|\?")


class Token(NamedTuple):
    """Hold one word, folded, or one mark; ``start`` and ``end`` are its place in the line."""

    word: str
    start: int
    end: int


class Clause(NamedTuple):
    """Hold one sentence: its words, the line that it is from, and what of the line comes after it.

    ``quotes`` tells that a mark at its end belongs to what is said; ``joined`` that the rest follows upon an "and" or a
    "then" rather than a full stop.
    """

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    rest: str
    quotes: bool = False
    joined: bool = False

    @property
    def calls(self) -> bool:
        """Tell whether a comma and another sentence follow, as behind somebody's name."""
        return self.joined and self.rest != "" and self.text[self.tokens[-1].end :].lstrip().startswith(",")

    @property
    def said(self) -> str:
        """The sentence as it was typed."""
        return self.text[self.tokens[0].start : self._end(len(self.tokens))].rstrip()

    def typed(self, first: int, last: int) -> str:
        """Return the words from ``first`` up to ``last`` (exclusive) as they were typed, without quotation marks."""
        start = self.tokens[first - 1].end if first else self.tokens[0].start
        return self.text[start : self._end(last)].lstrip(",:;").strip(" \t\"'“”‘’«»")

    def _end(self, last: int) -> int:
        return len(self.text) if self.quotes and last == len(self.tokens) else self.tokens[last - 1].end


def sound(text: str) -> str:
    """Return the line without halves of characters, which no file and no wire could hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def spelled_out(text: str, grammar: Grammar) -> str:
    """Return the line with the verb that a mark at its beginning stands for."""
    typed = text.lstrip()
    verb = MARKS.get(typed[:1])
    if verb is None or verb not in grammar.verbs or not typed[1:].strip():
        return text
    return f"{verb} {typed[1:].lstrip()}"


@lru_cache(maxsize=1024)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words and marks of a line, polite words left out."""
    found = (Token(_word(match[0]), *match.span()) for match in _TOKEN.finditer(text))
    tokens = [token for token in found if token.word]
    if not POLITE.isdisjoint(token.word for token in tokens) and tokens[0].word not in socials.verbs():
        tokens = [token for token in tokens if token.word not in POLITE]
    return tuple(_without_titles(tokens) if "." in text else tokens)


def _word(typed: str) -> str:
    word = fold(typed)
    return CONTRACTED.get(word, word)


def _without_titles(tokens: list[Token]) -> list[Token]:
    """Leave out the full stops of "Mr." and the like, where something follows."""
    return [
        token
        for n, token in enumerate(tokens)
        if token.word != "." or n in (0, len(tokens) - 1) or tokens[n - 1].word not in TITLES
    ]


def begun(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens from where a command begins: without marks and empty phrases before it."""
    start = 0
    while start < len(tokens):
        token = tokens[start]
        if is_full_stop(token) or is_and(token) or token.word == "?":
            start += 1
            continue
        length = _lead_in(tokens, start)
        if not length:
            break
        start += length
    return tokens[start:]


def is_full_stop(token: Token) -> bool:
    """Tell whether a sentence ends here."""
    return token.word[0] in ".;!" or token.word == "then"


def is_and(token: Token) -> bool:
    """Tell whether this joins two things, or two sentences."""
    return token.word in (",", "and", "&")


def first_clause(text: str, tokens: Sequence[Token], grammar: Grammar, is_name: Callable[[str], bool]) -> Clause:
    """Return the first sentence of tokens that ``begun`` has given.

    It ends at a full stop, at "then", at an "and" behind which another verb stands (unless ``is_name`` tells that
    something here has that word in its name), and between directions in a row.
    """
    if tokens[0].word in grammar.quoting:
        return _clause(text, tokens, len(tokens), len(tokens))._replace(quotes=True)
    for n in range(1, len(tokens)):
        if is_full_stop(tokens[n]):
            return _clause(text, tokens, n, n)
        if is_and(tokens[n]) and n + 1 < len(tokens):
            following = tokens[n + 1].word
            if following in grammar.beginnings and not is_name(following):
                return _clause(text, tokens, n, n + 1)
    if len(tokens) > 1 and _are_two_ways(tokens[0].word, tokens[1].word, grammar.spellings):
        return _clause(text, tokens, 1, 1)
    return _clause(text, tokens, len(tokens), len(tokens))


def _clause(text: str, tokens: Sequence[Token], end: int, following: int) -> Clause:
    while following < len(tokens) and (is_full_stop(tokens[following]) or is_and(tokens[following])):
        following += 1
    here = [token for token in tokens[:end] if token.word != "?"]
    while len(here) > 1 and is_and(here[-1]):
        here.pop()
    if len(here) > 1 and is_and(here[1]):
        del here[1]
    rest = text[tokens[following].start :] if following < len(tokens) else ""
    joined = all(token.word[0] not in ".;!" for token in tokens[end:following])
    return Clause(text, tuple(here), tuple([token.word for token in here]), rest, joined=joined)


def _lead_in(tokens: Sequence[Token], start: int) -> int:
    """Return how many words of an empty phrase stand there, 0 when a command would not be left behind it."""
    for words in _LED_IN_BY.get(tokens[start].word, ()):
        end = start + len(words)
        if end < len(tokens) and tuple(token.word for token in tokens[start:end]) == words:
            return len(words)
    return 0


def _are_two_ways(first: str, second: str, spellings: Collection[str]) -> bool:
    return first in spellings and second in spellings and first + second not in spellings
