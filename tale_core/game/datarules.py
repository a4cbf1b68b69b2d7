"""Rules as data: ``facts``, ``actions`` and ``rules`` of a story's YAML files become ``Rules``, as those of code are.

A rule says when it runs (a stage with the actions that it is for, a timer, times of day, or every turn), what it is
limited to, and what follows; ``docs/stories/data-rules.md`` has all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec import Struct

from tale_core.game.located import Listing, Mapping, Node, Scalar, inner
from tale_core.game.problems import Problems, meant
from tale_core.world.acting import Acting
from tale_core.world.clock import minute_of
from tale_core.world.components import Actor, Name, Player
from tale_core.world.conditions import fits
from tale_core.world.consequences import Consequences, follow, templates
from tale_core.world.facts import Fact, fact, set_fact
from tale_core.world.grammar import grammar_with
from tale_core.world.people import When, Words, many
from tale_core.world.rulebook import Limits, Rules, Stage
from tale_core.world.store import World
from tale_core.world.template import Template

SECTIONS = ("facts", "actions", "sentences", "synonyms", "rules")

_OCCASIONS: tuple[Stage, ...] = (
    "before", "instead", "check", "carry_out", "after", "report", "timer", "at", "every_turn",
)  # fmt: skip

Value = Callable[[Node, object], object]
"""Read a node as a type; UNSET, with the mistake noted, where it cannot be."""


class DataRule(Consequences, frozen=True, kw_only=True):
    """Say when a rule runs and what it is limited to, besides what follows."""

    before: Words = ()
    instead: Words = ()
    check: Words = ()
    carry_out: Words = ()
    after: Words = ()
    report: Words = ()
    timer: str = ""
    first: int = 0  # in how many turns a timer first runs that runs from the beginning
    every: int = 0
    at: Words = ()
    every_turn: bool = False
    item: Words = ()
    but: Words = ()  # items that it is not for
    target: Words = ()
    place: Words = ()
    actor: Words = ()
    direction: Words = ()  # in which somebody goes
    when: When | None = None
    unless: When | None = None
    once: str = ""  # the rule runs until this fact is true, and makes it so


class DataAction(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Describe an action of the story's own, as ``Rules.action`` takes it."""

    sentences: Words
    otherwise: str = "action.unknown"
    free: bool = False


class RuleDraft(NamedTuple):
    """Hold a rule as written and the text it comes from."""

    rule: DataRule
    file: str
    node: Node


class DataRules:
    """Gather what a story's files have of facts, actions and rules."""

    def __init__(self, problems: Problems) -> None:
        self.rules = Rules()
        self.drafts: list[RuleDraft] = []
        self._problems = problems

    def read(self, section: str, node: Node, file: str, value: Value) -> None:
        """Read one section of a file."""
        if isinstance(node, Scalar) and node.value is None:
            return
        if section == "rules":
            if not isinstance(node, Listing):
                self._wrong(file, node, "'rules' must be a list", "- instead: take")
                return
            for item in node.items:
                self._rule(item, file, value)
        elif not isinstance(node, Mapping):
            self._wrong(file, node, f"{section!r} must map names to what they are")
        elif section == "facts":
            read = {name: value(each, Fact) for name, (_, each) in node.entries.items()}
            self.rules.facts(**{name: each for name, each in read.items() if isinstance(each, Fact)})
        else:
            add = {"actions": self._action, "sentences": self._sentence, "synonyms": self._synonym}[section]
            for name, (_, each) in node.entries.items():
                add(name, each, file, value)

    def check(self, world: World) -> None:
        """Note what the rules name and the finished world has not."""
        for draft in self.drafts:
            limits = {key: many(getattr(draft.rule, key)) for key in ("item", "but", "target", "place", "actor")}
            for key, ids in (*limits.items(), *draft.rule.things().items()):
                for id in ids:
                    if not world.exists(id):
                        at = inner(draft.node, f".{key}")
                        self._wrong(draft.file, at, f"{id!r} does not exist", meant(id, world.every(Name)))

    def _action(self, name: str, node: Node, file: str, value: Value) -> None:
        read = value(node, DataAction)
        if isinstance(read, DataAction):
            try:
                self.rules.action(name, *many(read.sentences), otherwise=read.otherwise, free=read.free)
            except ValueError as error:
                self._wrong(file, inner(node, ".sentences"), str(error))

    def _sentence(self, action: str, node: Node, file: str, value: Value) -> None:
        """Add ways to say an action that there is."""
        known = dict.fromkeys([*grammar_with(()).actions, *(name for name, _ in self.rules.sentences)])
        if action not in known:
            self._wrong(file, node, f"there is no action {action!r}", meant(action, known))
            return
        self._said(node, file, value, lambda patterns: self.rules.sentence(action, *patterns))

    def _synonym(self, verb: str, node: Node, file: str, value: Value) -> None:
        """Add words that may stand in the place of a verb."""
        self._said(node, file, value, lambda words: self.rules.synonym(verb, *words))

    def _said(self, node: Node, file: str, value: Value, add: Callable[[tuple[str, ...]], None]) -> None:
        read = value(node, Words)
        if isinstance(read, str | tuple):
            try:
                add(many(read))
            except ValueError as error:
                self._wrong(file, node, str(error))

    def _rule(self, node: Node, file: str, value: Value) -> None:
        read = value(node, DataRule)
        if not isinstance(read, DataRule):
            return
        for key, texts in templates(read).items():
            for text in texts:
                try:
                    Template(text)
                except ValueError as error:
                    self._wrong(file, inner(node, f".{key}"), str(error))
        try:
            occasions = list(_occasions(read))
            for time in many(read.at):
                minute_of(time)
        except ValueError as error:
            self._wrong(file, inner(node, ".at"), str(error))
            return
        if len(occasions) != 1:
            self._wrong(file, node, "a rule must have exactly one of these", ", ".join(_OCCASIONS))
            return
        self.drafts.append(RuleDraft(read, file, node))
        self._add(read, occasions[0])

    def _add(self, rule: DataRule, stage: Stage) -> None:
        def run(act: Acting) -> None:
            if rule.once:
                set_fact(act.world, rule.once)
            follow(act, rule)

        def holds(act: Acting) -> bool:
            person = act.item if act.world.has(act.item, Actor) and not act.world.has(act.item, Player) else act.actor
            if act.item and act.item in many(rule.but):
                return False
            if rule.direction and act.words.get("direction", "") not in many(rule.direction):
                return False
            possible = fits(rule.when, rule.unless, act.world, person, act.actor)
            return possible and not (rule.once and fact(act.world, rule.once))

        limits = Limits(
            item=many(rule.item), target=many(rule.target), place=many(rule.place), actor=many(rule.actor), when=holds
        )
        self.rules.on(stage, () if stage == "every_turn" else many(getattr(rule, stage)), limits)(run)
        if stage == "timer" and (rule.first or rule.every):
            self.rules.started[rule.timer] = (rule.first or rule.every, rule.every)

    def _wrong(self, file: str, node: Node, text: str, hint: str = "") -> None:
        self._problems.add(file, node.mark, text, hint)


def _occasions(rule: DataRule) -> Iterator[Stage]:
    for key in _OCCASIONS:
        if getattr(rule, key):
            yield key
