"""What monsters do by themselves, each time a player has spent time: through the same actions as players.

* A hostile one that comes upon a player threatens first; from then on it attacks each player who spends time near it.
* A guard does so once it was attacked or had to bar somebody's way; the vain attempt itself costs no time.
* One that roams fights only when it was attacked; else it goes through an open way in one of five cases.
* Monsters need no light, and it is always the player whose time has passed that they turn on: who stands idle in the
  same place is not beaten for another one's haste.
"""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.fighting import provoke
from tale_core.world.components import Behaviour, Hidden, Player
from tale_core.world.rulebook import Rules
from tale_core.world.ways import ways

rules = Rules()
rules.free("bar")

ROAMING = 20
"""In how many of a hundred cases one that roams goes on."""


@rules.every_turn
def monsters_act(act: Acting) -> None:
    """Let everybody who has a behaviour act, those near the player first seen to."""
    world = act.world
    for monster in world.every(Behaviour):
        if not describing.is_alive(world, monster) or world.has(monster, Hidden) or world.has(monster, Player):
            continue
        near = world.parent(monster) == act.place
        behaviour = world.need(monster, Behaviour)
        if near and behaviour.kind != "still":
            _face(act, monster, behaviour)
        if behaviour.kind == "roam" and not behaviour.provoked:
            _roam(act, monster)
        if act.performance.is_over(act.actor):
            return


def _face(act: Acting, monster: str, behaviour: Behaviour) -> None:
    """Let a monster deal with the player before it."""
    if behaviour.provoked:
        act.do("attack", act.actor, actor=monster)
    elif behaviour.kind == "hostile":
        act.do("threaten", act.actor, actor=monster)


def _roam(act: Acting, monster: str) -> None:
    """Let somebody wander off through an open way."""
    chances = act.world.rng("roam", monster, act.actor)
    if not chances.percent(ROAMING):
        return
    open_ways = [way for way in ways(act.world, monster) if not way.is_closed(act.world)]
    if open_ways:
        act.do("go", actor=monster, direction=chances.choice(open_ways).direction)


@rules.carry_out("threaten", "bar")
def become_hostile(act: Acting) -> None:
    """Fight from now on."""
    provoke(act.world, act.actor)


@rules.report("threaten")
def report_threat(act: Acting) -> None:
    """Warn of what is to come."""
    act.tell("threaten.done")


@rules.report("bar")
def report_bar(act: Acting) -> None:
    """Tell who is in the way."""
    act.tell("bar.done")
