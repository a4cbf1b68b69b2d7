"""A scripted game that says exactly what it is told to: for tests of transports and of the wire.

Lines that it knows: ``echo WORDS``, ``burst N`` (N events in one turn), ``big N`` (one text of N characters),
``clear``, ``secret`` (asks for a line that is not echoed), ``slow WORDS`` (waits until the game is told to go on),
``data NAME`` (shows a picture), ``raise``, ``quit``. Anything else is repeated as it is.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NamedTuple

from tale_core.game.inputs import AnyInput, Join, Typed
from tale_core.game.resources import RESOURCES
from tale_core.game.state import State
from tale_core.game.story import Story, StoryInfo
from tale_core.world.events import (
    AnyEvent,
    Ended,
    Entry,
    ExitEntry,
    Image,
    Prompt,
    Report,
    Run,
    Scene,
    SceneEvent,
    System,
    Text,
)
from tale_core.world.messages import standard
from tale_core.world.performance import Wish
from tale_core.world.rulebook import Rules

SLOWEST = 30.0
"""Seconds after which a slow turn goes on by itself, so that a test that fails leaves no thread behind."""


DOT = "dot.gif"
"""The picture that a scripted story has, once ``draw`` has put it there."""

PICTURED = "A black dot."
"""What every picture of a scripted story is said to show."""

_GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
DOT_URL = f"data:image/gif;base64,{_GIF}"
"""That picture as it is sent."""


class ScriptedTurn(NamedTuple):
    """Hold the events of one scripted turn."""

    events: tuple[AnyEvent, ...]
    wish: Wish | None = None
    left: State | None = None


class ScriptedGame:
    """Answer each input by its script; every turn ends with a scene whose ``turns`` counts the inputs.

    ``go`` is what a slow turn waits for.
    """

    def __init__(self, story: Story, seed: int, go: Event | None = None) -> None:
        self.messages = standard()
        self.story = story
        self.seed = seed
        self._go = go
        self.turns = 0
        self.lines: list[str] = []
        """Every line that was run, in order."""

    def turn(self, given: AnyInput) -> ScriptedTurn:
        """Apply one input."""
        if isinstance(given, Join):
            return ScriptedTurn((Report(to=given.player, text=_text("Welcome.")), self._scene(given.player)))
        if not isinstance(given, Typed):
            return ScriptedTurn(())
        self.lines.append(given.text)
        self.turns += 1
        word, _, rest = given.text.partition(" ")
        if word == "slow":
            (self._go or Event()).wait(SLOWEST)
        answer = _ANSWERS.get(word, _repeat)(given.player, rest if word in _ANSWERS else given.text)
        return ScriptedTurn((*answer, self._scene(given.player)))

    def complete(self, player: str, text: str) -> list[str]:
        """Return the script's own words that begin with ``text``."""
        del player
        return [word for word in sorted(_ANSWERS) if word.startswith(text)]

    def state(self) -> State:
        """Return the lines that were run."""
        return State(self.seed, self.turns, {"script": {"lines": list(self.lines)}})

    def resume(self, state: State) -> list[str]:
        """Take lines for run."""
        self.lines = list(state.things["script"]["lines"])
        self.turns = state.turn
        return []

    def _scene(self, player: str) -> SceneEvent:
        scene = Scene(
            turns=self.turns,
            place="stage",
            location="Stage",
            exits=(ExitEntry("north", "north"),),
            things=(Entry("prop", "prop", ("examine prop",)),),
            people=(Entry("prompter", "prompter"),),
        )
        return SceneEvent(to=player, scene=scene)


def scripted_story(folder: Path) -> Story:
    """Return a story for a scripted game; ``folder`` is where its resources would be."""
    info = StoryInfo(id="scripted", title="Scripted <Story>", author="Nobody", version="1.0")
    return Story(info=info, folder=folder, build=lambda _world: None, rules=Rules())


def draw(folder: Path) -> None:
    """Put a picture into a scripted story's folder."""
    resources = folder / RESOURCES
    resources.mkdir(exist_ok=True)
    (resources / DOT).write_bytes(b64decode(_GIF))


def _text(words: str) -> Text:
    return ((Run(words),),)


def _repeat(player: str, words: str) -> tuple[AnyEvent, ...]:
    return (Report(to=player, text=_text(words)),)


def _burst(player: str, count: str) -> tuple[AnyEvent, ...]:
    return tuple(Report(to=player, text=_text(f"burst {n}")) for n in range(1, int(count) + 1))


def _big(player: str, size: str) -> tuple[AnyEvent, ...]:
    return (Report(to=player, text=_text("x" * int(size))),)


def _data(player: str, name: str) -> tuple[AnyEvent, ...]:
    return (Image(to=player, text=_text(f"[{PICTURED}]"), image=name, alt=PICTURED),)


def _clear(player: str, _: str) -> tuple[AnyEvent, ...]:
    return (System(to=player, text=_text("All clear."), code="clear", clear=True),)


def _secret(player: str, _: str) -> tuple[AnyEvent, ...]:
    return (Prompt(to=player, text=_text("Password?"), noecho=True),)


def _raise(_player: str, words: str) -> tuple[AnyEvent, ...]:
    raise RuntimeError(words or "the script says so")


def _quit(player: str, _: str) -> tuple[AnyEvent, ...]:
    return (Ended(to=player, text=_text("Goodbye."), outcome="quit"),)


_ANSWERS: dict[str, Callable[[str, str], tuple[AnyEvent, ...]]] = {
    "echo": _repeat,
    "slow": _repeat,
    "burst": _burst,
    "big": _big,
    "data": _data,
    "clear": _clear,
    "secret": _secret,
    "raise": _raise,
    "quit": _quit,
}
