"""Scrolls: each is read once, works, and is dust."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tale_core.story import (
    Acting,
    Actor,
    Affected,
    Asleep,
    Behaviour,
    Door,
    Drinkable,
    Hidden,
    Place,
    Readable,
    Scenery,
    Visited,
    World,
    reveal,
    travel,
)

from .book import rules
from .ids import KING
from .words import Good


def _scroll(what: str, text: str) -> Good:
    return Good(f"scroll of {what}", text, (Readable(""),), ("scroll", "parchment"))


SCROLLS = (
    _scroll("slumber", "On the seal is a pillow. Whoever wrote this fell asleep over the last line."),
    _scroll("the lie of the land", "A plan of something, in ink that moves about when you do not look."),
    _scroll("daylight", "It is hard to fold, and there is light at the creases."),
    _scroll("mending", "It has been torn across, and has grown together again."),
    _scroll("retreat", "One word, written large, by somebody in a hurry."),
)


def is_scroll(world: World, thing: str) -> bool:
    """Tell whether it is one of the scrolls."""
    return world.name(thing).startswith("scroll of ") and world.has(thing, Readable)


@rules.instead("read", when=lambda act: is_scroll(act.world, act.item))
def read_aloud(act: Acting) -> None:
    """Let the scroll do what it is for, and be gone."""
    world, scroll = act.world, act.item
    if world.parent(scroll) != act.actor:
        act.try_("take", scroll)
    act.tell("{You} {read|reads} {the item} aloud, and it goes to dust in {your} hands.")
    world.remove(scroll)
    _SPELLS[world.name(scroll).removeprefix("scroll of ")](act)


def _slumber(act: Acting) -> None:
    world = act.world
    drowsy = [
        thing
        for thing in world.children(act.place)
        if world.has(thing, Behaviour) and world.need(thing, Actor).hp and thing != KING
    ]
    for thing in drowsy:
        world.set(thing, replace(world.need(thing, Behaviour), provoked=False))
        world.set(thing, Asleep())
    if drowsy:
        for thing in drowsy:
            act.tell("{The item} {item:sit|sits} down, {item:yawn|yawns} and {item:are|is} asleep.", item=thing)
    else:
        act.say("You yawn until your ears crack. Nobody else is here to.")


def _lie_of_the_land(act: Acting) -> None:
    world = act.world
    level = world.need(act.place, Place).level
    for place in world.every(Place):
        if world.need(place, Place).level == level:
            world.set(place, Visited())
    here = {target for target in world.need(act.place, Place).exits.values() if world.has(target, Hidden)}
    for door in world.every(Door):
        if world.need(world.need(door, Door).a, Place).level == level and door not in here:
            world.drop(door, Hidden)
    act.say("For a moment you see the whole floor as a mouse must see it, every hole and every way round. It stays.")
    reveal(act, *sorted(here))


def _daylight(act: Acting) -> None:
    world = act.world
    level = world.need(act.place, Place).level
    for place in world.every(Place):
        found = world.need(place, Place)
        if found.level == level and found.dark:
            world.set(place, replace(found, dark=False))
    act.say("It begins to get light, from nowhere, as on a morning in June. The dark will not be back on this floor.")


def _mending(act: Acting) -> None:
    body = act.world.need(act.actor, Actor)
    act.world.set(act.actor, replace(body, hp=body.max_hp))
    act.world.drop(act.actor, Affected)
    act.say("It all grows together. You count your fingers, and there are as many as there ever were.")


def _retreat(act: Acting) -> None:
    world = act.world
    level = world.need(act.place, Place).level
    springs = [thing for thing in world.every(Drinkable) if world.has(thing, Scenery)]
    places = [world.place_of(thing) for thing in springs]
    act.say("Something takes you by the collar, and not very gently.")
    travel(act, next(place for place in places if world.need(place, Place).level == level))


_SPELLS: dict[str, Callable[[Acting], None]] = {
    "slumber": _slumber,
    "the lie of the land": _lie_of_the_land,
    "daylight": _daylight,
    "mending": _mending,
    "retreat": _retreat,
}
