"""What a line means as an answer to the question that was put last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace

from tale_core.world.choices import Phrase, digits, ordinal
from tale_core.world.command import Ask, Command, Fail, Result
from tale_core.world.components import Dialogue
from tale_core.world.conversing import meant_topic
from tale_core.world.grammar import matches
from tale_core.world.nouns import phrases
from tale_core.world.orders import ORDER, QUESTIONS, innermost
from tale_core.world.surroundings import Surroundings
from tale_core.world.tokens import Token
from tale_core.world.vocabulary import Lexicon, name_words, words_of

ANY = frozenset({"either", "any", "whichever", "anyone"})
EVERY = frozenset({"all", "both", "everything", "them"})
EMPTY = frozenset({"the", "one", "ones", "a", "an"})
ABOUT = "about"

_decode_ask = msgspec.json.Decoder(Ask).decode

Read = Callable[[str], Result]
"""Understand a line as if nothing had been asked."""


def pending(dialogue: Dialogue) -> Ask | None:
    """Return the question that waits for an answer, if there is one."""
    if not dialogue.ask:
        return None
    try:
        return _decode_ask(dialogue.ask)
    except msgspec.DecodeError:
        return None


def answer(ask: Ask, text: str, tokens: Sequence[Token], around: Surroundings, read: Read) -> Result | None:
    """Return what the line means as an answer, None when it is no answer; a Fail names a thing that is not there."""
    words = tuple(token.word for token in tokens if token.word not in ("?", ".", "!", ","))
    if len(words) > 1 and words[0] == ABOUT and ask.slot == "topic":
        text, words = text[tokens[1].start - tokens[0].start :], words[1:]
    if not words:
        return None
    if ask.kind == "confirm":
        return _confirmed(ask, words, around)
    if ask.kind == "choose":
        line = ask.options[0].command if len(ask.options) == 1 and is_yes(words, around) else _line(ask, words)
        if not line and (len(words) == 1 or not is_told(words[0], around)):
            line = _part(ask, words) or _topic(ask, words, around)
        return read(line) if line else None
    chosen = _chosen(ask, words, around)
    if len(chosen) == 1:
        return _with(ask, chosen, read)
    if chosen:
        return _asked_again(ask, chosen)
    if words[0] in EVERY and len(words) == 1 and ask.ids and _takes_many(ask, around):
        return _filled(ask, ask.ids)
    if ask.kind == "missing":
        rest = f". {ask.command.rest}" if ask.command.rest else ""
        result = read(f"{ask.word} {text}{rest}")
        if isinstance(result, Fail) and " " in ask.word:  # "on the desk", where "in what?" was asked
            before, _, link = ask.word.rpartition(" ")
            another = read(f"{before} {text}{rest}")
            result = result if isinstance(another, Fail) and words[0] != link else another
        asks_as_before = isinstance(result, Ask) and (result.kind, result.slot) == (ask.kind, ask.slot)
        return None if asks_as_before else result
    return _listed(ask, words, around)


def is_told(word: str, around: Surroundings) -> bool:
    """Tell whether a line that begins with the word says what to do rather than what to know."""
    return word in around.grammar.beginnings and word not in QUESTIONS


def _confirmed(ask: Ask, words: tuple[str, ...], around: Surroundings) -> Command | None:
    if is_yes(words, around):
        return ask.command
    return Command("no") if _is_said_by("no", words, around) else None


def is_yes(words: tuple[str, ...], around: Surroundings) -> bool:
    """Tell whether the words are a yes."""
    return _is_said_by("yes", words, around)


def _is_said_by(action: str, words: tuple[str, ...], around: Surroundings) -> bool:
    fitting = around.grammar.sentences.get(words[0], ())
    return any(each.action == action and next(matches(each.parts, words), None) is not None for each in fitting)


def _line(ask: Ask, words: tuple[str, ...]) -> str:
    """Return the line of the option that the words number or are, or ""."""
    plain = tuple(word for word in words if word not in EMPTY) or words
    number = _number(plain[0]) if len(plain) == 1 else 0
    if 0 < number <= len(ask.options):
        return ask.options[number - 1].command
    for option in ask.options:
        if plain in (words_of(option.label), words_of(option.command)) or words == words_of(option.command):
            return option.command
    return ""


def _part(ask: Ask, words: tuple[str, ...]) -> str:
    """Return the line of the one option that the words are from, or ""."""
    plain = {word for word in words if word not in EMPTY} or set(words)
    found = [option for option in ask.options if plain <= {*words_of(option.label), *words_of(option.command)}]
    return found[0].command if len(found) == 1 else ""


def _topic(ask: Ask, words: tuple[str, ...], around: Surroundings) -> str:
    """Return the line for a topic that was not offered but means something to the person who is asked, or ""."""
    said = " ".join(words)
    people = ask.command.things.get("item", ())
    return f"{ask.word} {said}" if any(meant_topic(around.world, who, around.actor, said) for who in people) else ""


def _number(word: str) -> int:
    return ordinal(word) or digits(word)


def _with(ask: Ask, chosen: tuple[str, ...], read: Read) -> Result:
    """Return what the chosen option's line means, so that what else is missing comes up; at least fill the slot."""
    option = next((o for o, thing in zip(ask.options, ask.ids, strict=False) if thing == chosen[0]), None)
    if option is not None and (not ask.command.words or ask.command.action == ORDER):
        result = read(option.command)
        if isinstance(result, Command) and chosen[0] in _asked_about(ask, result).things.get(ask.slot, ()):
            return replace(result, rest=ask.command.rest)
        if isinstance(result, Ask) and (result.slot, result.kind) != (ask.slot, ask.kind):
            return replace(result, command=replace(result.command, rest=ask.command.rest))
    return _filled(ask, chosen)


