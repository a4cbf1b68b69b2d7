from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tale_core.errors import StoryError
from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story, StoryInfo, load_story, read_info
from tale_core.world.components import (
    Actor,
    Behaviour,
    Container,
    Description,
    Door,
    Edible,
    Fixed,
    Light,
    Location,
    Lock,
    Name,
    Openable,
    Place,
    Scenery,
    Supporter,
    Treasure,
    Wearable,
)
from tale_core.world.components import Rules as Scoring
from tale_core.world.events import Refused
from tale_core.world.fuel import CURRENT, Fuel, RanAway
from tale_core.world.store import World

FIXTURES = Path(__file__).parents[1] / "stories" / "fixtures"
HEAD = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\n'
HALL = "places:\n  hall: {title: Hall}\n"


@pytest.fixture
def cottage() -> Story:
    return load_story(FIXTURES / "cottage")


@pytest.fixture
def world(cottage: Story) -> World:
    world = World(1)
    cottage.build(world)
    return world


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_the_info_is_read_without_running_any_code() -> None:
    info = read_info(FIXTURES / "explodes")
    assert info == StoryInfo(
        id="explodes",
        title="The Cottage",
        author="A. Tester",
        version="1.0",
        modes=("if", "mud"),
        start="hall",
        licence="MIT",
        max_score=5,
        goal="Find the coin.",
    )


def test_what_may_be_left_out_has_a_default(tmp_path: Path) -> None:
    info = read_info(write(tmp_path, story_toml='id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\n'))
    assert (info.modes, info.start, info.licence, info.intro) == (("if",), "", "", "")


def test_places_have_titles_exits_and_coordinates(world: World) -> None:
    assert world.get("hall", Name) == Name("Hall")
    assert world.get("hall", Place) == Place({"north": "oak_door", "up": "attic"})
    assert world.need("attic", Place).dark
    assert world.get("kitchen", Place) == Place({"south": "oak_door"}, x=0, y=-1)
    assert world.need("hall", Description).text == "A hall with a clock.\n\nIt is late."


def test_things_get_the_components_that_their_keys_name(world: World) -> None:
    assert world.get("oak_door", Door) == Door("hall", "kitchen")
    assert world.get("oak_door", Openable) == Openable()
    assert world.get("oak_door", Lock) == Lock(("hall.key",))
    assert world.get("hall.key", Name) == Name("small key", ("latchkey",))
    assert world.get("table", Supporter) == Supporter(3)
    assert world.get("table", Fixed) == Fixed("It is heavy.")
    assert world.get("box", Container) == Container(2, transparent=True)
    assert world.get("box", Openable) == Openable(open=True)
    assert world.get("coin", Treasure) == Treasure(5)
    assert world.get("lamp", Light) == Light(lit=False, fuel=40)
    assert world.get("hat", Wearable) == Wearable("head", 1)
    assert world.get("soup", Edible) == Edible(3, "Leek.")
    assert world.has("clock", Scenery)
    assert world.need("coin", Name).article == "the"
    assert world.need("lamp", Name).name == "lamp"


def test_people_have_bodies_and_behaviours(world: World) -> None:
    assert world.get("bob", Actor) == Actor(12, 12)
    assert world.get("bob", Name) == Name("Bob", proper=True, gender="he")
    assert world.get("bob", Behaviour) == Behaviour("still")


def test_things_are_where_the_data_says(world: World) -> None:
    assert world.get("hall.key", Location) == Location("table", "on")
    assert world.get("coin", Location) == Location("box", "in")
    assert world.get("hat", Location) == Location("bob", "worn")
    assert world.get("soup", Location) == Location("bob", "held")
    assert world.get("ghost", Location) is None


def test_the_score_of_story_toml_is_the_worlds(world: World) -> None:
    assert world.get("story", Scoring) == Scoring(5, "Find the coin.")


def test_rules_may_import_their_neighbours(world: World) -> None:
    assert world.parent("chair") == "kitchen"


def test_a_loaded_story_can_be_played(cottage: Story) -> None:
    game = Game(cottage, seed=1)
    game.turn(Join("anna", "Anna"))
    refused = [event for event in game.turn(Typed("anna", "take clock")).events if isinstance(event, Refused)]
    assert [run.text for run in refused[0].text[0]] == ["It belongs to the house."]
    assert cottage.messages == {"wait.done": ("The clock does not tick.", "Soup simmers.")}


def test_the_same_folder_can_be_loaded_twice(cottage: Story) -> None:
    again = load_story(FIXTURES / "cottage")
    one, other = World(1), World(1)
    cottage.build(one)
    again.build(other)
    assert one.state_hash() == other.state_hash()
    assert again.rules is not cottage.rules


