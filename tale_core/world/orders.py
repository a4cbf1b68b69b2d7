"""Orders: what somebody is told to do, as in "bob, open the door" and "tell bob to open the door".

The words are understood as the speaker means them (what they perceive, what "it" is), and judged by what makes sense
for whoever is to act. They become a command "order" with the other one's command in it; other words are just said.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tale_core.world.command import Command, Fail, Result
from tale_core.world.components import Actor, Player
from tale_core.world.grammar import Spans, compiled
from tale_core.world.nouns import phrase
from tale_core.world.surroundings import Surroundings
from tale_core.world.tokens import Clause, Token, begun, first_clause

ORDER = "order"

QUESTIONS = frozenset({"how", "what", "what's", "where", "where's", "which", "who", "who's", "why", "when"})
"""Words with which a person is asked something rather than told to do it."""

ASKED = frozenset({"discuss", "wares", "value", "haggle"})
"""Actions that begin with such words and are meant for the person: "bob, how much is the lamp?"."""

STATEMENTS = frozenset(
    {
        "i",
        "i'm",
        "i've",
        "we",
        "you",
        "you're",
        "he",
        "she",
        "it",
        "it's",
        "they",
        "there",
        "my",
        "your",
        "this",
        "that",
    }
)
"""Words with which a person is told something, if more words follow."""

FOR_ANYBODY = frozenset({"request", "discuss"})
"""Actions that are for whoever is there, whom a name at the end of their words may call."""

LONGEST_NAME = 5
"""Words that may stand before the comma."""

BY_NAME = compiled(ORDER, "{item} {order}")
"""The sentence of "bob, open the door"; it is tried only where a name and a comma begin a line."""


def called(text: str, tokens: Sequence[Token], around: Surroundings) -> tuple[Clause, Spans] | None:
    """Return the sentence that is called out to a person whose name and a comma come first, and where each part is."""
    words = [token.word for token in tokens[: LONGEST_NAME + 1]]
    comma = words.index(",") if "," in words else 0
    if not comma or not is_person(tuple(words[:comma]), around):
        return None
    told = begun(tokens[comma + 1 :])
    if not told:
        return None
    clause = first_clause(text, told, around.grammar, around.is_named)
    before = tuple(tokens[: comma + 1])
    whole = clause._replace(tokens=(*before, *clause.tokens), words=(*words[: comma + 1], *clause.words))
    return whole, {"item": (0, comma), ORDER: (comma + 1, len(whole.words))}


def called_last(text: str, tokens: Sequence[Token], clause: Clause, around: Surroundings) -> str:
    """Return the line with the name first where it stands last, as in "open the door, bob"; "" where none does."""
    here = tokens[: tokens.index(clause.tokens[-1]) + 1]
    comma = next((n for n in range(len(here) - 1, 0, -1) if here[n].word == ","), len(here))
    name = here[comma + 1 :]
    if not 0 < len(name) <= LONGEST_NAME or not is_person(tuple(token.word for token in name), around):
        return ""
    told, called = text[here[0].start : here[comma].start], text[name[0].start : name[-1].end]
    return f"{called}, {told.rstrip()}{text[here[-1].end :]}"


def called_bare(text: str, tokens: Sequence[Token], around: Surroundings) -> str:
    """Return the line with the comma that is missing behind a name, as in "bob open the door"; "" where none is."""
    for n in range(min(len(tokens) - 1, LONGEST_NAME), 0, -1):
        words = tuple(token.word for token in tokens[:n])
        if tokens[n].word in around.grammar.beginnings and is_person(words, around):
            return f"{text[tokens[0].start : tokens[n - 1].end]}, {text[tokens[n].start :]}"
    return ""


def is_person(words: tuple[str, ...], around: Surroundings) -> bool:
    """Tell whether the words mean people here, and nothing but people, by their names."""
    if words[0] in around.grammar.beginnings and not around.is_named(words[0]):
        return False
    found = phrase(around, words)
    if isinstance(found, Fail) or not found.all:
        return False
    return all(around.world.has(thing, Actor) and thing != around.actor for thing in found.all)


def inner(clause: Clause, span: tuple[int, int]) -> Clause:
    """Return the sentence that somebody is to act upon, without what comes before it."""
    first, last = span
    return clause._replace(tokens=clause.tokens[first:last], words=clause.words[first:last], rest="")


def given(command: Command, clause: Clause, span: tuple[int, int], told: Result | None, around: Surroundings) -> Result:
    """Return an order to the command's item; ``told`` is what the words mean as a command, None that they are said."""
    (person,) = command.things["item"]
    first, last = span
    said = replace(command, words={"topic": clause.typed(first, last)})
    if isinstance(told, Command):
        return _conversation(said, told, around) or replace(said, order=told)
    if told is None or around.world.has(person, Player):
        return said
    if isinstance(told, Fail):
        return told
    before = " ".join(clause.words[:first]).replace(" ,", ",")
    options = tuple(replace(option, command=f"{before} {option.command}") for option in told.options)
    word = f"{before} {told.word}" if told.kind == "missing" else told.word
    return replace(told, command=replace(said, order=told.command), options=options, word=word)


def _conversation(said: Command, told: Command, around: Surroundings) -> Command | None:
    """Return what an order means that is none: a greeting, or a wish to be told something."""
    if told.action == "wonder":
        return said
    if told.action == "tell" and told.things.get("item") == (around.actor,):
        return replace(said, action="ask", words=told.words)
    return None


def onward(command: Command, clause: Clause) -> str:
    """Return what follows an order: after an "and" it is for the same person."""
    if not clause.rest or not clause.joined or command.action != ORDER:
        return clause.rest
    comma = next((n for n, word in enumerate(clause.words) if word in (",", "to")), 0)
    name = clause.text[clause.tokens[0].start : clause.tokens[comma - 1].end]
    return f"{name}, {clause.rest}" if clause.words[comma] == "," else f"{name} to {clause.rest}"


def innermost(command: Command) -> Command:
    """Return the command that a question is about: of an order, what is to be done."""
    return command if command.order is None else command.order
