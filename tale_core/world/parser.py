"""The parser: a line, the world and who speaks in; a command, a question or an explanation out.

Pure and total: it changes nothing and never raises, whatever is typed. Of all the sentences of the grammar that fit,
and all the things that a phrase may mean, it prefers what the actions' own ``verify`` rules find sensible.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from msgspec.structs import replace

from tale_core.world.answers import answer, is_option, is_told, is_yes, pending
from tale_core.world.choices import digits
from tale_core.world.command import Ask, Command, Fail, Result, Verdict, Verify
from tale_core.world.conversing import meant_topic
from tale_core.world.grammar import THING_SLOTS, Grammar, Sentence, Slot, Spans, standard_grammar
from tale_core.world.nouns import suggested
from tale_core.world.orders import (
    ASKED,
    BY_NAME,
    FOR_ANYBODY,
    ORDER,
    QUESTIONS,
    STATEMENTS,
    called,
    called_bare,
    called_last,
    given,
    inner,
    innermost,
    onward,
)
from tale_core.world.people import Conversation
from tale_core.world.resolving import fill
from tale_core.world.store import World
from tale_core.world.surroundings import Surroundings
from tale_core.world.tokens import (
    MOST,
    Clause,
    Token,
    begun,
    first_clause,
    is_and,
    is_full_stop,
    sound,
    spelled_out,
    tokens_of,
)
from tale_core.world.unfinished import failed_beginnings, lacking, lost, weighed
from tale_core.world.vocabulary import ARTICLES, nearest, words_of
from tale_core.world.ways import known_name

FAILURES = (
    "parse.empty",
    "parse.unknown_verb",
    "parse.no_verb",
    "parse.unknown_noun",
    "parse.dark",
    "parse.mentioned",
    "parse.not_here",
    "parse.nothing",
    "parse.one_only",
    "parse.unknown_adverb",
    "parse.not_understood",
    "parse.statement",
    "parse.no_option",
    "parse.nothing_to_repeat",
    "parse.nothing_to_mend",
    "parse.too_long",
    "go.no_way",
    "go.already_here",
    "go.unknown",
)
"""Every code that a ``Fail`` may have; each is a message's id."""

AGAIN = frozenset({"again", "g", "repeat"})
OOPS = "oops"

SHORT = 2
"""Letters of words that are like too many others to be taken for misspelt."""


def parse(text: str, world: World, actor: str, verify: Verify, grammar: Grammar | None = None) -> Result:
    """Return what the first sentence of ``text`` means to ``actor``; a Command's ``rest`` is what follows it."""
    around = Surroundings(world, actor, verify, grammar or standard_grammar())
    result = interpret(text, around)
    if not isinstance(result, Fail) or result.suggestions:
        return result
    if result.code == "parse.unknown_noun":
        if around.is_dark:
            return replace(result, code="parse.dark")
        if behind := _behind_a_thing(result.word, around):
            return replace(result, code="parse.not_understood", word=behind)
        if around.is_mentioned(result.word):
            return replace(result, code="parse.mentioned")
        return replace(result, suggestions=suggested(around, result))
    if result.code == "parse.unknown_verb":
        return replace(result, suggestions=_mended(result.word, spelled_out(text, around.grammar), around))
    if result.code == "go.unknown":
        known = {
            *map(around.grammar.word_for, around.ways),
            *(word for way in around.ways.values() for word in words_of(known_name(world, way.beyond))),
        }
        return replace(result, suggestions=nearest(result.word, frozenset(known)))
    return result


def _behind_a_thing(phrase: str, around: Surroundings) -> str:
    """Return the words of a phrase that means nothing which stand behind a thing and a link: "chest north"."""
    words = phrase.split()
    for n in range(1, len(words)):
        if words[n] in around.grammar.links and around.lexicon.match(words[:n])[0]:
            return " ".join(words[n:])
    return ""


def _mended(word: str, text: str, around: Surroundings) -> tuple[str, ...]:
    """Return what was meant by a line with a misspelt verb: whole lines that make sense, else the verbs alone."""
    likely = nearest(word, around.grammar.beginnings) if len(word) > SHORT else ()
    here = begun(tokens_of(text))
    found = []
    for verb in likely if here and here[0].word == word else ():
        clause = first_clause(text, here, around.grammar, around.is_named)
        words = (verb, *clause.words[1:])
        if len(words) <= MOST and not isinstance(_best(clause._replace(words=words), around), Fail):
            found.append(" ".join((verb, text[here[0].end : here[len(clause.tokens) - 1].end].strip())).strip())
    return tuple(found) or likely


