"""From a fitting sentence to a command: which things its slots mean, by what the actions find sensible."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tale_core.world.command import Ask, Command, Fail, Result, Verdict, Verify
from tale_core.world.components import Actor, Description
from tale_core.world.directions import SPELLINGS
from tale_core.world.events import Option
from tale_core.world.grammar import THING_SLOTS, Sentence, Slot
from tale_core.world.nouns import Phrase, Surroundings, same_kind
from tale_core.world.vocabulary import distinct_name

MOST_OPTIONS = 8


def fill(
    sentence: Sentence, spans: dict[str, tuple[int, int]], words: list[str], around: Surroundings, verify: Verify
) -> Result:
    """Return the command that a sentence means with these spans of words in its slots; others stay empty."""
    command = Command(sentence.action)
    slots = [part for part in sentence.parts if isinstance(part, Slot) and part.name in spans]
    for slot in slots:
        if slot.name in THING_SLOTS:
            continue
        first, last = spans[slot.name]
        value = _value(slot.name, words[first:last])
        if value is None:
            return Fail("parse.not_understood", " ".join(words[first:last]))
        command = replace(command, words={**command.words, slot.name: value})
    for slot in sorted((each for each in slots if each.name in THING_SLOTS), key=lambda each: each.many):
        first, last = spans[slot.name]
        phrases = around.phrases(words[first:last])
        if isinstance(phrases, Fail):
            return phrases
        result = _choose(command, slot, phrases, words, (first, last), around, verify)
        if not isinstance(result, Command):
            return result
        command = result
    return command


def infer(command: Command, slot: str, typed: str, around: Surroundings, verify: Verify) -> Command | Ask:
    """Fill in a thing that was not named when just one makes sense; ask for it otherwise."""
    taken = {thing for ids in command.things.values() for thing in ids}
    fitting = [
        thing
        for thing in around.things
        if thing not in taken and verify(around.actor, _with(_first(command), slot, (thing,))) == Verdict.FINE
    ]
    if len(fitting) == 1:
        return replace(_with(command, slot, (fitting[0],)), inferred=(*command.inferred, slot))
    return Ask(
        "missing",
        command,
        slot,
        tuple(
            _option(thing, f"{typed} {distinct_name(around.world, around.actor, thing, around.things)}", around)
            for thing in fitting[:MOST_OPTIONS]
        ),
        tuple(fitting[:MOST_OPTIONS]),
        typed,
    )


def _choose(
    command: Command,
    slot: Slot,
    phrases: list[Phrase],
    words: list[str],
    span: tuple[int, int],
    around: Surroundings,
    verify: Verify,
) -> Result:
    chosen: list[str] = []
    several = len(phrases) > 1 or bool(phrases[0].sure)
    if several and not slot.many and len({*phrases[0].sure}) != 1:
        return Fail("parse.one_only", command.action)
    for phrase in phrases:
        if phrase.every:
            chosen += [
                thing
                for thing in phrase.sure
                if verify(around.actor, _with(command, slot.name, (thing,))) == Verdict.FINE
            ]
            if not chosen:
                return Fail("parse.nothing", command.action)
        elif phrase.sure:
            chosen += phrase.sure
        else:
            likely = _likeliest(command, slot.name, phrase.candidates, around, verify)
            if len(likely) > 1:
                return _which(command, slot.name, likely, words, span, phrase.word, around)
            chosen += likely
    unique = tuple(dict.fromkeys(chosen))
    multiple = command.multiple or (slot.many and (len(unique) > 1 or any(phrase.every for phrase in phrases)))
    return replace(_with(command, slot.name, unique), multiple=multiple)


def _likeliest(
    command: Command, slot: str, candidates: Sequence[str], around: Surroundings, verify: Verify
) -> tuple[str, ...]:
    """Return the candidates that make the most sense, likeliest first; one when nobody could tell them apart."""
    if len(candidates) == 1:
        return tuple(candidates)
    world = around.world
    scores = {thing: int(verify(around.actor, _with(command, slot, (thing,)))) for thing in candidates}
    most = max(scores.values())
    best = [thing for thing in candidates if scores[thing] == most]
    living = [thing for thing in best if (body := world.get(thing, Actor)) is None or body.hp > 0]
    best = living or best
    if around.dialogue.it in best:
        best.sort(key=lambda thing: thing != around.dialogue.it)
    if same_kind(world, best, lambda thing: (world.get(thing, Description), world.get(thing, Actor))):
        return (best[0],)
    return tuple(best)


def _which(
    command: Command,
    slot: str,
    candidates: tuple[str, ...],
    words: list[str],
    span: tuple[int, int],
    word: str,
    around: Surroundings,
) -> Ask:
    shown = candidates[:MOST_OPTIONS]
    before, after = words[: span[0]], words[span[1] :]
    options = tuple(
        _option(
            thing,
            " ".join((*before, distinct_name(around.world, around.actor, thing, around.things), *after)),
            around,
        )
        for thing in shown
    )
    return Ask("which", command, slot, options, shown, word)


def _option(thing: str, line: str, around: Surroundings) -> Option:
    return Option(distinct_name(around.world, around.actor, thing, around.things), line)


def _with(command: Command, slot: str, things: tuple[str, ...]) -> Command:
    return Command(
        command.action,
        {**command.things, slot: things},
        command.words,
        command.inferred,
        command.multiple,
    )


def _first(command: Command) -> Command:
    return replace(command, things={slot: ids[:1] for slot, ids in command.things.items()})


def _value(slot: str, words: list[str]) -> str | None:
    if slot == "direction":
        plain = [word for word in words if word != "the"]
        return SPELLINGS.get(plain[0]) if len(plain) == 1 else None
    return " ".join(words)
