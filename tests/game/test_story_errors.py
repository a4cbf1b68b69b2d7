from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.errors import StoryError
from tale_core.game.located import LARGEST, read_yaml
from tale_core.game.story import load_story, read_info
from tale_core.world.store import World

FIXTURES = Path(__file__).parents[1] / "stories" / "fixtures"
HEAD = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\n'
HALL = "places:\n  hall: {title: Hall}\n"
THING = HALL + "things:\n  b: {in: hall, "


def problems(folder: Path, **files: str | bytes) -> list[str]:
    """Load the story of these files and return what is wrong with it."""
    for name, text in {"story_toml": HEAD, "world_yaml": HALL, **files}.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / name.replace("_", ".")).write_bytes(content)
    with pytest.raises(StoryError) as caught:
        load_story(folder)
    assert "Traceback" not in str(caught.value)
    return list(caught.value.problems)


def test_every_mistake_of_a_broken_story_is_told_at_once() -> None:
    with pytest.raises(StoryError) as caught:
        load_story(FIXTURES / "broken")
    expected = (FIXTURES / "broken" / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert list(caught.value.problems) == expected
    assert str(caught.value).startswith(f"The story in {FIXTURES / 'broken'} has {len(expected)} mistakes:\n")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("places: [1]\n", "world.yaml:1:9: 'places' must map ids to what they are (hall: {title: Hall})"),
        ("- 1\n", "world.yaml:1:1: this file must hold 'places:', 'things:' or 'people:'"),
        (HALL + "  cave: {title: 42}\n", "world.yaml:3:17: Expected 'str', got 'int' (put it in quotes: \"42\")"),
        (HALL + "things:\n  k: {in: k}\n", "world.yaml:4:11: 'k' is inside itself: 'k' in 'k'"),
        (HALL + "things:\n  k: {in: hall, door: true}\n", "world.yaml:4:23: 'door' needs 'a' and 'b'"),
        (
            HALL + "things:\n  sky: {backdrop: [hall, hill]}\n",
            "world.yaml:4:19: the backdrop 'sky' is seen in 'hill', which is no place (did you mean 'hall'?)",
        ),
        (
            THING + "backdrop: hall}\n",
            "world.yaml:4:27: the backdrop 'b' is in one place, too",
        ),
        (
            THING + "leads: upp}\n",
            "world.yaml:4:24: 'upp' is no direction (did you mean 'up'?)",
        ),
        (THING + "source: wine}\n", "world.yaml:4:25: 'wine', which 'b' gives, does not exist"),
        (
            THING + "vessel: {of: wine, amount: 1}}\n",
            "world.yaml:4:30: 'wine', which is in 'b'",
        ),
        (THING + "vessel: {amount: 1}}\n", "world.yaml:4:25: 'b' needs both a liquid and"),
        (THING + "dial: {at: 5, settings: [a]}}\n", "world.yaml:4:28: Expected 'str', got"),
        (THING + "dial: {at: b, settings: [a]}}\n", "world.yaml:4:28: 'b' is none of the"),
        (
            THING + "enterable: {postures: hang}}\n",
            "world.yaml:4:39: Invalid enum value 'hang'",
        ),
        (THING + "device: {by: kick}}\n", "world.yaml:4:30: Invalid enum value 'kick'"),
        (THING + "refill: 3}\n", "world.yaml:4:25: Expected 'str', got 'int'"),
        (HALL + "things:\n  k: {in: hall, treasure: }\n", "world.yaml:4:27: 'treasure' needs 'points'"),
        (HALL + "people:\n  k: {in: hall, location: x}\n", "world.yaml:4:17: 'location' means nothing here"),
        (
            HALL + "  cave: {title: Cave}\nthings:\n  d: {door: {a: hall, b: cave}, openable: true}\n",
            "world.yaml:5:17: no exit of 'hall' leads through the door 'd' (give 'hall' an exit to 'd')",
        ),
        (
            "places:\n  hall: {title: Hall, exits: {up: d}}\n  cave: {title: Cave, exits: {up: d}}\n"
            "  loft: {title: Loft, exits: {up: d}}\nthings:\n  d: {door: {a: hall, b: cave}, openable: true}\n",
            "world.yaml:4:35: 'loft' leads up to 'd', a door between 'hall' and 'cave' (one side of it must be",
        ),
        (
            "places:\n  hall: {title: Hall, exits: {up: d}}\n  cave: {title: Cave, exits: {up: d}}\n"
            "things:\n  d: {door: {a: hall, b: cave}}\n",
            "world.yaml:5:13: the door 'd' cannot be opened (add 'openable: true')",
        ),
        (HALL.replace("Hall", '"Hall'), "world.yaml:2:17: this is no YAML: found unexpected end of stream"),
        ("x" * 20 + ": {}\n", "world.yaml:1:1: 'xxxxxxxxxxxxxxxxxxxx' is no part of a world (known: places, things"),
        ("[" * 500, "world.yaml:1:42: this is more than 40 levels deep"),
        ("a: 'b\0'\n", "world.yaml:1:6: this is no YAML: "),
        ("? [a]\n: b\n", "world.yaml:1:3: a key must be a word, not a list or mapping"),
        ("--- {}\n--- {}\n", "world.yaml:2:1: a second document begins here"),
    ],
)
def test_a_mistake_in_the_data_is_pointed_at(tmp_path: Path, data: str, expected: str) -> None:
    assert f"\n{expected}" in "\n".join(["", *problems(tmp_path, world_yaml=data)])


