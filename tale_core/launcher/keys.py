"""Carry out ``tale keys``: every key that a story's files may have, read off the types that the reader goes by."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from tale_core.errors import UsageError
from tale_core.game import datarules, worlddata
from tale_core.game.schema import summary
from tale_core.game.storyfile import INFO, StoryInfo
from tale_core.launcher.names import unknown

Types = dict[str, type[Struct]]

PLAIN: Mapping[object, str] = {
    str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "nothing",
}  # fmt: skip


def topics() -> Types:
    """Return everything that has keys of its own: by the key under which it stands, or by its name."""
    found: Types = {INFO: StoryInfo}
    found |= {section: kinds[0] for section, kinds in worlddata.FLAT.items()}  # a person's others: see "actor"
    found |= dict(sorted(worlddata.kinds().items()))
    found |= {"rules": datarules.DataRule, "actions": datarules.DataAction}
    known = set(found.values())
    for kind in list(found.values()):
        found |= {inner.__name__: inner for inner in _inside(kind, known)}
    return found


def described(names: tuple[str, ...]) -> Iterator[str]:
    """Yield what the keys of these names, or all of them, mean; raise ``UsageError`` for a name that is none."""
    found = topics()
    for name in names:
        if name not in found:
            raise UsageError(unknown("key", name, found))
    if not names:
        where = ", ".join(worlddata.WHERE)
        yield f"A place has a title; a thing and a person are somewhere: {where}.\n"
    for name in names or found:
        yield from _topic(name, found[name])


def _topic(name: str, kind: type[Struct]) -> Iterator[str]:
    yield f"## {name}\n\n{summary(kind)}\n"
    remarks, hints = _remarks(kind), get_type_hints(kind, include_extras=False)
    fields = msgspec.structs.fields(kind)
    for field in fields:
        remark = f": {remarks[field.name]}" if field.name in remarks else ""
        yield f"- {field.name} ({type_of(hints[field.name])}{_default(field)}){remark}"
    if fields:
        yield ""


def type_of(wanted: Any) -> str:  # noqa: ANN401  (any type that a field may have)
    """Return in words what may be written: "text or list of text"."""
    if wanted in PLAIN:
        return PLAIN[wanted]
    origin, options = get_origin(wanted), get_args(wanted)
    if options and all(isinstance(option, str) for option in options):
        return " or ".join(option or "nothing" for option in options)
    if origin in (tuple, list):
        return f"list of {type_of(options[0])}"
    if origin is dict:
        return f"{type_of(options[0])}: {type_of(options[1])}, …"
    if options:
        return " or ".join(dict.fromkeys(type_of(option) for option in options if option is not type(None)))
    return str(getattr(wanted, "__name__", wanted))


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "; needed"
    value = field.default
    if value is msgspec.NODEFAULT or value in ("", (), None):
        return ""
    return f"; {msgspec.json.encode(value).decode()} if not given"


def _remarks(kind: type[Struct]) -> dict[str, str]:
    """Return what the source says beside each field, of the type and of those that it is made of."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if issubclass(base, Struct) and base is not Struct:
            found |= dict(re.findall(r"^    (\w+): .*?  # (.*)$", inspect.getsource(base), re.MULTILINE))
    return found


def _inside(kind: type[Struct], known: set[type[Struct]]) -> Iterator[type[Struct]]:
    """Yield the types that the values of a type's keys have, as deep as they go, each once."""
    pending = list(get_type_hints(kind).values())
    while pending:
        each = pending.pop(0)
        if isinstance(each, type) and issubclass(each, Struct) and each not in known:
            known.add(each)
            yield each
            pending += get_type_hints(each).values()
        pending += [part for part in get_args(each) if not isinstance(part, str)]
