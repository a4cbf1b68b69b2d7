"""The JSON Schema of world data, for editors: made from the same components and tables that the reader goes by."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from tale_core.game import worlddata
from tale_core.game.datarules import DataAction, DataRule
from tale_core.world.components import Component
from tale_core.world.directions import OPPOSITES
from tale_core.world.facts import Fact
from tale_core.world.people import Words

Schema = dict[str, Any]  # JSON Schema: nested data of any shape


def schema_text() -> str:
    """Return the schema as a file's text."""
    return json.dumps(world_schema(), indent=2, ensure_ascii=False) + "\n"


def world_schema() -> Schema:
    """Return the schema that every ``*.yaml`` file of a story fits."""
    kinds = worlddata.kinds()
    flat = [kind for section in worlddata.SECTIONS for kind in worlddata.FLAT[section]]
    types = [dict[str, Fact], dict[str, DataAction], list[DataRule], dict[str, Words], *kinds.values(), *flat]
    (facts, actions, rules, words, *_), defined = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "World data of a Tale story",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{section: _section(section) for section in worlddata.SECTIONS},
            "facts": {"description": "What the story remembers, by name.", **_or_nothing(facts)},
            "actions": {"description": "Actions of the story's own, by name.", **_or_nothing(actions)},
            "sentences": {"description": "More ways to say actions that there are, by action.", **_or_nothing(words)},
            "synonyms": {"description": "Words that may stand in the place of a verb, by verb.", **_or_nothing(words)},
            "rules": {"description": "What the story does differently.", **_or_nothing(rules)},
        },
        "$defs": {
            **defined,
            **{section: _thing(section, defined) for section in worlddata.SECTIONS},
            **{f"component.{key}": _component(kind, defined) for key, kind in kinds.items()},
        },
    }


def _section(section: str) -> Schema:
    return {
        "description": f"The story's {section}, by id.",
        "type": ["object", "null"],
        "propertyNames": {"pattern": rf"^{worlddata.ID.pattern}$"},
        "additionalProperties": {"$ref": f"#/$defs/{section}"},
    }


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _thing(section: str, defined: Schema) -> Schema:
    """Return the schema of one place, thing or person."""
    properties: Schema = {}
    if section != "places":
        properties |= {word: {"type": "string", "description": f"What it is {word}."} for word in worlddata.WHERE}
    for kind in worlddata.FLAT[section]:
        properties |= _fields(kind, defined)
    for key, kind in worlddata.kinds().items():
        properties.setdefault(key, {"$ref": f"#/$defs/component.{key}", "description": summary(kind)})
    if section != "places":
        return {"type": ["object", "null"], "additionalProperties": False, "properties": properties}
    properties["title"] = {"type": "string", "description": "What the place is called."}
    properties["exits"]["propertyNames"] = {"enum": list(OPPOSITES)}
    return {"type": "object", "required": ["title"], "additionalProperties": False, "properties": properties}


def _component(kind: type[Component], defined: Schema) -> Schema:
    """Return what a component may be written as: true for its defaults, its first field alone, or all by name."""
    by_name = _fields(kind, defined)
    required = [field.name for field in msgspec.structs.fields(kind) if field.required]
    forms: list[Schema] = []
    if by_name:
        forms.append({"type": "object", "additionalProperties": False, "properties": by_name, "required": required})
        forms.append(next(iter(by_name.values())))
    forms.append({"enum": [False]} if required else {"enum": [True, False, None]})
    return {"description": summary(kind), "anyOf": forms}


def _fields(kind: type[Component], defined: Schema) -> Schema:
    """Return the schema of each field; a list of one needs no brackets."""
    return {name: _loose(dict(each)) for name, each in defined[kind.__name__]["properties"].items()}


def _loose(schema: Schema) -> Schema:
    if schema.get("type") != "array":
        return schema
    return {"anyOf": [{key: value for key, value in schema.items() if key != "default"}, schema.get("items", {})]}


def summary(kind: type[msgspec.Struct]) -> str:
    """Return the first paragraph of what a component's documentation says."""
    return " ".join((kind.__doc__ or "").strip().partition("\n\n")[0].split()).replace("``", "'")
