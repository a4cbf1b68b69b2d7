"""LlamaTale's stories play, and what of them means nothing here is told. The examples are made up."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tale_llamatale import tale_story_formats
from tale_llamatale.reader import read

from tale_core.errors import StoryError
from tale_core.game.checking import check
from tale_core.game.formats import API
from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.reading import Reading
from tale_core.world.components import Actor, Behaviour, Container, Name, Place, Readable, Weapon, Wearable
from tale_core.world.messages import plain
from tale_core.world.people import Coins, Price, Shop

HARBOUR = Path(__file__).parent / "fixtures" / "harbour"


@pytest.fixture(scope="module")
def harbour() -> Reading:
    return read(HARBOUR)


@pytest.fixture
def altered(tmp_path: Path):
    """Return a function that reads the harbour after its files were changed."""

    def alter(change) -> Reading:
        folder = tmp_path / "harbour"
        shutil.copytree(HARBOUR, folder, dirs_exist_ok=True)
        files: dict[str, Any] = {
            name: json.loads((folder / name).read_text("utf-8")) for name in ("story_config.json", "world.json")
        }
        change(files["story_config.json"], files["world.json"])
        for name, data in files.items():
            (folder / name).write_text(json.dumps(data, indent=1), "utf-8")
        return read(folder)

    return alter


def told(reading: Reading, *lines: str, seed: int = 3) -> list[str]:
    """Return what a player is told for each line, from the beginning on."""
    game = Game(reading.story, seed)
    inputs = (Join("player", "You"), *(Typed("player", line) for line in lines))
    return ["\n".join(plain(event.text) for event in game.turn(each).events) for each in inputs]


def test_the_format_is_offered_and_recognised() -> None:
    (form,) = tale_story_formats()
    assert (form.name, form.api, form.load()) == ("llamatale", API, read)
    assert form.fits(HARBOUR)
    assert not form.fits(HARBOUR.parent)


def test_a_story_says_of_itself_what_its_settings_say(harbour: Reading) -> None:
    info = harbour.story.info
    assert (info.id, info.title, info.author) == ("harbour-of-lanterns", "Harbour of Lanterns", "A. Tester")
    assert (info.modes, info.start, info.coin, info.purse) == (("if", "mud"), "old_pier", "gold coin", 16)
    assert info.intro == "Dusk falls over the harbour. Somebody calls your name."
    assert info.description.startswith("Every evening the lanterns")


def test_locations_of_all_zones_are_places_with_exits_in_directions(harbour: Reading) -> None:
    places = {place: harbour.world.need(place, Place) for place in harbour.world.every(Place)}
    assert {place: found.exits for place, found in places.items()} == {
        "old_pier": {"north": "net_loft", "east": "tavern"},
        "net_loft": {"south": "old_pier"},
        "tavern": {"west": "old_pier"},
        "lookout": {"down": "net_loft"},
    }
    assert {place: (found.x, found.y) for place, found in places.items()} == {
        "old_pier": (0, 0),
        "net_loft": (0, -1),
        "tavern": (1, 0),
        "lookout": (0, 0),
    }


def test_people_have_bodies_tempers_trades_and_belongings(harbour: Reading) -> None:
    world = harbour.world
    keeper = world.need("keeper", Name)
    assert (keeper.name, keeper.also, keeper.gender) == ("old keeper", ("keeper", "harbourmaster"), "he")
    assert world.children("keeper", "held") == ["sailor_s_cap", "tinderbox"]
    assert world.need("mara", Name).proper
    assert world.has("mara", Shop)
    assert world.need("rat", Behaviour).kind == "hostile"
    assert world.need("rat", Actor).hp == 4


def test_things_can_do_what_their_types_can(harbour: Reading) -> None:
    world = harbour.world
    assert world.need("boat_hook", Weapon).damage == 5
    assert world.need("boat_hook", Price).coins == 9
    assert world.need("letter", Readable).text == "Light it before the tide."
    assert world.parent("letter") == "sea_chest"
    assert world.has("sea_chest", Container)
    assert world.need("sailor_s_cap", Wearable).slot == "head"
    assert world.need("coins", Coins).count == 7
    assert world.place_of("small_beer") == "tavern"


def test_it_is_played(harbour: Reading) -> None:
    answers = told(
        harbour,
        "north",
        "open chest",
        "read letter",
        "south",
        "enter tavern",
        "buy pie",
        "take coins",
        "west",
        "x harbourmaster",
        "x net loft",
        "go to net loft",
    )
    assert "Old Pier" in answers[0]
    assert "A ladder of nets goes up to a loft." in answers[0]
    assert "exit to Tavern" not in answers[0]
    assert "The nets creak under you." in answers[1]
    assert "letter" in answers[2]
    assert "Light it before the tide." in answers[3]
    assert "It is warm" in answers[5]
    assert "You buy the pie from Mara for 3 gold coins." in answers[6]
    assert "20 gold coins" in answers[7]
    assert "He has lit lanterns" in answers[9]
    assert "It sways." in answers[10]
    assert "Net Loft" in answers[11]


def test_spawners_bring_what_they_may_and_no_more(harbour: Reading) -> None:
    game = Game(harbour.story, 1)
    game.turn(Join("player", "You"))
    heard = [plain(event.text) for _ in range(30) for event in game.turn(Typed("player", "wait")).events]
    assert any("A gull appears." in text for text in heard)
    gulls = [thing for thing in game.world.every(Actor) if thing.startswith("gull") and game.world.parent(thing)]
    assert len(gulls) == 1
    assert game.world.children(gulls[0], "held"), "it drops what it holds"
    wood = [thing for thing in ("driftwood", "driftwood_2") if game.world.parent(thing)]
    assert len(wood) == 2


def test_what_has_no_meaning_without_a_language_model_is_told_and_no_error(harbour: Reading) -> None:
    found = check(harbour)
    assert all(finding.level != "error" for finding in found)
    notes = [str(finding) for finding in found if finding.level == "note"]
    model = "it is for a language model, and Tale has none"
    assert f"world.json:58:9: note: 'personality' of a person: {model} [unused:personality]" in notes
    for key in ("memory", "age", "mood", "lore", "races", "world_mood"):
        assert any(f"{key!r} of a" in note and model in note for note in notes), key
    assert any("the entrance 'Cellar of the Drowned' to a dungeon is left out" in note for note in notes)
    assert any("'Lookout' is not described" in note for note in notes)
    assert not any(finding.about.startswith(("gull", "driftwood")) for finding in found)


def test_an_exit_without_a_direction_gets_a_free_one(altered) -> None:
    def change(_config, world) -> None:
        for location in world["zones"]["quayside"]["locations"]:
            del location["world_location"]
            for way in location["exits"]:
                way["direction"] = None

    reading = altered(change)
    assert reading.world.need("old_pier", Place).exits == {"in": "net_loft", "out": "tavern"}
    assert any(note.code == "direction" for note in reading.notes)


def test_pictures_are_found_by_the_names_of_places(altered, tmp_path: Path) -> None:
    (tmp_path / "harbour" / "resources").mkdir(parents=True)
    (tmp_path / "harbour" / "resources" / "old_pier.jpg").write_bytes(b"")
    place = altered(lambda *_: None).world.need("old_pier", Place)
    assert (place.image, place.alt) == ("old_pier.jpg", "A picture of Old Pier.")


def test_two_places_of_one_name_are_told_apart_by_their_zones(altered) -> None:
    def change(config, world) -> None:
        world["zones"]["hill"]["locations"][0]["name"] = "Tavern"
        config["startlocation_player"] = "hill.Tavern"

    assert altered(change).story.info.start == "tavern_2"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda c, w: w["zones"]["quayside"]["locations"][0]["exits"][0].update(name="Net Lfot"),
            "world.json:47:16: 'Old Pier' leads to 'Net Lfot', which is no location (did you mean 'Net Loft'?)",
        ),
        (
            lambda c, w: c.update(startlocation_player="quayside.Peer"),
            "story_config.json:20:26: the story starts in 'quayside.Peer', which is no location",
        ),
        (
            lambda c, w: w["world"]["npcs"]["rat"].update(location="Attic"),
            "'rat' is in 'Attic', which is no location (known: Old Pier, Net Loft, Tavern, Lookout)",
        ),
        (lambda c, w: w["world"]["npcs"]["rat"]["stats"].update(hp="many"), "a number is expected for 'hp'"),
        (lambda c, w: w["world"]["npcs"].update(rat=3), "an object is expected in 'npcs' "),
        (lambda c, w: w["world"].update(items="none"), "a list or an object is expected for 'items'"),
        (lambda c, w: w["world"]["items"]["cap"].update(location="moon"), "\"sailor's cap\" is in 'moon', which"),
        (lambda c, w: w["world"]["items"]["chest"].update(location="letter"), "'sea_chest' is inside itself"),
        (lambda c, w: w["world"]["spawners"][0].update(mob_type="gul"), "'gul' is no creature of the catalogue (did"),
        (lambda c, w: w.clear(), "the story has no locations: a language model would make them"),
        (
            lambda c, w: w["zones"]["quayside"]["locations"][1]["exits"][0].update(direction="nroth"),
            "'nroth' is no direction (did you mean 'north'?)",
        ),
    ],
)  # fmt: skip
def test_mistakes_are_pointed_at(altered, change, expected: str) -> None:
    with pytest.raises(StoryError) as caught:
        altered(change)
    assert expected in str(caught.value)


def test_broken_json_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "story_config.json").write_text('{"name": "X",\n "author": }', "utf-8")
    (tmp_path / "world.json").write_text("[1, 2]", "utf-8")
    with pytest.raises(StoryError) as caught:
        read(tmp_path)
    assert "story_config.json:2:12: this is no JSON: a value is expected here, not '}'" in caught.value.problems
    assert "world.json:1:1: this file must hold an object ({…})" in caught.value.problems


def test_a_story_without_a_world_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "story_config.json").write_text("{}", "utf-8")
    with pytest.raises(StoryError, match="the story has no locations"):
        read(tmp_path)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(data=st.data(), value=values)
def test_whatever_stands_anywhere_it_is_read_or_its_mistakes_are_told(data, value, tmp_path_factory) -> None:
    world = json.loads((HARBOUR / "world.json").read_text("utf-8"))
    here: Any = world
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.integers(0, 4)) == 0:
            here[key] = value
            break
        here = here[key]
    folder = tmp_path_factory.mktemp("any")
    (folder / "story_config.json").write_text((HARBOUR / "story_config.json").read_text("utf-8"), "utf-8")
    (folder / "world.json").write_text(json.dumps(world), "utf-8")
    reading = None
    with suppress(StoryError):  # anything else that is raised would be a fault
        reading = read(folder)
    if reading is not None:
        check(reading)
        told(reading, "look", "north")
