"""Blows.

A blow hits in ``skill`` of a hundred cases, the weapon's ``skill`` added and the target's ``dodge`` taken off, but in
five at least. A hit does from 1 to ``damage`` hit points, the weapon's ``damage`` in place of the bare hands', less the
target's armour and that of all it wears, but never less than 1: armour makes wounds lighter and nobody invulnerable.
Who sleeps is always hit, and twice as hard. What works on either (``effects.py``) is added to all of it.
"""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.dying import harm
from tale_core.world.actions.holding import is_held, need_reach
from tale_core.world.actions.wielding import weapon_of
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Effect, Player, Weapon, Wearable
from tale_core.world.effects import affect, effects_on
from tale_core.world.events import AnyEvent, Combat, Text
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_core.world.temper import is_awake, provoke

rules = Rules()

LEAST = 5
"""In how many of a hundred cases at least any blow hits."""

UNAWARE = 2
"""How many times as hard a blow is on one who sleeps."""

HARD = 3
"""A blow is told as a hard one when so many of its kind would kill."""


def chance_to_hit(world: World, actor: str, victim: str = "") -> int:
    """Return in how many of a hundred cases the actor's blows hit, anybody at all or that victim."""
    weapon = world.get(weapon_of(world, actor), Weapon)
    chance = world.need(actor, Actor).skill + (weapon.skill if weapon is not None else 0)
    chance += sum(effect.skill for effect in effects_on(world, actor))
    target = world.get(victim, Actor)
    return max(LEAST, chance - (target.dodge if target is not None else 0))


def most_damage(world: World, actor: str) -> int:
    """Return the most that a blow of the actor does before armour, in hit points."""
    weapon = world.get(weapon_of(world, actor), Weapon)
    damage = weapon.damage if weapon is not None else world.need(actor, Actor).damage
    return damage + sum(effect.damage for effect in effects_on(world, actor))


def armour_of(world: World, actor: str) -> int:
    """Return what is taken off each blow against the actor, in hit points."""
    worn = (world.get(thing, Wearable) for thing in world.children(actor, "worn"))
    armour = world.need(actor, Actor).armour + sum(wearable.armour for wearable in worn if wearable is not None)
    return armour + sum(effect.armour for effect in effects_on(world, actor))


@rules.verify("attack")
def can_be_attacked(act: Acting) -> Verdict | None:
    """Find it impossible to attack things and the dead, and dangerous to attack other players."""
    world = act.world
    if act.target and not world.has(act.target, Weapon):
        return Verdict.IMPOSSIBLE
    if not describing.is_alive(world, act.item) or act.item == act.actor:
        return Verdict.IMPOSSIBLE
    if act.target and not is_held(world, act.actor, act.target):
        return Verdict.ILLOGICAL
    return Verdict.DANGEROUS if world.has(act.item, Player) else None


@rules.implicit("attack")
def wield_something(act: Acting) -> None:
    """Let a player wield the named weapon, or the best that they hold when they wield none."""
    world = act.world
    if not act.by_player or act.item == act.actor or not describing.is_alive(world, act.item):
        return
    wielded = weapon_of(world, act.actor)
    if act.target:
        if act.target != wielded and world.has(act.target, Weapon):
            act.try_("wield", act.target)
        return
    held = [thing for thing in world.children(act.actor, "held") if world.has(thing, Weapon)]
    if held and not wielded:
        act.try_("wield", max(held, key=lambda thing: world.need(thing, Weapon).damage))


@rules.check("attack")
def may_be_attacked(act: Acting) -> None:
    """Refuse to attack what is out of reach, no living being, oneself or another player."""
    world = act.world
    if act.by_player:
        need_reach(act, act.item)
    elif act.place != world.place_of(act.item):
        act.stop()
    if act.item == act.actor:
        act.refuse("attack.self")
    if not world.has(act.item, Actor):
        act.refuse("attack.thing")
    if not describing.is_alive(world, act.item):
        act.refuse("attack.dead")
    if world.has(act.item, Player) and act.by_player:
        act.refuse("attack.player")
    if act.target and not world.has(act.target, Weapon):
        act.refuse("wield.cannot", item=act.target)


@rules.carry_out("attack")
def strike(act: Acting) -> None:
    """Roll one blow, tell of it and of what it does."""
    world, attacker, victim = act.world, act.actor, act.item
    unaware = not is_awake(world, victim)
    chances = act.rng("blow")
    weapon = weapon_of(world, attacker)
    damage = 0
    if unaware or chances.percent(chance_to_hit(world, attacker, victim)):
        force = chances.between(1, max(1, most_damage(world, attacker))) * (UNAWARE if unaware else 1)
        damage = max(1, force - armour_of(world, victim))

    def combat(to: str, text: Text) -> AnyEvent:
        return Combat(to=to, text=text, attacker=_seen(act, to, attacker), target=_seen(act, to, victim), damage=damage)

    act.event(combat, _told(world, victim, damage, weapon), weapon=weapon, n=damage)
    provoke(act, victim)
    if damage:
        before = describing.health(world, victim)
        harm(act, victim, damage)
        _follow(act, before)


def _told(world: World, victim: str, damage: int, weapon: str) -> str:
    """Return the message for a blow: a miss, a hit, or one that takes a good part of all that the victim has."""
    if damage == 0:
        return "attack.miss_with" if weapon else "attack.miss"
    if damage * HARD >= world.need(victim, Actor).max_hp:
        return "attack.hard_with" if weapon else "attack.hard"
    return "attack.hit_with" if weapon else "attack.hit"


def _follow(act: Acting, before: str) -> None:
    """Tell how the victim is now, if that is another word, and let what the blow carried work on it."""
    world, victim = act.world, act.item
    if not describing.is_alive(world, victim):
        return
    state = describing.health(world, victim)
    if state != before:
        act.tell("attack.state", state=act.language.word(state))
    carried = world.get(weapon_of(world, act.actor) or act.actor, Effect)
    if carried is not None:
        affect(act, victim, carried)


def _seen(act: Acting, to: str, who: str) -> str:
    """Return an id as far as the recipient may know it, else ""."""
    return who if act.performance.knows(to, who) else ""
