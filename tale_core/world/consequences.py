"""What follows when a rule that is written as data runs: the same for rules, timers and times of day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from tale_core.world.components import Actor, Description, Hidden, How, Lock, Name, Openable, Place, Player, Supporter
from tale_core.world.conditions import set_facts
from tale_core.world.facts import count
from tale_core.world.people import Mood, Words, many
from tale_core.world.speaking import speak_as
from tale_core.world.store import World

if TYPE_CHECKING:
    from tale_core.world.acting import Acting

PLAYER = "player"
"""Stands for whoever acts where a thing or a place is named; ``HERE`` for their place."""

HERE = "here"


class Consequences(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Hold what a rule does, in the order in which it does it. Of several texts chance picks one."""

    say: Words = ()  # to whoever acts alone
    tell: Words = ()  # to everybody who perceives them
    tell_in: dict[str, Words] = field(default_factory=dict)  # to everybody in a place
    speech: dict[str, Words] = field(default_factory=dict)  # what a person here says
    picture: dict[str, str] = field(default_factory=dict)  # pictures shown to whoever acts, and what is on them
    facts: Words = ()  # facts that become true, or with "not" before them untrue
    count: dict[str, int] = field(default_factory=dict)  # facts that are numbers, and how much is added
    move: dict[str, str] = field(default_factory=dict)  # things to where they come: a place, thing or person
    remove: Words = ()  # things that are nowhere any more
    show: Words = ()  # hidden things that can be seen now
    hide: Words = ()
    open: Words = ()
    close: Words = ()
    unlock: Words = ()
    lock: Words = ()
    describe: dict[str, str] = field(default_factory=dict)  # things to their new descriptions
    rename: dict[str, str] = field(default_factory=dict)
    mood: dict[str, str] = field(default_factory=dict)  # people to their new moods
    send: dict[str, str] = field(default_factory=dict)  # people to the places to which they set out
    start: dict[str, int] = field(default_factory=dict)  # timers to the turns in which they are due
    cancel: Words = ()  # timers that are stopped
    points: int = 0
    reason: str = ""  # what the points are for: "finding the way"
    won: str = ""  # the story ends well with this text
    lost: str = ""  # the story ends badly
    refuse: str = ""  # the action fails with this text, and nothing of all this happens
    done: bool = False  # the action is over: nothing else of it is told

    def things(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of all things, places and people that are named, by the key under which they are."""
        named = {key: many(getattr(self, key)) for key in ("remove", "show", "hide", "open", "close", "unlock", "lock")}
        keyed = ("tell_in", "speech", "move", "describe", "rename", "mood", "send")
        mapped = {key: tuple(getattr(self, key)) for key in keyed}
        named |= mapped | {key: (*mapped[key], *getattr(self, key).values()) for key in ("move", "send")}
        return {key: tuple(id for id in ids if id not in {PLAYER, HERE}) for key, ids in named.items()}


def follow(act: Acting, what: Consequences) -> None:
    """Do what follows from a rule."""
    if what.refuse:
        act.refuse(what.refuse)
    _tell(act, what)
    world = act.world
    set_facts(world, what.facts)
    for name, n in what.count.items():
        count(world, name, n)
    _change(world, what)
    for thing, where in what.move.items():
        _move(act, thing, where)
    for person, place in what.send.items():
        act.send(person, act.place if place == HERE else place)
    for timer, turns in what.start.items():
        act.start(timer, after=turns)
    for timer in many(what.cancel):
        act.cancel(timer)
    act.score(what.points, what.reason)
    if what.won or what.lost:
        act.end("won" if what.won else "lost", what.won or what.lost)
    if what.done or what.won or what.lost:
        act.done()


def _tell(act: Acting, what: Consequences) -> None:
    if what.tell:
        act.tell(_one(act, "tell", what.tell))
    if what.say:
        act.say(_one(act, "say", what.say))
    for place, text in what.tell_in.items():
        act.tell_in(act.place if place == HERE else place, _one(act, place, text))
    for person, text in what.speech.items():
        speak_as(act, person, _one(act, person, text))
    for image, alt in what.picture.items():
        act.picture(image, alt)


def _one(act: Acting, purpose: str, texts: Words) -> str:
    several = many(texts)
    return several[0] if len(several) == 1 else act.rng("consequence", purpose, several[0]).choice(several)


def _change(world: World, what: Consequences) -> None:
    for thing in many(what.remove):
        world.remove(thing)
    for thing in many(what.show):
        world.drop(thing, Hidden)
    for thing in many(what.hide):
        world.set(thing, Hidden())
    for things, is_open in ((what.open, True), (what.close, False)):
        for thing in many(things):
            world.set(thing, replace(world.get(thing, Openable) or Openable(), open=is_open))
    for things, locked in ((what.lock, True), (what.unlock, False)):
        for thing in many(things):
            world.set(thing, replace(world.get(thing, Lock) or Lock(), locked=locked))
    for thing, text in what.describe.items():
        world.set(thing, Description(text))
    for thing, name in what.rename.items():
        world.set(thing, replace(world.need(thing, Name), name=name))
    for person, mood in what.mood.items():
        world.set(person, replace(world.get(person, Mood) or Mood(), mood=mood))


def _move(act: Acting, thing: str, where: str) -> None:
    from tale_core.world.actions.moving import travel  # whose rules come to know of consequences

    world = act.world
    there = {PLAYER: act.actor, HERE: act.place}.get(where, where)
    if thing == PLAYER:
        travel(act, there)
    else:
        world.move(thing, there, how_in(world, there))


def how_in(world: World, there: str) -> How:
    """Return how things are that come there: held by people, on supporters, in whatever else."""
    if world.has(there, Actor) or world.has(there, Player):
        return "held"
    return "on" if world.has(there, Supporter) and not world.has(there, Place) else "in"


def templates(what: Consequences) -> Mapping[str, tuple[str, ...]]:
    """Return all texts with gaps, by the key under which they are."""
    found = {key: many(getattr(what, key)) for key in ("say", "tell", "refuse", "won", "lost")}
    for key in ("tell_in", "speech"):
        found[key] = tuple(text for texts in getattr(what, key).values() for text in many(texts))
    found["picture"] = tuple(what.picture.values())
    return found
