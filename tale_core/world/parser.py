"""The parser: a line, the world and who speaks in; a command, a question or an explanation out.

Pure and total: it changes nothing and never raises, whatever is typed. Of all the sentences of the grammar that fit,
and all the things that a phrase may mean, it prefers what the actions' own ``verify`` rules find sensible.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from tale_core.world.command import Ask, Command, Fail, Result, Verdict, Verify
from tale_core.world.components import Dialogue
from tale_core.world.directions import SPELLINGS
from tale_core.world.grammar import Sentence, Slot, Word, sentences, verbs
from tale_core.world.nouns import Surroundings
from tale_core.world.resolving import fill, infer
from tale_core.world.store import World
from tale_core.world.tokens import MOST, Token, is_and, is_full_stop, tokens_of
from tale_core.world.vocabulary import ORDINALS, nearest, words_of

FAILURES = (
    "parse.empty",
    "parse.unknown_verb",
    "parse.no_verb",
    "parse.unknown_noun",
    "parse.not_here",
    "parse.nothing",
    "parse.one_only",
    "parse.not_understood",
    "parse.nothing_to_repeat",
    "parse.too_long",
)
"""Every code that a ``Fail`` may have; each is a message's id."""

Spans = dict[str, tuple[int, int]]

_decode_ask = msgspec.json.Decoder(Ask).decode


def parse(text: str, world: World, actor: str, verify: Verify) -> Result:
    """Return what the first sentence of ``text`` means to ``actor``; a Command's ``rest`` is what follows it."""
    tokens = tokens_of(text)
    while tokens and (is_full_stop(tokens[0]) or is_and(tokens[0]) or tokens[0].word == "?"):
        if tokens[0].word == "?" and len(tokens) == 1:
            return Command("help")
        tokens = tokens[1:]
    if not tokens:
        return Fail("parse.empty")
    around = Surroundings(world, actor)
    pending = _pending(around.dialogue)
    begins = tokens[0].word in verbs() or tokens[0].word in SPELLINGS
    if pending is not None and not (begins and pending.kind != "confirm"):
        answer = _answer(pending, tokens, around)
        if answer is not None:
            return answer
    result = _sentence(text, tokens, around, verify)
    if pending is not None and isinstance(result, Fail):
        return _answer(pending, tokens, around) or result
    return result


def _sentence(text: str, tokens: list[Token], around: Surroundings, verify: Verify) -> Result:
    here, rest = _first_sentence(text, tokens, around)
    if len(here) > MOST:
        return Fail("parse.too_long")
    words = [token.word for token in here]
    if words in (["again"], ["g"], ["repeat"]):
        last = around.dialogue.last
        again = tokens_of(last)
        if not again or again[0].word in ("again", "g", "repeat"):
            return Fail("parse.nothing_to_repeat")
        result = _sentence(last, again, around, verify)
        return replace(result, rest=rest) if isinstance(result, Command) else result
    result = _best(words, around, verify)
    if isinstance(result, Command):
        return replace(result, rest=rest)
    if isinstance(result, Ask):
        return replace(result, command=replace(result.command, rest=rest))
    return result


def _first_sentence(text: str, tokens: list[Token], around: Surroundings) -> tuple[list[Token], str]:
    """Cut where a sentence ends: at a full stop or "then", and at an "and" behind which a new verb stands."""
    for n, token in enumerate(tokens):
        if n == 0:
            continue
        if is_full_stop(token):
            end = n
            while end < len(tokens) and (is_full_stop(tokens[end]) or is_and(tokens[end])):
                end += 1
            here = [each for each in tokens[:n] if each.word != "?"]
            while here and is_and(here[-1]):
                here.pop()
            return here, text[tokens[end].start :] if end < len(tokens) else ""
        if is_and(token) and n + 1 < len(tokens):
            following = tokens[n + 1].word
            if (following in verbs() or following in SPELLINGS) and not _names_something(following, around):
                here = [each for each in tokens[:n] if not is_and(each) or each is not tokens[n - 1]]
                return here, text[tokens[n + 1].start :]
    here = [token for token in tokens if token.word != "?"]
    return here, ""


def _names_something(word: str, around: Surroundings) -> bool:
    return any(word in words_of(around.world.name(thing)) for thing in around.things)


# Sentences


def _best(words: list[str], around: Surroundings, verify: Verify) -> Result:
    candidates = (*sentences().get(words[0], ()), *sentences().get("", ()))
    best: tuple[int, Result] | None = None
    for sentence in candidates:
        for spans in _matches(sentence.parts, words, 0):
            rated = _rated(sentence, spans, words, around, verify)
            if isinstance(rated[1], Fail) and isinstance(sentence.parts[0], Slot):
                continue  # a line that begins with a slot fits anything
            if best is None or rated[0] > best[0]:
                best = rated
    if best is not None and not isinstance(best[1], Fail):
        return best[1]
    asked = _incomplete(candidates, words, around, verify)
    if asked is not None:
        return asked
    return best[1] if best is not None else _lost(words, around)


