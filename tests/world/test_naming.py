"""Names of things and places as sentences need them."""

from __future__ import annotations

import pytest

from tale_core.story import Name, Place, World
from tale_core.world.describing import listed_ways
from tale_core.world.messages import standard
from tale_core.world.ways import Way


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Hall", "the Hall"),
        ("The Slip", "the Slip"),
        ("The", "the The"),
        ("Pascoe's Tea Room", "Pascoe's Tea Room"),
        ("Mrs Pascoe's Kitchen", "Mrs Pascoe's Kitchen"),
        ("The Keeper's Garden", "the Keeper's Garden"),
        ("Foyer of the Opera House", "the Foyer of the Opera House"),
    ],
)
def test_a_title_gets_the_article_that_it_needs(title, told) -> None:
    assert "".join(standard().language.titled(Name(title))) == told


def test_a_place_that_several_directions_lead_to_is_listed_once() -> None:
    world = World()
    world.add("hall", Name("Hall"), Place())
    world.add("yard", Name("Yard"), Place())
    found = [Way("north", "", "hall"), Way("east", "", "yard"), Way("in", "", "hall")]
    assert "".join(run.text for run in listed_ways(standard().language, world, found)) == "north and east"
