"""Wounds, and what follows when they are too many: a body, what it had, and what others make of it.

The dead stay where they fell, as bodies that nobody can carry; what they had lies beside them. Dying is an action of
whoever dies, its target the one who did it, so that a story may add to it: ``@rules.after("die")``.
"""

from __future__ import annotations

import msgspec

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import lose_all
from tale_core.world.components import Actor, Affected, Behaviour, Fixed, Hidden, Name, Player
from tale_core.world.rulebook import Rules
from tale_core.world.temper import is_awake, provoke

rules = Rules()
rules.free("die")

PANIC = 60
"""In how many of a hundred cases one that may flee does so when it sees its kin die."""


def harm(act: Acting, victim: str, damage: int) -> None:
    """Take hit points from somebody, who dies when none are left; a trap's rule may call this too."""
    world = act.world
    body = world.get(victim, Actor)
    if body is None or body.hp <= 0:
        return
    left = max(0, body.hp - damage)
    world.set(victim, msgspec.structs.replace(body, hp=left))
    if left:
        return
    killer = act.actor if act.actor != victim and act.action == "attack" else ""
    act.do("die", target=killer, actor=victim)
    if victim != act.actor and act.by_player and not world.has(victim, Player):
        act.score(body.points)


@rules.carry_out("die")
def die(act: Acting) -> None:
    """Fall, with all that one had; for a player, the story ends."""
    world, victim = act.world, act.actor
    act.tell_others("attack.dies", item=victim)
    loot = [thing for thing in world.children(victim, "held", "worn", "in") if not world.has(thing, Hidden)]
    lose_all(world, victim)
    if loot:
        act.tell_others("attack.leaves", item=victim, loot=loot)
    world.drop(victim, Affected)
    if act.by_player:
        how = "end.killed" if act.target else "end.died"
        act.performance.end(act, victim, "lost", how, {"killer": act.target})
        return
    name = world.need(victim, Name)
    body = act.language.word("name.body" if name.proper else "name.dead", name=name.name)
    also = (*name.also, *name.name.split(), "body", "corpse")
    world.set(victim, Name(body, also=also, the=name.the, plural=name.plural))
    kin = world.need(victim, Behaviour).kin if world.has(victim, Behaviour) else ""
    world.set(victim, Behaviour("still"))
    world.set(victim, Fixed())
    if kin:
        _shake(act, kin)


def _shake(act: Acting, kin: str) -> None:
    """Let those of one kin who see it turn on whoever did it, or run."""
    for other in act.world.children(act.place):
        behaviour = act.world.get(other, Behaviour)
        if behaviour is None or behaviour.kin != kin or not is_awake(act.world, other):
            continue
        provoke(act, other)
        if behaviour.flees and act.rng("panic", other).percent(PANIC):
            act.do("flee", actor=other)