def _rated(
    sentence: Sentence, spans: Spans, words: list[str], around: Surroundings, verify: Verify
) -> tuple[int, Result]:
    """Return a sentence's result and its rank: sensible commands, then questions, then the rest, then failures."""
    result = fill(sentence, spans, words, around, verify)
    if isinstance(result, Command):
        return 1000 + verify(around.actor, _single(result)), result
    if isinstance(result, Ask):
        return 1000 + Verdict.DANGEROUS, result
    return -sum(last - first for first, last in spans.values()), result


def _single(command: Command) -> Command:
    return replace(command, things={slot: ids[:1] for slot, ids in command.things.items()})


def _matches(parts: Sequence[Word | Slot], words: list[str], start: int) -> list[Spans]:
    """Return every way in which the words from ``start`` fit the parts, as the span of words of each slot."""
    if not parts:
        return [{}] if start == len(words) else []
    part, rest = parts[0], parts[1:]
    if isinstance(part, Word):
        found = []
        for option in part.options:
            if tuple(words[start : start + len(option)]) == option:
                found += _matches(rest, words, start + len(option))
        return found
    if not rest:
        return [{part.name: (start, len(words))}] if start < len(words) else []
    return [
        {part.name: (start, end), **others}
        for end in range(start + 1, len(words))
        for others in _matches(rest, words, end)
    ]


def _incomplete(
    candidates: Sequence[Sentence], words: list[str], around: Surroundings, verify: Verify
) -> Command | Ask | None:
    """Look for a sentence that lacks just its last thing: infer it, or ask for it."""
    for sentence in candidates:
        last = sentence.parts[-1]
        if not isinstance(last, Slot) or last.name not in ("item", "target") or len(sentence.parts) < 2:
            continue
        linked = sentence.parts[:-1]
        link: tuple[str, ...] = ()
        if len(linked) > 2 and isinstance(linked[-1], Word):
            link, linked = linked[-1].options[0], linked[:-1]
        for whole in ([sentence.parts[:-1]] if link else []) + [linked]:
            for spans in _matches(whole, words, 0):
                result = fill(sentence, spans, words, around, verify)
                if isinstance(result, Command):
                    typed = " ".join(words if whole is not linked else (*words, *link))
                    return infer(result, last.name, typed, around, verify)
                if isinstance(result, Ask):
                    return result
    return None


def _lost(words: list[str], around: Surroundings) -> Fail:
    verb = words[0]
    if verb in verbs():
        return Fail("parse.not_understood", verb)
    named = around.phrase(words)
    if not isinstance(named, Fail):
        thing = (*named.candidates, *named.sure, "")[0]
        name = around.world.name(thing) if thing else " ".join(words)
        return Fail("parse.no_verb", " ".join(words), (f"examine {name}",))
    return Fail("parse.unknown_verb", verb, nearest(verb, (*verbs(), *SPELLINGS)))


# Answers


def _pending(dialogue: Dialogue) -> Ask | None:
    if not dialogue.ask:
        return None
    try:
        return _decode_ask(dialogue.ask)
    except msgspec.DecodeError:
        return None


def _answer(ask: Ask, tokens: list[Token], around: Surroundings) -> Result | None:
    """Return the command that the words complete, None when they are no answer."""
    words = [token.word for token in tokens if token.word not in ("?", ".", "!", ",")]
    if not words:
        return None
    if ask.kind == "confirm":
        verb = sentences().get(words[0], ())
        if len(words) == 1 and any(each.action == "yes" for each in verb):
            return ask.command
        return Command("no") if len(words) == 1 and any(each.action == "no" for each in verb) else None
    chosen = _chosen(ask, words, around)
    if not chosen:
        return None
    return replace(ask.command, things={**ask.command.things, ask.slot: chosen})


def _chosen(ask: Ask, words: list[str], around: Surroundings) -> tuple[str, ...]:
    plain = [word for word in words if word not in ("the", "one", "a", "an")] or words
    if len(plain) == 1:
        word = plain[0]
        number = ORDINALS.get(word) or (int(word) if word.isascii() and word.isdigit() and len(word) < 3 else 0)
        if 0 < number <= len(ask.ids):
            return (ask.ids[number - 1],)
        if word in ("either", "any", "whichever") and ask.ids:
            return (ask.ids[0],)
        if word == "last" and ask.ids:
            return (ask.ids[-1],)
    for option, thing in zip(ask.options, ask.ids, strict=False):
        if tuple(plain) in (words_of(option.label), words_of(option.command)):
            return (thing,)
    among = [thing for thing in ask.ids if set(plain) <= around.words(thing)]
    if len(among) == 1:
        return (among[0],)
    if ask.kind == "missing" or among:
        named = around.phrase(plain)
        if not isinstance(named, Fail) and len(named.candidates) == 1:
            return named.candidates
    return ()
