"""JSON whose every value knows its line and column, in the nodes that YAML's reader makes, and with its limits."""

from __future__ import annotations

import re
from bisect import bisect_right
from json import JSONDecodeError, JSONDecoder
from typing import NoReturn

from tale_core.game.located import DEEPEST, TOO_DEEP, Listing, Mapping, Mark, Mistake, Node, Plain, Scalar

_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None}
_WORD = re.compile(r"[A-Za-z]+")
_LONGEST_NUMBER = 18
_STRINGS = JSONDecoder(strict=False)


def read_json(text: str) -> tuple[Node | None, list[Mistake]]:
    """Return the value in ``text``, None when it is empty or broken, and all mistakes found in it."""
    reader = _Reader(text)
    try:
        return reader.document(), reader.mistakes
    except _Broken as broken:
        return None, [*reader.mistakes, broken.mistake]


class _Broken(Exception):
    """End the reading at a mistake after which nothing can be made of the rest."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake


class _Reader:
    def __init__(self, text: str) -> None:
        self.mistakes: list[Mistake] = []
        self._text = text
        self._at = 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def document(self) -> Node | None:
        """Read everything."""
        self._skip()
        if self._at == len(self._text):
            return None
        found = self._node(0)
        self._skip()
        if self._at < len(self._text):
            self._fail("there is more after the end of the data")
        return found

    def _mark(self, at: int) -> Mark:
        line = bisect_right(self._lines, at)
        return Mark(line, at - self._lines[line - 1] + 1)

    def _fail(self, text: str, at: int | None = None) -> NoReturn:
        raise _Broken(Mistake(f"this is no JSON: {text}", self._mark(self._at if at is None else at)))

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = self._at if match is None else match.end()

    def _next(self) -> str:
        """Return the next letter that is no blank, "" at the end."""
        self._skip()
        return self._text[self._at : self._at + 1]

    def _node(self, depth: int) -> Node:
        first, mark = self._next(), self._mark(self._at)
        if depth > DEEPEST:
            raise _Broken(Mistake(TOO_DEEP, mark))
        if first == "{":
            return self._mapping(mark, depth + 1)
        if first == "[":
            return self._listing(mark, depth + 1)
        if first == '"':
            return Scalar(self._string(), mark)
        return Scalar(self._plain(first), mark)

    def _string(self) -> str:
        try:
            found, self._at = _STRINGS.raw_decode(self._text, self._at)
        except JSONDecodeError as error:
            self._fail(f"{error.msg[:1].lower()}{error.msg[1:].removesuffix(' at')}", error.pos)
        return str(found)

    def _plain(self, first: str) -> Plain:
        number = _NUMBER.match(self._text, self._at)
        if number is not None:
            self._at = number.end()
            if len(number[0]) > _LONGEST_NUMBER:
                self._fail(f"the number {number[0][:20]}… is too long", number.start())
            return float(number[0]) if number[1] or number[2] else int(number[0])
        word = _WORD.match(self._text, self._at)
        if word is not None and word[0] in _WORDS:
            self._at = word.end()
            return _WORDS[word[0]]
        if not first:
            self._fail("it ends too early")
        return self._fail(f"a value is expected here, not {word[0] if word else first!r}")

    def _listing(self, mark: Mark, depth: int) -> Listing:
        self._at += 1
        items: list[Node] = []
        if self._next() == "]":
            self._at += 1
            return Listing((), mark)
        while True:
            items.append(self._node(depth))
            if self._closed("]"):
                return Listing(tuple(items), mark)

    def _mapping(self, mark: Mark, depth: int) -> Mapping:
        self._at += 1
        entries: dict[str, tuple[Mark, Node]] = {}
        if self._next() == "}":
            self._at += 1
            return Mapping(entries, mark)
        while True:
            if self._next() != '"':
                self._fail("a key in quotes is expected here")
            here = self._mark(self._at)
            key = self._string()
            if self._next() != ":":
                self._fail("a colon is expected here")
            self._at += 1
            value = self._node(depth)
            if key in entries:
                first = entries[key][0]
                self.mistakes.append(Mistake(f"{key!r} is here twice: it is on line {first.line} already", here))
            else:
                entries[key] = here, value
            if self._closed("}"):
                return Mapping(entries, mark)

    def _closed(self, end: str) -> bool:
        """Pass a comma or the end of a list or mapping; tell whether it was the end."""
        letter = self._next()
        if letter not in {",", end} or not letter:
            self._fail(f"a comma or {end!r} is expected here" if letter else f"the closing {end!r} is missing")
        self._at += 1
        return letter == end
