"""One world in progress: takes inputs, each a turn that happens as a whole or not at all, and gives out events.

No clock, no threads, no files: the same story, seed and inputs give the same events and states everywhere.
"""

from __future__ import annotations

import logging
from hashlib import blake2b

from msgspec import Struct

from tale_core.game import replies, seats
from tale_core.game.inputs import AnyInput, Join, Leave, Tick, Typed
from tale_core.game.scenes import Scenes
from tale_core.game.story import Story
from tale_core.world.acting import Acting
from tale_core.world.actions import defaults
from tale_core.world.answers import pending
from tale_core.world.command import Ask, Command, Fail
from tale_core.world.completion import complete
from tale_core.world.components import Dialogue, Location, Player
from tale_core.world.events import AnyEvent, Error, Option, Report, Run, Scene, System, Text, paragraph
from tale_core.world.events import Ask as AskEvent
from tale_core.world.fuel import CURRENT, Fuel
from tale_core.world.messages import prose, standard
from tale_core.world.parser import parse
from tale_core.world.performance import Performance
from tale_core.world.scene import scene
from tale_core.world.store import World

LOG = logging.getLogger(__name__)

SENTENCES = 32
"""How many commands one line may hold."""

WHEN_OVER = frozenset({"restart", "quit", "score", "help", "verbs", "about"})
"""What a player can still do once their story has ended."""


class Turn(Struct, frozen=True):
    """Hold one turn: its number, what caused it and what came of it, in the order in which it is to be told."""

    n: int
    input: AnyInput
    events: tuple[AnyEvent, ...]


