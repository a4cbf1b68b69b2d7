"""From a fitting sentence to a command: which things its slots mean, by what the actions find sensible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tale_core.world.choices import Phrase, number_of
from tale_core.world.command import Ask, Command, Fail, Result, Verdict
from tale_core.world.components import Player
from tale_core.world.conversing import meant_topic
from tale_core.world.events import Option
from tale_core.world.grammar import THING_SLOTS, Sentence, Slot, Spans, Word
from tale_core.world.money import money_meant
from tale_core.world.nouns import LEFT, phrases
from tale_core.world.people import Purse
from tale_core.world.routes import Route, route
from tale_core.world.socials import adverb, like
from tale_core.world.surroundings import Surroundings
from tale_core.world.tokens import Clause
from tale_core.world.vocabulary import ARTICLES, nouns, words_of

MOST_OPTIONS = 8

_AND = re.compile(r",|&|\band\b", re.IGNORECASE)

JUST_ALL = frozenset({"all", "everything"})
"""What means only that with which something can be done; "all keys" means keys."""

FROM_AFAR = frozenset({"examine", "read"})
"""Actions for which a thing that is left out need not be in reach."""

ABOUT = frozenset({"ask", "tell", "ask_for", "discuss", "request"})
"""Actions whose topic is what people talk about rather than what they say."""

FROM_ELSEWHERE = frozenset({"take"})
"""Actions whose "all" leaves out what the actor has with it, in a bag say, unless it is named as the source."""


def fill(sentence: Sentence, spans: Spans, clause: Clause, around: Surroundings) -> Result:
    """Return the command that a sentence means with these spans of words in its slots; others stay empty."""
    words: dict[str, str] = {}
    things: list[Slot] = []
    for slot in sentence.parts:
        if isinstance(slot, Word) or slot.name not in spans:
            continue
        if slot.name in THING_SLOTS:
            things.append(slot)
            continue
        if slot.name == "order":
            continue  # a sentence of its own
        value = _value(slot.name, clause, spans[slot.name], around)
        if isinstance(value, Ask | Fail):
            return value
        if slot.name == "topic" and sentence.action in ABOUT and isinstance(value, str):
            value = _spoken_of(value, around)
        if value:
            words |= _kept(slot.name, value)
    command = Command(sentence.action, words=words)
    for slot in sorted(things, key=lambda each: each.many):  # what "all" means depends on the single thing
        result = _choose(command, slot, clause, spans, around)
        if not isinstance(result, Command):
            return result
        command = result
    if command.action == "go" and not command.words:
        return _somewhere(command, around)
    return _first_topic(command, around) if command.action in ("ask", "tell") else command


def _first_topic(command: Command, around: Surroundings) -> Command:
    """Return a command about several things ("the key and the door") as one about the first, with a rest."""
    topics = [each.strip() for each in _AND.split(command.words.get("topic", "")) if each.strip()]
    people = command.things.get("item", ())
    if len(topics) < 2 or not people:
        return command
    meant = {_subject(people[0], topic, around) for topic in topics}
    if len(meant) < len(topics) or "" in meant:
        return command
    more = (f"{command.action} {around.distinct(people[0])} about {topic}" for topic in topics[1:])
    return replace(command, words={**command.words, "topic": topics[0]}, rest=". ".join(more))


def _subject(person: str, topic: str, around: Surroundings) -> str:
    """Return what words for a topic are about: a topic of the person's, else a thing in sight."""
    known = meant_topic(around.world, person, around.actor, topic)
    return known or next(iter(around.lexicon.match(words_of(topic))[0]), "")


def _spoken_of(topic: str, around: Surroundings) -> str:
    """Return the name of what was last spoken of for "it", and any other topic as it is."""
    it = around.dialogue.it
    return around.world.name(it) if topic.casefold() in ("it", "that", "this") and it else topic


def complete(missing: Sequence[Word | Slot], command: Command, typed: str, around: Surroundings) -> Command | Ask:
    """Fill in the things that a sentence lacks, or ask for the first that is not obvious."""
    for part in missing:
        if isinstance(part, Word):
            typed = f"{typed} {' '.join(part.options[0])}"
            continue
        if part.name not in THING_SLOTS:
            return Ask("missing", command, part.name, word=typed)
        result = _infer(command, part.name, typed, around)
        if isinstance(result, Ask):
            return result
        command = result
        typed = f"{typed} {around.distinct(command.things[part.name][0])}"
    return command


def options_for(lines: Sequence[tuple[str, str]], around: Surroundings) -> tuple[Option, ...]:
    """Return options from pairs of a thing and the line that means it."""
    return tuple(Option(around.distinct(thing), line) for thing, line in lines)