def test_what_the_parser_itself_gives_up_at_is_told_alike(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, world_yaml="[" * 5000)
    assert re.fullmatch(r"world\.yaml:1:\d+: this is more than 40 levels deep", told.splitlines()[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "story.toml:1:1: 'id' is missing"),
        (HEAD + "title = 1\n", "story.toml:6:10: this is no TOML: cannot overwrite a value"),
        (HEAD.replace('"a"', '"A b"'), "story.toml:1:1: 'A b' is no id"),
        (HEAD.replace('"hall"', '"cave"'), "story.toml:5:1: the story starts in 'cave', which is no place"),
        (
            HEAD.replace('start = "hall"\n', ""),
            'story.toml:1:1: the story does not say where it starts (start = "hall")',
        ),
        (HEAD + "licence = [1]\n", "story.toml:6:1: 'licence': Expected 'str', got 'array'"),
        (HEAD + 'license = "MIT"\n', "story.toml:6:1: 'license' means nothing here (did you mean 'licence'?)"),
        (HEAD + "x = " + "[" * 3000 + "]" * 3000 + "\n", "story.toml:1:1: this is no TOML: it is nested too deeply"),
        ('id = "a" "b"', "story.toml:1:10: this is no TOML: "),
    ],
)
def test_a_mistake_in_story_toml_is_pointed_at(tmp_path: Path, text: str, expected: str) -> None:
    assert f"\n{expected}" in "\n".join(["", *problems(tmp_path, story_toml=text)])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "import nosuchmodule\n",
            "rules.py:1:1: importing it raised ModuleNotFoundError: No module named 'nosuchmodule'",
        ),
        ("from .gone import x\n", "rules.py:1:1: importing it raised ModuleNotFoundError: "),
        ("x = (\n", "rules.py:1:5: importing it raised SyntaxError: '(' was never closed"),
        (
            "def f():\n    return g()\n\ndef g():\n    raise SystemExit(3)\n\nf()\n",
            "rules.py:5:5: importing it raised SystemExit: 3",
        ),
        ("rules = []\n", "rules.py:1:1: 'rules' is no Rules but list (rules = Rules())"),
        ("build = 3\n", "rules.py:1:1: 'build' is no function but int"),
        (
            "def build(world):\n    world.add('hall')\n",
            "rules.py:2:5: build(world) raised ValueError: there are two things",
        ),
        (
            "def build(world):\n    world.set('x', 1)\n",
            "rules.py:2:5: build(world) raised KeyError: there is no thing called 'x'",
        ),
        (
            "def build():\n    pass\n",
            "rules.py:1:1: build(world) raised TypeError: build() takes 0 positional arguments",
        ),
        ("def build(world):\n    build(world)\n", "rules.py:2:5: build(world) raised RecursionError: "),
        ("while True:\n    pass\n", "rules.py:2:5: importing it raised no error but did not end"),
        ("x = 1\0\n", "rules.py:1:1: importing it raised "),
        (
            "from tale_core.story import Name, Place\n\n\ndef build(world):\n"
            "    world.add('cave', Name('Cave'), Place({'up': 'loft'}))\n",
            "rules.py:4:1: 'cave' leads up to 'loft', which does not exist",
        ),
    ],
)
def test_a_mistake_in_the_code_is_told_at_the_authors_line(tmp_path: Path, code: str, expected: str) -> None:
    found = problems(tmp_path, rules_py=code)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_an_error_deep_in_the_engine_is_told_at_the_authors_line() -> None:
    with pytest.raises(StoryError) as caught:
        load_story(FIXTURES / "collapses")
    assert caught.value.problems == (
        "rules.py:11:5: build(world) raised ValueError: there are two things called 'hall': give each its own id",
    )


