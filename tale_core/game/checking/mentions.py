"""What a story names besides laying its world out: every text in its code and rules, and ids that components hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tale_core.game.reading import Reading
from tale_core.game.worlddata import kinds
from tale_core.world.components import Backdrop, Behaviour, Description, Door, Lock, Place, Readable

_LAID_OUT = {Backdrop, Behaviour, Description, Door, Lock, Place, Readable}
"""Components whose ids are the world's own plan, which is what is to be checked, or prose."""


def mentioned(reading: Reading) -> frozenset[str]:
    """Return every text in the story's code and rules, and every one in components that may name other things."""
    named = set(reading.named)
    for path in sorted(reading.story.folder.rglob("*.py")):
        named.update(_texts(path))
    for kind in kinds().values():
        if kind not in _LAID_OUT:
            for thing in reading.world.every(kind):
                named.update(strings(msgspec.to_builtins(reading.world.need(thing, kind))))
    return frozenset(named)


def _texts(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):  # no code that this story runs, or it would not have been loaded
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def strings(value: object) -> Iterator[str]:
    """Yield every text in nested data, keys as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
