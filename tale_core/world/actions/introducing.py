"""What players who share a world are called: each by a name of their own choice, which nobody else has."""

from __future__ import annotations

import re
import unicodedata

from msgspec.structs import replace

from tale_core.world import nouns, perception
from tale_core.world.acting import Acting
from tale_core.world.command import Ask, Command
from tale_core.world.components import STORY, Name, Player, Unnamed
from tale_core.world.directions import SPELLINGS
from tale_core.world.events import Run
from tale_core.world.grammar import grammar_with
from tale_core.world.messages import Value
from tale_core.world.naming import capital
from tale_core.world.people import Shared
from tale_core.world.rulebook import Rules
from tale_core.world.vocabulary import ARTICLES, Lexicon, fold

rules = Rules()
rules.free("name")

SHORTEST, LONGEST = 2, 20
"""Letters of a name."""

_MARKS = " .,!\"'“”"
_LEAD_IN = re.compile(r"(my name is|call me|they call me|i am called|i am|it is|it['’]s)\s+", re.IGNORECASE)

_MEANINGFUL = frozenset().union(
    ARTICLES, SPELLINGS, nouns.ALL, nouns.EXCEPT, nouns.SELF, nouns.YOU, nouns.HERE, nouns.THEM, nouns.IT
)
"""Words that mean something wherever one is."""


@rules.check("name")
def may_be_called(act: Acting) -> None:
    """Ask for a name where none is given, and for another one where it would not do."""
    if not act.world.has(STORY, Shared):
        act.refuse("called.alone")
    topic = act.words.get("topic", "")
    name = _chosen(act)
    if not topic:
        unnamed = act.world.has(act.actor, Unnamed)
        _ask(act, "called.ask" if unnamed else "called.ask_again", name=act.world.name(act.actor))
    if name == act.world.name(act.actor):
        act.refuse("called.yours")
    if not _is_name(name):
        _ask(act, "called.unfit")
    if _means_something(act, fold(name)):
        _ask(act, "called.known", name=name)
    if any(fold(act.world.name(other)) == fold(name) for other in act.world.every(Player) if other != act.actor):
        _ask(act, "called.taken", name=name)


@rules.carry_out("name")
def be_called(act: Acting) -> None:
    """Call the player so from now on, and let everybody know."""
    world, name = act.world, _chosen(act)
    known = {"was": [Run(world.name(act.actor), role="person")], "name": [Run(name, role="person")]}
    world.set(act.actor, replace(world.need(act.actor, Name), name=name))
    world.drop(act.actor, Unnamed)
    act.say("called.done", name=known["name"])
    for other in world.every(Player):
        if other != act.actor and perception.playing(world, other):
            act.report_to(other, "called.others", **known)


def _chosen(act: Acting) -> str:
    """Return the name that was said, without what people say before it when they are asked."""
    said = _LEAD_IN.sub("", act.words.get("topic", "").strip(_MARKS)).strip(_MARKS)
    return capital(unicodedata.normalize("NFC", said))


def _is_name(name: str) -> bool:
    return SHORTEST <= len(name) <= LONGEST and all(unicodedata.category(sign)[0] in "LM" for sign in name)


def _means_something(act: Acting, word: str) -> bool:
    """Tell whether the word could be taken for a thing, a place, a person of the story, a direction or a command."""
    known = act.performance.rules
    grammar = grammar_with(known.sentences, known.synonyms)
    if word in _MEANINGFUL or word in grammar.beginnings or word in grammar.links:
        return True
    things = Lexicon(act.world, [thing for thing in act.world.every(Name) if not act.world.has(thing, Player)])
    return bool(things.match((word,))[0])


def _ask(act: Acting, message: str, **things: Value) -> None:
    """Ask for a name, whereupon just that, or any command, may be typed."""
    text = act.performance.text(act, act.actor, message, things)
    act.performance.ask(act.actor, Ask("missing", Command("name"), "topic", word="name"), text)
    act.stop()
