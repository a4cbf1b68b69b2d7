"""Mistakes in conversations and shops are found before anybody plays, where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.errors import StoryError
from tale_core.game.game import Game
from tale_core.game.inputs import Join
from tale_core.game.story import load_story
from tale_core.story import Conversation, Currency, Purse, Topic

HEAD = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\ncoin = "penny"\npurse = 3\n'
BOB = "places:\n  hall: {title: Hall}\nthings:\n  cup: {in: hall}\npeople:\n  bob:\n    in: hall\n"
WORLD = """\
places:
  hall: {title: Hall}
things:
  cup: {in: hall, price: 2}
people:
  bob:
    in: hall
    purse: 9
    shop: {endless: cup}
    conversation:
      topics:
        war: It was long ago.
        cup:
          ask:
            - when: {has: cup}
              text: You have it.
            - Find it.
          opens:
"""


def story(folder: Path, people: str) -> Path:
    (folder / "story.toml").write_text(HEAD, encoding="utf-8")
    (folder / "world.yaml").write_text(people, encoding="utf-8")
    return folder


def test_people_can_be_written_in_data_alone(tmp_path: Path) -> None:
    told = load_story(story(tmp_path, WORLD.replace("          opens:\n", "")))
    game = Game(told, 1)
    game.turn(Join("anna", "Anna"))
    topics = game.world.need("bob", Conversation).topics
    assert topics["war"] == "It was long ago."
    assert isinstance(topics["cup"], Topic)
    assert game.world.need("bob", Purse).coins == 9
    assert game.world.need("story", Currency) == Currency("penny", purse=3)
    assert game.world.need("anna", Purse).coins == 3


@pytest.mark.parametrize(
    ("talk", "mistake"),
    [
        (
            "topics: {war: {ask: {text: Hm, gives: cap}}}",
            "'bob' has to do with 'cap', which does not exist (known: hall, cup, bob)",
        ),
        ("topics: {war: {ask: {text: Hm, opens: wor}}}", "'bob' has no topic 'wor' (known: war)"),
        ("topics: {war: {ask: {text: Hm, when: {said: 'ann:war'}}}}", "'ann' has no topic 'war'"),
        (
            "topics: {war: {when: {place: hell}, ask: Hm}}",
            "'bob' has to do with the place 'hell', which does not exist",
        ),
        ("topics: {war: 'I have {lamp}.'}", "what 'bob' says has {lamp} in it"),
        ("topics: {war: {ask: {text: Hm, yes: {text: 'Ah {x y z}'}}}}", "what 'bob' says: {x y z}"),
        ("topics: {war: {aks: Hm}}", "'aks' means nothing here"),
        ("greeting: '{hello}'", "what 'bob' says has {hello} in it"),
    ],
)
def test_a_mistake_in_a_conversation_is_told_with_its_place(tmp_path: Path, talk: str, mistake: str) -> None:
    world = f"{BOB}    conversation: {{{talk}}}\n"
    with pytest.raises(StoryError) as error:
        load_story(story(tmp_path, world))
    assert any(mistake in line and line.startswith("world.yaml:8:") for line in error.value.problems), (
        error.value.problems
    )


@pytest.mark.parametrize(
    ("bob", "mistake"),
    [
        ("shop: {shows: shelf}", "'bob' has to do with 'shelf', which does not exist"),
        ("rounds: [hall, cellar]", "'bob' has to do with the place 'cellar', which does not exist"),
        ("wants: [cup, lamp]", "'bob' has to do with 'lamp', which does not exist"),
        ("obeys: {refusal: '{No}'}", "what 'bob' says has {No} in it"),
        ("shop: {when: {facts: true}}", "Expected"),
        ("shop: {when: {hours: '8-25'}}", "'8' is no time of day: write it like 8:45 or 17:00"),
        ("shop: {when: {hours: noon}}", "'noon' are no hours: write them like 8:00-18:30"),
    ],
)
def test_a_mistake_in_a_shop_or_a_wish_is_told_with_its_place(tmp_path: Path, bob: str, mistake: str) -> None:
    world = (
        f"places:\n  hall: {{title: Hall}}\nthings:\n  cup: {{in: hall}}\npeople:\n  bob:\n    in: hall\n    {bob}\n"
    )
    with pytest.raises(StoryError) as error:
        load_story(story(tmp_path, world))
    assert any(mistake in line and line.startswith("world.yaml:8:") for line in error.value.problems), (
        error.value.problems
    )
