from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.game.checking import check
from tale_core.game.reading import Finding, read_story

HEAD = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\n'
HALL = """\
places:
  hall: {title: Hall, exits: {north: door}}
  cell: {title: Cell, exits: {south: door}}
things:
  door: {door: {a: hall, b: cell}, openable: true, lock: {keys: pin}}
"""


def found(folder: Path, world: str, **files: str) -> list[Finding]:
    """Write a story of these files and return what its check finds."""
    for name, text in {"story_toml": HEAD, "world_yaml": world, **files}.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return check(read_story(folder))


def shown(folder: Path, world: str, **files: str) -> list[str]:
    return [str(finding) for finding in found(folder, world, **files)]


def two(hall: str = "{title: Hall, exits: {north: shed}}", shed: str = "{title: Shed, exits: {south: hall}}") -> str:
    return f"places:\n  hall: {hall}\n  shed: {shed}\n"


CASES = {
    "unreachable": (
        two("{title: Hall}"),
        "world.yaml:3:3: warning: nobody can get to 'Shed' (shed) from where the story starts",
    ),
    "one-way": (
        two(shed="{title: Shed}"),
        "world.yaml:2:38: warning: north of 'hall' is 'shed', from which no exit leads back (give 'shed' an exit to",
    ),
    "nowhere": (
        two() + "things:\n  hat: {name: hat}\n",
        "world.yaml:5:3: warning: 'hat' (hat) is nowhere",
    ),
    "idle-key": (
        two() + "things:\n  key: {name: brass key, in: hall}\n",
        "world.yaml:5:3: warning: 'brass key' (key) is a key that opens nothing",
    ),
    "locked without a key": (
        HALL.replace("{keys: pin}", "true"),
        "world.yaml:5:58: warning: 'door' (door) is locked and has no key",
    ),
    "locked with a key behind it": (
        HALL + "  pin: {in: cell}\n",
        "world.yaml:5:58: warning: 'door' (door) cannot be opened: its key 'pin' is in 'cell', where nobody gets",
    ),
    "locked with a fixed key": (
        HALL + "  pin: {in: hall, fixed: true}\n",
        "world.yaml:5:58: warning: 'door' (door) cannot be opened: its key 'pin' cannot be taken",
    ),
    "locked with a key that is part of something": (
        HALL + "  pin: {part of: wall}\n  wall: {in: hall}\n",
        "world.yaml:5:58: warning: 'door' (door) cannot be opened: its key 'pin' cannot be taken",
    ),
    "locked with a key inside": (
        HALL + "  pin: {in: box}\n  box: {in: hall, container: true, openable: true, lock: {keys: pin}}\n",
        "warning: 'box' (box) cannot be opened: its key 'pin' is in 'box', where nobody gets without opening it first",
    ),
    "prose": (
        two("{title: Hall, exits: {north: shed},\n    description: 'It has a tall clock\n    and a broken mirror.'}")
        + "things:\n  clock: {in: hall, scenery: true}\n",
        "world.yaml:4:11: warning: the description of 'hall' names 'broken mirror', which nobody can examine there",
    ),
    "fact": (
        two() + "rules:\n  - {after: sing, facts: sung, say: La.}\n  - {check: go, when: {facts: snug}, refuse: No.}\n",
        "world.yaml:6:31: warning: nothing ever makes the fact 'snug' true (did you mean 'sung'?) [fact:snug]",
    ),
    "timer": (
        two() + "rules:\n  - {after: sing, start: {bel: 3}}\n  - {timer: bell, say: Ding.}\n",
        "world.yaml:5:27: warning: no rule waits for the timer 'bel' (did you mean 'bell'?) [timer:bel]",
    ),
    "alt": (
        two("{title: Hall, image: hall.png, exits: {north: shed}}"),
        "warning: the image of 'hall' says nothing to those who do not see it (alt: ",
    ),
    "image that is missing": (
        two("{title: Hall, image: hall.png, alt: A hall., exits: {north: shed}}"),
        "world.yaml:2:30: error: the image 'hall.png' of 'hall' is not there (put it into resources/)",
    ),
    "image from elsewhere": (
        two("{title: Hall, image: ../world.yaml, alt: A hall., exits: {north: shed}}"),
        "error: the image '../world.yaml' of 'hall' is outside of the story's folder 'resources'",
    ),
}


