"""All that the parser wants to know of where a player is, each found out once a line and only when asked for."""

from __future__ import annotations

from functools import cached_property

from tale_core.world.command import Command, Verdict, Verify
from tale_core.world.components import (
    Actor,
    Component,
    Description,
    Device,
    Dialogue,
    Door,
    Drinkable,
    Edible,
    Light,
    Location,
    Lock,
    Name,
    Openable,
    Readable,
    Vessel,
    Weapon,
    Wearable,
    Wielded,
)
from tale_core.world.grammar import Grammar
from tale_core.world.scope import can_touch, enclosure, is_lit, visible
from tale_core.world.store import World
from tale_core.world.vocabulary import Lexicon, distinct_name, singulars, words_of
from tale_core.world.ways import Way, known_name, ways

_LOOKS: tuple[type[Component], ...] = (
    Name, Location, Description, Actor, Openable, Lock, Light, Readable, Weapon, Wearable, Wielded, Edible, Drinkable,
    Device, Vessel,
)  # fmt: skip
"""What makes two things different to a player."""


COMMONPLACE = frozenset({
    "air", "arm", "body", "ceiling", "clothes", "corner", "dirt", "dust", "earth", "eye", "finger", "floor", "foot",
    "ground", "hair", "hand", "head", "leg", "light", "roof", "shadow", "sky", "wall",
})  # fmt: skip
"""What nobody need write down for people to look at it."""


class Surroundings:
    """Know what is around one actor now, what it is called, and what the actor could sensibly do with it.

    In an order, the words are the actor's, and what is sensible is so for the ``agent``, whom it is given to.
    """

    def __init__(self, world: World, actor: str, verify: Verify, grammar: Grammar) -> None:
        self.world = world
        self.actor = actor
        self.agent = actor  # who is to do what is typed
        self.grammar = grammar
        self.dialogue = world.get(actor, Dialogue) or Dialogue()
        self.remembered: dict[tuple[str, ...], object] = {}  # what phrases were found to mean
        self._verify = verify
        self._verdicts: dict[tuple[object, ...], Verdict] = {}

    def ordering(self, person: str) -> Surroundings:
        """Return the same surroundings for understanding what the actor tells a person to do."""
        others = Surroundings(self.world, self.actor, self._verify, self.grammar)
        others.agent = person
        others.things, others.lexicon = self.things, self.lexicon
        return others

    @cached_property
    def things(self) -> list[str]:
        """What the actor perceives, in scope's order."""
        return visible(self.world, self.actor)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of what the actor perceives, itself included."""
        return Lexicon(self.world, [*self.things, self.actor])

    @cached_property
    def place(self) -> str:
        """The id of the actor's place."""
        return self.world.place_of(self.actor)

    @cached_property
    def ways(self) -> dict[str, Way]:
        """The ways out that the actor perceives, by direction."""
        return {way.direction: way for way in ways(self.world, self.actor)}

    def name(self, thing: str) -> Name | None:
        """Return the thing's name, None when it has none."""
        return self.world.get(thing, Name)

    def is_named(self, word: str) -> bool:
        """Tell whether something here has the word in its name."""
        return self.lexicon.has(word)

    def is_place(self, words: tuple[str, ...]) -> bool:
        """Tell whether the words are from the title of the place, which must be lit, and say what it is."""
        named = self.world.get(self.place, Name)
        title = words_of(named.name) if named is not None else ()
        what = {word for word, following in zip(title, (*title[1:], ""), strict=False) if following in ("", "of")}
        return bool(words) and words[-1] in what and set(words) <= set(title) and is_lit(self.world, self.place)

    @cached_property
    def is_dark(self) -> bool:
        """Whether the actor can see nothing of what is around."""
        return not is_lit(self.world, enclosure(self.world, self.actor))

    def is_mentioned(self, phrase: str) -> bool:
        """Tell whether a phrase, though no thing, names what every place has or what is told of what is around."""
        words = words_of(phrase)
        if not words:
            return False
        forms = {words[-1], *singulars(words[-1])} - self.grammar.links
        if not forms.isdisjoint(COMMONPLACE):
            return True
        told = (self.world.get(thing, Description) for thing in (self.place, *self.things))
        known = {word for each in told if each is not None for word in words_of(each.text)}
        known |= {single for word in known for single in singulars(word)}
        return len(words[-1]) > 2 and set(words[:-1]) <= known and not forms.isdisjoint(known)

    def next_door(self, words: tuple[str, ...]) -> list[str]:
        """Return the directions of the places next door that have been seen and whose titles have these words."""
        found = []
        exact = []
        for direction, way in self.ways.items():
            title = words_of(known_name(self.world, way.beyond))
            if words and set(words) <= set(title):
                found.append(direction)
                if set(words) == set(title):
                    exact.append(direction)
        return exact or found

    def door(self, direction: str) -> str:
        """Return the id of the door in a direction, "" when there is none to be seen."""
        way = self.ways.get(direction)
        return way.door if way is not None else ""

    def distinct(self, thing: str) -> str:
        """Return words that mean just this thing."""
        return distinct_name(self.world, self.actor, thing, lexicon=self.lexicon)

    def reaches(self, thing: str) -> bool:
        """Tell whether the agent can touch the thing."""
        return can_touch(self.world, self.agent, thing)

    def owns(self, thing: str) -> bool:
        """Tell whether the agent carries or wears the thing, or something that it is in."""
        return self.agent in self.world.ancestors(thing)

    def is_worn(self, thing: str) -> bool:
        """Tell whether somebody wears the thing."""
        location = self.world.get(thing, Location)
        return location is not None and location.how == "worn"

    def verdict(self, command: Command) -> Verdict:
        """Say how sensible a command is, by the first thing in each of its slots."""
        things = {slot: ids[:1] for slot, ids in command.things.items()}
        key = (command.action, *things.items(), *command.words.items())
        known = self._verdicts.get(key)
        if known is None:
            first = Command(command.action, things, command.words)
            known = self._verdicts[key] = self._verify(self.agent, first)
        return known

    def look_alike(self, things: list[str]) -> bool:
        """Tell whether nobody could tell the things apart: same kind, same state, same whereabouts; doors differ."""
        first = things[0]
        return not self.world.has(first, Door) and all(self._look(thing) == self._look(first) for thing in things[1:])

    def _look(self, thing: str) -> tuple[object, ...]:
        return tuple(self.world.get(thing, kind) for kind in _LOOKS)

    def is_alive(self, thing: str) -> bool:
        """Tell whether the thing is not a dead body."""
        body = self.world.get(thing, Actor)
        return body is None or body.hp > 0
