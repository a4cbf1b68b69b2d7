"""YAML whose every value knows its line and column, so that a mistake can be pointed at.

Scalars are those of YAML 1.2 (``on``, ``yes`` and ``no`` are words, not truths). Aliases, tags and deep nesting are
refused: a hostile file can be wrong, but cannot make the reader run, recurse or grow without bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

LARGEST = 8 * 1024 * 1024
"""Bytes that a story's file may have."""

DEEPEST = 40
"""How many lists and mappings may be inside one another."""

TOO_DEEP = f"this is more than {DEEPEST} levels deep"

Plain = str | int | float | bool | None

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LONGEST_NUMBER = 18


class Mark(NamedTuple):
    """Point at a character of a file: line and column count from 1."""

    line: int
    column: int


class Scalar(NamedTuple):
    """Hold one plain value."""

    value: Plain
    mark: Mark


class Listing(NamedTuple):
    """Hold a list."""

    items: tuple[Node, ...]
    mark: Mark


class Mapping(NamedTuple):
    """Hold a mapping: key -> where the key stands, and its value."""

    entries: dict[str, tuple[Mark, Node]]
    mark: Mark


Node = Scalar | Listing | Mapping


class Mistake(NamedTuple):
    """Say what is wrong with the text at a mark."""

    text: str
    mark: Mark


def read_yaml(text: str) -> tuple[Node | None, list[Mistake]]:
    """Return the one document in ``text``, None when it is empty or broken, and all mistakes found in it."""
    reader = _Reader(text)
    try:
        return reader.document(), reader.mistakes
    except _Broken as broken:
        return None, [*reader.mistakes, broken.mistake]
    except yaml.YAMLError as error:
        return None, [*reader.mistakes, _explain(error, text)]


def plain(node: Node) -> object:
    """Return the value without its positions."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.entries.items()}


def texts(node: Node) -> Iterator[str]:
    """Yield every text in a value, keys as well."""
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, Listing):
        for item in node.items:
            yield from texts(item)
    else:
        for key, (_, value) in node.entries.items():
            yield key
            yield from texts(value)


def key_in(node: Node, key: str) -> Mark | None:
    """Return where a key first stands in a value, None when it is nowhere in it."""
    if isinstance(node, Mapping) and key in node.entries:
        return node.entries[key][0]
    if isinstance(node, Mapping):
        values: list[Node] = [value for _, value in node.entries.values()]
    else:
        values = list(node.items) if isinstance(node, Listing) else []
    return next(filter(None, (key_in(value, key) for value in values)), None)


def inner(node: Node, path: str) -> Node:
    """Return the value that a msgspec error's path ("$[1].capacity") leads to, as near as it can be followed."""
    for key, index in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path):
        if key and isinstance(node, Mapping) and key in node.entries:
            node = node.entries[key][1]
        elif index and isinstance(node, Listing) and int(index) < len(node.items):
            node = node.items[int(index)]
        else:
            break
    return node


class _Broken(Exception):
    """End the reading of a file at a mistake after which nothing can be made of the rest."""

    def __init__(self, text: str, mark: Mark) -> None:
        self.mistake = Mistake(text, mark)


class _Reader:
    """Build values from the parser's events; the parser itself neither recurses nor constructs anything."""

    def __init__(self, text: str) -> None:
        self.mistakes: list[Mistake] = []
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is missing from some builds of PyYAML
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))  # Any: PyYAML's stubs lack what events hold

    def document(self) -> Node | None:
        """Read everything; expect at most one document."""
        found: Node | None = None
        seen = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and seen:
                raise _Broken("a second document begins here: take the '---' out", _mark(event))
            if isinstance(event, yaml.NodeEvent):
                found, seen = self._node(event, 0), True
        return None if found is None or (isinstance(found, Scalar) and found.value is None) else found

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401
        mark = _mark(event)
        if isinstance(event, yaml.AliasEvent):
            self._wrong(f"'*{event.anchor}' is an alias, which stories do not use: write the value out", mark)
            return Scalar(None, mark)
        if depth > DEEPEST:
            raise _Broken(TOO_DEEP, mark)
        if event.tag not in {None, "!"}:  # "!" is what a quoted text may have
            self._wrong(f"the tag {event.tag!r} means nothing in a story: take it out", mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(tuple(self._items(depth + 1)), mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(mark, depth + 1)
        return _scalar(event, mark)

    def _items(self, depth: int) -> list[Node]:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth))
        return items

    def _mapping(self, mark: Mark, depth: int) -> Mapping:
        entries: dict[str, tuple[Mark, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Broken("a key must be a word, not a list or mapping", _mark(event))
            here, value = _mark(event), self._node(next(self._events), depth)
            if event.value in entries:
                first = entries[event.value][0]
                self._wrong(f"{event.value!r} is here twice: it is on line {first.line} already", here)
            else:
                entries[event.value] = here, value
        return Mapping(entries, mark)

    def _wrong(self, text: str, mark: Mark) -> None:
        self.mistakes.append(Mistake(text, mark))


def _scalar(event: Any, mark: Mark) -> Scalar:  # noqa: ANN401
    text: str = event.value
    if event.style == ">":  # in folded text the line ends that are left part paragraphs
        text = text.replace("\n", "\n\n")
    if event.style or event.tag:  # quoted or a block, hence text whatever it looks like
        return Scalar(text, mark)
    if text in _WORDS:
        return Scalar(_WORDS[text], mark)
    if len(text) <= _LONGEST_NUMBER:
        if _INT.fullmatch(text):
            return Scalar(int(text), mark)
        if _FLOAT.fullmatch(text):
            return Scalar(float(text), mark)
    return Scalar(text, mark)


def _mark(event: Any) -> Mark:  # noqa: ANN401
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _explain(error: yaml.YAMLError, text: str) -> Mistake:
    """Return what PyYAML says in one line, and where."""
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    context = getattr(error, "context", None)
    forbidden = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if forbidden is not None:
        before = text[: forbidden.start()]
        mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
    else:
        at_the_end = "end of stream" in said  # where something begins that never ends says more
        marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
        found = next((mark for mark in (reversed(marks) if at_the_end else marks) if mark is not None), None)
        mark = Mark(1, 1) if found is None else Mark(found.line + 1, found.column + 1)
    if "nesting depth" in said:  # at which libyaml gives up, some time after we would have
        return Mistake(TOO_DEEP, mark)
    return Mistake(f"this is no YAML: {said}" + (f" {context}" if context else ""), mark)