class Game:
    """Play ``story`` with the random numbers of ``seed``; one turn at a time, never two at once."""

    def __init__(self, story: Story, seed: int = 0) -> None:
        self.story = story
        self.seed = seed
        self.rules = story.rules.merged(defaults())
        self.messages = standard().overlaid(story.messages)
        self.world = self._new_world()
        self._scenes = Scenes()

    # Turns

    def turn(self, input_: AnyInput) -> Turn:
        """Apply one input and return its turn; a fault in the story undoes the turn and is told as an ``Error``."""
        world = self.world
        world.turn += 1
        n = world.turn
        performance = self._performance(world)
        token = CURRENT.set(performance.fuel)
        try:
            with world.transaction() as changes:
                self._apply(performance, input_)
                if performance.restart:
                    self._restart(performance)
                joined = input_.player if isinstance(input_, Join) else performance.restart
                scenes = self._scenes.after(performance.world, changes, joined)
        except (Exception, SystemExit) as fault:  # noqa: BLE001  (the turn boundary: an author's code may raise anything)
            return Turn(n, input_, self._fault(n, input_, fault))
        finally:
            CURRENT.reset(token)
        self.world = performance.world
        return Turn(n, input_, (*performance.events, *scenes))

    def scene(self, player: str) -> Scene:
        """Return what the player perceives now; raise KeyError for one who is not in the world."""
        if not self.world.has(player, Location):
            raise KeyError(f"there is no player {player!r} in the world")
        return scene(self.world, player)

    def complete(self, player: str, text: str) -> list[str]:
        """Return whole lines that ``text`` may become, best first; none for one who is not in the world."""
        if not self.world.has(player, Location):
            return []
        performance = self._performance(self.world)
        token = CURRENT.set(performance.fuel)
        try:
            return complete(text, self.world, player, performance.verify)
        except Exception:  # an author's verify rule may raise anything
            LOG.exception("story %s: a completion failed", self.story.info.id)
            return []
        finally:
            CURRENT.reset(token)

    def over(self, player: str) -> bool:
        """Tell whether the player has quit."""
        state = self.world.get(player, Player)
        return state is not None and state.outcome == "quit"

    # Inputs

    def _apply(self, performance: Performance, input_: AnyInput) -> None:
        match input_:
            case Join(player, name):
                self._join(performance, player, name)
            case Leave(player):
                if performance.world.has(player, Location):
                    performance.perform(player, Command("depart"))
            case Tick():
                for player in seats.players(performance.world):
                    if not performance.is_over(player):
                        performance.pass_time(player)
            case Typed(player, text):
                self._typed(performance, player, text)
        performance.finish()
        typing = input_.player if isinstance(input_, Typed) else ""
        self._ask_the_ended(performance, typing)

    def _join(self, performance: Performance, player: str, name: str, clear: bool = False) -> None:
        told = len(performance.events)
        if seats.seat(performance, player, name, self.story.info.start):
            welcome = System(to=player, text=self._welcome(), code="welcome", clear=clear)
            performance.events.insert(told, welcome)

    def _typed(self, performance: Performance, player: str, text: str) -> None:
        world = performance.world
        state = world.get(player, Player)
        if state is None or not world.has(player, Location) or state.outcome == "quit":
            _say(performance, player, "join.needed")
            return
        if text.lstrip().startswith("*"):
            _say(performance, player, "comment.noted")
            return
        for _ in range(SENTENCES):
            rest = self._sentence(performance, player, text)
            if rest is None:
                return
            text = rest
        _say(performance, player, "chain.too_long")

    def _sentence(self, performance: Performance, player: str, text: str) -> str | None:
        """Do the first sentence of ``text``; return what is left to do, None when that is nothing."""
        world = performance.world
        result = parse(text, world, player, performance.verify)
        if isinstance(result, Fail):
            replies.explain(performance, player, result, text)
            return None
        if isinstance(result, Ask):
            replies.question(performance, player, result)
            return None
        dialogue = world.get(player, Dialogue) or Dialogue()
        asked = pending(dialogue)
        world.set(player, replies.left_behind(dialogue, result))
        if asked is not None and asked.kind == "confirm" and result.action == "no":
            _say(performance, player, "answer.cancelled")
            return None
        done = self._command(performance, player, result)
        if not result.rest:
            return None
        if done and not performance.is_over(player) and not performance.restart:
            return result.rest
        if not performance.restart and not self.over(player):
            _say(performance, player, "chain.not_done", replies.undone(result.rest))
        return None

    def _command(self, performance: Performance, player: str, command: Command) -> bool:
        """Let the player act and time pass; return whether anything was carried out."""
        if performance.is_over(player) and command.action not in WHEN_OVER:
            return False
        if not self.rules.knows(command.action):
            _say(performance, player, "action.unknown")
            return False
        performance.spent = False
        done = performance.perform(player, command)
        if performance.spent:
            performance.pass_time(player)
        return done

    def _ask_the_ended(self, performance: Performance, typing: str) -> None:
        """Offer those whose story is over a new beginning, after whatever they typed or were told."""
        told = {typing, *(event.to for event in performance.events)}
        for player in seats.players(performance.world):
            state = performance.world.need(player, Player)
            if player in told and state.outcome in {"won", "lost"} and not performance.restart:
                act = Acting(performance, player, Command(""))
                options = (Option("Restart", "restart"), Option("Quit", "quit"))
                text = performance.text(act, player, "end.ask", {})
                performance.emit(AskEvent(to=player, text=text, options=options))

    # Beginning

    def _performance(self, world: World) -> Performance:
        return Performance(world, self.rules, self.messages, Fuel())

    def _new_world(self) -> World:
        world = World(self.seed)
        self.story.build(world)
        return world

    def _restart(self, performance: Performance) -> None:
        """Begin anew: with a new world for a player who is alone, with a new body among others."""
        player = performance.restart
        if seats.players(performance.world) != [player]:
            seats.begin_anew(performance, player, self.story.info.start)
            return
        turn, name = performance.world.turn, performance.world.name(player)
        performance.world = self._new_world()
        performance.world.turn = turn
        self._join(performance, player, name, clear=True)

    def _welcome(self) -> Text:
        info = self.story.info
        title = paragraph(Run(info.title, role="title"))
        return (title, *prose(info.intro or info.description))

    def _fault(self, n: int, input_: AnyInput, fault: BaseException) -> tuple[AnyEvent, ...]:
        """Log a fault under an id and return the apology to whoever caused the turn."""
        name = f"{self.story.info.id}:{self.seed}:{n}"
        number = f"{n}-{blake2b(name.encode(), digest_size=3).hexdigest()}"
        LOG.error("fault %s in story %s, turn %d", number, self.story.info.id, n, exc_info=fault)
        player = "" if isinstance(input_, Tick) else input_.player
        if not player:
            return ()
        performance = self._performance(self.world)
        act = Acting(performance, player, Command(""))
        return (Error(to=player, text=performance.text(act, player, "error.fault", {"id": number}), id=number),)


def _say(performance: Performance, player: str, message: str, rest: Text = ()) -> None:
    """Tell one player something that no action tells."""
    act = Acting(performance, player, Command(""))
    text = performance.text(act, player, message, {"rest": rest[0] if rest else ""})
    performance.emit(Report(to=player, text=text))
