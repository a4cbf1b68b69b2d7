"""Whatever is wrong with a story: a clear report, exit code 1, and no traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

RULES = "from tale_core.story import Rules\nrules = Rules()\n"

Spoil = Callable[[Path], object]


def write(name: str, text: str | bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def foreign(**world: object) -> Spoil:
    """Turn the story into one of LlamaTale's with this world."""

    def spoil(folder: Path) -> None:
        (folder / "story.toml").unlink()
        (folder / "story_config.json").write_text('{"name": "X", "startlocation_player": "Hut"}', "utf-8")
        (folder / "world.json").write_text(json.dumps(world), "utf-8")

    return spoil


CASES: dict[str, tuple[Spoil, str]] = {
    "YAML that is none": (write("world.yaml", "places: [\n"), "world.yaml:"),
    "YAML that is bytes": (write("world.yaml", b"\xff\xfe\x00"), "world.yaml:1:1"),
    "TOML that is none": (write("story.toml", "id = \n"), "story.toml:1:6: "),
    "a wrong type": (write("world.yaml", "places:\n  hut: {title: 3}\n"), "world.yaml:2:16: "),
    "an unknown key": (write("world.yaml", "places:\n  hut: {titel: H}\n"), "did you mean 'title'?"),
    "one id twice": (write("more.yaml", "places:\n  hut: {title: Another}\n"), "'hut' is the id of two things"),
    "a dangling exit": (
        write("world.yaml", "places:\n  hut: {title: H, exits: {north: hutt}}\n"),
        "which does not exist (did you mean 'hut'?)",
    ),
    "a circle": (write("more.yaml", "things:\n  a: {in: b}\n  b: {in: a}\n"), "'a' is inside itself: 'a' in 'b'"),
    "a rule file that raises": (write("rules.py", "1/0\n"), "rules.py:1:1: error: importing it raised Zero"),
    "a rule file that never ends": (write("rules.py", "while True:\n    pass\n"), "is there a loop that never stops?"),
    "a rule file that leaves": (write("rules.py", "raise SystemExit(0)\n"), "importing it raised SystemExit"),
    "a build that never ends": (
        write("rules.py", RULES + "def build(world):\n    while True:\n        pass\n"),
        "is there a loop that never stops?",
    ),
    "an image from outside": (
        write("world.yaml", "places:\n  hut: {title: H, image: ../../secret.png, alt: A secret.}\n"),
        "is outside of the story's folder 'resources'",
    ),
    "a file of 50 MB": (write("more.yaml", b"#" * 50_000_000), "more.yaml:1:1: error: this file has 50000000 bytes"),
    "deep nesting": (write("more.yaml", "[" * 100_000), "levels deep"),
    "a story of LlamaTale's with no places": (foreign(zones={}), "the story has no locations"),
    "a story of LlamaTale's of a wrong shape": (foreign(zones=7), "a list or an object is expected for 'zones'"),
    "a huge file of LlamaTale's": (foreign(padding="x" * 9_000_000), "world.json:1:1: error: this file has"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "told"), CASES.values(), ids=CASES)
def test_it_is_told_and_nothing_breaks(installation, write_story, spoil: Spoil, told: str) -> None:
    hut = write_story()
    spoil(hut)
    done = installation.tale("check", str(hut))
    assert (done.returncode, told in done.stdout) == (1, True), done.stdout[:2000] + done.stderr[:2000]
    assert "Traceback" not in done.stdout + done.stderr
    assert len(done.stdout) < 5000


@pytest.mark.parametrize("command", ["play", "map", "test", "explore"])
def test_every_command_tells_the_mistakes_of_a_story(installation, write_story, command: str) -> None:
    hut = write_story()
    (hut / "world.yaml").write_text("places:\n  hut: {titel: H}\n", "utf-8")
    done = installation.tale(command, str(hut))
    assert done.returncode == 1
    assert "world.yaml:2:9: 'titel' means nothing here (did you mean 'title'?)" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_format_that_fails_is_told_as_its_own_fault(installation, tmp_path: Path) -> None:
    source = """
    from tale_core.game.formats import StoryFormat
    from tale_core.plugins import hookimpl

    def read(folder):
        raise ValueError("the reader is broken")

    @hookimpl
    def tale_story_formats():
        return [StoryFormat(name="scroll", files=("scroll.txt",), load=lambda: read)]
    """
    installation.add("scroll-stories", source, group="tale.story_formats")
    folder = tmp_path / "papyrus"
    folder.mkdir()
    (folder / "scroll.txt").write_text("Once.", "utf-8")
    done = installation.tale("check", str(folder))
    assert done.returncode == 1
    assert "The story format 'scroll' failed" in done.stdout
    assert "the reader is broken" in done.stdout
    done = installation.tale("check", str(folder), "--no-plugin", "scroll-stories")
    assert (done.returncode, "holds no story.toml" in done.stderr) == (2, True)
