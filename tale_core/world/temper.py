"""What rouses those who act by themselves: blows, noise, and the fate of their kin."""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.components import Actor, Behaviour
from tale_core.world.people import Asleep
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_core.world.ways import nearby

rules = Rules()
rules.free("wake", "call")

EARSHOT = 1
"""How many steps a shout carries."""

NOISE = {"attack": 35, "shout": 100, "sing": 60, "jump": 20, "dance": 20, "break": 50}
"""In how many of a hundred cases an action wakes each one who sleeps in the place."""


def is_awake(world: World, thing: str) -> bool:
    """Tell whether somebody lives and does not sleep."""
    return describing.is_alive(world, thing) and not world.has(thing, Asleep)


def is_hostile(world: World, thing: str) -> bool:
    """Tell whether somebody fights players on sight, or has been made to."""
    behaviour = world.get(thing, Behaviour)
    return behaviour is not None and (behaviour.provoked or behaviour.kind in {"hostile", "patrol"})


def provoke(act: Acting, who: str) -> None:
    """Make somebody who has a behaviour fight from now on, and call its kin, if it has any in earshot."""
    world = act.world
    behaviour = world.get(who, Behaviour)
    if behaviour is None or behaviour.provoked or not describing.is_alive(world, who):
        return
    wake(act, who)
    world.set(who, replace(world.need(who, Behaviour), provoked=True))
    if behaviour.kin and any(_may_come(world, other, behaviour.kin) for other in _in_earshot(world, who)):
        act.do("call", actor=who)


def wake(act: Acting, who: str) -> None:
    """Let somebody who sleeps wake up; a story's rule may call this too."""
    if act.world.has(who, Asleep) and describing.is_alive(act.world, who):
        act.do("wake", actor=who)


def rouse(act: Acting, chance: int, steps: int = 0) -> None:
    """Let a noise where the actor is wake those who sleep there, and up to so many steps away half of them."""
    world, here = act.world, act.place
    for place in nearby(world, here, steps):
        for thing in world.children(place):
            if world.has(thing, Asleep) and thing != act.item:
                likely = chance if place == here else chance // 2
                if act.rng("noise", thing).percent(likely):
                    wake(act, thing)


@rules.carry_out("wake")
def open_the_eyes(act: Acting) -> None:
    """Sleep no longer."""
    act.world.drop(act.actor, Asleep)


@rules.report("wake")
def report_waking(act: Acting) -> None:
    """Tell those who see it."""
    act.tell("wake.done")


@rules.carry_out("call")
def summon(act: Acting) -> None:
    """Rouse all kin in earshot, who are from now on just as angry."""
    act.tell("call.done")
    kin = act.world.need(act.actor, Behaviour).kin
    for other in _in_earshot(act.world, act.actor):
        if _may_come(act.world, other, kin):
            act.world.drop(other, Asleep)
            act.world.set(other, replace(act.world.need(other, Behaviour), provoked=True))


@rules.after(*NOISE)
def make_noise(act: Acting) -> None:
    """Wake sleepers with what cannot be done quietly."""
    rouse(act, NOISE[act.action], EARSHOT if act.action == "shout" else 0)


def _in_earshot(world: World, who: str) -> list[str]:
    places = nearby(world, world.place_of(who), EARSHOT)
    return [thing for place in places for thing in world.children(place) if thing != who and world.has(thing, Actor)]


def _may_come(world: World, thing: str, kin: str) -> bool:
    behaviour = world.get(thing, Behaviour)
    return (
        behaviour is not None
        and behaviour.kin == kin
        and not behaviour.provoked
        and behaviour.kind != "guard"
        and describing.is_alive(world, thing)
    )
