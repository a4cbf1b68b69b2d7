"""Searching things and places, which is how hidden things come to light."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Container, Hidden, Openable, Place
from tale_core.world.rulebook import Rules
from tale_core.world.scope import is_lit
from tale_core.world.store import World

rules = Rules()


def reveal(act: Acting, *things: str) -> None:
    """Bring hidden things to light and tell everybody who perceives the actor; a story's rule may call this too."""
    hidden = [thing for thing in things if act.world.has(thing, Hidden)]
    for thing in hidden:
        act.world.drop(thing, Hidden)
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


@rules.check("search")
def may_be_searched(act: Acting) -> None:
    """Refuse to search in the dark, out of reach, people, and what is closed."""
    world, item = act.world, act.item
    if not is_lit(world, act.place):
        act.refuse("search.dark")
    if not item or item == act.place:
        return
    need_reach(act, item)
    if describing.is_alive(world, item):
        act.refuse("search.person")
    openable = world.get(item, Openable)
    if world.has(item, Container) and openable is not None and not openable.open:
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
    if seen:
        act.say("search.only", seen=seen)
    else:
        act.say("search.nothing" if act.item else "search.nothing_here")