def _filled(ask: Ask, things: tuple[str, ...]) -> Command:
    """Return the command that was asked about with these things in the slot."""
    about = innermost(ask.command)
    filled = replace(about, things={**about.things, ask.slot: things}, multiple=len(things) > 1)
    return filled if ask.command.order is None else replace(ask.command, order=filled)


def _asked_about(ask: Ask, result: Command) -> Command:
    """Return that of an answer's command which the question was about: an order's person, or what is to be done."""
    return result if ask.command.order is None else innermost(result)


def _takes_many(ask: Ask, around: Surroundings) -> bool:
    return around.grammar.takes_many(innermost(ask.command).action, ask.slot)


def _asked_again(ask: Ask, left: tuple[str, ...]) -> Ask:
    """Return the same question with fewer options."""
    kept = [(o, thing) for o, thing in zip(ask.options, ask.ids, strict=False) if thing in left]
    return replace(ask, options=tuple(o for o, _ in kept), ids=tuple(thing for _, thing in kept))


def is_option(ask: Ask, words: tuple[str, ...]) -> bool:
    """Tell whether the words are just what one of the options says."""
    said = words_of(" ".join(words))
    return any(said == words_of(option.label) for option in ask.options)


def _chosen(ask: Ask, words: tuple[str, ...], around: Surroundings) -> tuple[str, ...]:
    """Return which of the options the words may mean: by place in the list, label, line, or words of the name."""
    plain = tuple(word for word in words if word not in EMPTY) or words
    if len(plain) == 1:
        number = _number(plain[0])
        if 0 < number <= len(ask.ids):
            return (ask.ids[number - 1],)
        if plain[0] in ANY:
            return ask.ids[:1]
        if plain[0] == "last":
            return ask.ids[-1:]
    for option, thing in zip(ask.options, ask.ids, strict=False):
        if plain in (words_of(option.label), words_of(option.command)):
            return (thing,)
    if ask.kind == "missing":
        return ()
    among, _ = Lexicon(around.world, ask.ids).match(plain)
    if not among:  # "open" or "lit" says enough here
        among = [thing for thing in ask.ids if set(plain) <= _words(around, thing)]
    return tuple(among) if len(among) < len(ask.ids) else ()


def _words(around: Surroundings, thing: str) -> set[str]:
    name = around.name(thing)
    lexicon = Lexicon(around.world, (thing,))
    return lexicon.words() | (name_words(name) if name is not None else set())


def _listed(ask: Ask, words: tuple[str, ...], around: Surroundings) -> Command | None:
    """Understand "brass and iron", "key in the chest" and the like, if it is about things that were asked for."""
    found = phrases(around, words)
    if isinstance(found, Fail):
        return None
    meant = tuple(dict.fromkeys(thing for each in found for thing in _among(each, ask.ids)))
    if not meant or (len(meant) > 1 and not _takes_many(ask, around)):
        return None
    return _filled(ask, meant)


def _among(phrase: Phrase, ids: Sequence[str]) -> tuple[str, ...]:
    inside = tuple(thing for thing in phrase.all if thing in ids)
    return inside if phrase.sure or len(inside) == 1 else ()