def _infer(command: Command, slot: str, typed: str, around: Surroundings) -> Command | Ask:
    """Fill in a thing that was not named when just one makes sense; ask for it otherwise."""
    taken = {thing for ids in command.things.values() for thing in ids}
    things = around.things if around.agent == around.actor else [*around.things, around.actor]
    rated = {
        thing: around.verdict(_with(command, slot, (thing,)))
        for thing in things
        if thing not in taken and (command.action in FROM_AFAR or around.reaches(thing))
    }
    fitting = [thing for thing, verdict in rated.items() if verdict == Verdict.FINE]
    if len(fitting) == 1:
        return replace(_with(command, slot, (fitting[0],)), inferred=(*command.inferred, slot))
    if not fitting:
        fitting = [thing for thing, verdict in rated.items() if verdict == Verdict.DANGEROUS]
    if not fitting and command.things and around.verdict(command) == Verdict.ILLOGICAL:
        fitting = [thing for thing, verdict in rated.items() if verdict == Verdict.ILLOGICAL]
    fitting = _likeliest_first(fitting, around)[:MOST_OPTIONS]
    options = options_for([(thing, f"{typed} {around.distinct(thing)}") for thing in fitting], around)
    return Ask("missing", command, slot, options, tuple(fitting), typed)


def _choose(command: Command, slot: Slot, clause: Clause, spans: Spans, around: Surroundings) -> Result:
    """Return the command with the things that a slot's words mean."""
    first, last = spans[slot.name]
    found = phrases(around, clause.words[first:last])
    if isinstance(found, Fail):
        return found
    if not slot.many and not _is_single(found):
        return Fail("parse.one_only", _verb(clause, spans))
    chosen: list[str] = []
    for phrase in found:
        if slot.many and phrase.several and not _fine(command, slot.name, phrase.candidates, around):
            chosen += _fine(command, slot.name, phrase.several, around) or phrase.candidates[:1]
        elif phrase.candidates and not phrase.number:
            likely = _likeliest(command, slot.name, phrase, around)
            if len(likely) > 1:
                return _which(command, slot.name, likely, clause, (first, last), phrase.word, around)
            chosen += likely
        else:
            chosen += _several(command, slot.name, phrase, around)
    if slot.many and "but" in spans:
        spared = phrases(around, clause.words[slice(*spans["but"])])
        if isinstance(spared, Fail):
            return spared
        not_these = {thing for each in spared for thing in each.spared}
        chosen = [thing for thing in chosen if thing not in not_these]
    if not chosen:
        return Fail("parse.nothing", _verb(clause, spans))
    unique = tuple(dict.fromkeys(chosen))
    many = slot.many and (len(unique) > 1 or any(phrase.every for phrase in found))
    return replace(_with(command, slot.name, unique), multiple=command.multiple or many)


def _verb(clause: Clause, spans: Spans) -> str:
    """Return the words that stand before all that a sentence is about: "pick up"."""
    return " ".join(clause.words[: min(first for first, _ in spans.values())])


def _is_single(found: list[Phrase]) -> bool:
    return len(found) == 1 and (bool(found[0].candidates) or len(found[0].sure) == 1) and found[0].number < 2


def _several(command: Command, slot: str, phrase: Phrase, around: Surroundings) -> list[str]:
    """Return which things of a phrase that means several make sense; if none of those that were named does, all."""
    taken = {thing for ids in command.things.values() for thing in ids}
    things = [thing for thing in phrase.all if thing not in taken]
    just_all = phrase.every and phrase.word in JUST_ALL
    if phrase.every and command.action in FROM_ELSEWHERE and "target" not in command.things:
        things = [thing for thing in things if not around.owns(thing)] or ([] if just_all else things)
    if phrase.number:
        return sorted(things, key=lambda thing: -around.verdict(_with(command, slot, (thing,))))[: phrase.number]
    if phrase.every and command.action != "remove":
        things = [thing for thing in things if not around.is_worn(thing)]
    fine = _fine(command, slot, things, around)
    return fine if just_all else fine or things


def _fine(command: Command, slot: str, things: Sequence[str], around: Surroundings) -> list[str]:
    return [thing for thing in things if around.verdict(_with(command, slot, (thing,))) == Verdict.FINE]


def _likeliest(command: Command, slot: str, phrase: Phrase, around: Surroundings) -> tuple[str, ...]:
    """Return the candidates that make the most sense, likeliest first; one when nobody could tell them apart."""
    if len(phrase.candidates) == 1:
        return phrase.candidates
    scores = {thing: around.verdict(_with(command, slot, (thing,))) for thing in phrase.candidates}
    most = max(scores.values())
    best = [thing for thing in phrase.candidates if scores[thing] == most]
    best = [thing for thing in best if around.is_alive(thing)] or best
    best = [thing for thing in best if _is_noun(phrase.word, thing, around)] or best
    if around.dialogue.it in best:  # who speaks of a key right after another command about a key means the same one
        return (around.dialogue.it,)
    if around.look_alike(best):
        return (best[0],)
    return tuple(_likeliest_first(best, around))


