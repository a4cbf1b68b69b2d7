"""One turn's work on a world: runs actions through their six stages and gathers the events that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Literal

import msgspec
from msgspec import Struct

from tale_core.world import clock, perception, routines
from tale_core.world.acting import CONFIRMED, Acting, Done, Redirected, Refusal, Stopped
from tale_core.world.clock import Clock
from tale_core.world.command import Ask, Command, Verdict
from tale_core.world.components import STORY, Actor, Dialogue, Player, Preferences
from tale_core.world.components import Rules as Scoring
from tale_core.world.events import AnyEvent, Ended, Refused, Report, Run, Score, Text
from tale_core.world.events import Ask as AskEvent
from tale_core.world.fuel import Fuel
from tale_core.world.messages import Messages, Value, Voice, is_id
from tale_core.world.rulebook import Entry, Rules, Stage, Staged
from tale_core.world.store import World

Maker = Callable[[str, Text], AnyEvent]

DEPTH = 12
"""How many actions may be under way inside one another."""

IMPLICIT = {
    "open": ("implicit.open", "implicit.tried_open"),
    "close": ("implicit.close", "implicit.tried_close"),
    "take": ("implicit.take", "implicit.tried_take"),
    "unlock": ("implicit.unlock", "implicit.tried_unlock"),
    "remove": ("implicit.remove", "implicit.tried_remove"),
    "wield": ("implicit.wield", "implicit.tried_wield"),
    "drop": ("implicit.drop", "implicit.tried_drop"),
    "leave": ("implicit.leave", "implicit.tried_leave"),
}
"""What is told when an action is done on the way to another one: as it succeeds, as it fails."""

AWARDED = {
    (True, False): "score.up",
    (True, True): "score.up_for",
    (False, False): "score.down",
    (False, True): "score.down_for",
}
"""What is told of a change in the score, by whether it rose and whether a reason is given."""

OUTCOMES = {"won": "end.won", "lost": "end.lost", "quit": "end.quit"}
"""What is told when a player's story ends."""


What = Literal["restart", "undo", "save", "restore", "saves", "script"]


class Wish(Struct, frozen=True):
    """Hold what a player wants of the game itself; ``name`` is the save's, or how many turns to take back."""

    what: What
    player: str
    name: str = ""


