"""Many players type at once; what comes of it is what some order of their commands one after another gives."""

from __future__ import annotations

from contextlib import closing
from threading import Barrier, Event, Thread

from hypothesis import given, settings
from hypothesis import strategies as st

from tale_core.game.game import Game, Turn
from tale_core.game.inputs import Join, Typed
from tale_core.serving.strand import Strand
from tale_core.serving.workers import Workers
from tests.world.playing import story

DEADLINE = 10
PLAYERS = ("anna", "bob", "cara")
LINES = (
    "take note", "drop note", "open chest", "close chest", "take coin", "take all", "put note in chest", "south",
    "north", "give note to bob", "say hello", "smile at anna", "follow bob", "stay", "x chest", "look", "wear cap",
    "tell cara hi", "reply ho", "inventory", "take lamp", "extinguish lamp", "jump",
)  # fmt: skip


def begun() -> Game:
    """Return a game that all have joined."""
    game = Game(story(), 1)
    for player in PLAYERS:
        game.turn(Join(player, player.capitalize()))
    return game


@given(st.tuples(*[st.lists(st.sampled_from(LINES), max_size=8) for _ in PLAYERS]))
@settings(max_examples=25, deadline=None)
def test_any_interleaving_equals_a_serial_order_in_which_nobodys_commands_change_places(
    typed: tuple[list[str], ...],
) -> None:
    game = begun()
    turns: list[Turn] = []
    with closing(Workers(3, "test")) as pool:
        strand, start = Strand(pool), Barrier(len(PLAYERS))

        def submit(input_: Typed) -> None:
            strand.post(lambda: turns.append(game.turn(input_)))

        def play(player: str, lines: list[str]) -> None:
            start.wait(DEADLINE)
            for line in lines:
                submit(Typed(player, line))

        threads = [Thread(target=play, args=each) for each in zip(PLAYERS, typed, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(DEADLINE)
        done = Event()
        strand.post(done.set)
        assert done.wait(DEADLINE)
    serial = begun()
    again = [serial.turn(turn.input) for turn in turns]
    assert [turn.events for turn in again] == [turn.events for turn in turns]
    assert serial.world.state_hash() == game.world.state_hash()
    for player, lines in zip(PLAYERS, typed, strict=True):
        assert [turn.input.text for turn in turns if turn.input.player == player] == lines
