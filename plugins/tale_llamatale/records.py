"""JSON objects read key by key: a value of the wrong type is a mistake, a key that nobody asks for is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isnan
from typing import NamedTuple

from tale_core.game.located import Listing, Mapping, Mark, Node, Scalar
from tale_core.game.located_json import read_json
from tale_core.game.problems import TOP, Problems
from tale_core.game.reading import Finding

FOR_A_MODEL = "it is for a language model, and Tale has none"
UNUSED = "Tale has no use for it"

_FOR_A_MODEL = frozenset(
    {
        "action_history", "age", "autonomous", "conversations", "current_section", "dungeon_config", "epoch", "goal",
        "image_gen", "known_locations", "length", "lore", "memory", "mood", "observed_events", "parse_occupation",
        "past_sections", "personality", "planned_actions", "progress", "races", "random_events", "sentiments", "speed",
        "world_mood",
    }
)  # fmt: skip


class Unread(NamedTuple):
    """Hold a key that was there and that nobody asked for."""

    file: str
    kind: str
    key: str
    mark: Mark


class Book:
    """Hold what is wrong with the story's files, and what of them was not used."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.records: list[Record] = []
        self.remarks: list[Finding] = []

    def file(self, name: str, kind: str) -> Record:
        """Read a file; one that is not there is an empty object."""
        node: Node | None = None
        if (self.problems.folder / name).is_file():
            text = self.problems.read(name)
            node, mistakes = (None, []) if text is None else read_json(text)
            for mistake in mistakes:
                self.problems.add(name, mistake.mark, mistake.text)
            if node is not None and not isinstance(node, Mapping):
                self.problems.add(name, node.mark, "this file must hold an object", "{…}")
        return Record(self, name, kind, node if isinstance(node, Mapping) else Mapping({}, TOP))

    def remark(self, code: str, about: str, file: str, mark: Mark, text: str, hint: str = "") -> None:
        """Note what an author may want to know."""
        self.remarks.append(Finding("note", code, about, file, mark.line, mark.column, text, hint))

    def notes(self) -> tuple[Finding, ...]:
        """Return all remarks, and one for each key that means nothing here, however often it occurs."""
        unread: dict[tuple[str, str, str], list[Unread]] = {}
        for each in (each for record in self.records for each in record.unread()):
            unread.setdefault((each.file, each.kind, each.key), []).append(each)
        found = list(self.remarks)
        for (file, kind, key), places in unread.items():
            times = f", {len(places)} times" if len(places) > 1 else ""
            why = FOR_A_MODEL if key in _FOR_A_MODEL else UNUSED
            mark = places[0].mark
            text = f"{key!r} of {kind}{times}: {why}"
            found.append(Finding("note", "unused", key, file, mark.line, mark.column, text))
        return tuple(found)


