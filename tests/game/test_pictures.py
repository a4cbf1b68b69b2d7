"""Pictures that rules show: to whom, with which words, and what the check says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.game.checking import check
from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.reading import read_story
from tale_core.game.resources import LARGEST
from tale_core.story import Acting, Rules
from tale_core.world.events import Error, Image

from ..world.playing import ANNA, BOB, Play

STORY = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\n'
WORLD = "places:\n  hall: {title: Hall}\nthings:\n  map: {in: hall, fixed: true}\n"


def showing(alt: str, image: str = "map.svg") -> Rules:
    rules = Rules()

    @rules.after("examine", item="note")
    def show(act: Acting) -> None:
        act.picture(image, alt, item="note")

    return rules


def images(play: Play) -> list[Image]:
    return [event for event in play.last.events if isinstance(event, Image)]


def test_a_picture_is_shown_to_whoever_acts_and_says_what_it_shows() -> None:
    play = Play(showing("The back of {the item}."))
    play.join(BOB, "Bob")
    play.type("x note", BOB)
    (image,) = images(play)
    assert (image.to, image.image, image.alt) == (BOB, "map.svg", "The back of the note.")
    assert "[The back of the note.]" in play.heard[BOB]
    assert "back" not in play.heard.get(ANNA, "")


def test_what_it_shows_may_be_a_message() -> None:
    play = Play(showing("map.alt"), messages={"map.alt": "A chart."})
    play.type("x note")
    assert [image.alt for image in images(play)] == ["A chart."]


def test_a_picture_without_words_is_a_fault() -> None:
    play = Play(showing(""))
    play.type("x note")
    assert any(isinstance(event, Error) for event in play.last.events)
    assert not images(play)


def found(folder: Path, **more: str) -> list[str]:
    for name, text in {"story.toml": STORY, "world.yaml": WORLD}.items():
        (folder / name).write_text(text + more.get(name.partition(".")[0], ""), "utf-8")
    if "rules" in more:
        (folder / "rules.py").write_text(more["rules"], "utf-8")
    return [str(finding) for finding in check(read_story(folder))]


def test_data_shows_pictures(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "map.png").write_bytes(b"x" * LARGEST)
    rule = "rules:\n  - {after: examine, item: map, picture: {map.png: 'A picture of {the item}.'}}\n"
    assert found(tmp_path, world=rule) == []
    game = Game(read_story(tmp_path).story)
    game.turn(Join(ANNA, "Anna"))
    shown = [event for event in game.turn(Typed(ANNA, "x map")).events if isinstance(event, Image)]
    assert [(image.image, image.alt) for image in shown] == [("map.png", "A picture of the map.")]


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ("{map.png: A map.}", "world.yaml:6:42: error: the picture 'map.png' is not there (put it into resources/)"),
        ("{../world.yaml: A map.}", "error: the picture '../world.yaml' is outside of the story's folder 'resources'"),
        ("{notes.txt: A map.}", "error: the picture 'notes.txt' is no picture that every browser shows (make it one"),
        ("{big.png: A map.}", f"error: the picture 'big.png' has {LARGEST + 1} bytes (at most {LARGEST}: "),
        ("{fine.png: ''}", "error: the picture 'fine.png' says nothing to those who do not see it (say what it"),
    ],
)
def test_a_picture_of_the_data_that_cannot_be_shown_is_found(tmp_path: Path, picture: str, expected: str) -> None:
    (tmp_path / "resources").mkdir()
    for name, size in {"notes.txt": 1, "big.png": LARGEST + 1, "fine.png": LARGEST}.items():
        (tmp_path / "resources" / name).write_bytes(b"x" * size)
    (line,) = found(tmp_path, world=f"rules:\n  - {{after: examine, item: map, picture: {picture}}}\n")
    assert expected in line


def test_a_picture_of_the_code_that_cannot_be_shown_is_found(tmp_path: Path) -> None:
    code = "from tale_core.story import Rules\nrules = Rules()\ndef show(act):\n    act.picture('a.png', 'A map.')\n"
    assert found(tmp_path, rules=code) == [
        "rules.py:4:5: error: the picture 'a.png' is not there (put it into resources/) [image:a.png]"
    ]
