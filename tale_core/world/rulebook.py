"""Rules: which functions an action asks at each of its six stages, and in which order.

An action's defaults and a story's changes are both ``Rules``; ``merged`` puts one before the other. Within a story the
rules that name no place and no thing come first, then those for a place, then those for a thing.

=========  ==========================================================================================================
verify     how sensible would it be? Return a ``Verdict`` or None; no side effects, the parser asks too
before     redirect (``act.instead``), forbid (``act.refuse``) or do something first; then the action goes on
instead    take the action's place: the first rule that fits runs, and nothing else of the action does
implicit   do first what is obviously needed (``act.try_``): open the door, take the key
check      forbid (``act.refuse``)
carry_out  change the world; the only stage that may
after      what else follows; ``act.done`` here keeps the usual report from being made
report     tell what happened
=========  ==========================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypedDict, TypeVar, Unpack

from msgspec import Struct
from msgspec.structs import replace

from tale_core.world.clock import Clock, Day, minute_of, start
from tale_core.world.components import STORY
from tale_core.world.facts import Fact, declare
from tale_core.world.grammar import Grammar, compiled, grammar_with
from tale_core.world.people import Routine
from tale_core.world.vocabulary import nearest

if TYPE_CHECKING:
    from tale_core.world.acting import Acting
    from tale_core.world.language import Language
    from tale_core.world.store import World

Stage = Literal[
    "verify", "before", "instead", "implicit", "check", "carry_out", "after", "report", "every_turn", "timer", "at"
]
Rule = Callable[["Acting"], object]
When = Callable[["Acting"], bool]
R = TypeVar("R", bound=Rule)
Ids = str | tuple[str, ...]

ANY = "*"
"""The action of a rule that holds for every action."""


class Entry(Struct, frozen=True):
    """Hold a rule with the stage and actions it is for, and what it is limited to (nothing = any)."""

    stage: Stage
    actions: tuple[str, ...]
    rule: Rule
    item: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    when: When | None = None

    def fits(self, act: Acting) -> bool:
        """Tell whether the rule is for this item, target, place and actor, as things are now."""
        return (
            (not self.item or act.item in self.item)
            and (not self.target or act.target in self.target)
            and (not self.place or act.place in self.place)
            and (not self.actor or act.actor in self.actor)
            and (self.when is None or self.when(act))
        )

    def without(self, actions: frozenset[str]) -> Entry:
        """Return the rule for all else that it is for than these actions."""
        if actions.isdisjoint(self.actions):
            return self
        return replace(self, actions=tuple(action for action in self.actions if action not in actions))

    @property
    def rank(self) -> int:
        """Order a story's rules: those for all, those for a place, those for a thing."""
        return 2 if self.item or self.target else 1 if self.place else 0


Staged = Mapping[Stage, tuple[Entry, ...]]
"""The rules to ask for one action by their stages, those of each stage in their order."""


class Limits(TypedDict, total=False):
    """Say what a rule may be limited to."""

    item: Ids
    target: Ids
    place: Ids
    actor: Ids
    when: When


