"""What monsters do by themselves, each time a player has spent time: through the same actions as players.

* A hostile one that comes upon a player threatens first; from then on it attacks each player who spends time near it.
* A guard does so once it was attacked or had to bar somebody's way; the vain attempt itself costs no time.
* One that roams fights only when it was attacked; else it goes through an open way in one of five cases. A patrol is
  hostile, and goes on along its path.
* One that hunts follows whom it fights, through open ways; one that flees runs once it is wounded enough; a thief
  runs when it has something.
* Who sleeps does nothing.
* Monsters need no light, and it is always the player whose time has passed that they turn on: who stands idle in the
  same place is not beaten for another one's haste.

Only those few steps away act at all, so that a turn costs what is near and not what the world holds.
"""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.tactics import is_wounded, loot_of
from tale_core.world.actions.wielding import weapon_of
from tale_core.world.components import Behaviour, Hidden, Player
from tale_core.world.effects import pass_effects
from tale_core.world.rulebook import Rules
from tale_core.world.temper import is_awake, provoke
from tale_core.world.ways import Way, all_ways, nearby

rules = Rules()
rules.free("bar")

NEAR = 2
"""How many steps away from the player monsters act."""

ROAMING = 20
"""In how many of a hundred cases one that roams goes on."""

RUNNING = 60
"""In how many of a hundred cases one that wants to flee does so rather than fight on."""


@rules.every_turn
def effects_work(act: Acting) -> None:
    """Let what works on the player do so."""
    pass_effects(act, act.actor)


@rules.every_turn
def monsters_act(act: Acting) -> None:
    """Let everybody near who has a behaviour act, those in the player's place first."""
    world = act.world
    for monster in _near(act):
        if not describing.is_alive(world, monster) or world.has(monster, Hidden) or world.has(monster, Player):
            continue
        pass_effects(act, monster)
        if not is_awake(world, monster):
            continue
        behaviour = world.need(monster, Behaviour)
        if world.parent(monster) == act.place:
            _face(act, monster, behaviour)
        else:
            _move(act, monster, behaviour)
        if act.performance.is_over(act.actor):
            return


def _near(act: Acting) -> list[str]:
    world, behaviours = act.world, act.world.table(Behaviour)
    places = nearby(world, act.place, NEAR) if behaviours else []
    return [thing for place in places for thing in world.children(place) if thing in behaviours]


def _face(act: Acting, monster: str, behaviour: Behaviour) -> None:
    """Let a monster deal with the player before it."""
    player = act.actor
    if behaviour.kind == "still" and not behaviour.provoked:
        return
    if behaviour.steals:
        _steal(act, monster)
        return
    if behaviour.provoked:
        _fight(act, monster, behaviour)
    elif behaviour.kind in {"hostile", "patrol"}:
        act.do("threaten", player, actor=monster)
    elif behaviour.kind == "roam":
        _roam(act, monster)


def _fight(act: Acting, monster: str, behaviour: Behaviour) -> None:
    """Let a monster run, strike at the player's weapon, or just strike."""
    world, player = act.world, act.actor
    chances = world.rng("mind", monster, player)
    wants_to_run = is_wounded(world, monster, behaviour.flees) and chances.percent(RUNNING)
    if wants_to_run and act.do("flee", actor=monster):
        return
    if behaviour.disarms and weapon_of(world, player) and chances.percent(behaviour.disarms):
        act.do("disarm", player, actor=monster)
    else:
        act.do("attack", player, actor=monster)


def _steal(act: Acting, monster: str) -> None:
    """Let a thief take something and run, or run from who has struck it; it does not fight unless it is cornered."""
    world = act.world
    behaviour = world.need(monster, Behaviour)
    loot = loot_of(world, act.actor)
    if (
        not behaviour.provoked
        and loot
        and act.do("make_off", world.rng("loot", monster).choice(loot), act.actor, actor=monster)
    ):
        provoke(act, monster)
    elif behaviour.provoked and not act.do("flee", actor=monster):
        act.do("attack", act.actor, actor=monster)
    elif not behaviour.provoked:
        _roam(act, monster)


def _move(act: Acting, monster: str, behaviour: Behaviour) -> None:
    """Let a monster that the player is not with go where it wants to."""
    world = act.world
    if behaviour.provoked:
        if behaviour.hunts and not is_wounded(world, monster, behaviour.flees):
            _go(act, monster, [way for way in _open_ways(act, monster) if way.beyond == act.place])
    elif behaviour.kind == "patrol":
        ahead = _next_on(behaviour.path, world.place_of(monster))
        _go(act, monster, [way for way in _open_ways(act, monster) if way.beyond == ahead])
    elif behaviour.kind == "roam":
        _roam(act, monster)


def _roam(act: Acting, monster: str) -> None:
    """Let somebody wander off through an open way, now and then."""
    chances = act.world.rng("roam", monster, act.actor)
    if chances.percent(ROAMING):
        open_ways = _open_ways(act, monster)
        if open_ways:
            _go(act, monster, [chances.choice(open_ways)])


def _go(act: Acting, monster: str, found: list[Way]) -> None:
    if found:
        act.do("go", actor=monster, direction=found[0].direction)


def _open_ways(act: Acting, monster: str) -> list[Way]:
    return [way for way in all_ways(act.world, monster) if not way.is_closed(act.world)]


def _next_on(path: tuple[str, ...], place: str) -> str:
    """Return the place behind this one on a path that goes round, "" off the path."""
    return path[(path.index(place) + 1) % len(path)] if place in path else ""


@rules.carry_out("threaten", "bar")
def become_hostile(act: Acting) -> None:
    """Warn of what is to come, and fight from now on."""
    act.tell("threaten.done" if act.action == "threaten" else "bar.done")
    provoke(act, act.actor)