def _is_noun(phrase: str, thing: str, around: Surroundings) -> bool:
    """Tell whether a phrase ends in what the thing is rather than how it is: "lamp" in brass lamp, not lamp oil."""
    name = around.name(thing)
    return name is not None and phrase.rpartition(" ")[2] in nouns(name)


def _likeliest_first(things: list[str], around: Surroundings) -> list[str]:
    it = around.dialogue.it
    return sorted(things, key=lambda thing: (thing != it, not around.owns(thing)))


def _which(
    command: Command,
    slot: str,
    candidates: Sequence[str],
    clause: Clause,
    span: tuple[int, int],
    word: str,
    around: Surroundings,
) -> Ask:
    """Ask which of several is meant; each option is the whole line again with the thing's own name in it."""
    shown = tuple(candidates[:MOST_OPTIONS])
    first, last = span
    before, within, after = (
        " ".join(each) for each in (clause.words[:first], clause.words[first:last], clause.words[last:])
    )
    lines = [
        (thing, f"{before} {within} ".replace(f" {word} ", f" {around.distinct(thing)} ", 1) + after) for thing in shown
    ]
    lines = [(thing, line.strip().replace(" ,", ",")) for thing, line in lines]
    return Ask("which", command, slot, options_for(lines, around), shown, word)


def _with(command: Command, slot: str, things: tuple[str, ...]) -> Command:
    return Command(command.action, {**command.things, slot: things}, command.words, command.inferred, command.multiple)


def _somewhere(command: Command, around: Surroundings) -> Command | Ask | Fail:
    """Understand a bare "go" where there is only one way; ask where there are several."""
    if not around.ways:
        return Fail("go.no_way", "go")
    if len(around.ways) > 1:
        return _which_way(command, list(around.ways))
    return replace(command, words={"direction": next(iter(around.ways))}, inferred=("direction",))


def _which_way(command: Command, directions: Sequence[str]) -> Ask:
    options = tuple(Option(direction, f"go {direction}") for direction in directions)
    return Ask("missing", command, "direction", options, word="go")


_KEPT_AS = {"way": "direction", "speech": "topic"}
"""Slots that are kept in a command under another name."""


def _kept(slot: str, value: str | Route) -> dict[str, str]:
    """Return what a command keeps of a slot that is for no thing."""
    if isinstance(value, Route):
        return {"direction": value.direction, "to": value.title}
    return {_KEPT_AS.get(slot, slot): value}


def _value(slot: str, clause: Clause, span: tuple[int, int], around: Surroundings) -> str | Route | Ask | Fail:
    """Return the text that a slot which is for no thing is filled with, "" for nothing."""
    first, last = span
    words = clause.words[first:last]
    plain = tuple(word for word in words if word not in ARTICLES) or words
    match slot:
        case "direction":
            return around.grammar.direction_of(plain) or Fail("parse.not_understood", " ".join(words))
        case "way":
            return _way(plain, " ".join(words), around)
        case "here":
            here = plain[0] in LEFT if len(plain) == 1 else False
            return "" if here or around.is_place(plain) else Fail("parse.not_understood", " ".join(words))
        case "speech" if words[0] in ("to", "about", "for", "of"):
            return Fail("parse.not_understood", words[-1])
        case "how":
            if len(plain) > 1:
                return Fail("parse.not_understood", words[-1])
            return adverb(plain[0]) or Fail("parse.unknown_adverb", plain[0], like(plain[0]))
        case "player":
            return _player(plain, " ".join(words), around)
        case "money":
            meant = money_meant(around.world, words) if around.world.has(around.actor, Purse) else None
            return meant or Fail("parse.unknown_noun", " ".join(words))
        case "but":
            return ""
        case "number":
            number = number_of(plain)
            return str(number) if number else Fail("parse.not_understood", " ".join(words))
        case _:
            return clause.typed(first, last)


def _player(words: tuple[str, ...], typed: str, around: Surroundings) -> str | Fail:
    """Return the player whose name it is, wherever they are."""
    found = (who for who in around.world.every(Player) if words_of(around.world.name(who)) == words)
    return next((who for who in found if who != around.actor), None) or Fail("parse.unknown_noun", typed)


def _way(words: tuple[str, ...], typed: str, around: Surroundings) -> str | Route | Ask | Fail:
    direction = around.grammar.direction_of(words)
    if direction:
        return direction
    found = around.next_door(words)
    if found:
        beyond = {around.ways[way].beyond for way in found}
        return found[0] if len(beyond) == 1 else _which_way(Command("go"), found)
    if around.is_place(words):
        return Fail("go.already_here", typed)
    return route(around.world, around.actor, words) or Fail("go.unknown", " ".join(words))