class Rules:
    """Collect rules with decorators: ``@rules.before("take", item="altar")`` over a function of one ``Acting``.

    Every decorator takes the names of the actions (none = all) and may be limited to an ``item``, a ``target``, a
    ``place`` or an ``actor``, each one id or several, and to ``when`` a function of the ``Acting`` says so.
    """

    def __init__(self) -> None:
        self.sentences: tuple[tuple[str, str], ...] = ()
        """What can be said for the story's own actions, as (action, pattern) like the engine's in `sentences.py`."""
        self.synonyms: tuple[tuple[str, str], ...] = ()
        """Words that may stand in the place of a verb, each with that verb."""
        self.started: dict[str, tuple[int, int]] = {}
        """The timers that run from the story's beginning: in how many turns first, and again."""
        self.declared: dict[str, Fact] = {}
        """The story's facts as it begins."""
        self._entries: list[Entry] = []
        self._free: set[str] = set()
        self._own: frozenset[str] = frozenset()  # the actions that a story defines
        self._found: dict[str, Staged] = {}  # by action, as far as it was asked for
        self._named: set[str] = set()
        self._times: list[Entry] | None = None

    def verify(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule that says how sensible an action would be; the first that returns a verdict decides."""
        return self.on("verify", actions, limits)

    def before(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule that may redirect, forbid or replace an action."""
        return self.on("before", actions, limits)

    def instead(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule that takes the place of an action: if it fits it runs, and then the action is over and done.

        ``act.refuse`` in it makes the action fail, which costs no time.
        """
        return self.on("instead", actions, limits)

    def implicit(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule that does first what an action obviously needs."""
        return self.on("implicit", actions, limits)

    def check(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule that may forbid an action."""
        return self.on("check", actions, limits)

    def carry_out(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule that changes the world as the action means."""
        return self.on("carry_out", actions, limits)

    def after(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule for what else follows from an action."""
        return self.on("after", actions, limits)

    def report(self, *actions: str, **limits: Unpack[Limits]) -> Callable[[R], R]:
        """Add a rule that tells what an action did."""
        return self.on("report", actions, limits)

    def every_turn(self, rule: R) -> R:
        """Add a rule that is run whenever time has passed for a player, who is its ``act.actor``."""
        self._add(Entry("every_turn", (ANY,), rule))
        return rule

    def timer(self, name: str, *, after: int = 0, every: int = 0) -> Callable[[R], R]:
        """Add a rule that is run when the timer runs out: started with ``act.start``, or here from the beginning.

        ``after`` is in how many turns it runs first, ``every`` in how many again; see `clock.py`.
        """
        if after or every:
            self.started[name] = (after or every, every)
        return self.on("timer", (name,), {})

    def at(self, *times: str) -> Callable[[R], R]:
        """Add a rule that is run each day at these times ("8:45"); the story's ``[clock]`` says when it begins."""
        for time in times:
            minute_of(time)

        def add(rule: R) -> R:
            for time in times:
                self._add(Entry("at", (time,), rule))
            return rule

        return add

    def facts(self, **values: Fact) -> None:
        """Declare facts with the values that they begin with."""
        self.declared.update(values)

    def sentence(self, action: str, *patterns: str) -> None:
        """Add more ways to say an action that there is, in the form that `sentences.py` explains.

        Raise ValueError for one that makes no sense.
        """
        for pattern in patterns:
            compiled(action, pattern)
        self.sentences += tuple((action, pattern) for pattern in patterns)

    def synonym(self, verb: str, *words: str) -> None:
        """Let words stand in the place of a verb, wherever a sentence begins with it.

        Raise ValueError for what is no word, and for a verb that no sentence, neither the engine's nor one that was
        added before, begins with.
        """
        known = grammar_with(self.sentences).verbs
        if verb not in known:
            near = ", ".join(nearest(verb, known))
            raise ValueError(f"no sentence begins with {verb!r}" + (f" (did you mean {near}?)" if near else ""))
        for word in words:
            if len(compiled("", word).parts) != 1 or not word.replace("-", "").isalnum():
                raise ValueError(f"{word!r} is not one word: a sentence of its own says it")
        self.synonyms += tuple((word.casefold(), verb) for word in words)

    def action(self, name: str, *sentences: str, otherwise: str = "action.unknown", free: bool = False) -> None:
        """Add an action of the story's own, with what can be typed for it: ``"ring {item}"``, ``"ring|toll {item}"``.

        `sentences.py` explains the form. Its things must be in reach. Where no ``instead``, ``carry_out``, ``after`` or
        ``report`` rule is for what it is done to, it is refused with ``otherwise``. A ``free`` one costs no time. Raise
        ValueError for a sentence that makes no sense.
        """
        self._own |= {name}
        self.sentence(name, *sentences)

        def possible(act: Acting) -> None:
            from tale_core.world.actions.holding import need_reach  # which has rules itself

            need_reach(act, act.item, act.target)
            stages: tuple[Stage, ...] = ("carry_out", "after", "report")
            found = (entry for stage in stages for entry in act.performance.rules.find(stage, name))
            if not any(name in entry.actions and entry.fits(act) for entry in found):
                act.refuse(otherwise)

        self._add(Entry("check", (name,), possible))
        if free:
            self.free(name)

    def free(self, *actions: str) -> None:
        """Let these actions cost no time."""
        self._free.update(actions)

    def costs_time(self, action: str) -> bool:
        """Tell whether time passes when the action has been carried out."""
        return action not in self._free

    def find(self, stage: Stage, action: str) -> tuple[Entry, ...]:
        """Return the rules to ask at a stage of an action, in their order."""
        return self.of(action).get(stage, ())

    def of(self, action: str) -> Staged:
        """Return the rules to ask for an action."""
        found = self._found.get(action)
        if found is None:
            stages: dict[Stage, list[Entry]] = {}
            for entry in self._entries:
                if action in entry.actions or ANY in entry.actions:
                    stages.setdefault(entry.stage, []).append(entry)
            found = self._found[action] = {stage: tuple(entries) for stage, entries in stages.items()}
        return found

    def at_times(self) -> list[Entry]:
        """Return the rules for times of day."""
        if self._times is None:
            self._times = [entry for entry in self._entries if entry.stage == "at"]
        return self._times

    def begin(self, world: World) -> None:
        """Give a new world what the rules need in it: facts, a clock and the timers that run from the beginning."""
        if not world.exists(STORY):
            world.add(STORY)
        if self.declared:
            declare(world, self.declared)
        timed = any(entry.stage in {"timer", "at"} for entry in self._entries)
        if timed or world.has(STORY, Day) or world.every(Routine):
            world.put(STORY, Clock, world.get(STORY, Clock) or Clock())
        for name, (after, every) in self.started.items():
            start(world, name, after, every)

    def knows(self, action: str) -> bool:
        """Tell whether any rule names the action, so that it can be carried out."""
        if not self._named:
            entries = (entry for entry in self._entries if entry.stage not in {"timer", "at"})
            self._named = {name for entry in entries for name in entry.actions}
        return action in self._named

    def grammar(self, language: Language) -> Grammar:
        """Return what can be said in a story of these rules that is told in the language."""
        return grammar_with(self.sentences, self.synonyms, language.spellings(), language.articles())

    def merged(self, defaults: Rules) -> Rules:
        """Return new rules: these ones in order of rank, then ``defaults`` but for actions that are defined here."""
        result = self.followed(defaults)
        others = (entry.without(self._own) for entry in defaults)
        result._entries = [*sorted(self, key=lambda entry: entry.rank), *(entry for entry in others if entry.actions)]
        return result

    def followed(self, others: Rules) -> Rules:
        """Return new rules: these ones, then ``others``, of the same story."""
        result = Rules()
        result._entries = [*self, *others]
        result._free = self._free | others._free
        result._own = self._own | others._own
        result.sentences = self.sentences + others.sentences
        result.synonyms = self.synonyms + others.synonyms
        result.started = {**self.started, **others.started}
        result.declared = {**self.declared, **others.declared}
        return result

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def on(self, stage: Stage, actions: tuple[str, ...], limits: Limits) -> Callable[[R], R]:
        """Add a rule at any stage: what all other decorators do."""
        item, target = _tuple(limits.get("item", ())), _tuple(limits.get("target", ()))
        place, actor = _tuple(limits.get("place", ())), _tuple(limits.get("actor", ()))

        def add(rule: R) -> R:
            self._add(Entry(stage, actions or (ANY,), rule, item, target, place, actor, limits.get("when")))
            return rule

        return add

    def _add(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._found.clear()
        self._named.clear()
        self._times = None


def _tuple(ids: Ids) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else ids