def test_all_games_of_a_story_share_what_none_of_them_changes(cottage: Story) -> None:
    one, other = Game(cottage, 1), Game(cottage, 2)
    assert one.rules is other.rules
    assert one.messages is other.messages


def test_two_stories_with_modules_of_the_same_name_do_not_meet(tmp_path: Path) -> None:
    stories = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        rules = "from .part import WORD\n\ndef build(world):\n    world.add(WORD)\n"
        write(folder, story_toml=HEAD, world_yaml=HALL, rules_py=rules, part_py=f'WORD = "{name}"\n')
        stories.append(load_story(folder))
    for story, name in zip(stories, ("one", "two"), strict=True):
        world = World()
        story.build(world)
        assert world.exists(name)


def test_a_story_leaves_no_compiled_files_behind(tmp_path: Path) -> None:
    load_story(write(tmp_path, story_toml=HEAD, world_yaml=HALL, rules_py="x = 1\n"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rules.py", "story.toml", "world.yaml"]


def test_words_like_on_and_yes_are_words(tmp_path: Path) -> None:
    data = HALL + "things:\n  shelf: {in: hall, supporter: true}\n  yes: {on: shelf, name: no}\n"
    world = World()
    load_story(write(tmp_path, story_toml=HEAD, world_yaml=data)).build(world)
    assert world.get("yes", Location) == Location("shelf", "on")
    assert world.need("yes", Name).name == "no"


def test_data_may_put_things_into_what_build_makes(tmp_path: Path) -> None:
    rules = (
        "from tale_core.story import Name, Place\n\ndef build(world):\n    world.add('hall', Name('Hall'), Place())\n"
    )
    data = "things:\n  pin: {in: hall}\n"
    world = World()
    load_story(write(tmp_path, story_toml=HEAD, world_yaml=data, rules_py=rules)).build(world)
    assert world.place_of("pin") == "hall"


def test_author_code_is_metered_when_a_turn_runs_it(tmp_path: Path) -> None:
    rules = "def build(world):\n    while world.seed:\n        pass\n"
    story = load_story(write(tmp_path, story_toml=HEAD, world_yaml=HALL, rules_py=rules))
    with pytest.raises(RanAway):
        story.build(World(1))


def test_building_does_not_burn_the_turns_fuel(cottage: Story) -> None:
    fuel = Fuel(10)
    token = CURRENT.set(fuel)
    try:
        cottage.build(World())
    finally:
        CURRENT.reset(token)
    assert fuel.left == 10


def test_a_failed_load_can_be_mended_and_loaded_again(tmp_path: Path) -> None:
    write(tmp_path, story_toml=HEAD, world_yaml=HALL, rules_py="from .part import x\n", part_py="x = 1 / 0\n")
    with pytest.raises(StoryError):
        load_story(tmp_path)
    load_story(write(tmp_path, part_py="x = 1\n"))


def test_a_story_does_not_get_in_the_way_of_other_imports(cottage: Story) -> None:
    assert cottage.info.id == "cottage"
    assert "furniture" not in sys.modules
    assert "rules" not in sys.modules


def test_an_empty_line_in_folded_text_parts_paragraphs(tmp_path: Path) -> None:
    world = "places:\n  hall:\n    title: Hall\n    description: >-\n      One\n      line.\n\n      Two.\n"
    (tmp_path / "story.toml").write_text(HEAD, "utf-8")
    (tmp_path / "world.yaml").write_text(world, "utf-8")
    built = World()
    load_story(tmp_path).build(built)
    assert built.need("hall", Description).text == "One line.\n\nTwo."


def test_two_stories_components_of_the_same_name_do_not_meet_in_what_is_kept(tmp_path: Path) -> None:
    code = """
from tale_core.story import Acting, Component, Rules, World

rules = Rules()


class Trust(Component, frozen=True):
    {field}: int = 0


def build(world: World) -> None:
    world.set("hall", Trust())


@rules.after("jump")
def more(act: Acting) -> None:
    act.world.set("hall", Trust(act.world.need("hall", Trust).{field} + 1))
"""
    stories = []
    for field in ("level", "depth"):
        folder = tmp_path / field
        folder.mkdir()
        (folder / "story.toml").write_text(HEAD, "utf-8")
        (folder / "world.yaml").write_text(HALL, "utf-8")
        (folder / "rules.py").write_text(code.replace("{field}", field), "utf-8")
        stories.append(load_story(folder))
    for story in stories:
        game = Game(story)
        for given in (Join("p", "P"), Typed("p", "jump"), Typed("p", "jump")):
            game.turn(given)
        other = Game(story)
        assert other.resume(game.state()) == []
        assert other.world.state_hash() == game.world.state_hash()
        for each in (game, other):
            each.turn(Typed("p", "undo"))
        assert other.world.state_hash() == game.world.state_hash()
