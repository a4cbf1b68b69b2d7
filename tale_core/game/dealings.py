"""Do people hang together? Finds answers, shops and conditions that name what does not exist, and texts that fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tale_core.game.integrity import Fault
from tale_core.game.problems import meant
from tale_core.world.components import Location, Name, Place
from tale_core.world.conditions import minutes_of
from tale_core.world.conversing import whole
from tale_core.world.messages import Template, standard
from tale_core.world.people import Answer, Answers, Conversation, Obeys, Rounds, Shop, Topic, Wants, When, Words, many
from tale_core.world.speaking import as_speech
from tale_core.world.store import World

GAPS = frozenset({"speaker", "item", "target"})
"""What an answer's text may name besides the player."""

_HOW = ("answer", "ask", "tell", "ask_for", "show", "give")

Keys = tuple[str, ...]


def faults(world: World) -> Iterator[Fault]:
    """Yield everything about people that refers to what is not there or cannot be told."""
    for person in world.every(Conversation):
        found = world.need(person, Conversation)
        for name, topic in found.topics.items():
            keys = ("conversation", "topics", name)
            if not isinstance(topic, Topic):
                yield from _answers(world, person, keys, topic)
                continue
            yield from _conditions(world, person, keys, topic.when, topic.unless)
            for how in _HOW:
                yield from _answers(world, person, (*keys, how), getattr(topic, how))
        yield from _answers(world, person, ("conversation", "greeting"), found.greeting)
        yield from _answers(world, person, ("conversation", "default"), found.default)
    for keeper in world.every(Shop):
        shop = world.need(keeper, Shop)
        yield from _conditions(world, keeper, ("shop",), shop.when, shop.unless)
        yield from _text(keeper, ("shop", "closed"), shop.closed)
        wanted = tuple(thing for thing in many(shop.buys) if thing != "anything")
        for key, things in (("shows", many(shop.shows)), ("endless", many(shop.endless)), ("buys", wanted)):
            yield from _things(world, keeper, ("shop", key), things)
    for person in world.every(Wants):
        yield from _things(world, person, ("wants",), world.need(person, Wants).things)
    for person in world.every(Rounds):
        yield from _places(world, person, ("rounds", "places"), world.need(person, Rounds).places)
    for person in world.every(Obeys):
        obeys = world.need(person, Obeys)
        yield from _conditions(world, person, ("obeys",), obeys.when, obeys.unless)
        yield from _text(person, ("obeys", "refusal"), obeys.refusal)


def _answers(world: World, person: str, keys: Keys, answers: Answers) -> Iterator[Fault]:
    for each in answers if isinstance(answers, tuple) else (answers,):
        yield from _answer(world, person, keys, whole(each))


def _answer(world: World, person: str, keys: Keys, answer: Answer) -> Iterator[Fault]:
    yield from _text(person, (*keys, "text"), answer.text)
    yield from _conditions(world, person, keys, answer.when, answer.unless)
    yield from _things(world, person, (*keys, "gives"), answer.gives)
    yield from _things(world, person, (*keys, "takes"), answer.takes)
    for key, topics in (("opens", answer.opens), ("closes", answer.closes)):
        for topic in many(topics):
            yield from _topic(world, person, (*keys, key), person, topic)
    for key, further in (("yes", answer.yes), ("no", answer.no)):
        if further:
            yield from _answer(world, person, (*keys, key), whole(further))


def _conditions(world: World, person: str, keys: Keys, *conditions: When | None) -> Iterator[Fault]:
    for key, when in zip(("when", "unless"), conditions, strict=False):
        if when is None:
            continue
        yield from _things(world, person, (*keys, key, "has"), when.has)
        yield from _things(world, person, (*keys, key, "owns"), when.owns)
        for topic in many(when.said):
            other, _, name = topic.rpartition(":")
            yield from _topic(world, person, (*keys, key, "said"), other or person, name)
        yield from _places(world, person, (*keys, key, "place"), when.place)
        try:
            minutes_of(when.hours or "0:00-0:00")
        except ValueError as error:
            yield Fault(person, (*keys, key, "hours"), str(error))


def _places(world: World, person: str, keys: Keys, places: Words) -> Iterator[Fault]:
    for place in many(places):
        if not world.has(place, Place):
            text = f"{person!r} has to do with the place {place!r}, which does not exist"
            yield Fault(person, keys, text, meant(place, world.every(Place)))


def _things(world: World, person: str, keys: Keys, things: Words) -> Iterator[Fault]:
    for thing in many(things):
        if not (world.has(thing, Name) or world.has(thing, Location)):
            hint = meant(thing, world.every(Name))
            yield Fault(person, keys, f"{person!r} has to do with {thing!r}, which does not exist", hint)


def _topic(world: World, person: str, keys: Keys, other: str, topic: str) -> Iterator[Fault]:
    known = world.get(other, Conversation)
    names: Iterable[str] = () if known is None else known.topics
    if topic not in names and topic != "greeting":
        yield Fault(person, keys, f"{other!r} has no topic {topic!r}", meant(topic, names))


def _text(person: str, keys: Keys, text: str) -> Iterator[Fault]:
    if not text:
        return
    try:
        strange = Template(as_speech(standard().language, text)).slots - GAPS
    except ValueError as error:
        yield Fault(person, keys, f"what {person!r} says: {error}")
        return
    for slot in sorted(strange):
        yield Fault(person, keys, f"what {person!r} says has {{{slot}}} in it", "known: {speaker}, {you} and the like")
