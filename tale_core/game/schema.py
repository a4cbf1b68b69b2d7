"""The JSON Schema of world data, for editors: made from the same components and tables that the reader goes by."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from tale_core.game import worlddata
from tale_core.game.datarules import DataAction, DataRule
from tale_core.world.components import Component, Place
from tale_core.world.directions import OPPOSITES

Schema = dict[str, Any]  # JSON Schema: nested data of any shape


def schema_text() -> str:
    """Return the schema as a file's text."""
    return json.dumps(world_schema(), indent=2, ensure_ascii=False) + "\n"


def world_schema() -> Schema:
    """Return the schema that every ``*.yaml`` file of a story fits."""
    kinds = worlddata.kinds()
    _, definitions = msgspec.json.schema_components([DataRule, DataAction], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "World data of a Tale story",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            section: {
                "description": f"The story's {section}, by id.",
                "type": ["object", "null"],
                "propertyNames": {"pattern": rf"^{worlddata.ID.pattern}$"},
                "additionalProperties": {"$ref": f"#/$defs/{section}"},
            }
            for section in worlddata.SECTIONS
        }
        | _rules(),
        "$defs": {
            **definitions,
            **{section: _thing(section) for section in worlddata.SECTIONS},
            **{f"component.{key}": _component(kind) for key, kind in kinds.items()},
        },
    }


def _rules() -> Schema:
    """Return the schemas of the sections that hold no things."""
    fact = {"anyOf": [{"type": "boolean"}, {"type": "integer"}, {"type": "string"}]}
    action = {"$ref": f"#/$defs/{DataAction.__name__}"}
    rule = {"$ref": f"#/$defs/{DataRule.__name__}"}
    return {
        "facts": {
            "description": "The story's facts as it begins.",
            "type": ["object", "null"],
            "additionalProperties": fact,
        },
        "actions": {
            "description": "Actions of the story's own.",
            "type": ["object", "null"],
            "additionalProperties": action,
        },
        "rules": {"description": "The story's rules.", "type": ["array", "null"], "items": rule},
    }


def _thing(section: str) -> Schema:
    """Return the schema of one place, thing or person."""
    properties: Schema = {}
    if section != "places":
        properties |= {word: {"type": "string", "description": f"What it is {word}."} for word in worlddata.WHERE}
    for kind in worlddata.FLAT[section]:
        properties |= _fields(kind)
    if section == "places":
        properties["title"] = {"type": "string", "description": "What the place is called."}
    for key, kind in worlddata.kinds().items():
        properties.setdefault(key, {"$ref": f"#/$defs/component.{key}", "description": summary(kind)})
    schema: Schema = {"type": ["object", "null"], "additionalProperties": False, "properties": properties}
    if section == "places":
        schema |= {"type": "object", "required": ["title"]}
    return schema


def _component(kind: type[Component]) -> Schema:
    """Return what a component may be written as: true for its defaults, its first field alone, or all by name."""
    fields = msgspec.structs.fields(kind)
    by_name: Schema = {"type": "object", "additionalProperties": False, "properties": _fields(kind)}
    required = [field.name for field in fields if field.required]
    if required:
        by_name["required"] = required
    forms: list[Schema] = [by_name] if fields else []
    if fields:
        forms.append(_fields(kind)[fields[0].name])
    forms.append({"enum": [False]} if required else {"enum": [True, False, None]})
    return {"description": summary(kind), "anyOf": forms}


def _fields(kind: type[Component]) -> Schema:
    """Return the schema of each field; a list of one needs no brackets."""
    (schema,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    found: Schema = definitions.get(kind.__name__, schema).get("properties", {})
    if kind is Place:
        names = {"enum": list(OPPOSITES)}
        found["exits"] = {**found["exits"], "propertyNames": names}
    return {name: _loose(each) for name, each in found.items()}


def _loose(schema: Schema) -> Schema:
    if schema.get("type") != "array":
        return schema
    return {"anyOf": [{key: value for key, value in schema.items() if key != "default"}, schema.get("items", {})]}


def summary(kind: type[Component]) -> str:
    """Return the first sentence of what a component's documentation says."""
    return " ".join((kind.__doc__ or "").strip().partition("\n\n")[0].split()).replace("``", "'")
