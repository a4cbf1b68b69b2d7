"""Completions of a line that is being typed: verbs, then things that fit, then what links them."""

from __future__ import annotations

from tale_core.world.command import Ask, Command, Verdict, Verify
from tale_core.world.directions import OPPOSITES
from tale_core.world.grammar import THING_SLOTS, Grammar, Sentence, Slot, Word, standard_grammar
from tale_core.world.nouns import phrases
from tale_core.world.parser import interpret
from tale_core.world.scope import directions
from tale_core.world.store import World
from tale_core.world.surroundings import Surroundings
from tale_core.world.vocabulary import fold
from tale_core.world.ways import known_name

MOST = 20

COMMON = (
    "look", "examine", "take", "drop", "open", "close", "unlock", "attack", "inventory", "go", "search", "wear",
    "wield", "eat", "drink", "read", "put", "give", "remove", "wait", "score", "help", "verbs", "exits", "restart",
    "quit",
)  # fmt: skip
"""The verbs that are offered first, in the order in which people need them."""


def complete(text: str, world: World, actor: str, verify: Verify, grammar: Grammar | None = None) -> list[str]:
    """Return whole lines that ``text`` may become, best first, at most 20; each is understood when typed."""
    grammar = grammar or standard_grammar()
    typed = text.lstrip()
    before, _, part = typed.rpartition(" ")
    if not before.strip():
        return _first_words(fold(part), world, actor, grammar)
    around = Surroundings(world, actor, verify, grammar)
    found: list[str] = []
    words = [fold(word) for word in before.split()]
    for sentence in grammar.sentences.get(words[0], ()):
        for option in _continuations(sentence, words, around):
            line = f"{before} {option}"
            if fold(option).startswith(fold(part)) and line not in found:
                found.append(line)
    understood = [line for line in found if isinstance(interpret(line, around), Command | Ask)]
    return understood[:MOST]


def _first_words(part: str, world: World, actor: str, grammar: Grammar) -> list[str]:
    ways = [way for way in directions(world, actor) if way in OPPOSITES]
    known = [*COMMON, *ways, *sorted(grammar.verbs - set(COMMON))] if part else [*COMMON, *ways]
    return [word for word in dict.fromkeys(known) if word.startswith(part) and len(word) > 1][:MOST]


def _continuations(sentence: Sentence, words: list[str], around: Surroundings) -> list[str]:
    """Return the words that may come next in a sentence of which ``words`` have been typed."""
    rest = words
    command = Command(sentence.action)
    for part in sentence.parts:
        if isinstance(part, Word):
            option = next((each for each in part.options if tuple(rest[: len(each)]) == each), None)
            if option is None:
                return [] if rest else [" ".join(each) for each in part.options[:1]]
            rest = rest[len(option) :]
            continue
        if not rest:
            return _values(part, command, around)
        if part.name not in THING_SLOTS:
            return []
        for length in range(len(rest), 0, -1):
            found = phrases(around, rest[:length])
            if isinstance(found, list):
                command = Command(command.action, {**command.things, part.name: found[0].all[:1]})
                rest = rest[length:]
                break
        else:
            return []
    return []


def _values(slot: Slot, command: Command, around: Surroundings) -> list[str]:
    if slot.name in ("direction", "way"):
        beyond = [known_name(around.world, way.beyond) for way in around.ways.values()]
        return [*directions(around.world, around.actor), *(filter(None, beyond) if slot.name == "way" else ())]
    if slot.name not in THING_SLOTS:
        return []
    taken = {thing for ids in command.things.values() for thing in ids}
    fitting = [
        thing
        for thing in around.things
        if thing not in taken
        and around.verdict(Command(command.action, {**command.things, slot.name: (thing,)})) > Verdict.ILLOGICAL
    ]
    return [around.distinct(thing) for thing in fitting]