def test_an_error_in_a_neighbour_of_the_rules_is_told_there() -> None:
    with pytest.raises(StoryError) as caught:
        load_story(FIXTURES / "explodes")
    assert caught.value.problems == ("deeper.py:5:10: importing it raised ZeroDivisionError: division by zero",)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for read in (read_info, load_story):
        with pytest.raises(StoryError, match="there is no such folder"):
            read(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "story").write_text("x")
    with pytest.raises(StoryError, match="this is a file"):
        load_story(tmp_path / "story")


def test_a_folder_without_story_toml_is_no_story(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"story\.toml:1:1: there is no such file"):
        read_info(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    found = problems(tmp_path, world_yaml=b"#" * (LARGEST + 1), rules_py=b"#" * (LARGEST + 1), messages_toml="")
    assert found[0].startswith("rules.py:1:1: importing it raised ImportError: rules.py is larger than ")
    assert found[1].startswith(f"world.yaml:1:1: this file has {LARGEST + 1} bytes")


def test_a_file_that_is_no_utf8_is_pointed_at(tmp_path: Path) -> None:
    assert "world.yaml:2:3: this is no UTF-8 text (save the file as UTF-8)" in problems(
        tmp_path, world_yaml=b"a:\n  \xff"
    )


def test_a_tag_runs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    data = HALL + f'things:\n  k: !!python/object/apply:os.mkdir ["{marker}"]\n'
    assert any("means nothing in a story" in line for line in problems(tmp_path, world_yaml=data))
    assert not marker.exists()


def test_an_alias_cannot_make_a_file_explode(tmp_path: Path) -> None:
    data = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{last}, *{last}]\n" for last, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert sum("is an alias" in line for line in problems(tmp_path, world_yaml=data)) == 16


@given(st.text(st.sampled_from("ab: -\n{}[]'\"#&*!|>%@`?,\t\0é0"), max_size=40))
@settings(max_examples=500, deadline=None)
def test_reading_yaml_is_total(text: str) -> None:
    found, mistakes = read_yaml(text)
    assert found is None or found.mark.line >= 1
    assert all(mistake.mark.line >= 1 and mistake.mark.column >= 1 for mistake in mistakes)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_data_is_a_story_error_or_a_story(data: st.DataObject) -> None:
    text = (FIXTURES / "cottage" / "world.yaml").read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 6)))
        text = text[:start] + data.draw(st.text(st.sampled_from("ab:{}[], \n-1'"), max_size=4)) + text[end:]
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "story.toml").write_text(HEAD)
        (folder / "world.yaml").write_text(text)
        with suppress(StoryError):  # anything else that is raised fails the test
            load_story(folder).build(World(1))