@pytest.mark.parametrize(("world", "expected"), CASES.values(), ids=CASES)
def test_it_is_found_where_it_stands(tmp_path: Path, world: str, expected: str) -> None:
    assert any(expected in line for line in shown(tmp_path, world)), shown(tmp_path, world)


def test_a_message_that_nothing_tells_is_found(tmp_path: Path) -> None:
    messages = '[take]\ndone = "Got it."\n[ghost]\nboo = "Boo."\nheard = "Hark."\n'
    rules = "from tale_core.story import Rules\nrules = Rules()\nTOLD = 'ghost.heard'\n"
    (finding,) = found(tmp_path, two(), messages_toml=messages, rules_py=rules)
    assert str(finding).startswith("messages.toml:4:1: warning: nothing tells the message 'ghost.boo'")


@pytest.mark.parametrize(
    "world",
    [
        two(),
        two("{title: Hall, one_way: north, exits: {north: shed}}", "{title: Shed}"),
        HALL + "  pin: {in: hall}\n",
        HALL + "  pin: {in: box}\n  box: {in: hall, container: true, lock: {keys: nail}}\n  nail: {in: hall}\n",
        HALL.replace("openable: true, lock: {keys: pin}", "openable: true, lock: {locked: false}"),
        two() + "facts: {a: true}\nrules:\n  - {timer: t, every: 2, count: {b: 1}, once: c, say: x}\n"
        "  - {after: sing, start: {t: 2}, when: {facts: [a, b, c]}, say: x}\n",
        two("{title: Hall, exits: {north: shed}, description: 'It is as cold as an egg. North is the shed.'}"),
    ],
)  # fmt: skip
def test_a_sound_story_is_left_in_peace(tmp_path: Path, world: str) -> None:
    assert shown(tmp_path, world) == []


def test_what_code_names_is_left_to_it(tmp_path: Path) -> None:
    rules = "from tale_core.story import Rules\nrules = Rules()\nNAMED = ('door', 'ghost', 'attic')\n"
    world = HALL.replace("{keys: pin}", "true") + "  ghost: {name: ghost}\n"
    world = world.replace("things:", "  attic: {title: Attic}\nthings:")
    assert shown(tmp_path, world, rules_py=rules) == []


def test_what_rules_in_data_name_is_left_to_them(tmp_path: Path) -> None:
    world = HALL.replace("{keys: pin}", "true") + "  ghost: {name: ghost}\n"
    rules = "rules:\n  - {after: wait, unlock: door}\n  - {after: look, move: {ghost: cell}}\n"
    assert shown(tmp_path, world + rules) == []


def test_a_backdrop_is_where_it_says(tmp_path: Path) -> None:
    world = two("{title: Hall, exits: {north: shed}, description: 'A red sun shines in.'}")
    sun = "things:\n  sun: {name: red sun, backdrop: hall}\n"
    assert shown(tmp_path, world + sun) == []


def test_a_story_says_what_it_means_to_be_so(tmp_path: Path) -> None:
    world = two("{title: Hall, exits: {north: shed}, description: 'A red sun. A blue moon.'}", "{title: Shed}")
    assert [f"{each.code}:{each.about}" for each in found(tmp_path, world)] == [
        "one-way:hall.north",
        "prose:sun",
        "prose:moon",
    ]
    allowed = HEAD + 'allow = ["prose:sun", "one-way:*"]\n'
    assert [each.about for each in found(tmp_path, world, story_toml=allowed)] == ["moon"]
