"""The schema takes what the reader takes, and refuses the mistakes that it can see: on every story that there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tale_core.game.located import plain, read_yaml
from tale_core.game.schema import schema_text, world_schema
from tale_core.game.worlddata import SECTIONS, kinds

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parents[2]
WRONG = ("broken",)
FILES = sorted(
    path
    for folder in ("stories", "tests", "docs", "tale_core")
    for toml in (ROOT / folder).rglob("story.toml")
    if toml.parent.name not in WRONG
    for path in toml.parent.glob("*.yaml")
)


def mistakes(data: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(world_schema())
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(data)]


def test_it_is_a_schema_and_the_same_every_time() -> None:
    jsonschema.Draft202012Validator.check_schema(world_schema())
    assert json.loads(schema_text()) == json.loads(json.dumps(world_schema()))


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.name}" for path in FILES])
def test_every_storys_data_fits(path: Path) -> None:
    document, wrong = read_yaml(path.read_text("utf-8"))
    assert document is not None
    assert not wrong
    assert mistakes(plain(document)) == []


PAGES = sorted((ROOT / "docs").glob("**/*.md"))
FENCED = re.compile(r"^```yaml \S+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_what_the_documents_show_fits(page: Path) -> None:
    for text in FENCED.findall(page.read_text("utf-8")):
        document, wrong = read_yaml(text)
        assert document is not None
        assert not wrong
        assert mistakes(plain(document)) == []


def test_every_component_is_described() -> None:
    described = world_schema()["$defs"]
    for key in kinds():
        assert len(described[f"component.{key}"]["description"]) > 10


@pytest.mark.parametrize(
    "data",
    [
        {"places": {"hall": {"titel": "Hall"}}},
        {"places": {"hall": {}}},
        {"places": {"hall": {"title": "Hall", "exits": {"nroth": "hall"}}}},
        {"places": {"bad id": {"title": "Hall"}}},
        {"thingz": {}},
        {"things": {"hat": {"wearable": {"slot": "heed"}}}},
        {"things": {"hat": {"treasure": True}}},
        {"things": {"hat": {"in": 3}}},
        {"people": {"bob": {"hp": "many"}}},
        {"people": {"bob": {"shop": {"when": {"facst": "x"}}}}},
        {"rules": [{"afterwards": "take"}]},
        {"rules": {"after": "take"}},
        {"actions": {"ring": {}}},
        {"facts": {"rung": []}},
    ],
)
def test_mistakes_are_refused(data: dict) -> None:
    assert mistakes(data)


@pytest.mark.parametrize("section", [*SECTIONS, "rules", "facts", "actions"])
def test_a_section_may_be_empty(section: str) -> None:
    assert mistakes({section: None}) == []
