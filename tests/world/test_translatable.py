"""Everything that a player is told can be told in another language: no English comes from the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import pytest
from msgspec.structs import replace

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Leave, Tick, Typed
from tale_core.story import Acting, Name, Rules
from tale_core.world.acting import command
from tale_core.world.events import AnyEvent, Ask, SceneEvent, Text
from tale_core.world.grammar import Sentence, Slot, standard_grammar
from tale_core.world.performance import Performance

from .foreign import foreign, story

ANNA, BOB = "anna", "bob"
ENGLISH = re.compile(r"[a-z]+")
WORDS = {"topic": "WAR", "player": BOB, "money": "2", "number": "2", "said": "yes", "direction": "north"}
TYPED = "war"
FILLED = {
    "item": "key", "target": "chest", "direction": "north", "way": "east", "here": "here", "but": "book",
    "topic": "key", "speech": "key", "player": "bob", "number": "2", "money": "2 ducats", "order": "open chest",
}  # fmt: skip
NEAR = ("key", "tom", "chest", "bob", "coins", "all", "lamp", "oak door", "nowhere", "me")


def shown(text: Text) -> str:
    """Return what of a text is told, without what is there to be typed."""
    return " ".join(run.text for part in text for run in part if run.role != "code")


def texts(event: AnyEvent) -> Iterator[str]:
    """Yield all words that a player is shown of an event; what a button types is English like all that is typed."""
    yield shown(event.text)
    if isinstance(event, Ask):
        yield from (option.label for option in event.options)
    if isinstance(event, SceneEvent):
        scene = event.scene
        yield from (scene.location, scene.purse, scene.alt, *(exit.label for exit in scene.exits))
        for entry in (*scene.things, *scene.people, *scene.inventory):
            yield from (entry.name, entry.state)


def english(events: Iterable[AnyEvent], typed: str = "") -> list[str]:
    """Return the English words in what players are shown that they have not typed themselves."""
    own = set(ENGLISH.findall(typed.casefold()))
    return [text for event in events for text in texts(event) if set(ENGLISH.findall(text)) - own]


START = Game(story(), seed=1)
for each in (ANNA, BOB):
    START.turn(Join(each, each.upper()))
BEGINNING = START.state()


@pytest.fixture
def game() -> Game:
    """Return the game as it begins; made once, since compiling a set of texts takes its time."""
    START.resume(BEGINNING)
    return START


def test_the_other_alphabet_keeps_gaps_and_what_is_typed() -> None:
    told = foreign("{You} {take|takes} {the item}: {item:are|is} {n} {n#key|keys}, {=look} at {^Dark}")
    assert ENGLISH.findall(told) == ["ou", "the", "item", "item", "n", "n", "look"]


def test_english_that_the_code_would_tell_is_seen(game: Game) -> None:
    game.turn(Typed(ANNA, "look"))
    game.world.set("key", Name("key"))
    assert english(game.turn(Typed(ANNA, "look")).events) != []


@pytest.mark.parametrize("action", standard_grammar().actions)
def test_no_action_tells_in_english(game: Game, action: str) -> None:
    directed = {Slot("target", False) in each.parts for each in _sentences(action)}
    targets = [*([""] if False in directed else []), *(["chest", "tom", BOB] if True in directed else [])]
    for item in ("", *game.world.every(Name)):
        for target in targets if item else [""]:
            assert english(_done(game, action, item, target, "hall"), TYPED) == [], (item, target)
        assert english(_done(game, action, item, targets[0], "cellar"), TYPED) == [], (item, "in the dark")


def _done(game: Game, action: str, item: str, target: str, place: str) -> list[AnyEvent]:
    """Return what both players are told when one of them does something in a place; nothing is changed."""
    world = game.world
    with world.transaction() as changes:
        for player in (ANNA, BOB):
            world.move(player, place)
        performance = Performance(world, game.rules, game.messages)
        performance.perform(ANNA, command(action, item, target, **WORDS))
        performance.finish()
    world.revert(list(changes))
    return performance.events


def _sentences(action: str) -> list[Sentence]:
    return [each for group in standard_grammar().sentences.values() for each in group if each.action == action]


def _line(sentence: Sentence, filled: dict[str, str]) -> str:
    parts = (filled[each.name] if isinstance(each, Slot) else " ".join(each.options[0]) for each in sentence.parts)
    return " ".join(parts)


@pytest.mark.parametrize("action", [each for each in standard_grammar().actions if each not in ("quit", "restart")])
def test_no_sentence_is_answered_in_english(game: Game, action: str) -> None:
    game.world.move("lamp", ANNA, "held")
    for sentence in _sentences(action):
        if Slot("how", False) not in sentence.parts:  # adverbs are as they were typed
            for item in NEAR if any(isinstance(each, Slot) for each in sentence.parts) else ("",):
                line = _line(sentence, {**FILLED, "item": item})
                assert english(game.turn(Typed(ANNA, line)).events, f"{line} {action}") == [], line


TOUR = (
    "look", "exits", "inventory", "i", "x me", "x altar", "x door", "open door", "unlock door", "open chest", "look",
    "look in chest", "search altar", "take all", "i", "wear cap", "wear helmet", "wield sword", "i", "drop all",
    "look", "take coins", "drop coins", "put coins in jar", "take key and lamp", "sit on bench", "look",
    "lie on bench", "stand", "stand on chair", "enter crate", "look", "close crate", "look", "out", "ride horse",
    "south", "look", "north", "push crate south", "push crate up", "north", "up", "down", "in", "out", "northwest",
    "east", "look", "feel around", "take lamp", "drop lamp", "west", "ask tom about key", "ask tom about",
    "tell tom about war", "talk to tom", "1", "ask tom about his sister", "yes", "ask tom about sister", "no",
    "ask tom for key", "give cap to tom", "topics", "tom, open chest", "tom, hello", "bob, open chest", "say hello",
    "shout hey", "whisper hey to bob", "kiss tom", "list", "buy rope", "buy gem", "sell key", "value gem", "haggle",
    "money", "drop 3 ducats", "take ducats", "pay tom", "read book", "look up ogre in book", "x dial", "set dial",
    "set dial to b", "set dial to z", "pull lever", "x lever", "turn on fan", "x fan", "fill cup", "x cup", "i",
    "drink cup", "pour flask over tom", "empty cup", "eat bread", "drink poison", "x me", "wait", "wait", "hint",
    "hint ring", "hint hall", "help", "help take", "verbs", "score", "time", "who", "frobnicate", "take",
    "take xyzzy", "open", "put key", "give key", "take urn and xyzzy", "take two coins", "unlock",
    "take key. xyzzy. look", "x chest in the sky", "go", "go to vault", "west", "take coin and sword. frob",
    "oops look", "attack maid", "attack maid", "look", "x maid", "wake page", "attack page with sword", "wake page",
    "undo", "save", "attack maid", "attack maid", "attack maid", "attack maid", "attack maid", "attack maid", "look",
    "x maid", "leave horse", "buy key", "buy sword", "unlock door with key", "lock door with key", "x door",
    "unlock door", "north", "look", "attack goblin", "attack goblin", "down", "attack ogre", "down", "down", "wait",
    "wait", "look", "flee", "wait", "south", "close door", "south", "x wolf", "attack wolf", "attack wolf",
    "attack wolf", "attack wolf", "look", "search", "west", "x gate", "close gate", "look", "sleep", "jump",
    "follow bob", "follow tom", "stay", "* noted", "notify off", "brief", "wait until six", "where is the key",
    "xyzzy", "again", "quit", "no", "quit", "yes", "look",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_no_tour_is_told_in_english(seed: int) -> None:
    game = Game(story(), seed)
    for player in (ANNA, BOB):
        assert english(game.turn(Join(player, player.upper())).events) == []
    for line in TOUR:
        for player in (BOB, ANNA) if line in ("look", "north", "open chest", "wait") else (ANNA,):
            assert english(game.turn(Typed(player, line)).events, line) == [], line
    for given in (Tick(), Leave(BOB), Join(ANNA, "ANNA")):
        assert english(game.turn(given).events) == []


@pytest.mark.parametrize(
    ("here", "there", "direction"),
    [
        ("hall", "garden", "south"),
        ("hall", "loft", "up"),
        ("loft", "hall", "down"),
        ("hall", "shrine", "in"),
        ("shrine", "hall", "out"),
        ("lane", "garden", "east"),
    ],
)
def test_what_comes_from_next_door_is_not_told_in_english(game: Game, here: str, there: str, direction: str) -> None:
    for player, place in ((ANNA, here), (BOB, there)):
        game.world.move(player, place)
    for line in ("shout war", direction, "shout war"):
        told = game.turn(Typed(ANNA, line)).events
        assert BOB in {event.to for event in told}
        assert english(told, line) == []


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_no_end_is_told_in_english(outcome: Literal["won", "lost"]) -> None:
    rules = Rules()

    @rules.instead("jump")
    def ends(act: Acting) -> None:
        act.score(3, "COURAGE")
        act.end(outcome, "SO IT ENDS.")

    over = Game(replace(story(), rules=rules), seed=1)
    over.turn(Join(ANNA, "ANNA"))
    told = over.turn(Typed(ANNA, "jump")).events
    assert [event for event in told if isinstance(event, Ask)]
    assert english(told) == []
