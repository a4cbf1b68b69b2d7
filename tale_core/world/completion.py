"""Completions of a line that is being typed: verbs, then things that fit, then what links them; answers first.

Nothing is offered that the player may not know of: things in sight, ways and places that were seen, topics of people
who are there. What is offered is understood when typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tale_core.world import hints
from tale_core.world.answers import pending
from tale_core.world.command import Ask, Command, Fail, Verdict, Verify
from tale_core.world.conversing import label_of, open_topics
from tale_core.world.directions import OPPOSITES
from tale_core.world.grammar import THING_SLOTS, Grammar, Sentence, Slot, Word, standard_grammar
from tale_core.world.naming import typed
from tale_core.world.nouns import ALL, EXCEPT, phrases
from tale_core.world.orders import LONGEST_NAME, is_person
from tale_core.world.parser import interpret
from tale_core.world.scope import directions
from tale_core.world.store import World
from tale_core.world.surroundings import Surroundings
from tale_core.world.tokens import Token, begun, first_clause, tokens_of
from tale_core.world.vocabulary import fold
from tale_core.world.ways import known_name

MOST = 20

COMMON = (
    "look", "examine", "take", "drop", "open", "close", "unlock", "attack", "inventory", "go", "search", "talk", "ask",
    "wear", "wield", "eat", "drink", "read", "put", "give", "remove", "say", "wait", "again", "undo", "score", "hint",
    "help", "verbs", "exits", "save", "restore", "restart", "quit",
)  # fmt: skip
"""The verbs that are offered first, in the order in which people need them."""

_NOT_ORDERED = frozenset(
    {"inventory", "again", "undo", "score", "hint", "help", "verbs", "exits", "save", "restore", "restart", "quit"}
)
"""What nobody is told to do."""

_LINKS = (",", "and", "&")
_BETWEEN = (".", ";", "!", "then", *_LINKS)
"""What stands between two sentences."""

_SWITCHED = ("on", "off")


def complete(text: str, world: World, actor: str, verify: Verify, grammar: Grammar | None = None) -> list[str]:
    """Return whole lines that ``text`` may become, best first, at most 20; each is understood when typed."""
    around = Surroundings(world, actor, verify, grammar or standard_grammar())
    typed = text.lstrip()
    done, last = _clauses(typed, around)
    if done and not _is_understood(done, around):
        return []
    offered = [] if done else _answers(last, around)
    found = [*offered, *(line for line in _lines(last, around) if line not in offered)]
    if done:  # directions need nothing between them, other sentences do
        found = [line for line in found if _is_understood(f"{done}{line}", around)]
    return [f"{done}{line}" for line in found[:MOST]]


def _clauses(typed: str, around: Surroundings) -> tuple[str, str]:
    """Return the sentences of a line that are complete, and the last one."""
    done = ""
    while len(done) < len(typed):
        rest = typed[len(done) :]
        tokens = begun(tokens_of(rest))
        if not tokens or _called(rest, around)[0]:
            break
        clause = first_clause(rest, tokens, around.grammar, around.is_named)
        before = typed[: len(typed) - len(clause.rest)]
        if not clause.rest or not before.rstrip().endswith(_BETWEEN):
            break
        if " " not in clause.rest and before.rstrip().endswith(_LINKS):
            break  # it may be another thing as well
        done = before
    return done, typed[len(done) :]


def _answers(typed: str, around: Surroundings) -> list[str]:
    """Return the labels of a pending question's options that begin as the line does."""
    ask = pending(around.dialogue)
    labels = [option.label for option in ask.options] if ask is not None and ask.kind != "confirm" else []
    if ask is not None and ask.kind == "confirm":
        labels = [option.command for option in ask.options]
    return [
        label
        for label in labels
        if fold(label).startswith(fold(typed)) and not isinstance(interpret(label, around), Fail)
    ]


def _lines(typed: str, around: Surroundings) -> list[str]:
    before, _, part = typed.rpartition(" ")
    if not before.strip():
        return _first_words(fold(part), around)
    called, order = _called(typed, around)
    if called:
        verbs = [verb for verb in _first_words(fold(order), around) if verb not in _NOT_ORDERED]
        inner = _sentences(order, around) if " " in order else verbs
        return [line for each in inner if _is_understood(line := f"{called} {each}", around)]
    return [line for line in _sentences(typed, around) if _is_understood(line, around)][:MOST]


def _is_understood(line: str, around: Surroundings) -> bool:
    return isinstance(interpret(line, around), Command | Ask)


def _called(typed: str, around: Surroundings) -> tuple[str, str]:
    """Return the name of whoever is called, with its comma, and what they are told; nothing when nobody is called."""
    name, comma, order = typed.partition(",")
    words = tuple(token.word for token in tokens_of(name))
    if not comma or not 0 < len(words) <= LONGEST_NAME or not is_person(words, around):
        return "", ""
    return f"{name},", order.lstrip()


