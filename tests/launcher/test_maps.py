"""Maps as text and as pictures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tale_core.game.atlas import atlas
from tale_core.launcher.drawnmap import svg_map
from tale_core.launcher.textmap import text_map
from tale_core.world.components import Door, Hidden, Lock, Name, Openable, Place
from tale_core.world.store import World

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def world() -> World:
    world = World()
    world.add("green", Name("Village Green"), Place({"north": "gate", "east": "mill", "in": "inn", "up": "roof"}))
    world.add("church", Name("Church of St. Bartholomew the Improbable"), Place({"south": "gate"}))
    world.add("mill", Name("Mill <old>"), Place({"southeast": "river"}))
    world.add("river", Name("River"), Place({"northwest": "mill", "west": "trap"}, dark=True))
    world.add("cellar", Name("Cellar"), Place({"east": "trap"}))
    world.add("inn", Name("Inn"), Place({"out": "green"}))
    world.add("roof", Name("Roof"), Place({"down": "green"}))
    world.add("gate", Name("iron gate"), Door("green", "church"), Openable(), Lock())
    world.add("trap", Name("trap door"), Door("river", "cellar"), Openable(), Hidden())
    return world


PICTURE = """\
Level 1

┌────────────────┐
│ Roof           │
│                │
└──────────────▼─┘

Level 0

┌────────────────┐
│ Church of St.  │
│ Bartholomew…   │
└────────────────┘
         #
┌────────────────┐     ┌────────────────┐
│ * Village      │──>──│ Mill <old>     │
│ Green          │     │                │
└──────────────▲─┘     └────────────────┘
                                           ╲
┌────────────────┐     ┌────────────────┐     ┌────────────────┐
│ Inn            │     │ Cellar         │──?──│ River          │
│                │     │                │     │                │
└────────────────┘     └────────────────┘     └────────────────┘

Village Green: in to Inn, out back

Village Green: up to Roof, down back
"""


def test_a_map_is_drawn_in_characters(world: World) -> None:
    assert text_map(world, atlas(world, "green")).startswith(PICTURE)


def test_a_map_is_drawn_as_a_picture_that_can_be_read_out(world: World) -> None:
    text = svg_map(world, atlas(world, "green"), "A & B")
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    title, description = (root.find(f"{SVG}{tag}") for tag in ("title", "desc"))
    assert [title.get("id"), description.get("id")] == named
    assert title.text == "Map of A & B"
    assert "North of Village Green through the locked iron gate: Church of St." in description.text
    assert "East of Village Green: Mill <old>, with no way back." in description.text
    assert len(root.findall(f"{SVG}g/{SVG}rect")) == len(world.every(Place)) + 2  # two in the legend
    assert {rect.get("class") for rect in root.iter(f"{SVG}rect")} >= {"door", "door locked"}
    assert any(path.get("class") == "way secret" for path in root.iter(f"{SVG}path"))


def test_boxes_do_not_overlap_and_lie_within_the_picture(world: World) -> None:
    root = ElementTree.fromstring(svg_map(world, atlas(world, "green"), "Map"))
    _, _, width, height = map(float, root.get("viewBox").split())
    boxes = [
        tuple(float(rect.get(name)) for name in ("x", "y", "width", "height"))
        for rect in root.findall(f"{SVG}g/{SVG}rect")
    ]
    for number, (x, y, w, h) in enumerate(boxes):
        assert 0 <= x <= width - w
        assert 0 <= y <= height - h
        for ox, oy, ow, oh in boxes[number + 1 :]:
            assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y


def test_the_command_prints_and_draws(installation, tmp_path: Path) -> None:
    done = installation.tale("map", "dungeon", "--seed", "7")
    assert (done.returncode, "Level 4" in done.stdout) == (0, True)
    assert done.stdout != installation.tale("map", "dungeon", "--seed", "8").stdout
    done = installation.tale("map", "dungeon", "--svg", "map.svg")
    assert (done.returncode, done.stdout) == (0, "Drawn to map.svg.\n")
    ElementTree.fromstring((tmp_path / "map.svg").read_text("utf-8"))
