"""World data: ``places``, ``things`` and ``people`` in YAML, turned into components.

What may be written follows from the components themselves: ``container: {capacity: 3}`` fills the fields of
``Container``, ``light: true`` takes its defaults, ``readable: text`` sets its first field. A place's own fields, a
thing's names and a person's body need no word of their own: ``dark: true``, ``also: [lamp]``, ``hp: 12``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, get_args, get_origin

import msgspec

from tale_core.game import datarules
from tale_core.game.datarules import DataRules
from tale_core.game.located import Listing, Mapping, Mark, Node, Scalar, inner, key_in, plain, read_yaml
from tale_core.game.problems import TOP, Problems, meant
from tale_core.world import components, hints, people
from tale_core.world.components import Actor, Component, How, Name, Place
from tale_core.world.store import World

SECTIONS = ("places", "things", "people")

WHERE: dict[str, How] = {"in": "in", "on": "on", "held by": "held", "worn by": "worn", "part of": "part"}

FLAT: dict[str, tuple[type[Component], ...]] = {"places": (Place,), "things": (Name,), "people": (Name, Actor)}
_KEPT_BY_THE_ENGINE = {
    "affected", "asked", "away", "currency", "dialogue", "facts", "felt", "hinted", "in_dark", "location", "memory",
    "name", "place", "player", "preferences", "reply_to", "rules", "shared", "tried", "unnamed", "visited",
}  # fmt: skip
ID = re.compile(r"[A-Za-z0-9_]+([.\-][A-Za-z0-9_]+)*")
_HP = 10


class Draft(NamedTuple):
    """Hold one thing as written: its components, where it is to be, and the text it comes from."""

    id: str
    components: tuple[Component, ...]
    parent: str
    how: How
    file: str
    mark: Mark
    node: Mapping

    def at(self, *keys: str) -> Mark:
        """Return where the value stands to which the keys lead, as near as they can be followed."""
        mark, node = self.mark, self.node
        for key in keys:
            if key not in node.entries:
                break
            _, value = node.entries[key]
            mark = value.mark
            if not isinstance(value, Mapping):
                break
            node = value
        return mark


class WorldData(NamedTuple):
    """Hold what the YAML files have: things, and rules; it is not ``complete`` when a file could not be read."""

    drafts: list[Draft]
    rules: DataRules
    complete: bool


def read_world(problems: Problems) -> WorldData:
    """Return all that the story's ``*.yaml`` files have, in the order of the files' names. Every mistake is noted."""
    drafts: dict[str, Draft] = {}
    rules = DataRules(problems)
    complete = True
    for path in sorted(problems.folder.glob("*.yaml")):
        text = problems.read(path.name)
        document, mistakes = (None, []) if text is None else read_yaml(text)
        complete = complete and text is not None and not (document is None and mistakes)
        for mistake in mistakes:
            problems.add(path.name, mistake.mark, mistake.text)
        for draft in _File(path.name, problems, rules).drafts(document):
            first = drafts.setdefault(draft.id, draft)
            if first is not draft:
                known = f"{first.file}:{first.mark.line}"
                problems.add(draft.file, draft.mark, f"{draft.id!r} is the id of two things", f"the other: {known}")
    return WorldData(list(drafts.values()), rules, complete)


def add_all(world: World, drafts: list[Draft]) -> None:
    """Add the things to a world, each where it is to be; they must have been checked."""
    for draft in drafts:
        world.add(draft.id, *draft.components)
    for draft in drafts:
        if draft.parent:
            world.move(draft.id, draft.parent, draft.how)


@cache
def kinds() -> dict[str, type[Component]]:
    """Return the components that may be written out, by their key: ``container`` for ``Container``."""
    found = {
        _snake(kind.__name__): kind
        for module in (components, people, hints)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Component) and kind is not Component
    }
    return {key: kind for key, kind in found.items() if key not in _KEPT_BY_THE_ENGINE}


@cache
def _fields(kind: type[Component]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


class _File:
    """Turn one file's document into drafts."""

    def __init__(self, name: str, problems: Problems, rules: DataRules) -> None:
        self._name = name
        self._problems = problems
        self._rules = rules

    def drafts(self, document: Node | None) -> Iterator[Draft]:
        """Yield a draft for each thing."""
        if document is None:
            return
        if not isinstance(document, Mapping):
            self._wrong(TOP, "this file must hold 'places:', 'things:' or 'people:'")
            return
        for section, (mark, listed) in document.entries.items():
            if section in datarules.SECTIONS:
                self._rules.read(section, listed, self._name, self._value)
            elif section not in SECTIONS:
                known = (*SECTIONS, *datarules.SECTIONS)
                self._wrong(mark, f"{section!r} is no part of a world", meant(section, known))
            elif isinstance(listed, Mapping):
                for id, (where, node) in listed.entries.items():
                    yield self._draft(section, id, where, node)
            elif not _is_nothing(listed):
                self._wrong(listed.mark, f"{section!r} must map ids to what they are", "hall: {title: Hall}")

    def _draft(self, section: str, id: str, mark: Mark, node: Node) -> Draft:
        if not ID.fullmatch(id):
            self._wrong(mark, f"{id!r} is no id", "use letters, digits, '_', '.' and '-'")
        if not isinstance(node, Mapping):
            if not _is_nothing(node):
                self._wrong(node.mark, f"{id!r} must be a mapping", "name: …, description: …")
            node = Mapping({}, mark)
        flat: dict[type[Component], dict[str, object]] = {kind: {} for kind in FLAT[section]}
        found: list[Component] = []
        parent, how = "", WHERE["in"]
        for key, (where, value) in node.entries.items():
            if section != "places" and key in WHERE:
                if parent:
                    self._wrong(where, f"{id!r} can only be in one place", "keep one of: " + ", ".join(WHERE))
                parent, how = str(self._value(value, str) or ""), WHERE[key]
            elif section == "places" and key == "title":
                flat.setdefault(Name, {})["name"] = self._value(value, str)
            elif owner := next((kind for kind in FLAT[section] if key in _fields(kind)), None):
                flat[owner][key] = self._value(value, _fields(owner)[key].type)
            elif key in kinds():
                found += self._component(kinds()[key], key, value)
            else:
                torn = _is_nothing(value) and not key.isidentifier()
                hint = "within { } a text that has a comma needs quotes" if torn else meant(key, _known(section))
                self._wrong(where, f"{key!r} means nothing here", hint)
        made = [_with_defaults(kind, id, fields) for kind, fields in flat.items()]
        if section == "places" and Name not in flat:
            self._wrong(mark, f"the place {id!r} has no title", "title: …")
        return Draft(id, (*made, *found), parent, how, self._name, mark, node)

    def _component(self, kind: type[Component], key: str, value: Node) -> list[Component]:
        if isinstance(value, Scalar) and value.value is False:
            return []
        fields = _fields(kind)
        given: dict[str, object] = {}
        if isinstance(value, Mapping):
            for name, (mark, node) in value.entries.items():
                if name in fields:
                    given[name] = self._value(node, fields[name].type)
                else:
                    self._wrong(mark, f"{key!r} has no {name!r}", meant(name, fields))
                    return []
        elif not (_is_nothing(value) or (isinstance(value, Scalar) and value.value is True)):
            if not fields:
                self._wrong(value.mark, f"{key!r} takes no value", f"{key}: true")
                return []
            first = next(iter(fields.values()))
            given[first.name] = self._value(value, first.type)
        missing = [name for name, field in fields.items() if field.required and name not in given]
        if missing:
            self._wrong(value.mark, f"{key!r} needs {' and '.join(map(repr, missing))}")
        given = _sound(given)
        return [kind(**given)] if all(name in given for name, field in fields.items() if field.required) else []

    def _value(self, node: Node, wanted: object) -> object:
        """Return the value as the type that is wanted, UNSET when it cannot be."""
        value = plain(node)
        if isinstance(value, str):
            value = value.strip()
            if get_origin(wanted) is tuple:  # one alone needs no brackets
                value, node = [value], Listing((node,), node.mark)
        try:
            return msgspec.convert(value, wanted)
        except msgspec.ValidationError as error:
            said, _, path = str(error).partition(" - at ")
            at = inner(node, path)
            mark, text = at.mark, said.replace("`", "'")
            if (strange := re.search(r"unknown field `(.*)`", said)) and (found := key_in(at, strange[1])):
                mark, text = found, f"{strange[1]!r} means nothing here"
            self._wrong(mark, text, _hint(plain(at), wanted, said))
            return msgspec.UNSET

    def _wrong(self, mark: Mark, text: str, hint: str = "") -> None:
        self._problems.add(self._name, mark, text, hint)


def _with_defaults(kind: type[Component], id: str, given: dict[str, object]) -> Component:
    """Make a component whose required fields may be left out: a name follows from the id, health is usual."""
    fields = _sound(given)
    if kind is Name:
        fields.setdefault("name", re.split(r"[.\-]", id)[-1].replace("_", " "))
    if kind is Actor:
        fields.setdefault("hp", fields.get("max_hp", _HP))
        fields.setdefault("max_hp", fields["hp"])
    return kind(**fields)


def _sound(given: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if value is not msgspec.UNSET}


def _known(section: str) -> list[str]:
    """Return the keys that a thing of this section may have."""
    places = ["title"] if section == "places" else list(WHERE)
    return [*places, *(field for kind in FLAT[section] for field in _fields(kind)), *kinds()]


def _hint(value: object, wanted: object, said: str) -> str:
    if (strange := re.search(r"unknown field `(\w+)`", said)) and isinstance(wanted, type):
        return meant(strange[1], getattr(wanted, "__struct_fields__", ()))
    options = [option for option in get_args(wanted) if isinstance(option, str)]
    if get_origin(wanted) is Literal:
        return meant(str(value), options)
    if wanted is str and isinstance(value, int | float):
        return f'put it in quotes: "{value}"'
    return ""


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
