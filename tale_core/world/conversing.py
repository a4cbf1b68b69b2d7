"""What people have to say: which topic some words mean, which answer fits, and what was talked about before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tale_core.world.components import Name
from tale_core.world.conditions import fits
from tale_core.world.money import coins_of
from tale_core.world.people import Answer, Answers, Conversation, Memory, Topic, many
from tale_core.world.scope import visible
from tale_core.world.store import World
from tale_core.world.vocabulary import Lexicon, singulars, words_of

GREETING = "greeting"
"""What a greeting is remembered as."""

_EMPTY = frozenset(
    {"about", "of", "to", "in", "on", "at", "and", "any", "one", "it", "is", "are", "do", "did", "does", "have", "has"}
    | {"i", "my", "me", "you", "your", "his", "her", "its", "their"}
)
"""Words that no topic is known by."""


class Reply(NamedTuple):
    """Hold an answer that fits, and under which name its turn is remembered ("" = it has no turn)."""

    answer: Answer
    turn: str = ""


def conversation(world: World, person: str) -> Conversation:
    """Return what a person talks about."""
    return world.get(person, Conversation) or Conversation()


def memory_of(world: World, person: str) -> Memory:
    """Return what a person remembers of conversations."""
    return world.get(person, Memory) or Memory()


def topic(world: World, person: str, name: str) -> Topic:
    """Return a topic of a person's, one that is just its answers made whole."""
    found = conversation(world, person).topics[name]
    return found if isinstance(found, Topic) else Topic(answer=found)


def open_topics(world: World, person: str, player: str) -> list[str]:
    """Return the names of the topics that a player can talk about with a person now, in the author's order."""
    known = memory_of(world, person).open.get(player, {})
    found = []
    for name in conversation(world, person).topics:
        each = topic(world, person, name)
        if known.get(name, not each.hidden) and fits(each.when, each.unless, world, person, player):
            found.append(name)
    return found


def label_of(world: World, person: str, name: str) -> Name:
    """Return what a topic is called in a sentence: by its label, by the thing that it is about, or by its id."""
    label = topic(world, person, name).label
    return Name(label, proper=True) if label else world.get(name, Name) or Name(name.replace("_", " "))


def meant_topic(world: World, person: str, player: str, typed: str) -> str:
    """Return the open topic of a person's that some words mean, "" when there is none.

    Words that are all of a topic's phrase count most, then those that are part of one, then phrases that the words
    contain. Of equally good ones the earlier is meant.
    """
    words = tuple(word for word in words_of(typed) if word not in _EMPTY)
    best, most = "", 0
    for name in open_topics(world, person, player):
        score = max(_score(phrase, words) for phrase in _phrases(world, person, name))
        if score > most:
            best, most = name, score
    if best or not words:
        return best
    things, _ = Lexicon(world, visible(world, player)).match(words)  # known by another word for a thing in sight
    names = [each for thing in things for each in (thing, world.name(thing))]
    return next((name for name in open_topics(world, person, player) if name in names), "")


def topic_of_thing(world: World, person: str, player: str, thing: str) -> str:
    """Return the open topic of a person's that is about a thing, "" when there is none."""
    if thing in open_topics(world, person, player):
        return thing
    return meant_topic(world, person, player, world.name(thing))


def reply_to(world: World, person: str, player: str, name: str, how: str) -> Reply | None:
    """Return what a person says to a player who asks, tells, shows … ``how`` a topic; None when nothing fits."""
    found = topic(world, person, name)
    own: Answers = getattr(found, how)
    return chosen(world, person, player, own, f"{name}.{how}") or (
        chosen(world, person, player, found.answer, f"{name}.answer") if how in ("ask", "tell", "show") else None
    )


def chosen(world: World, person: str, player: str, answers: Answers, turn: str) -> Reply | None:
    """Return the first answer with conditions that fits, else the one whose turn it is, else None."""
    listed = list(_listed(answers))
    for answer in listed:
        if _is_conditional(answer) and _is_possible(world, person, player, answer):
            return Reply(answer)
    plain = [answer for answer in listed if not _is_conditional(answer)]
    if not plain:
        return None
    told = memory_of(world, person).told.get(player, {}).get(turn, 0)
    return Reply(plain[min(told, len(plain) - 1)], turn)


def remember(world: World, person: str, player: str, name: str, reply: Reply) -> None:
    """Keep in the person's mind that a topic was talked about, and what the answer opens and closes."""
    memory = memory_of(world, person)
    topics = _counted(memory.topics, player, name)
    told = _counted(memory.told, player, reply.turn) if reply.turn else memory.told
    changed = dict.fromkeys(many(reply.answer.opens), True) | dict.fromkeys(many(reply.answer.closes), False)
    opened = {**memory.open, player: {**memory.open.get(player, {}), **changed}} if changed else memory.open
    world.set(person, Memory(topics, told, opened))


def _counted(counts: dict[str, dict[str, int]], player: str, name: str) -> dict[str, dict[str, int]]:
    mine = counts.get(player, {})
    return {**counts, player: {**mine, name: mine.get(name, 0) + 1}}


def _listed(answers: Answers) -> Iterator[Answer]:
    several = answers if isinstance(answers, tuple) else (answers,)
    for each in several:
        if each != "":
            yield Answer(each) if isinstance(each, str) else each


def whole(answer: str | Answer) -> Answer:
    """Return an answer that may be just its text."""
    return Answer(answer) if isinstance(answer, str) else answer


def _is_conditional(answer: Answer) -> bool:
    return bool(answer.when or answer.unless or answer.takes or answer.gives or answer.costs)


def _is_possible(world: World, person: str, player: str, answer: Answer) -> bool:
    return (
        fits(answer.when, answer.unless, world, person, player)
        and all(player in world.ancestors(thing) for thing in many(answer.takes))
        and all(world.parent(thing) is None or person in world.ancestors(thing) for thing in many(answer.gives))
        and coins_of(world, player) >= answer.costs
    )


def _phrases(world: World, person: str, name: str) -> Iterator[tuple[str, ...]]:
    """Yield all that a topic is known by: its id, its label, its words, and the names of the thing with its id."""
    found = topic(world, person, name)
    yield words_of(name.replace("_", " ").replace(".", " "))
    if found.label:
        yield words_of(found.label)
    for phrase in many(found.words):
        yield words_of(phrase)
    thing = world.get(name, Name)
    if thing is not None:
        yield words_of(thing.name)
        for also in thing.also:
            yield words_of(also)


_WHOLE, _PART, _INSIDE = 300, 200, 100


def _score(phrase: Sequence[str], words: Sequence[str]) -> int:
    """Say how well words mean a phrase: whole, as a part of it, or with it inside them; more words count more."""
    wanted = [_forms(word) for word in phrase if word not in _EMPTY]
    said = [_forms(word) for word in words]
    common = sum(any(not word.isdisjoint(each) for each in wanted) for word in said)
    whole = all(any(not word.isdisjoint(each) for each in said) for word in wanted)
    if not common:
        return 0
    if common == len(said):
        return (_WHOLE if whole else _PART) + common
    return _INSIDE + common if whole else 0


def _forms(word: str) -> set[str]:
    return {word, *singulars(word)}