def interpret(text: str, around: Surroundings) -> Result:
    """Return what ``parse`` does, for surroundings that may be used for several lines; a Fail has no suggestions."""
    text = spelled_out(sound(text), around.grammar)
    tokens = tokens_of(text)
    here = begun(tokens)
    if not here:
        return Command("help") if any(token.word == "?" for token in tokens) else Fail("parse.empty")
    if here[0].word == OOPS:
        return _corrected(text, here, around)
    ask = pending(around.dialogue)
    if ask is None:
        return _sentence(text, here, around)
    return _answered(ask, text, here, around)


def _answered(ask: Ask, text: str, tokens: Sequence[Token], around: Surroundings) -> Result:
    """Choose between a line's meaning as an answer and as a command of its own, which always overrides a question."""

    def read(line: str) -> Result:
        return _sentence(line, begun(tokens_of(line)), around)

    given = answer(ask, text[tokens[0].start :], tokens, around, read)
    first = tokens[0].word
    said = tuple(token.word for token in tokens if not (is_full_stop(token) or is_and(token)))
    if given is not None and ask.kind == "choose" and is_yes(said, around):
        return given
    is_command = first in around.grammar.beginnings or called(text, tokens, around) is not None
    is_due = ask.kind == "confirm" or ask.slot == ORDER or not is_command
    if is_due and given is not None and not isinstance(given, Fail):
        return given
    result = _sentence(text, tokens, around)
    if isinstance(result, Command) and not result.inferred and (given is None or result.action != "wonder"):
        return result
    is_strange = isinstance(result, Fail) and (result.code, result.word) == ("parse.unknown_verb", first)
    if given is None and ask.options and len(said) == 1 and digits(said[0]):
        return Fail("parse.no_option", said[0])
    if given is None or (isinstance(given, Fail) and not is_strange):
        return result
    if isinstance(given, Fail) and first not in around.grammar.links and nearest(first, around.grammar.verbs):
        return result  # a misspelt command rather than an answer
    takes_any = ask.kind == "missing" and ask.slot not in THING_SLOTS and not is_option(ask, said)
    if isinstance(result, Fail) and takes_any and is_told(first, around):
        return result  # any words at all would be an answer
    return given


def _sentence(text: str, tokens: Sequence[Token], around: Surroundings) -> Result:
    order = called(text, tokens, around)
    clause = first_clause(text, tokens, around.grammar, around.is_named) if order is None else order[0]
    if len(clause.words) > MOST:
        return Fail("parse.too_long")
    if len(clause.words) == 1 and clause.words[0] in AGAIN:
        result = _again(around)
    else:
        result = _best(clause, around) if order is None else _meant(BY_NAME, order[1], clause, around)
        if isinstance(result, Command):
            result = replace(result, said=clause.said)
        elif isinstance(result, Fail) and tokens[0].word == "i" and (told := begun(tokens[1:])):
            if told[0].word not in around.grammar.beginnings:
                return Fail("parse.statement", clause.said)
            return _sentence(text, told, around)  # "I take the lamp"
        if isinstance(result, Fail) and tokens[0].word in QUESTIONS:
            result = _asked(result, clause, around) or result
        if order is None and (line := _as_order(result, text, tokens, clause, around)):
            return _sentence(line, tokens_of(line), around)
    return _followed(result, clause) if clause.rest else result


def _asked(fail: Fail, clause: Clause, around: Surroundings) -> Command | None:
    """Return a question about what is not here as one for the only person who has something to say of it."""
    if fail.code != "parse.unknown_noun":
        return None
    people = (thing for thing in around.things if around.world.has(thing, Conversation))
    knowing = [person for person in people if meant_topic(around.world, person, around.actor, fail.word)]
    if len(knowing) != 1:
        return None
    return Command("ask", {"item": (knowing[0],)}, {"topic": fail.word}, inferred=("item",), said=clause.said)


def _as_order(result: Result, text: str, tokens: Sequence[Token], clause: Clause, around: Surroundings) -> str:
    """Return the line as an order with its name and a comma first, "" for what is none, or makes sense as it is."""
    if isinstance(result, Fail) and result.code == "parse.unknown_verb":
        return called_bare(text, tokens, around)
    if clause.quotes or "," not in text or (isinstance(result, Command) and _is_sensible(result, around)):
        return ""
    return called_last(text, tokens, clause, around)


def _is_sensible(command: Command, around: Surroundings) -> bool:
    """Tell whether it makes sense to do that to each of the things, or else whether it is for nobody in particular."""
    if not command.multiple:
        return command.action not in FOR_ANYBODY
    each = (replace(command, things={**command.things, "item": (thing,)}) for thing in command.things.get("item", ()))
    return all(around.verdict(one) == Verdict.FINE for one in each)


