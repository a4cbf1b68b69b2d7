"""Completions of a line that is being typed: verbs, then things that fit, then what links them."""

from __future__ import annotations

from tale_core.world.command import Ask, Command, Verdict, Verify
from tale_core.world.directions import OPPOSITES
from tale_core.world.grammar import THING_SLOTS, Slot, Word, sentences, verbs
from tale_core.world.nouns import Surroundings
from tale_core.world.parser import parse
from tale_core.world.scope import directions
from tale_core.world.store import World
from tale_core.world.vocabulary import distinct_name, fold

MOST = 20

COMMON = (
    "look", "examine", "take", "drop", "open", "close", "unlock", "attack", "inventory", "go", "search", "wear",
    "wield", "eat", "drink", "read", "put", "give", "remove", "wait", "score", "help", "verbs", "exits", "restart",
    "quit",
)  # fmt: skip
"""The verbs that are offered first, in the order in which people need them."""


def complete(text: str, world: World, actor: str, verify: Verify) -> list[str]:
    """Return whole lines that ``text`` may become, best first, at most 20; each is understood when typed."""
    typed = text.lstrip()
    before, _, part = typed.rpartition(" ")
    if not before.strip():
        return _first_words(fold(part), world, actor)
    found: list[str] = []
    words = [fold(word) for word in before.split()]
    for sentence in sentences().get(words[0], ()):
        for option in _continuations(sentence.parts, words, world, actor, verify):
            line = f"{before} {option}"
            if fold(option).startswith(fold(part)) and line not in found:
                found.append(line)
    understood = [line for line in found if isinstance(parse(line, world, actor, verify), Command | Ask)]
    return understood[:MOST]


def _first_words(part: str, world: World, actor: str) -> list[str]:
    ways = [way for way in directions(world, actor) if way in OPPOSITES]
    known = [*COMMON, *ways, *sorted(verbs() - set(COMMON))] if part else [*COMMON, *ways]
    return [word for word in dict.fromkeys(known) if word.startswith(part) and len(word) > 1][:MOST]


def _continuations(
    parts: tuple[Word | Slot, ...], words: list[str], world: World, actor: str, verify: Verify
) -> list[str]:
    """Return the words that may come next in a sentence of which ``words`` have been typed."""
    rest = words
    around = Surroundings(world, actor)
    command = Command("")
    for part in parts:
        if isinstance(part, Word):
            option = next((each for each in part.options if tuple(rest[: len(each)]) == each), None)
            if option is None:
                return [] if rest else [" ".join(each) for each in part.options[:1]]
            rest = rest[len(option) :]
            continue
        if not rest:
            return _values(part, parts, command, around, verify)
        if part.name not in THING_SLOTS:
            return []
        length = next((n for n in range(len(rest), 0, -1) if _is_one(rest[:n], around)), 0)
        if length == 0:
            return []
        phrase = around.phrases(rest[:length])
        if isinstance(phrase, list):
            ids = (*phrase[0].candidates, *phrase[0].sure)[:1]
            command = Command("", {**command.things, part.name: ids})
        rest = rest[length:]
    return []


def _is_one(words: list[str], around: Surroundings) -> bool:
    return isinstance(around.phrases(words), list)


def _values(
    slot: Slot, parts: tuple[Word | Slot, ...], command: Command, around: Surroundings, verify: Verify
) -> list[str]:
    if slot.name == "direction":
        return list(directions(around.world, around.actor))
    if slot.name not in THING_SLOTS:
        return []
    action = next((s.action for group in sentences().values() for s in group if s.parts is parts), "")
    taken = {thing for ids in command.things.values() for thing in ids}
    fitting = [
        thing
        for thing in around.things
        if thing not in taken
        and verify(around.actor, Command(action, {**command.things, slot.name: (thing,)})) > Verdict.ILLOGICAL
    ]
    return [distinct_name(around.world, around.actor, thing, around.things) for thing in fitting]
