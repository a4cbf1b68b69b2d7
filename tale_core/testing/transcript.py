"""Transcripts: what players type and what they are to be told, as a text that a writer can read and a test can run.

=======================  =============================================================================================
``# a remark``           passed over, as empty lines are
``seed: 7``              in the lines at the top: the seed (1 if not given), ``mode: mud``, ``players: anna, bob``
``> take the lamp``      what the first player types; ``bob> look`` what another one does
``lamp``                 the answer contains this, however its lines are broken
``/lamps? here/``        the answer contains what this regular expression fits
``!dark``                the answer does not contain this; ``!/dark|gloomy/`` nothing that fits
``bob< Anna takes``      somebody else is told this; ``bob< !Anna`` is not
``[tick]``               time passes by itself; ``[tick 5]`` several times
``[reload]``             the game is kept, ended and taken up again, as when a server starts anew
``[bob leaves]``         and ``[bob joins]``
``\\> as it is``          a backslash lets what follows stand for itself
=======================  =============================================================================================

What stands before the first command is about what players are told as they join.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

from tale_core.errors import StoryError

SUFFIX = ".transcript"

Kind = Literal["join", "typed", "tick", "reload", "leave"]

_HEADER = re.compile(r"([a-z]+):\s*(.*)")
_HEADERS = ("seed", "mode", "players")
_TYPED = re.compile(r"([A-Za-z]\w*)?>(.*)")
_TOLD = re.compile(r"([A-Za-z]\w*)<\s(.*)")
_STAGED = re.compile(r"\[(?:(tick)(?: (\d{1,4}))?|(reload)|(\w+) (joins|leaves))\]")
_NAME = re.compile(r"[A-Za-z]\w*")


class Expectation(NamedTuple):
    """Hold what a player is to be told in a step, or with ``absent`` is not to be told."""

    line: int
    written: str
    player: str
    pattern: re.Pattern[str]
    absent: bool = False

    def met(self, told: str) -> bool:
        """Tell whether it holds for all that the player was told."""
        return (self.pattern.search(flat(told)) is None) == self.absent


class Step(NamedTuple):
    """Hold one thing that happens, at a line of the transcript, and what is expected of it."""

    line: int
    kind: Kind
    player: str = ""
    text: str = ""
    times: int = 1
    expected: tuple[Expectation, ...] = ()


class Transcript(NamedTuple):
    """Hold a transcript that was read; the first of ``players`` is the one whose name need not be given."""

    name: str
    steps: tuple[Step, ...]
    players: tuple[str, ...] = ("player",)
    seed: int = 1
    mode: str = ""


def flat(text: str) -> str:
    """Return the text on one line, so that it does not matter where lines and paragraphs end."""
    return " ".join(text.split())


def read_transcript(path: Path, name: str = "") -> Transcript:
    """Return the transcript in a file, called ``name`` in what is told of it; raise StoryError with all mistakes."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StoryError(f"{name or path.name} cannot be read: {error}") from None
    return parse_transcript(text, name or path.name)


def parse_transcript(text: str, name: str) -> Transcript:
    """Return the transcript in a text; raise StoryError with all of its mistakes."""
    return _Reader(name).read(text)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[str] = []
        self._players: tuple[str, ...] = Transcript._field_defaults["players"]
        self._seed = 1
        self._mode = ""
        self._steps: list[Step] = []

    def read(self, text: str) -> Transcript:
        head = True
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            header = _HEADER.fullmatch(line) if head else None
            if header is not None and header[1] in _HEADERS:
                self._head(number, header[1], header[2])
                continue
            if head:
                head = False
                self._steps = [Step(0, "join", player) for player in self._players]
            self._line(number, line)
        if self._problems:
            raise StoryError(f"{self._name} is no transcript:", tuple(self._problems))
        return Transcript(self._name, tuple(self._steps), self._players, self._seed, self._mode)

    def _head(self, number: int, key: str, value: str) -> None:
        if key == "seed":
            if value.isdecimal() and len(value) < 19:
                self._seed = int(value)
            else:
                self._wrong(number, f"the seed must be a number, not {value!r}")
        elif key == "mode":
            if value not in {"if", "mud"}:
                self._wrong(number, f"there is no mode {value!r}: it is 'if' or 'mud'")
            self._mode = value
        else:
            names = tuple(name.strip().lower() for name in value.split(","))
            if len(set(names)) < len(names) or not all(_NAME.fullmatch(name) for name in names):
                self._wrong(number, f"{value!r} should be different names, like: players: anna, bob")
            self._players = names

    def _line(self, number: int, line: str) -> None:
        if match := _TYPED.fullmatch(line):
            self._steps.append(Step(number, "typed", self._player(number, match[1]), match[2].strip()))
        elif match := _STAGED.fullmatch(line):
            if match[1]:
                self._steps.append(Step(number, "tick", times=int(match[2] or 1)))
            elif match[3]:
                self._steps.append(Step(number, "reload"))
            else:
                kind: Kind = "join" if match[5] == "joins" else "leave"
                self._steps.append(Step(number, kind, self._player(number, match[4])))
        else:
            self._expect(number, line)

    def _expect(self, number: int, line: str) -> None:
        match = _TOLD.fullmatch(line)
        begun = self._steps[-1]
        player = begun.player if begun.line and begun.player else self._players[0]
        if match:
            player, line = self._player(number, match[1]), match[2].strip()
        absent = line.startswith("!")
        wanted = line[1:].strip() if absent else line
        try:
            if len(wanted) > 2 and wanted[0] == wanted[-1] == "/":
                pattern = re.compile(wanted[1:-1])
            else:
                pattern = re.compile(re.escape(flat(wanted.removeprefix("\\"))))
        except re.error as error:
            self._wrong(number, f"{wanted} is no regular expression: {error}")
            return
        expectation = Expectation(number, line, player, pattern, absent)
        self._steps[-1] = begun._replace(expected=(*begun.expected, expectation))

    def _player(self, number: int, name: str | None) -> str:
        if name is None:
            return self._players[0]
        if name.lower() not in self._players:
            known = ", ".join(self._players)
            self._wrong(number, f"no player is called {name!r}: the first lines should have “players: …” ({known})")
        return name.lower()

    def _wrong(self, number: int, text: str) -> None:
        self._problems.append(f"{self._name}:{number}: {text}")