def _first_words(part: str, around: Surroundings) -> list[str]:
    ways = [around.grammar.word_for(way) for way in directions(around.world, around.actor) if way in OPPOSITES]
    known = [*COMMON, *ways, *sorted(around.grammar.verbs - set(COMMON))] if part else [*COMMON, *ways]
    return [word for word in dict.fromkeys(known) if word.startswith(part) and len(word) > 1][:MOST]


def _sentences(typed: str, around: Surroundings) -> list[str]:
    """Return the lines that a sentence which has begun may go on as, by every sentence of the grammar."""
    words = list(tokens_of(typed))
    if typed[-1:].isspace():
        words.append(Token("", len(typed), len(typed)))  # a word that is still to come
    if not words:
        return []
    values: dict[str, None] = {}
    links: dict[str, None] = {}
    for sentence in around.grammar.sentences.get(words[0].word, ()):
        for start, option, is_link in _continuations(sentence, words, around):
            (links if is_link else values)[typed[:start] + option] = None
    return list(values | links)


def _continuations(sentence: Sentence, words: Sequence[Token], around: Surroundings) -> Iterator[tuple[int, str, bool]]:
    """Yield what a sentence may go on with: from where in the line it stands, and whether it is a word of its own."""
    at = 0  # the first word that no part of the sentence has taken
    command = Command(sentence.action)
    for part in sentence.parts:
        left = [word.word for word in words[at:]]
        if isinstance(part, Word):
            taken = _taken(part, left)
            if not taken:
                first = " ".join(part.options[0])
                others = [" ".join(each) for each in part.options]
                fitting = [each for each in others if each.startswith(" ".join(left))] if left[0] else [first]
                yield from ((words[at].start, each, True) for each in fitting[:1])
                return
            at += taken
            continue
        yield from ((start, value, False) for start, value in _offered(part, command, words[at:], around))
        if part.name not in THING_SLOTS:
            return
        for length in range(len(left) - 1, 0, -1):
            found = phrases(around, left[:length])
            if isinstance(found, list):
                command = Command(command.action, {**command.things, part.name: found[0].all[:1]})
                at += length
                break
        else:
            return


def _taken(part: Word, words: Sequence[str]) -> int:
    """Return how many of the words, of which the last may not be whole yet, are one of the part's."""
    fitting = (len(each) for each in part.options if len(each) < len(words) and tuple(words[: len(each)]) == each)
    return next(fitting, 0)


def _offered(slot: Slot, command: Command, words: Sequence[Token], around: Surroundings) -> Iterator[tuple[int, str]]:
    """Yield the values for a slot that begin with the words that are left, from where those begin."""
    start = 0
    if slot.many:  # only what comes behind the last "and" is still open
        start = max((n + 1 for n, word in enumerate(words[:-1]) if word.word in (",", "and")), default=0)
        named = [phrases(around, [word.word for word in words[: start - 1]])] if start > 1 else []
        if any(isinstance(each, Fail) for each in named):
            return
        start = max((n + 1 for n, word in enumerate(words[:-1]) if word.word in ALL | EXCEPT), default=start)
    while start < len(words) - 1 and words[start].word in around.grammar.articles:
        start += 1
    typed = " ".join(word.word for word in words[start:])
    for value in _values(slot, command, around, bool(typed)):
        if fold(value).startswith(typed):
            yield words[start].start, value


def _values(slot: Slot, command: Command, around: Surroundings, narrowed: bool) -> list[str]:
    """Return what may stand in a slot, likeliest first; when ``narrowed`` also what makes less sense."""
    match slot.name:
        case "direction" | "way":
            beyond = [known_name(around.world, way.beyond) for way in around.ways.values()]
            return [*map(around.grammar.word_for, around.ways), *(filter(None, beyond) if slot.name == "way" else ())]
        case "topic":
            return _topics(command, around)
        case "order":
            return [verb for verb in COMMON if verb not in _NOT_ORDERED]
        case "item" | "target":
            return _things(slot.name, command, around, narrowed or bool(command.things))
        case _:
            return []


def _things(slot: str, command: Command, around: Surroundings, narrowed: bool) -> list[str]:
    taken = {thing for ids in command.things.values() for thing in ids}
    rated = {
        thing: around.verdict(Command(command.action, {**command.things, slot: (thing,)}))
        for thing in around.things
        if thing not in taken
    }
    fitting = [thing for thing, verdict in rated.items() if verdict > Verdict.ILLOGICAL]
    if narrowed and not fitting:
        fitting += [thing for thing, verdict in rated.items() if verdict == Verdict.ILLOGICAL]
    return [around.distinct(thing) for thing in fitting]


def _topics(command: Command, around: Surroundings) -> list[str]:
    """Return what somebody may be asked about, or what there is to say to the story itself."""
    world, player = around.world, around.actor
    match command.action:
        case "hint":
            return [hints.title(world, thing) for thing in hints.ladders(world, player)]
        case "help":
            return [verb for verb in COMMON if verb in around.grammar.verbs]
        case "notify":
            return list(_SWITCHED)
        case "ask" | "tell":
            people = command.things.get("item", ())
            return [
                typed(label_of(world, each, topic)) for each in people for topic in open_topics(world, each, player)
            ]
        case _:
            return []
