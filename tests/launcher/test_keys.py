"""``tale keys`` knows every key that there is, and says what each is for."""

from __future__ import annotations

import msgspec
import pytest

from tale_core.errors import UsageError
from tale_core.game import datarules, worlddata
from tale_core.game.storyfile import StoryInfo
from tale_core.launcher.keys import described, topics

ALL = "\n".join(described(()))


@pytest.mark.parametrize("key", [*worlddata.kinds(), *worlddata.SECTIONS, "rules", "actions", "story.toml"])
def test_every_key_is_told_with_its_fields(key: str) -> None:
    text = "\n".join(described((key,)))
    assert f"## {key}\n" in text
    assert text.split("\n\n")[1].strip().endswith((".", ":")), "it says in a sentence what it is for"
    for field in msgspec.structs.fields(topics()[key]):
        assert f"- {field.name} (" in text


def test_what_keys_hold_is_told_as_well() -> None:
    for name in ("When", "Topic", "Answer"):
        assert f"## {name}\n" in ALL


@pytest.mark.parametrize(
    "line",
    [
        "- capacity (whole number; 100 if not given)",
        "- points (whole number; needed)",
        "- slot (head or ",
        "- keys (list of text)",
        "- say (text or list of text): to whoever acts alone",
        '- modes (list of if or mud; ["if"] if not given)',
        "- exits (text: text, …)",
    ],
)
def test_types_defaults_and_meanings_are_told(line: str) -> None:
    assert line in ALL


def test_no_type_is_left_in_pythons_words() -> None:
    assert not [line for line in ALL.splitlines() if "typing." in line or "<class" in line or "NoneType" in line]


def test_a_name_that_is_no_key_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'lock'"):
        list(described(("lcok",)))


def test_the_command_prints_them(installation) -> None:
    done = installation.tale("keys", "container")
    assert done.returncode == 0
    assert done.stdout.startswith("## container\n\nLet things be put in it")
    assert StoryInfo.__name__ not in done.stdout
    assert datarules.DataRule.__name__ not in done.stdout