class Record:
    """Read one JSON object; ``kind`` is what it describes: "an item"."""

    def __init__(self, book: Book, file: str, kind: str, node: Mapping) -> None:
        self.book = book
        self.file = file
        self.kind = kind
        self.node = node
        self._asked: set[str] = set()
        book.records.append(self)

    def has(self, key: str) -> bool:
        """Tell whether there is a value, other than null."""
        found = self._find(key)
        return found is not None and not (isinstance(found, Scalar) and found.value is None)

    def mark(self, key: str = "") -> Mark:
        """Return where a key stands, or the object itself."""
        return self.node.entries[key][0] if key in self.node.entries else self.node.mark

    def text(self, key: str, default: str = "") -> str:
        """Return a text, without blanks around it; a number is one, too."""
        value = self._plain(key, "a text")
        return default if value is None else str(value).strip()

    def number(self, key: str, default: int = 0) -> int:
        """Return a number, rounded; within what makes sense anywhere."""
        value = self._plain(key, "a number")
        if value is None:
            return default
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                self.wrong(key, f"a number is expected for {key!r}, not {value!r}")
                return default
        return default if isnan(value) else round(max(-1e9, min(1e9, value)))

    def share(self, key: str) -> list[float]:
        """Return a list of numbers."""
        node = self._find(key)
        items = node.items if isinstance(node, Listing) else ()
        return [float(each.value) for each in items if isinstance(each, Scalar) and isinstance(each.value, int | float)]

    def truth(self, key: str) -> bool:
        """Return whether something is so."""
        value = self._plain(key, "true or false")
        return value not in (None, False, 0, "", "false", "False")

    def record(self, key: str, kind: str) -> Record | None:
        """Return an object."""
        node = self._find(key)
        if isinstance(node, Mapping):
            return Record(self.book, self.file, kind, node)
        if node is not None and not _is_null(node):
            self.wrong(key, f"an object is expected for {key!r}", "{…}")
        return None

    def records(self, key: str, kind: str) -> list[tuple[str, Record]]:
        """Return the objects of an object or of a list, each with its key (its name in a list)."""
        node = self._find(key)
        found: list[tuple[str, Record]] = []
        if isinstance(node, Mapping):
            pairs: Iterator[tuple[str, Node]] = ((name, each) for name, (_, each) in node.entries.items())
        elif isinstance(node, Listing):
            pairs = (("", each) for each in node.items)
        else:
            if node is not None and not _is_null(node):
                self.wrong(key, f"a list or an object is expected for {key!r}")
            return []
        for name, each in pairs:
            if isinstance(each, Mapping):
                record = Record(self.book, self.file, kind, each)
                found.append((name or record.text("name"), record))
            else:
                self.book.problems.add(self.file, each.mark, f"an object is expected in {key!r}", '{"name": …}')
        return found

    def names_and_records(self, key: str, kind: str) -> list[str | Record]:
        """Return what a list holds: names of things that are described elsewhere, or objects."""
        node = self._find(key)
        if not isinstance(node, Listing):
            if node is not None and not _is_null(node):
                self.wrong(key, f"a list is expected for {key!r}", "[…]")
            return []
        found: list[str | Record] = []
        for each in node.items:
            if isinstance(each, Mapping):
                found.append(Record(self.book, self.file, kind, each))
            elif isinstance(each, Scalar) and isinstance(each.value, str):
                found.append(each.value.strip())
            elif not _is_null(each):
                self.book.problems.add(self.file, each.mark, f"a name is expected in {key!r}")
        return found

    def names(self, key: str) -> list[str]:
        """Return a list of names."""
        return [each for each in self.names_and_records(key, key) if isinstance(each, str) and each]

    def leave(self, *keys: str) -> None:
        """Take note of keys that mean something that needs no doing."""
        self._asked.update(keys)

    def wrong(self, key: str, text: str, hint: str = "") -> None:
        """Note a mistake at the value of a key."""
        mark = self.node.entries[key][1].mark if key in self.node.entries else self.node.mark
        self.book.problems.add(self.file, mark, text, hint)

    def unread(self) -> Iterator[Unread]:
        """Yield the keys that nobody asked for and that say something."""
        for key, (mark, node) in self.node.entries.items():
            empty = _is_null(node) or (isinstance(node, Scalar) and node.value in ("", 0, False))
            empty = empty or (isinstance(node, Listing) and not node.items)
            if key not in self._asked and not empty and not (isinstance(node, Mapping) and not node.entries):
                yield Unread(self.file, self.kind, key, mark)

    def _find(self, key: str) -> Node | None:
        self._asked.add(key)
        return self.node.entries[key][1] if key in self.node.entries else None

    def _plain(self, key: str, wanted: str) -> str | int | float | bool | None:
        node = self._find(key)
        if node is None or isinstance(node, Scalar):
            return None if node is None else node.value
        self.wrong(key, f"{wanted} is expected for {key!r}")
        return None


def slug(name: str, default: str = "thing") -> str:
    """Return an id for a name: "Royal Grotto" -> "royal_grotto"."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or default


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None
