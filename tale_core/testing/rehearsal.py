"""Play transcripts against a story: from code with ``rehearse``, from pytest with ``transcript_tests``.

A story's transcripts are the ``*.transcript`` files of its folder ``tests``; ``transcript.py`` says how to write them.
In pytest, a whole test module may be::

    from pathlib import Path

    from tale_core.testing.rehearsal import transcript_tests

    test_transcripts = transcript_tests(Path(__file__).parent.parent / "my_story")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from tale_core.errors import StoryError
from tale_core.game.game import Game, Turn
from tale_core.game.inputs import AnyInput, Join, Leave, Restored, Tick, Told, Typed
from tale_core.game.state import State
from tale_core.game.story import Story, load_story
from tale_core.testing.transcript import SUFFIX, Step, Transcript, flat, read_transcript
from tale_core.world.events import Error, SceneEvent
from tale_core.world.messages import plain
from tale_core.world.performance import Wish

UNNAMED = "quick"
"""The name of a save that was given none."""


class Outcome(NamedTuple):
    """Hold what came of one step: what each player was told, and what was not as expected."""

    step: Step
    told: Mapping[str, str]
    mistakes: tuple[str, ...]


def transcripts_of(folder: Path) -> list[Path]:
    """Return the transcripts of the story in ``folder``, in order of their names."""
    return sorted((folder / "tests").glob(f"*{SUFFIX}"))


def rehearse(story: Story, transcript: Transcript) -> list[str]:
    """Play a transcript; return every mistake as "file:line: expected …, but … came"."""
    return [mistake for outcome in perform(story, transcript) for mistake in outcome.mistakes]


def perform(story: Story, transcript: Transcript) -> Iterator[Outcome]:
    """Play a transcript step by step. Raise StoryError when the story cannot be played in its mode."""
    mode = transcript.mode or ("mud" if len(transcript.players) > 1 else story.info.modes[0])
    if mode not in story.info.modes:
        known = ", ".join(story.info.modes)
        raise StoryError(f"{transcript.name} needs the mode {mode!r}; {story.info.title} is played as: {known}")
    stage = Stage(story, transcript.seed, shared=mode == "mud")
    told: dict[str, str] = {}
    for step in transcript.steps:
        if step.line:
            told = {}
        faults = [fault for _ in range(step.times) for fault in stage.take(step, told)]
        yield Outcome(step, told, tuple(_mistakes(transcript.name, step, told, faults)))


def transcript_tests(*folders: Path) -> Callable[..., None]:
    """Return a pytest test that plays every transcript of the stories in these folders, one case each."""
    import pytest  # only who tests needs it

    load = cache(load_story)
    cases = [
        pytest.param(each, path, id=f"{each.name}/{path.stem}") for each in folders for path in transcripts_of(each)
    ]

    @pytest.mark.parametrize(("folder", "path"), cases)
    def test_transcript(folder: Path, path: Path) -> None:
        try:
            name = path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(path)
            mistakes = rehearse(load(folder), read_transcript(path, name))
        except StoryError as error:
            mistakes = [str(error)]
        if mistakes:
            pytest.fail("\n".join(mistakes), pytrace=False)

    return test_transcript


class Stage:
    """Run a game as a server does, with saves in memory."""

    def __init__(self, story: Story, seed: int, shared: bool = False) -> None:
        self._game = Game(story, seed)
        self._shared = shared
        self._saves: dict[str, State] = {}

    def take(self, step: Step, told: dict[str, str]) -> list[str]:
        """Apply a step; add what each player is told to ``told``, and return the ids of faults in the story."""
        if step.kind == "reload":
            kept = msgspec.json.decode(msgspec.json.encode(self._game.state()), type=State)
            self._game = Game(self._game.story, self._game.seed)
            self._game.resume(kept)
            return []
        turn = self._game.turn(_input(step, self._shared))
        faults = self._hear(turn, told)
        if turn.wish is not None:
            for each in self._fulfilled(turn.wish):
                faults += self._hear(self._game.turn(each), told)
        return faults

    def _hear(self, turn: Turn, told: dict[str, str]) -> list[str]:
        faults = []
        for event in turn.events:
            if isinstance(event, Error):
                faults.append(event.id)
            if not isinstance(event, SceneEvent):
                name = event.to.partition(":")[2]
                told[name] = "\n\n".join(filter(None, (told.get(name), plain(event.text))))
        return faults

    def _fulfilled(self, wish: Wish) -> Iterator[AnyInput]:
        player, names = wish.player, ", ".join(self._saves)
        name = " ".join(wish.name.split())
        match wish.what:
            case "save":
                self._saves[name or UNNAMED] = msgspec.structs.replace(self._game.state(), past=())
                yield Told(player, "save.done", {"name": name or UNNAMED})
            case "script":
                yield Told(player, "script.told")
            case "saves" | "restore" if not self._saves:
                yield Told(player, "restore.none")
            case "saves":
                yield Told(player, "saves.list", {"names": names})
            case "restore" if (name or list(self._saves)[-1]) not in self._saves:
                yield Told(player, "restore.unknown", {"name": name, "names": names})
            case "restore":
                wanted = name or list(self._saves)[-1]
                yield Restored(player, wanted, self._saves[wanted])


def _input(step: Step, shared: bool) -> AnyInput:
    player = f"player:{step.player}"  # no thing of a story can have such an id
    match step.kind:
        case "join":
            return Join(player, step.player.capitalize(), shared)
        case "leave":
            return Leave(player)
        case "typed":
            return Typed(player, step.text)
        case _:
            return Tick()


def _mistakes(name: str, step: Step, told: Mapping[str, str], faults: list[str]) -> Iterator[str]:
    done = {"typed": f"“{step.text}”", "join": f"{step.player} joins", "leave": f"{step.player} leaves"}.get(
        step.kind, f"[{step.kind}]"
    )
    for fault in faults:
        yield f"{name}:{step.line}: {done}: a rule of the story failed (the log has the trace of fault {fault})"
    for each in step.expected:
        heard = told.get(each.player, "")
        if not each.met(heard):
            wish = f"not {each.written[1:].strip()}" if each.absent else each.written
            came = flat(heard) or "nothing"
            yield f"{name}:{each.line}: {done}: expected {wish}\n  but {each.player} was told: {came}"