def _followed(result: Result, clause: Clause) -> Result:
    """Return the result with what follows its sentence."""
    if isinstance(result, Fail):
        return replace(result, rest=clause.rest)
    command = result if isinstance(result, Command) else result.command
    rest = onward(command, clause)
    command = replace(command, rest=f"{command.rest}. {rest}" if command.rest else rest)
    return command if isinstance(result, Command) else replace(result, command=command)


def _again(around: Surroundings) -> Result:
    last = begun(tokens_of(around.dialogue.last))
    if not last or last[0].word in AGAIN:
        return Fail("parse.nothing_to_repeat")
    return _sentence(around.dialogue.last, last, around)


def _corrected(text: str, tokens: Sequence[Token], around: Surroundings) -> Result:
    """Understand the last line that failed, with the word that was not understood replaced by those behind "oops"."""
    failed = around.dialogue.failed
    here = begun(tokens_of(failed))
    instead = begun(tokens[1:])
    if not instead or not here or here[0].word == OOPS:
        return Fail("parse.nothing_to_mend")
    result = _sentence(failed, here, around)
    if not isinstance(result, Fail):
        return result
    known = around.lexicon.words() | around.grammar.beginnings | ARTICLES
    wrong = [token for token in here if token.word in result.word.split()]
    strange = next((token for token in wrong if token.word not in known), wrong[-1] if wrong else here[-1])
    mended = failed[: strange.start] + text[instead[0].start :].strip() + failed[strange.end :]
    return _sentence(mended, begun(tokens_of(mended)), around)


def _best(clause: Clause, around: Surroundings) -> Result:
    best: tuple[int, Command | Ask] | None = None
    failed: list[tuple[tuple[int, bool], Fail]] = []
    fits = around.grammar.fits(clause.words)
    for sentence, spans in fits:
        result = _meant(sentence, spans, clause, around)
        if not isinstance(result, Fail):
            if len(fits) == 1:
                return result  # whatever it is worth
            rank = _rank(result, around)
            if best is None or rank > best[0]:
                best = rank, result
            if rank >= Verdict.FINE:
                return result
        elif not isinstance(sentence.parts[0], Slot):  # a line that begins with a slot fits anything
            failed.append((weighed(result, spans, clause, around), result))
    if best is not None:
        return best[1]
    candidates = around.grammar.candidates(clause.words[0])
    if failed:
        failed += failed_beginnings(candidates, clause, around)
    nearest_to = max(failed, key=itemgetter(0))[1] if failed else None
    if nearest_to is not None and nearest_to.code not in _NOUNS:
        return nearest_to
    begun_with = lacking(candidates, clause, around, failed=nearest_to is not None)
    return begun_with or nearest_to or lost(clause, candidates, around)


_NOUNS = frozenset({"parse.unknown_noun", "parse.not_here", "parse.not_understood", "go.unknown"})
"""Failures after which a line may still be meant as the beginning of a longer sentence."""


def _meant(sentence: Sentence, spans: Spans, clause: Clause, around: Surroundings) -> Result:
    """Return what a fitting sentence means; of an order, also what the other one is to do."""
    result = fill(sentence, spans, clause, around)
    if ORDER not in spans or not isinstance(result, Command):
        return result
    if around.agent != around.actor:
        return Fail("parse.not_understood", clause.words[0])  # nobody hands orders on
    order, others = inner(clause, spans[ORDER]), around.ordering(result.things["item"][0])
    told = _best(order, others)
    return given(result, clause, spans[ORDER], None if _is_talk(told, order, others) else told, around)


def _is_talk(told: Result, order: Clause, around: Surroundings) -> bool:
    """Tell whether words that were called out to somebody are no command, not even a misspelt one."""
    if order.words[0] in QUESTIONS or (order.words[0] in STATEMENTS and len(order.words) > 1):
        return not (isinstance(told, Command) and told.action in ASKED)
    if not isinstance(told, Fail):
        return False
    strange = told == Fail("parse.not_understood", order.words[0])
    if not strange and told.code not in ("parse.unknown_verb", "parse.no_verb"):
        return False
    likely = nearest(order.words[0], around.grammar.beginnings)
    return all(isinstance(_best(order._replace(words=(verb, *order.words[1:])), around), Fail) for verb in likely)


def _rank(result: Command | Ask, around: Surroundings) -> int:
    """Rank sensible commands before questions, those before the rest."""
    if isinstance(result, Command):
        return around.verdict(result)
    about = innermost(result.command)
    likeliest = replace(about, things={**about.things, result.slot: result.ids[:1]}) if result.ids else about
    return min(around.verdict(likeliest), Verdict.DANGEROUS) - 1
