"""Rules: which functions an action asks at each of its six stages, and in which order.

An action's defaults and a story's changes are both ``Rules``; ``merged`` puts one before the other. Within a story the
rules that name no place and no thing come first, then those for a place, then those for a thing.

=========  ==========================================================================================================
verify     how sensible would it be? Return a ``Verdict`` or None; no side effects, the parser asks too
before     redirect (``act.instead``), forbid (``act.refuse``) or replace (``act.done``)
implicit   do first what is obviously needed (``act.try_``): open the door, take the key
check      forbid (``act.refuse``)
carry_out  change the world; the only stage that may
after      what else follows; ``act.done`` here keeps the usual report from being made
report     tell what happened
=========  ==========================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from tale_core.world.acting import Acting

Stage = Literal["verify", "before", "implicit", "check", "carry_out", "after", "report", "every_turn"]
Rule = Callable[["Acting"], object]
R = TypeVar("R", bound=Rule)
Ids = str | tuple[str, ...]

ANY = "*"
"""The action of a rule that holds for every action."""


class Entry(Struct, frozen=True):
    """Hold a rule with the stage and actions it is for, and the things and places it is limited to (none = any)."""

    stage: Stage
    actions: tuple[str, ...]
    rule: Rule
    item: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[str, ...] = ()

    def fits(self, act: Acting) -> bool:
        """Tell whether the rule is for this item, target and place."""
        return (
            (not self.item or act.item in self.item)
            and (not self.target or act.target in self.target)
            and (not self.place or act.place in self.place)
        )

    @property
    def rank(self) -> int:
        """Order a story's rules: those for all, those for a place, those for a thing."""
        return 2 if self.item or self.target else 1 if self.place else 0


class Rules:
    """Collect rules with decorators: ``@rules.before("take", item="altar")`` over a function of one ``Acting``.

    Every decorator takes the names of the actions (none = all) and may be limited to an ``item``, a ``target`` or a
    ``place``, each one id or several.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._free: set[str] = set()
        self._found: dict[tuple[Stage, str], tuple[Entry, ...]] = {}
        self._named: set[str] = set()

    def verify(self, *actions: str, item: Ids = (), target: Ids = (), place: Ids = ()) -> Callable[[R], R]:
        """Add a rule that says how sensible an action would be; the first that returns a verdict decides."""
        return self._adder("verify", actions, item, target, place)

    def before(self, *actions: str, item: Ids = (), target: Ids = (), place: Ids = ()) -> Callable[[R], R]:
        """Add a rule that may redirect, forbid or replace an action."""
        return self._adder("before", actions, item, target, place)

    def implicit(self, *actions: str, item: Ids = (), target: Ids = (), place: Ids = ()) -> Callable[[R], R]:
        """Add a rule that does first what an action obviously needs."""
        return self._adder("implicit", actions, item, target, place)

    def check(self, *actions: str, item: Ids = (), target: Ids = (), place: Ids = ()) -> Callable[[R], R]:
        """Add a rule that may forbid an action."""
        return self._adder("check", actions, item, target, place)

    def carry_out(self, *actions: str, item: Ids = (), target: Ids = (), place: Ids = ()) -> Callable[[R], R]:
        """Add a rule that changes the world as the action means."""
        return self._adder("carry_out", actions, item, target, place)

    def after(self, *actions: str, item: Ids = (), target: Ids = (), place: Ids = ()) -> Callable[[R], R]:
        """Add a rule for what else follows from an action."""
        return self._adder("after", actions, item, target, place)

    def report(self, *actions: str, item: Ids = (), target: Ids = (), place: Ids = ()) -> Callable[[R], R]:
        """Add a rule that tells what an action did."""
        return self._adder("report", actions, item, target, place)

    def every_turn(self, rule: R) -> R:
        """Add a rule that is run whenever time has passed for a player, who is its ``act.actor``."""
        self._add(Entry("every_turn", (ANY,), rule))
        return rule

    def free(self, *actions: str) -> None:
        """Let these actions cost no time."""
        self._free.update(actions)

    def costs_time(self, action: str) -> bool:
        """Tell whether time passes when the action has been carried out."""
        return action not in self._free

    def find(self, stage: Stage, action: str) -> tuple[Entry, ...]:
        """Return the rules to ask at a stage of an action, in their order."""
        found = self._found.get((stage, action))
        if found is None:
            entries = (e for e in self._entries if e.stage == stage and (action in e.actions or ANY in e.actions))
            found = self._found[stage, action] = tuple(entries)
        return found

    def knows(self, action: str) -> bool:
        """Tell whether any rule names the action, so that it can be carried out."""
        if not self._named:
            self._named = {name for entry in self._entries for name in entry.actions}
        return action in self._named

    def merged(self, defaults: Rules) -> Rules:
        """Return new rules: these ones in order of rank, then ``defaults`` as they are."""
        result = Rules()
        result._entries = sorted(self._entries, key=lambda entry: entry.rank) + list(defaults)
        result._free = self._free | defaults._free
        return result

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def _adder(self, stage: Stage, actions: tuple[str, ...], item: Ids, target: Ids, place: Ids) -> Callable[[R], R]:
        def add(rule: R) -> R:
            self._add(Entry(stage, actions or (ANY,), rule, _tuple(item), _tuple(target), _tuple(place)))
            return rule

        return add

    def _add(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._found.clear()
        self._named.clear()


def _tuple(ids: Ids) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else ids
