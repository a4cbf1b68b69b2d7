"""Bots that walk a story: they do what the panels offer and what they make up, and keep count of what they saw.

A bot is seeded, and does the same in every process: the same story, seed and number of turns give the same report. It
restarts when its story ends, when nothing leads on, and after a while anyhow.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterable
from random import Random
from traceback import extract_tb

from msgspec import Struct, field

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.reading import Reading
from tale_core.game.story import Story
from tale_core.world.components import Description, Place
from tale_core.world.events import AnyEvent, Ended, Entry, Error, Scene, SceneEvent, Text
from tale_core.world.messages import Messages, Voice, plain, prose

PLAYER = "player"

LIFE = 600
"""Turns after which a bot begins anew."""

STUCK = 80
"""Turns in one place after which it counts as one that nobody gets out of, if nobody ever did."""

KEPT = 8
"""Commands that are kept to show how a fault came about."""

MADE_UP = (
    "examine {0}", "take {0}", "open {0}", "push {0}", "pull {0}", "turn {0}", "search {0}", "read {0}", "touch {0}",
    "talk to {0}", "enter {0}", "wear {0}", "eat {0}", "drink {0}", "climb {0}", "attack {0}", "kiss {0}",
    "put {0} in {1}", "put {0} on {1}", "give {0} to {1}", "show {0} to {1}", "unlock {0} with {1}",
    "ask {0} about {1}", "throw {0} at {1}", "tie {0} to {1}", "drop all", "take all", "look", "inventory", "wait",
    "exits", "hint", "again",
    "undo", "jump", "listen", "smell", "north", "south", "east", "west", "up", "down", "in", "out",
)  # fmt: skip
"""What a bot types besides what is offered: {0} and {1} are things in sight."""

BACK = frozenset({"undo", "again"})
"""What may lead out of a place without being a way out."""

log = logging.getLogger("tale_core.game.game")


class Fault(Struct, frozen=True):
    """Hold a failure of the story: what was typed at the end, and where it failed."""

    seed: int
    turn: int
    typed: tuple[str, ...]
    error: str
    where: str


class Walk(Struct):
    """Hold what bots did and saw. ``stays`` are the most turns that a bot spent in a place without leaving it."""

    turns: int = 0
    lives: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    faults: dict[str, Fault] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    left: set[str] = field(default_factory=set)
    stays: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)

    def add(self, other: Walk) -> None:
        """Add what another bot did and saw."""
        self.turns += other.turns
        self.lives += other.lives
        self.endings.update(other.endings)
        for error, fault in other.faults.items():
            self.faults.setdefault(error, fault)
        self.places.update(other.places)
        self.left |= other.left
        self.stays |= other.stays
        self.told |= other.told
        self.messages |= other.messages


class Unseen(Struct, frozen=True):
    """Hold what of a story no bot has come upon, by ids; ``texts`` are places in its files and what stands there."""

    places: tuple[str, ...]
    dead_ends: tuple[str, ...]
    descriptions: tuple[str, ...]
    messages: tuple[str, ...]
    texts: tuple[str, ...]


def walk(story: Story, seed: int, turns: int) -> Walk:
    """Let one bot walk a story for so many turns."""
    return _Bot(story, seed).walk(turns)


def unseen(reading: Reading, found: Walk) -> Unseen:
    """Return what of a story a walk has not come upon."""
    world = reading.world
    places = [place for place in world.every(Place) if place not in found.places]
    stuck = [place for place in found.places if place not in found.left and found.stays[place] >= STUCK]
    described = [
        thing
        for thing in world.every(Description)
        if not any(_flat(part) in found.told for part in prose(world.need(thing, Description).text))
    ]
    own = [message for message in reading.story.messages if message not in found.messages]
    texts = [f"{spot.file}:{spot.mark.line}: {text}" for spot, text in reading.told if text not in found.messages]
    return Unseen(tuple(places), tuple(stuck), tuple(described), tuple(own), tuple(texts))


class _Heard(Messages):
    """Be a story's messages, and remember which were told."""

    def __init__(self, known: Messages) -> None:
        super().__init__({name: tuple(each.source for each in known.variants(name)) for name in known.ids()})
        self.heard: set[str] = set()

    def render(self, message: str, voice: Voice) -> Text:
        self.heard.add(message)
        return super().render(message, voice)


