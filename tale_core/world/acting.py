"""One actor doing one thing: what every rule is given, and all that it may do with it.

An ``Acting`` reads the world and changes it through its transactions; everything that players are told goes through the
``Performance`` it belongs to, which is one turn's work. Players, monsters and whatever else acts come this same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NoReturn

from tale_core.world import clock, facts, perception, routines
from tale_core.world.chance import Stream
from tale_core.world.command import Ask, Command
from tale_core.world.components import Player
from tale_core.world.events import Image, Option, Report, Run, Say, Text, paragraph
from tale_core.world.messages import plain

if TYPE_CHECKING:
    from tale_core.world.facts import Fact
    from tale_core.world.language import Language
    from tale_core.world.messages import Value
    from tale_core.world.performance import Maker, Performance
    from tale_core.world.store import World


CONFIRMED = "confirmed"
"""The word that a command has once its player has said yes to it."""


class Refusal(Exception):
    """End an action as impossible; ``message`` says why, as an id or a text of its own."""

    def __init__(self, message: str, things: dict[str, Value]) -> None:
        super().__init__(message)
        self.message = message
        self.things = things


class Done(Exception):
    """End an action as carried out, before its remaining stages."""


class Stopped(Exception):
    """End an action as failed, its reason having been told already."""


class Redirected(Exception):
    """End an action in favour of another one."""

    def __init__(self, command: Command) -> None:
        super().__init__(command.action)
        self.command = command


class Acting:
    """Say who does what to which thing; ``item`` and ``target`` are ids, "" where the action has none.

    ``words`` holds what is no thing: a direction, a topic. ``tell``, ``say`` and ``refuse`` take the id of a message
    or, if it has a blank or any other sign that no id has, a template; ``template.py`` explains templates.
    """

    __slots__ = (
        "action",
        "actor",
        "command",
        "implicit",
        "item",
        "performance",
        "prefix",
        "stage",
        "target",
        "times",
        "words",
        "world",
    )

    def __init__(
        self,
        performance: Performance,
        actor: str,
        command: Command,
        item: str = "",
        target: str = "",
        *,
        implicit: bool = False,
    ) -> None:
        self.performance = performance
        self.world: World = performance.world
        self.actor = actor
        self.action = command.action
        self.command = command
        self.item = item
        self.target = target
        self.words = command.words
        self.implicit = implicit  # done on the way to something else, hence announced instead of reported
        self.prefix = ""  # the thing that this is the report of, when there are several
        self.stage = ""
        self.times = 0  # how often the actor did this to this thing in the turn, this time included

    @property
    def place(self) -> str:
        """Return the id of the place where the actor is."""
        return self.world.place_of(self.actor)

    @property
    def language(self) -> Language:
        """Return the words in which the story is told."""
        return self.performance.messages.language

    @property
    def by_player(self) -> bool:
        """Tell whether a person plays the actor."""
        return self.world.has(self.actor, Player)

    @property
    def costs_time(self) -> bool:
        """Tell whether time passes when the action is carried out; it does not for looking, reading or asking."""
        return self.performance.rules.costs_time(self.action)

    def rng(self, purpose: str, *ids: object) -> Stream:
        """Return this action's random numbers for one purpose; no other action's or purpose's have to do with them."""
        return self.world.rng(purpose, self.actor, self.action, self.item, self.times, *ids)

    # Outcomes

    def refuse(self, message: str, **things: Value) -> NoReturn:
        """End the action as impossible and tell the actor why."""
        raise Refusal(message, things)

    def done(self) -> NoReturn:
        """End the action as carried out, without its remaining rules: what was told so far is all."""
        raise Done

    def stop(self) -> NoReturn:
        """End the action as failed; what was told so far says why."""
        raise Stopped

    def instead(self, action: str, item: str = "", target: str = "", **words: str) -> NoReturn:
        """End the action and let the actor do another one in its place."""
        raise Redirected(command(action, item, target, **words))

    def confirm(self, question: str, **things: Value) -> None:
        """Ask the player for a yes first: the action stops here, and comes back here when it is given."""
        if CONFIRMED not in self.words and self.by_player:
            self.performance.ask_yes(self, question, things)
            raise Stopped

    def choose(self, question: str, answers: Mapping[str, str], **things: Value) -> None:
        """Ask the player to choose: ``answers`` maps the line that an answer types to what it says.

        The player may answer by number, button or some of its words, or type anything else; nothing stops here.
        """
        options = tuple(Option(label, line) for line, label in answers.items())
        text = self.performance.text(self, self.actor, question, things)
        self.performance.ask(self.actor, Ask("choose", self.command, options=options), text)

    def try_(self, action: str, item: str = "", target: str = "", **words: str) -> None:
        """Do something first, announced as "(first opening the door)"; when it fails, so does this action."""
        if not self.performance.perform(self.actor, command(action, item, target, **words), implicit=True):
            raise Stopped

    def do(self, action: str, item: str = "", target: str = "", *, actor: str = "", **words: str) -> bool:
        """Let the actor (or another one) do something else as well; return whether it was carried out."""
        return self.performance.perform(actor or self.actor, command(action, item, target, **words))

    # Time and facts

    def start(self, timer: str, *, after: int = 0, every: int = 0) -> None:
        """Start a timer, anew if it runs: due in ``after`` turns, this one not counted, and then every ``every``."""
        if after < 0 or every < 0 or not (after or every):
            raise ValueError(f"the timer {timer!r} must be due in one turn or more")
        clock.start(self.world, timer, (after or every) + self._unfinished, every)

    def send(self, person: str, place: str) -> None:
        """Let a person set out for a place; they go one place further each time the story's clock moves."""
        routines.send(self.world, person, place)

    def cancel(self, timer: str) -> bool:
        """Stop a timer; return whether it was running."""
        return clock.cancel(self.world, timer)

    def left(self, timer: str) -> int | None:
        """Return in how many turns a timer is due, None when it does not run."""
        left = clock.left(self.world, timer)
        return None if left is None else left - self._unfinished

    @property
    def _unfinished(self) -> int:
        """Return 1 while the turn under way has not moved the clock yet: it does not count."""
        return 0 if self.performance.clock_moved else 1

    @property
    def time(self) -> clock.Time | None:
        """Return the time of day (day, hour, minute), None in a story without a clock."""
        return clock.time_of(self.world)

    def fact(self, name: str) -> Fact:
        """Return one of the story's facts."""
        return facts.fact(self.world, name)

    def set_fact(self, name: str, value: Fact = True) -> None:
        """Change one of the story's facts; it keeps its kind."""
        facts.set_fact(self.world, name, value)

    def count(self, fact: str, by: int = 1) -> int:
        """Add to one of the story's facts that is a number, 0 if nobody has said otherwise; return what it is now."""
        return facts.count(self.world, fact, by)

    # Telling

    def tell(self, message: str, **things: Value) -> None:
        """Tell everybody who perceives the actor; the actor is told in the second person."""
        self.performance.tell(self, message, things)

    def tell_others(self, message: str, **things: Value) -> None:
        """Tell everybody who perceives the actor but not the actor."""
        self.performance.tell(self, message, things, actor=False)

    def say(self, message: str, **things: Value) -> None:
        """Tell the actor alone."""
        self.performance.tell(self, message, things, others=False)

    def tell_in(self, place: str, message: str, **things: Value) -> None:
        """Tell everybody in a place, whoever acts and wherever: what is seen and heard there."""
        for player in perception.players_in(self.world, place):
            self.report_to(player, message, **things)

    def tell_all(self, message: str, **things: Value) -> None:
        """Tell everybody in the story."""
        for player in self.world.every(Player):
            if perception.playing(self.world, player):
                self.report_to(player, message, **things)

    def event(self, make: Maker, message: str, **things: Value) -> None:
        """Tell everybody who perceives the actor in an event of another kind: ``make(to, text)`` builds it."""
        self.performance.tell(self, message, things, make=make)

    def speak(self, speaker: str, message: str, **things: Value) -> None:
        """Tell everybody who perceives the actor what a person says; ``message`` has the quotation marks in it."""
        filled = {"speaker": speaker, **things}

        def said(to: str, text: Text) -> Say:
            return Say(to=to, text=text, speaker=speaker if self.performance.knows(to, speaker) else "")

        self.performance.tell(self, message, filled, make=said)

    def picture(self, image: str, alt: str, **things: Value) -> None:
        """Show the actor a picture, a file in the story's folder ``resources``.

        ``alt``, a text or the id of a message, says what it shows to those who do not see it.
        """
        if not alt:
            raise ValueError(f"the picture {image!r} needs an alt: a sentence that says what it shows")

        def shown(to: str, text: Text) -> Image:
            return Image(to=to, text=(paragraph(Run(f"[{plain(text)}]", role="dim")),), image=image, alt=plain(text))

        self.performance.tell(self, alt, things, others=False, make=shown)

    def report_to(self, player: str, message: str, **things: Value) -> None:
        """Tell one player, wherever they are."""
        text = self.performance.text(self, player, message, things)
        self.performance.emit(Report(to=player, text=text, action=self.action))

    # Consequences

    def score(self, points: int, why: str = "") -> None:
        """Give the player ``points``; ``why`` completes "Your score has gone up by 5 points for …". Others get none."""
        player = self.world.get(self.actor, Player)
        if player is None or points == 0:
            return
        self.performance.award(self, player, points, why)

    def end(
        self, outcome: Literal["won", "lost", "quit"], message: str = "", player: str = "", **things: Value
    ) -> None:
        """End the story for the actor (or another player), telling ``message`` first."""
        self.performance.end(self, player or self.actor, outcome, message, things)


def command(action: str, item: str = "", target: str = "", **words: str) -> Command:
    """Build a command from the ids of its things."""
    things: dict[str, tuple[str, ...]] = {
        slot: (thing,) for slot, thing in (("item", item), ("target", target)) if thing
    }
    return Command(action, things=things, words=words)
