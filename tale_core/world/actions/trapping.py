"""Traps: what sets them off, how they are found, and how they are made harmless.

A trap on a way goes off under the player who goes there without having found it; who has found it steps around it. One
that is part of a thing goes off when that is opened or taken, found or not, unless it is disarmed before. Searching
finds them. Monsters know where they have put theirs.
"""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.world.acting import Acting
from tale_core.world.actions.dying import harm
from tale_core.world.actions.holding import need_reach
from tale_core.world.actions.searching import reveal
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Container, Effect, Hidden, Name, Openable, Trap
from tale_core.world.effects import affect
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_core.world.ways import way_through

rules = Rules()

DEFT, CERTAIN = 10, 95
"""How much likelier than a hit it is to disarm a trap, in percent, and the most that it can be."""


def spring(act: Acting, trap: str) -> None:
    """Let a trap go off under the actor; a story's rule may call this too."""
    world, name = act.world, act.world.need(trap, Name)
    found = world.need(trap, Trap)
    world.drop(trap, Trap)
    world.drop(trap, Hidden)
    damage = act.rng("trap", trap).between(found.damage // 2 + 1, found.damage)
    if found.text:
        act.say("trap.sprung_so", text=found.text, n=damage)
        act.tell_others("trap.sprung", trap=trap, n=damage)
    else:
        act.tell("trap.sprung", trap=trap, n=damage)
    world.set(trap, replace(name, name=act.language.word("name.sprung", name=name.name)))
    harm(act, act.actor, damage)
    effect = world.get(trap, Effect)
    if act.performance.is_over(act.actor):
        act.done()
    if effect is not None:
        affect(act, act.actor, effect)


def traps_on(world: World, thing: str) -> list[str]:
    """Return the traps that are part of a thing, found or not."""
    return [part for part in world.children(thing, "part") if world.has(part, Trap)]


@rules.carry_out("go")
def tread(act: Acting) -> None:
    """Set off what lies unseen on the way, and step around what does not."""
    world = act.world
    if not act.by_player:
        return
    direction = act.words.get("direction", "")
    if act.item:
        found = way_through(world, act.actor, act.item)
        direction = "" if found is None else found.direction
    for thing in world.children(act.place):
        trap = world.get(thing, Trap)
        if trap is not None and trap.way == direction:
            if world.has(thing, Hidden):
                spring(act, thing)
            else:
                act.say("trap.avoided", trap=thing)


@rules.check("open", "take")
def think_twice(act: Acting) -> None:
    """Let players confirm what sets off a trap that they know of."""
    for trap in traps_on(act.world, act.item):
        if not act.world.has(trap, Hidden):
            act.confirm("trap.sure", trap=trap)


@rules.carry_out("open", "take")
def set_off(act: Acting) -> None:
    """Set off what is part of the thing."""
    for trap in traps_on(act.world, act.item) if act.by_player else ():
        spring(act, trap)


@rules.before("search")
def look_for_traps(act: Acting) -> None:
    """Find the traps on what is closed, before it is opened to be searched."""
    world, item = act.world, act.item
    openable = world.get(item, Openable)
    if not item or openable is None or openable.open or not world.has(item, Container):
        return
    need_reach(act, item)
    found = [trap for trap in traps_on(world, item) if world.has(trap, Hidden)]
    if found:
        reveal(act, *found)
        act.done()


@rules.verify("disarm")
def is_a_trap(act: Acting) -> Verdict | None:
    """Prefer what is a trap."""
    return Verdict.FINE if act.world.has(act.item, Trap) else None


@rules.carry_out("disarm")
def make_harmless(act: Acting) -> None:
    """Try to take the trap's sting; whoever fails sets it off."""
    world, trap = act.world, act.item
    if not world.has(trap, Trap):
        return
    body = world.get(act.actor, Actor)
    chance = min(CERTAIN, DEFT + (body.skill if body is not None else 0))
    if not act.rng("disarm").percent(chance):
        act.tell("trap.slipped")
        spring(act, trap)
        act.done()
    world.drop(trap, Trap)
    act.tell("trap.disarmed")
    name = world.need(trap, Name)
    world.set(trap, replace(name, name=act.language.word("name.disarmed", name=name.name)))
    act.done()
