"""Searching things and places, which is how hidden things come to light."""

from __future__ import annotations

import msgspec

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import feel, need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Container, Dialogue, Felt, Hidden, Openable, Place, Scenery, Supporter
from tale_core.world.rulebook import Rules
from tale_core.world.scope import enclosure, is_lit, is_open
from tale_core.world.store import World

rules = Rules()

_NOTHING = {"under": "search.nothing_under", "behind": "search.nothing_behind"}


def reveal(act: Acting, *things: str) -> None:
    """Bring hidden things to light and tell everybody who perceives the actor; a story's rule may call this too."""
    hidden = [thing for thing in things if act.world.has(thing, Hidden)]
    for thing in hidden:
        act.world.drop(thing, Hidden)
    dialogue = act.world.get(act.actor, Dialogue)
    if dialogue is not None and len(hidden) == 1:  # "take it" means what was just found
        act.world.set(act.actor, msgspec.structs.replace(dialogue, it=hidden[0]))
    if hidden:
        act.tell("search.found", found=hidden)


def hidden_at(world: World, where: str) -> list[str]:
    """Return what searching there brings to light.

    Of a thing: what is hidden in, on or part of it. Of a place: what is hidden in it, its hidden doors, and what is
    hidden at any of its things that are not closed containers.
    """
    found = [thing for thing in world.children(where) if world.has(thing, Hidden)]
    place = world.get(where, Place)
    if place is None:
        return found
    found += [target for target in dict.fromkeys(place.exits.values()) if world.has(target, Hidden)]
    for thing in world.children(where):
        openable = world.get(thing, Openable)
        closed = world.has(thing, Container) and openable is not None and not openable.open
        if not closed and not world.has(thing, Actor) and not world.has(thing, Hidden):
            found += hidden_at(world, thing)
    return found


@rules.verify("search")
def can_be_searched(act: Acting) -> Verdict | None:
    """Find it senseless to search people."""
    return Verdict.ILLOGICAL if describing.is_alive(act.world, act.item) else None


@rules.before("search")
def grope_in_the_dark(act: Acting) -> None:
    """Treat searching where nothing can be seen as feeling one's way."""
    if (not act.item or act.item == act.place) and not is_lit(act.world, enclosure(act.world, act.actor)):
        act.instead("grope")


@rules.before("look_under", "look_behind")
def looking_under_is_searching(act: Acting) -> None:
    """Treat looking under and behind a thing as searching it from there."""
    act.instead("search", act.item, where="under" if act.action == "look_under" else "behind")


@rules.before("search")
def searching_oneself_is_taking_stock(act: Acting) -> None:
    """Treat searching oneself as telling what one has with one; there is nothing under or behind oneself."""
    if act.item == act.actor:
        act.instead("look" if "where" in act.words else "inventory")


@rules.before("look_in")
def looking_in_is_searching(act: Acting) -> None:
    """Treat looking into, through and out of a thing as searching it; what holds nothing is looked at."""
    holds = any(act.world.has(act.item, kind) for kind in (Container, Supporter, Place))
    act.instead("search", act.item, **({} if holds else {"where": "in"}))


@rules.implicit("search")
def open_it_first(act: Acting) -> None:
    """Open what is closed, to look inside."""
    if "where" not in act.words and act.world.has(act.item, Container) and not is_open(act.world, act.item):
        act.try_("open", act.item)


@rules.check("search")
def may_be_searched(act: Acting) -> None:
    """Refuse to search in the dark, out of reach, people, and what is closed."""
    world, item = act.world, act.item
    if not item or item == act.place:
        return
    need_reach(act, item)
    if describing.is_alive(world, item):
        act.refuse("search.person")
    openable = world.get(item, Openable)
    if world.has(item, Container) and openable is not None and not openable.open and "where" not in act.words:
        act.refuse("search.closed")


@rules.carry_out("search")
def search(act: Acting) -> None:
    """Reveal what is hidden; else tell what is to be seen there anyway, if anything."""
    where = act.item or act.place
    act.tell_others("search.others", item=where) if act.item else act.tell_others("search.others_place")
    hidden = hidden_at(act.world, where)
    if hidden:
        reveal(act, *hidden)
        return
    seen = [] if where == act.place else describing.contents(act.world, where)
    if act.words.get("where") == "in":
        act.do("examine", act.item)
    elif "where" in act.words:
        act.say(_NOTHING[act.words["where"]])
    elif seen:
        act.say("search.only", seen=seen)
    else:
        act.say("search.nothing_here" if where == act.place else "search.nothing")


@rules.check("grope")
def it_is_dark(act: Acting) -> None:
    """Leave feeling about to the dark."""
    if is_lit(act.world, enclosure(act.world, act.actor)):
        act.instead("search")


@rules.carry_out("grope")
def grope(act: Acting) -> None:
    """Find by feel the next thing around: it can be touched and taken as long as the actor stays."""
    world = act.world
    around = enclosure(world, act.actor)
    felt = world.get(act.actor, Felt)
    known = felt.things if felt is not None and felt.around == around else ()
    things = [thing for thing in world.children(around) if not world.has(thing, Hidden)]
    found = next((t for t in things if t not in known and not world.has(t, Actor) and not world.has(t, Scenery)), "")
    if not found:
        act.refuse("grope.nothing")
    feel(world, act.actor, found)
    act.say("grope.found", found=found)
