"""Whatever one player does, through every sentence of the grammar, another one perceives it, or has no part in it."""

from __future__ import annotations

import msgspec
import pytest

from tale_core.game.inputs import Join
from tale_core.game.inputs import Typed as TypedInput
from tale_core.story import Hidden
from tale_core.world.components import Name
from tale_core.world.events import AnyEvent, Error, SceneEvent
from tale_core.world.grammar import Sentence, Slot, standard_grammar
from tale_core.world.messages import plain

from .playing import ANNA, BOB
from .test_conversing import Talk

NEAR = ("brass key", "chest", "note", "Bob", "Tom", "lamp", "oak door")
FILLED = {
    "direction": "north", "way": "east", "here": "here", "but": "note", "topic": "the key", "speech": "hello there",
    "how": "happily", "player": "bob", "number": "2", "money": "2 coins", "order": "open the chest",
}  # fmt: skip
SENTENCES = {
    action: [each for group in standard_grammar().sentences.values() for each in group if each.action == action]
    for action in standard_grammar().actions
}
HEARD_AFAR = {"shout", "message", "reply", "quit", "restart"}
"""Actions of which those in other places are told."""

CARA = "cara"


class Crowd(Talk):
    """Anna and Bob in the hall with Tom, Cara in the garden behind no door."""

    def __init__(self) -> None:
        super().__init__()
        self.calm()
        self.game.turn(Join(CARA, "Cara"))
        self.to(CARA, "garden")
        self.give("note", "lamp")
        self.game._scenes.recall(self.world)


def _said(event: AnyEvent) -> str:
    return plain(event.text)


def lines_of(sentence: Sentence) -> list[str]:
    """Return lines of that form about things that are near."""
    things = [part for part in sentence.parts if isinstance(part, Slot) and part.name in ("item", "target")]
    choices = [()] if not things else [(one,) for one in NEAR]
    if len(things) > 1:
        choices = [
            ("note", "chest"),
            ("note", "Bob"),
            ("note", "Tom"),
            ("brass key", "marble altar"),
            ("oak door", "brass key"),
        ]
    return [_line(sentence, dict(zip([part.name for part in things], each, strict=False))) for each in choices]


def _line(sentence: Sentence, things: dict[str, str]) -> str:
    words = []
    for part in sentence.parts:
        if isinstance(part, Slot):
            words.append(things.get(part.name) or FILLED[part.name])
        else:
            words.append(" ".join(part.options[0]))
    return " ".join(words)


@pytest.mark.parametrize("action", SENTENCES)
def test_nobodys_surroundings_change_without_a_word_and_nothing_hidden_leaks(action: str) -> None:
    for line in dict.fromkeys(line for sentence in SENTENCES[action] for line in lines_of(sentence)):
        play = Crowd()
        hidden = [thing for thing in play.world.every(Hidden) if play.world.has(thing, Name)]
        turn = play.game.turn(TypedInput(ANNA, line))
        assert not [event for event in turn.events if isinstance(event, Error)], line
        for player in (ANNA, BOB, CARA):
            told = [event for event in turn.events if event.to == player and not isinstance(event, SceneEvent)]
            seen = [event for event in turn.events if event.to == player and isinstance(event, SceneEvent)]
            assert told or not seen, f"{line!r} changes what {player} sees, unsaid: {seen}"
            if player == CARA and told:
                assert action in HEARD_AFAR or any("comes in" in plain(event.text) for event in told), line
            if player != ANNA:
                own = {plain(event.text) for event in turn.events if event.to == ANNA}
                assert not [text for text in map(_said, told) if text in own and text.startswith("You ")], line
            text = msgspec.json.encode([*told, *seen]).decode()
            still = [thing for thing in hidden if play.world.has(thing, Hidden)]
            assert not [thing for thing in still if f'"{thing}"' in text or play.world.name(thing) in text], line
