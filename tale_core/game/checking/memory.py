"""What a story's data asks for in vain: facts that nothing ever makes true, timers that no rule waits for."""

from __future__ import annotations

from collections.abc import Iterator

from tale_core.game.located import Listing, Mapping, Node, Scalar, read_yaml
from tale_core.game.problems import meant
from tale_core.game.reading import Finding, Reading, Spot
from tale_core.game.story import CODE

_WORDS = ("facts", "once", "count", "timer", "start", "cancel")
"""What stands in every file that this is about."""

Names = dict[str, Spot]
"""Names by where they first stand."""


def findings(reading: Reading) -> Iterator[Finding]:
    """Yield what conditions and rules ask for in vain; code may do anything, so a story with code is left in peace."""
    folder = reading.story.folder
    if not reading.own or (folder / CODE).is_file():
        return
    asked, given, started, timers = Names(), Names(), Names(), Names()
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8-sig")
        if not any(word in text for word in _WORDS):  # most of a big story is read but once
            continue
        document, _ = read_yaml(text)
        if isinstance(document, Mapping):
            for section, (_, node) in document.entries.items():
                if section == "facts" and isinstance(node, Mapping):
                    given.update({name: Spot(path.name, mark) for name, (mark, _) in node.entries.items()})
                else:
                    _facts(node, path.name, asked, given)
                if section == "rules" and isinstance(node, Listing):
                    _timers(node, path.name, started, timers)
    for name, spot in asked.items():
        if name not in given:
            text = f"nothing ever makes the fact {name!r} true"
            yield reading.finding("warning", "fact", name, spot, text, meant(name, given))
    for name, spot in started.items():
        if name not in timers:
            text = f"no rule waits for the timer {name!r}"
            yield reading.finding("warning", "timer", name, spot, text, meant(name, timers) or f"- timer: {name}")


def _facts(node: Node, file: str, asked: Names, given: Names, condition: bool = False) -> None:
    """Gather the facts that conditions ask for, and those that something sets, counts or remembers."""
    for key, mark_and_node in node.entries.items() if isinstance(node, Mapping) else ():
        inner = mark_and_node[1]
        if key in {"facts", "once"} or (key == "count" and not isinstance(inner, Scalar)):
            for name, spot in _named(inner, file):
                if condition:
                    asked.setdefault(name, spot)
                elif not name.startswith("not "):
                    given.setdefault(name, spot)
        else:
            _facts(inner, file, asked, given, key in {"when", "unless"})
    for item in node.items if isinstance(node, Listing) else ():
        _facts(item, file, asked, given)


def _timers(rules: Listing, file: str, started: Names, timers: Names) -> None:
    for rule in rules.items:
        for key, found in (("timer", timers), ("start", started), ("cancel", started)):
            if isinstance(rule, Mapping) and key in rule.entries:
                for name, spot in _named(rule.entries[key][1], file):
                    found.setdefault(name, spot)


def _named(node: Node, file: str) -> Iterator[tuple[str, Spot]]:
    """Yield the names in one value: a text, a list of texts, or the keys of a mapping."""
    if isinstance(node, Mapping):
        yield from ((name, Spot(file, mark)) for name, (mark, _) in node.entries.items())
    for item in node.items if isinstance(node, Listing) else (node,):
        if isinstance(item, Scalar) and isinstance(item.value, str):
            yield item.value, Spot(file, item.mark)