class _Trace(logging.Handler):
    """Catch what a game logs of a fault, so that it can be told instead."""

    def __init__(self) -> None:
        super().__init__()
        self.error: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.error = record.exc_info[1] if record.exc_info else None


class _Bot:
    def __init__(self, story: Story, seed: int) -> None:
        self._story = story
        self._seed = seed
        self._chance = Random(f"explore:{story.info.id}:{seed}")  # noqa: S311  (a bot's whims, no secret)
        self._messages = _Heard(story.all_messages)
        self._tried: Counter[tuple[str, str]] = Counter()
        self._walk = Walk()
        self._recent: deque[str] = deque(maxlen=KEPT)
        self._trace = _Trace()

    def walk(self, turns: int) -> Walk:
        """Walk so many turns."""
        log.addHandler(self._trace)
        propagate, log.propagate = log.propagate, False
        try:
            while self._walk.turns < turns:
                self._live(min(LIFE, turns - self._walk.turns))
        finally:
            log.removeHandler(self._trace)
            log.propagate = propagate
        self._walk.messages = self._messages.heard
        return self._walk

    def _live(self, turns: int) -> None:
        """Begin a game and play it to its end, or as long as there is something to do."""
        walk, game = self._walk, Game(self._story, self._seed)
        game.messages = self._messages
        walk.lives += 1
        scene = self._heed(game.turn(Join(PLAYER, "Bot")).events, None)
        here, stay = scene.place if scene else "", 0
        for _ in range(turns):
            line = self._choose(scene) if scene else "look"
            self._recent.append(line)
            walk.turns += 1
            turn = game.turn(Typed(PLAYER, line))
            scene = self._heed(turn.events, scene)
            ended = next((event for event in turn.events if isinstance(event, Ended)), None)
            place = scene.place if scene else ""
            if place != here:
                if line not in BACK:
                    walk.left.add(here)
                here, stay = place, 0
            stay += 1
            walk.stays[here] = max(walk.stays[here], stay)
            if ended is not None:
                walk.endings[ended.outcome] += 1
                return
            if stay > 2 * STUCK and here not in walk.left:
                return

    def _heed(self, events: Iterable[AnyEvent], scene: Scene | None) -> Scene | None:
        """Take in what was told; return the scene as it is now."""
        walk = self._walk
        for event in events:
            if isinstance(event, SceneEvent):
                scene = event.scene
                walk.places[scene.place] += 1
                continue
            for paragraph in event.text:
                walk.told.add(_flat(paragraph))
            if isinstance(event, Error):
                self._note(self._trace.error)
        return scene

    def _note(self, error: BaseException | None) -> None:
        frames = [] if error is None else [f for f in extract_tb(error.__traceback__) if self._is_own(f.filename)]
        frame = frames[-1] if frames else None
        where = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" if frame else "the engine"
        told = f"{type(error).__name__}: {error}" if error is not None else "a rule failed"
        fault = Fault(self._seed, self._walk.turns, tuple(self._recent), told, where)
        self._walk.faults.setdefault(f"{where}: {told}", fault)

    def _is_own(self, filename: str) -> bool:
        return filename.startswith(str(self._story.folder.resolve()))

    def _choose(self, scene: Scene) -> str:
        """Return what to type: of a few things that are possible, that which was tried least here."""
        options = [self._think(scene) for _ in range(4)]
        line = min(options, key=lambda option: self._tried[scene.place, option])
        self._tried[scene.place, line] += 1
        return line

    def _think(self, scene: Scene) -> str:
        chance = self._chance.random()
        if chance < 0.35 and scene.exits:
            return self._chance.choice(scene.exits).command
        around: list[Entry] = [*scene.things, *scene.people, *scene.inventory]
        if chance < 0.8 and around:
            commands = self._chance.choice(around).commands
            if commands:
                return self._chance.choice(commands)
        made_up = self._chance.choice(MADE_UP)
        if "{0}" not in made_up:
            return made_up
        if not around:
            return "look"
        return made_up.format(self._chance.choice(around).name, self._chance.choice(around).name)


def _flat(paragraph: Iterable[object]) -> str:
    return " ".join(plain((tuple(paragraph),)).split())  # type: ignore[arg-type]
