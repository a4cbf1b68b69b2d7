"""What one does in a fight besides hitting: running away, knocking a weapon out of a hand, making off with something.

Running is going, through the way that seems safest: one that was seen already, with nobody behind it who is angry. A
weapon is struck from its bearer's hand half as often as a blow would hit.
"""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.fighting import chance_to_hit
from tale_core.world.actions.holding import hand_over, need_reach
from tale_core.world.actions.wielding import weapon_of
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Behaviour, Player, Trap, Treasure, Visited
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_core.world.temper import is_awake, provoke
from tale_core.world.ways import Way, all_ways, guard_of

rules = Rules()


def is_angry(world: World, thing: str) -> bool:
    """Tell whether somebody is awake and fights whoever it meets."""
    behaviour = world.get(thing, Behaviour)
    if behaviour is None or not is_awake(world, thing):
        return False
    return behaviour.provoked or behaviour.kind in {"hostile", "patrol"}


@rules.before("flee")
def run(act: Acting) -> None:
    """Go wherever it is safest."""
    world = act.world
    if act.by_player and not any(is_angry(world, other) for other in world.children(act.place)):
        act.refuse("flee.nobody")
    found = _ways_to_safety(act)
    if not found:
        act.refuse("flee.nowhere")
    act.tell("flee.runs")
    act.instead("go", direction=act.rng("flee").choice(found).direction)


@rules.verify("disarm")
def can_be_disarmed(act: Acting) -> Verdict | None:
    """Find it senseless to disarm who has no weapon in hand."""
    if describing.is_alive(act.world, act.item) and act.item != act.actor:
        return None if weapon_of(act.world, act.item) else Verdict.ILLOGICAL
    return Verdict.IMPOSSIBLE


@rules.check("disarm")
def has_a_weapon(act: Acting) -> None:
    """Refuse to disarm things that are no traps, the dead, other players and who wields nothing."""
    world, item = act.world, act.item
    if act.by_player:
        need_reach(act, item)
    if world.has(item, Trap):
        return
    if item == act.actor or not describing.is_alive(world, item):
        act.refuse("disarm.cannot")
    if world.has(item, Player) and act.by_player:
        act.refuse("attack.player")
    if not weapon_of(world, item):
        act.refuse("disarm.unarmed")


@rules.carry_out("disarm")
def strike_at_the_weapon(act: Acting) -> None:
    """Try to make somebody drop what they fight with."""
    world, victim = act.world, act.item
    weapon = weapon_of(world, victim)
    if act.rng("disarm").percent(chance_to_hit(world, act.actor, victim) // 2):
        hand_over(world, weapon, act.place)
        act.tell("disarm.done", weapon=weapon)
    else:
        act.tell("disarm.failed", weapon=weapon)
    provoke(act, victim)


@rules.check("make_off")
def may_be_stolen(act: Acting) -> None:
    """Stop where there is nothing to be had any more."""
    if act.world.parent(act.item) != act.target or act.world.place_of(act.target) != act.place:
        act.stop()


@rules.carry_out("make_off")
def make_off(act: Acting) -> None:
    """Take it out of the other's hands."""
    hand_over(act.world, act.item, act.actor, "held")


@rules.report("make_off")
def report_theft(act: Acting) -> None:
    """Tell of it, the victim too."""
    act.tell("make_off.done")


def loot_of(world: World, victim: str) -> list[str]:
    """Return what a thief would take: the treasures that somebody holds."""
    return [thing for thing in world.children(victim, "held") if world.has(thing, Treasure)]


def _ways_to_safety(act: Acting) -> list[Way]:
    """Return the best ways to run: open, not barred, seen before and calm beyond, as far as there are."""
    world, actor = act.world, act.actor
    found = [way for way in all_ways(world, actor) if not guard_of(world, actor, way.beyond)]
    open_ways = [way for way in found if not way.is_closed(world)]
    if not act.by_player:
        return open_ways
    seen = [way for way in open_ways if world.has(way.beyond, Visited)]
    calm = [way for way in seen if not any(is_angry(world, other) for other in world.children(way.beyond))]
    return calm or seen or open_ways or found


def is_wounded(world: World, who: str, percent: int) -> bool:
    """Tell whether somebody has less of its health than that."""
    body = world.need(who, Actor)
    return body.hp * 100 < body.max_hp * percent