class Performance:
    """Run actions in ``world`` by ``rules`` and collect what is told in ``events``; made anew for every turn."""

    def __init__(self, world: World, rules: Rules, messages: Messages, fuel: Fuel | None = None) -> None:
        self.world = world
        self.rules = rules
        self.messages = messages
        self.fuel = fuel or Fuel()
        self.events: list[AnyEvent] = []
        self.spent = False  # something was carried out that takes time
        self.wish: Wish | None = None  # to be fulfilled once the turn is over
        self.undone = False  # turns were taken back
        self.clock_moved = False  # what is due is being run: the turn is over as far as time is concerned
        self._awards: list[AnyEvent] = []
        self._ended: dict[str, Text] = {}
        self._done: dict[tuple[str, str, str], int] = {}
        self._depth = 0

    # Actions

    def verify(self, actor: str, command: Command) -> Verdict:
        """Say how sensible a command with at most one thing a slot would be; changes nothing."""
        rules = self.rules.find("verify", command.action)
        if not rules:
            return Verdict.FINE
        act = Acting(self, actor, command, _first(command, "item"), _first(command, "target"))
        for entry in rules:
            if entry.fits(act):
                verdict = entry.rule(act)
                if isinstance(verdict, Verdict):
                    return verdict
        return Verdict.FINE

    def perform(self, actor: str, command: Command, *, implicit: bool = False) -> bool:
        """Carry out a command, thing by thing if there are several; return whether any of it was carried out."""
        items = command.things.get("item", ())
        target = _first(command, "target")
        if len(items) <= 1 and not command.multiple:
            return self._run(Acting(self, actor, command, items[0] if items else "", target, implicit=implicit))
        done = False
        for item in items:
            act = Acting(self, actor, command, item, target)
            act.prefix = self.world.name(item)
            done = self._run(act) or done
            if self.is_over(actor):
                break
        return done

    def is_over(self, actor: str) -> bool:
        """Tell whether the actor can do no more: the story has ended for them, or they are dead."""
        player = self.world.get(actor, Player)
        if player is not None and player.outcome:
            return True
        body = self.world.get(actor, Actor)
        return body is not None and body.hp <= 0

    def pass_time(self, player: str) -> None:
        """Let time pass around one player: every rule for every turn is asked, for this player."""
        self.world.set(player, _later(self.world.need(player, Player)))
        act = self._counted(Acting(self, player, Command("every_turn")))
        for entry in self.rules.find("every_turn", "every_turn"):
            if self.is_over(player):
                return
            self._run_due(entry, act)

    def move_clock(self, player: str) -> None:
        """Move the story's clock on, if it has one, and ask the rules that are due; the player's time it is."""
        if not self.world.has(STORY, Clock) or self.is_over(player):
            return
        self.clock_moved = True
        now = clock.move_on(self.world)
        due = [
            (ago, entry)
            for entry in self.rules.at_times()
            if (ago := clock.struck(self.world, clock.minute_of(entry.actions[0]))) is not None
        ]
        for _, entry in sorted(due, key=lambda each: -each[0]):
            self._run_due(entry, Acting(self, player, Command("at", words={"time": entry.actions[0]})))
        for person, direction in routines.steps(self.world):
            self.perform(person, Command("go", words={"direction": direction}))
        for timer in [timer for timer in now.timers if timer.due <= now.turns]:
            if clock.go_off(self.world, timer):
                act = self._counted(Acting(self, player, Command("timer", words={"timer": timer.name})))
                for entry in self.rules.find("timer", timer.name):
                    self._run_due(entry, act)
        self.clock_moved = False

    def _run_due(self, entry: Entry, act: Acting) -> None:
        """Run a rule that nobody's action asks for."""
        self.fuel.burn()
        try:
            if entry.fits(act):
                entry.rule(act)
        except Refusal as refusal:
            self._refuse(act, refusal)
        except (Done, Stopped):
            return
        except Redirected as other:
            self.perform(act.actor, other.command)

    def _run(self, act: Acting) -> bool:
        if self._depth >= DEPTH:
            raise RecursionError(f"{act.action!r} is {DEPTH} actions deep: two rules redirect to each other")
        self._depth += 1
        try:
            self._perform(self._counted(act))
        except Refusal as refusal:
            self._refuse(act, refusal)
            return False
        except Stopped:
            return False
        except Redirected as other:
            return self.perform(act.actor, other.command, implicit=act.implicit)
        except Done:
            pass
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._tell_awards()
        self.spent = self.spent or self.rules.costs_time(act.action)
        return True

    def _perform(self, act: Acting) -> None:
        rules = self.rules.of(act.action)
        self._ask(act, "before", rules)
        self._replace(act, rules)
        self._ask(act, "implicit", rules)
        self._ask(act, "check", rules)
        told, awarded = len(self.events), len(self._awards)
        done: Done | None = None
        try:
            with self.world.transaction():
                try:
                    if act.implicit and act.action in IMPLICIT:
                        self._announce(act, IMPLICIT[act.action][0])
                    self._ask(act, "carry_out", rules)
                    self._ask(act, "after", rules)
                except Done as early:  # carried out, so its changes stay
                    done = early
        except (Refusal, Stopped, Redirected):
            del self.events[told:], self._awards[awarded:]
            raise
        if done is None:
            self._ask(act, "report", rules)

    def _ask(self, act: Acting, stage: Stage, rules: Staged) -> None:
        act.stage = stage
        for entry in rules.get(stage, ()):
            if entry.fits(act):
                self.fuel.burn()
                entry.rule(act)

    def _replace(self, act: Acting, rules: Staged) -> None:
        """Let the first rule that takes the action's place do so."""
        act.stage = "instead"
        for entry in rules.get("instead", ()):
            if entry.fits(act):
                self.fuel.burn()
                told, awarded = len(self.events), len(self._awards)
                try:
                    with self.world.transaction(), suppress(Done):  # done, so its changes stay
                        entry.rule(act)
                except (Refusal, Redirected):
                    del self.events[told:], self._awards[awarded:]
                    raise
                raise Done

    def _counted(self, act: Acting) -> Acting:
        self.fuel.burn()
        key = (act.actor, act.action, act.item)
        act.times = self._done[key] = self._done.get(key, 0) + 1
        return act

    # Telling

    def emit(self, event: AnyEvent) -> None:
        """Add an event to the turn's, if it is for a player: others are told nothing."""
        self.fuel.burn()
        if self.world.has(event.to, Player):
            self.events.append(event)

    def text(self, act: Acting, to: str, message: str, things: Mapping[str, Value]) -> Text:
        """Return a message as one player is to read it; ``item`` and ``target`` are the action's if not given."""
        return self.messages.render(message, self.voice(act, to, things))

    def voice(self, act: Acting, to: str, things: Mapping[str, Value]) -> Voice:
        """Return what fills a message's gaps for one player."""
        world = self.world
        filled: dict[str, Value] = {"item": act.item, "target": act.target, **act.words, **things}
        own = (act.item, act.target) if to == act.actor else ()  # one knows what one has in hand, even in the dark

        def knows(thing: str) -> bool:
            return thing in own or perception.knows(world, to, thing)

        return Voice(world, self.messages.language, to, act.actor, filled, knows)

    def knows(self, player: str, thing: str) -> bool:
        """Tell whether the thing may be named to the player."""
        return perception.knows(self.world, player, thing)

    def tell(
        self,
        act: Acting,
        message: str,
        things: Mapping[str, Value],
        *,
        actor: bool = True,
        others: bool = True,
        make: Maker | None = None,
    ) -> None:
        """Tell the actor, or those others who perceive it, or both, each in their own form of the message."""
        if actor and self.world.has(act.actor, Player) and not (act.implicit and act.stage == "report"):
            short = f"{message}_short"
            text = self.text(act, act.actor, short if act.prefix and short in self.messages else message, things)
            self._send(act, act.actor, self._prefixed(act.prefix, text), make)
        if others:
            involved = (value for value in (act.item, act.target, *things.values()) if isinstance(value, str))
            for player in perception.witnesses(self.world, act.actor, involved):
                self._send(act, player, self.text(act, player, message, things), make)

    def report(self, act: Acting, text: Text) -> None:
        """Tell the actor alone a text that is made already."""
        self._send(act, act.actor, self._prefixed(act.prefix, text), None)

    def _send(self, act: Acting, to: str, text: Text, make: Maker | None) -> None:
        self.emit(Report(to=to, text=text, action=act.action) if make is None else make(to, text))

    def _prefixed(self, prefix: str, text: Text) -> Text:
        """Put the name of the one of several things before what is told of it."""
        if not prefix or not text:
            return text
        return ((Run(prefix + self.messages.language.word("list.before_report")), *text[0]), *text[1:])

    def _refuse(self, act: Acting, refusal: Refusal) -> None:
        if not self.world.has(act.actor, Player):
            return
        if act.implicit and act.action in IMPLICIT:
            self._announce(act, IMPLICIT[act.action][1])
        text = self._prefixed(act.prefix, self.text(act, act.actor, refusal.message, refusal.things))
        code = refusal.message if is_id(refusal.message) else STORY
        self.emit(Refused(to=act.actor, text=text, code=code))

    def _announce(self, act: Acting, message: str) -> None:
        if self.world.has(act.actor, Player):
            text = self.text(act, act.actor, message, {})
            dim = tuple(tuple(run if run.role else Run(run.text, role="dim") for run in part) for part in text)
            self.emit(Report(to=act.actor, text=dim, action=act.action))

    def ask(self, player: str, ask: Ask, text: Text) -> None:
        """Put a question to a player and keep it, so that their next words may answer it."""
        dialogue = self.world.get(player, Dialogue) or Dialogue()
        kept = msgspec.json.encode(ask).decode()
        self.world.set(player, msgspec.structs.replace(dialogue, ask=kept))
        self.emit(AskEvent(to=player, text=text, slot=ask.slot, options=ask.options))

    def ask_yes(self, act: Acting, question: str, things: Mapping[str, Value]) -> None:
        """Ask the actor for a yes, upon which the action's command is run again, confirmed."""
        command = msgspec.structs.replace(act.command, words={**act.words, CONFIRMED: "yes"})
        options = self.messages.language.options("yes", "no")
        self.ask(act.actor, Ask("confirm", command, options=options), self.text(act, act.actor, question, things))

    # Consequences

    def award(self, act: Acting, player: Player, points: int, why: str) -> None:
        """Add points to the actor's score and tell them so once the whole action is told."""
        score = player.score + points
        self.world.set(act.actor, msgspec.structs.replace(player, score=score))
        most = self.max_score()
        message = AWARDED[points > 0, why != ""]
        liked = self.world.get(act.actor, Preferences)
        told = liked is None or liked.notify
        text = self.text(act, act.actor, message, {"n": abs(points), "why": why}) if told else ()
        self._awards.append(Score(to=act.actor, text=text, score=score, max_score=most, change=points))

    def _tell_awards(self) -> None:
        for event in self._awards:
            self.emit(event)
        self._awards.clear()

    def max_score(self) -> int:
        """Return the most points that the story has, 0 when it keeps no score."""
        scoring = self.world.get(STORY, Scoring)
        return 0 if scoring is None else scoring.max_score

    def end(
        self, act: Acting, who: str, outcome: Literal["won", "lost", "quit"], message: str, things: Mapping[str, Value]
    ) -> None:
        """End the story for one player; ``finish`` tells them so, once all else of the turn is told."""
        player = self.world.get(who, Player)
        if player is None or player.outcome == "quit" or (player.outcome and outcome != "quit"):
            return
        self.world.set(who, msgspec.structs.replace(player, outcome=outcome))
        self._ended[who] = self.text(act, who, message, things) if message else ()

    def finish(self) -> None:
        """Tell those whose story has ended in this turn how it did and how far they came."""
        self._tell_awards()
        for who, told in self._ended.items():
            player = self.world.need(who, Player)
            if not player.outcome:
                continue
            most = self.max_score()
            act = Acting(self, who, Command(""))
            died = player.outcome == "lost" and self.world.need(who, Actor).hp <= 0
            text = told + self.text(act, who, "end.dead" if died else OUTCOMES[player.outcome], {})
            if player.outcome != "quit" or player.moves:
                summary: dict[str, Value] = {"turns": player.moves, "score": player.score, "most": most}
                text += self.text(act, who, "end.score" if most else "end.turns", summary)
            self.emit(Ended(to=who, text=text, outcome=player.outcome))
        self._ended.clear()


def _first(command: Command, slot: str) -> str:
    things = command.things.get(slot)
    return things[0] if things else ""


def _later(player: Player) -> Player:
    return msgspec.structs.replace(player, moves=player.moves + 1)
