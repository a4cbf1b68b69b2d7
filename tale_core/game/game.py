"""One world in progress: takes inputs, each a turn that happens as a whole or not at all, and gives out events.

No clock, no threads, no files: the same story, seed and inputs give the same events and states everywhere.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

from tale_core.game import replies, seats
from tale_core.game.inputs import AnyInput, Join, Leave, Restored, Tick, Told, Typed
from tale_core.game.scenes import Scenes
from tale_core.game.state import Past, State, apply, components_of, players_of, state_of
from tale_core.game.story import Story
from tale_core.world.acting import Acting
from tale_core.world.answers import pending
from tale_core.world.command import Ask, Command, Fail, Result
from tale_core.world.completion import complete
from tale_core.world.components import Component, Dialogue, Location, Player
from tale_core.world.events import AnyEvent, Error, Report, Run, Scene, System, Text, paragraph
from tale_core.world.events import Ask as AskEvent
from tale_core.world.fuel import CURRENT, Fuel
from tale_core.world.messages import Value, prose
from tale_core.world.parser import parse
from tale_core.world.performance import Performance, Wish
from tale_core.world.scene import scene
from tale_core.world.store import Change, World
from tale_core.world.tokens import sound
from tale_core.world.waiting import let_pass, turns_of

LOG = logging.getLogger(__name__)

SENTENCES = 32
"""How many commands one line may hold."""

UNDONE = 64
"""How many turns can be taken back."""

WHEN_OVER = frozenset(
    {"restart", "quit", "undo", "restore", "save", "saves", "script", "score", "help", "hint", "verbs", "about"}
)
"""What a player can still do once their story has ended."""


class Turn(Struct, frozen=True):
    """Hold one turn: its number, what caused it and what came of it, in the order in which it is to be told.

    ``wish`` is what the player wants of whoever runs the game; ``left`` is the state that a new beginning has left.
    """

    n: int
    input: AnyInput
    events: tuple[AnyEvent, ...]
    wish: Wish | None = None
    left: State | None = None


class _Past:
    """Hold what takes a turn back: what was first overwritten in it, or the state that a new beginning left."""

    def __init__(self, turn: int, said: str = "", whole: State | None = None) -> None:
        self.turn = turn  # the world's, before it
        self.said = said
        self.first: dict[tuple[str, type[Component]], Component | None] = {}
        self.whole = whole

    def data(self) -> Past:
        """Return it as a state keeps it."""
        things: dict[str, dict[str, object]] = {}
        for (thing, kind), was in self.first.items():
            things.setdefault(thing, {})[kind.__name__] = msgspec.to_builtins(was)
        return Past(self.turn, self.said, things, self.whole)

    @classmethod
    def of(cls, data: Past, world: World) -> _Past:
        """Return what a state keeps."""
        past = cls(data.turn, data.said, data.whole)
        for thing, kind, component in components_of(world, data.things):
            past.first[thing, kind] = component
        return past


class Game:
    """Play ``story`` with the random numbers of ``seed``; one turn at a time, never two at once."""

    def __init__(self, story: Story, seed: int = 0) -> None:
        self.story = story
        self.seed = seed
        self.rules = story.all_rules
        self.messages = story.all_messages
        self.grammar = self.rules.grammar(self.messages.language)
        self.world = self._new_world(seed)
        self._past: deque[_Past] = deque(maxlen=UNDONE)
        self._scenes = Scenes(self.messages.language)

    # Turns

    def turn(self, input_: AnyInput) -> Turn:
        """Apply one input and return its turn; a fault in the story undoes the turn and is told as an ``Error``."""
        world = self.world
        before = world.turn
        world.turn += 1
        n = world.turn
        performance = self._performance(world)
        token = CURRENT.set(performance.fuel)
        try:
            with world.transaction() as changes:
                self._apply(performance, input_)
                past, left = self._remembered(performance, input_, changes, before)
                renewed = left is not None or performance.undone or isinstance(input_, Join)
                player = "" if isinstance(input_, Tick) else input_.player
                scenes = self._scenes.after(performance.world, changes, player if renewed else "")
        except (Exception, SystemExit) as fault:  # noqa: BLE001  (the turn boundary: an author's code may raise anything)
            return Turn(n, input_, self._fault(n, input_, fault))
        finally:
            CURRENT.reset(token)
        self.world, self._past = performance.world, past
        return Turn(n, input_, (*performance.events, *scenes), performance.wish, left)

    def state(self) -> State:
        """Return where the game stands; a new game of the same story that is given it by ``resume`` goes on there."""
        return state_of(self.world, tuple(each.data() for each in self._past))

    def resume(self, state: State) -> list[str]:
        """Go on from a state; return what the story does not have any more of all that it tells of."""
        world, lost = self._world_of(state)
        self.world = world
        self._past = deque((_Past.of(each, world) for each in state.past), UNDONE)
        self._scenes.recall(world)
        return lost

    def scene(self, player: str) -> Scene:
        """Return what the player perceives now; raise KeyError for one who is not in the world."""
        if not self.world.has(player, Location):
            raise KeyError(f"there is no player {player!r} in the world")
        return scene(self.world, player, self.messages.language)

    def complete(self, player: str, text: str) -> list[str]:
        """Return whole lines that ``text`` may become, best first; none for one who is not in the world."""
        if not self.world.has(player, Location):
            return []
        performance = self._performance(self.world)
        token = CURRENT.set(performance.fuel)
        try:
            return complete(text, self.world, player, performance.verify, self.grammar)
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
            case Typed(player, text):
                self._typed(performance, player, text)
            case Join():
                seats.share(performance.world, input_.shared)
                self._join(performance, input_)
            case Leave(player):
                if performance.world.has(player, Location):
                    performance.perform(player, Command("depart"))
            case Tick():
                playing = [each for each in seats.players(performance.world) if not performance.is_over(each)]
                for player in playing:
                    performance.pass_time(player)
                for player in playing[:1]:
                    performance.move_clock(player)
            case Told(player, message, words):
                _say(performance, player, message, words)
            case Restored(player):
                self._restore(performance, player, input_)
        performance.finish()
        typing = input_.player if isinstance(input_, Typed) else ""
        self._ask_the_ended(performance, typing)

    def _join(self, performance: Performance, join: Join, clear: bool = False) -> None:
        told = len(performance.events)
        if seats.seat(performance, join, self.story.info.start):
            welcome = System(to=join.player, text=self._welcome(), code="welcome", clear=clear)
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
        line, text = "", sound(text)
        for _ in range(SENTENCES):
            result = parse(text, performance.world, player, performance.verify, self.grammar)
            line = line or replies.line_of(result)
            text = self._sentence(performance, player, text, result)
            if not text:
                break
        else:
            _say(performance, player, "chain.too_long")
        replies.remember_line(performance, player, line)

    def _sentence(self, performance: Performance, player: str, text: str, result: Result) -> str:
        """Do what the first sentence of ``text`` was found to mean; return what is left to do."""
        world = performance.world
        if isinstance(result, Fail):
            replies.explain(performance, player, result, text)
            self._leave_undone(performance, player, result.rest)
            return ""
        if isinstance(result, Ask):
            replies.question(performance, player, result)
            return ""
        dialogue = world.get(player, Dialogue) or Dialogue()
        asked = pending(dialogue)
        remembered = replies.left_behind(world, player, dialogue, result)
        if remembered != dialogue:
            world.set(player, remembered)
        if asked is not None and not result.rest.endswith(asked.command.rest):
            self._leave_undone(performance, player, asked.command.rest)
        if result.inferred:
            replies.announce(performance, player, result)
        if asked is not None and replies.is_declined(world, player, asked, result):
            _say(performance, player, "answer.cancelled")
            return ""
        done = self._command(performance, player, result)
        rest = replies.going_on(result)
        if done and not performance.is_over(player) and not performance.wish:
            return rest
        if not self.over(player) and not (performance.wish and performance.wish.what == "restart"):
            self._leave_undone(performance, player, rest)
        return ""

    def _leave_undone(self, performance: Performance, player: str, rest: str) -> None:
        """Tell what of a line is not done, if that is anything."""
        if rest:
            _say(performance, player, "chain.not_done", {"rest": replies.undone(rest)[0]})

    def _command(self, performance: Performance, player: str, command: Command) -> bool:
        """Let the player act and time pass; return whether anything was carried out."""
        if performance.is_over(player) and command.action not in WHEN_OVER:
            return False
        if not self.rules.knows(command.action):
            _say(performance, player, "action.unknown")
            return False
        before, performance.spent = performance.spent, False
        done = performance.perform(player, command)
        if performance.spent:
            turns = turns_of(performance.world, command) if command.action == "wait" else 1
            let_pass(performance, player, turns)
        performance.spent = performance.spent or before  # a turn of several commands took time if any of them did
        return done

    def _ask_the_ended(self, performance: Performance, typing: str) -> None:
        """Offer those whose story is over a new beginning, after whatever they typed or were told."""
        for player in seats.players(performance.world):
            ended = performance.world.need(player, Player).outcome in {"won", "lost"} and not performance.wish
            if ended and (player == typing or any(event.to == player for event in performance.events)):
                act = Acting(performance, player, Command(""))
                options = self.messages.language.options("undo", "restart", "quit")
                text = performance.text(act, player, "end.ask", {})
                performance.emit(AskEvent(to=player, text=text, options=options))

    # Beginning

    def _performance(self, world: World) -> Performance:
        return Performance(world, self.rules, self.messages, Fuel())

    def _new_world(self, seed: int) -> World:
        world = World(seed)
        self.story.build(world)
        self.rules.begin(world)
        world.settle()
        return world

    def _world_of(self, state: State) -> tuple[World, list[str]]:
        """Return a state's world, and what of the state the story has no more."""
        world = self._new_world(state.seed)
        lost = apply(world, state)
        for player in world.every(Player):
            if player in lost:
                world.move(player, self.story.info.start)
        return world, lost

    def _restart(self, performance: Performance, player: str) -> None:
        """Begin anew: with a new world for a player who is alone, with a new body among others."""
        if not seats.is_alone(performance.world, player):
            seats.begin_anew(performance, player, self.story.info.start)
            return
        turn, name = performance.world.turn, performance.world.name(player)
        performance.world = self._new_world(performance.world.seed)
        performance.world.turn = turn
        self._join(performance, Join(player, name), clear=True)

    def _restore(self, performance: Performance, player: str, saved: Restored) -> None:
        """Bring a player who is alone back to what they saved."""
        if not seats.is_alone(performance.world, player):
            _say(performance, player, "restore.shared")
            return
        name: dict[str, Value] = {"name": saved.name}
        if players_of(saved.state) != [player]:
            _say(performance, player, "restore.not_yours", name)
            return
        performance.world, lost = self._world_of(saved.state)
        _say(performance, player, "restore.done", name)
        if lost:
            _say(performance, player, "restore.lost", {"lost": self.messages.language.comma.join(lost)})
        performance.perform(player, Command("look"))

    # Taking back

    def _remembered(
        self, performance: Performance, input_: AnyInput, changes: list[Change], before: int
    ) -> tuple[deque[_Past], State | None]:
        """Fulfil a wish to begin anew or to take turns back; return what can be taken back now, and what was left.

        What costs no time is taken back together with the turn before it.
        """
        past = self._past.copy()
        wish, old = performance.wish, self.world
        if wish is not None and wish.what == "undo":
            self._undo(performance, wish, changes, past)
            return past, None
        if wish is not None and wish.what == "restart":
            self._restart(performance, wish.player)
        if performance.world is not old:
            old.revert(list(changes))
            past.append(_Past(before, whole=State(old.seed, before, state_of(old).things)))
            return past, past[-1].whole
        if isinstance(input_, (Join, Leave)) or (wish is not None and wish.what == "restart"):
            past.clear()
        elif performance.spent:
            past.append(_Past(before, input_.text if isinstance(input_, Typed) else ""))
        if past:
            first = past[-1].first
            for thing, kind, was, _ in changes:
                first.setdefault((thing, kind), was)
        return past, None

    def _undo(self, performance: Performance, wish: Wish, changes: list[Change], past: deque[_Past]) -> None:
        """Take back as many turns as are wished for, as far as they go."""
        world = performance.world
        if not seats.is_alone(world, wish.player):
            _say(performance, wish.player, "undo.shared")
            return
        if not past and not performance.spent:
            _say(performance, wish.player, "undo.nothing")
            return
        world.revert(list(changes))
        most = int(wish.name) if wish.name.isdecimal() and len(wish.name) < len(str(UNDONE)) + 1 else 1
        for _ in range(min(most - performance.spent, len(past))):
            taken = past.pop()
            if taken.whole is None:
                for (thing, kind), was in taken.first.items():
                    performance.world.put(thing, kind, was)
                _say(performance, wish.player, "undo.done", {"rest": replies.undone(taken.said)[0]})
            else:
                performance.world, _ = self._world_of(taken.whole)
                _say(performance, wish.player, "undo.back")
            performance.world.turn = taken.turn
        performance.undone = True
        performance.perform(wish.player, Command("look"))

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


def _say(performance: Performance, player: str, message: str, things: Mapping[str, Value] | None = None) -> None:
    """Tell one player something that no action tells."""
    act = Acting(performance, player, Command(""))
    text = performance.text(act, player, message, things or {})
    performance.emit(Report(to=player, text=text))
