"""Weapons, blows and death.

A blow hits in ``skill`` of a hundred cases, the weapon's ``skill`` added; nothing the target has changes that. A hit
does from 1 to ``damage`` hit points, the weapon's ``damage`` in place of the bare hands', less the target's armour and
that of all it wears, but never less than 1: armour makes wounds lighter and nobody invulnerable.

The dead stay where they fell, as bodies that nobody can carry; what they had lies beside them.
"""

from __future__ import annotations

import msgspec

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import is_held, lose_all, need_held, need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Behaviour, Fixed, Name, Player, Weapon, Wearable, Wielded
from tale_core.world.events import AnyEvent, Combat, Text
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

rules = Rules()


def weapon_of(world: World, actor: str) -> str:
    """Return the id of the weapon that the actor wields, or ""."""
    return next((thing for thing in world.children(actor, "held") if world.has(thing, Wielded)), "")


def chance_to_hit(world: World, actor: str) -> int:
    """Return in how many of a hundred cases the actor's blows hit."""
    weapon = world.get(weapon_of(world, actor), Weapon)
    return world.need(actor, Actor).skill + (weapon.skill if weapon is not None else 0)


def most_damage(world: World, actor: str) -> int:
    """Return the most that a blow of the actor does before armour, in hit points."""
    weapon = world.get(weapon_of(world, actor), Weapon)
    return weapon.damage if weapon is not None else world.need(actor, Actor).damage


def armour_of(world: World, actor: str) -> int:
    """Return what is taken off each blow against the actor, in hit points."""
    worn = (world.get(thing, Wearable) for thing in world.children(actor, "worn"))
    return world.need(actor, Actor).armour + sum(wearable.armour for wearable in worn if wearable is not None)


def harm(act: Acting, victim: str, damage: int) -> None:
    """Take hit points from somebody, who dies when none are left; a trap's rule may call this too."""
    world = act.world
    body = world.get(victim, Actor)
    if body is None or body.hp <= 0:
        return
    left = max(0, body.hp - damage)
    world.set(victim, msgspec.structs.replace(body, hp=left))
    if left == 0:
        _die(act, victim)


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


@rules.verify("wield")
def can_be_wielded(act: Acting) -> Verdict | None:
    """Find it impossible to wield what is no weapon."""
    if not act.world.has(act.item, Weapon):
        return Verdict.IMPOSSIBLE
    return Verdict.ILLOGICAL if act.world.has(act.item, Wielded) else None


@rules.verify("unwield")
def can_be_unwielded(act: Acting) -> Verdict | None:
    """Find it senseless to put away what is not wielded."""
    return None if act.item == weapon_of(act.world, act.actor) else Verdict.ILLOGICAL


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


@rules.implicit("wield")
def take_it_first(act: Acting) -> None:
    """Take the weapon into one's hands."""
    if act.world.has(act.item, Weapon):
        need_held(act, act.item)


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


@rules.check("wield")
def may_be_wielded(act: Acting) -> None:
    """Refuse what is no weapon or is wielded already."""
    if not act.world.has(act.item, Weapon):
        act.refuse("wield.cannot")
    if act.world.has(act.item, Wielded):
        act.refuse("wield.already")


@rules.check("unwield")
def may_be_unwielded(act: Acting) -> None:
    """Refuse what is not wielded."""
    if act.item != weapon_of(act.world, act.actor):
        act.refuse("unwield.not")


@rules.carry_out("wield")
def wield(act: Acting) -> None:
    """Fight with this weapon from now on, and with no other."""
    before = weapon_of(act.world, act.actor)
    if before:
        act.world.drop(before, Wielded)
    act.world.set(act.item, Wielded())


@rules.carry_out("unwield")
def unwield(act: Acting) -> None:
    """Fight with bare hands from now on."""
    act.world.drop(act.item, Wielded)


@rules.report("wield")
def report_wield(act: Acting) -> None:
    """Tell what is wielded."""
    act.tell("wield.done")


@rules.report("unwield")
def report_unwield(act: Acting) -> None:
    """Tell what is wielded no longer."""
    act.tell("unwield.done")


@rules.carry_out("attack")
def strike(act: Acting) -> None:
    """Roll one blow, tell of it and of what it does."""
    world, attacker, victim = act.world, act.actor, act.item
    provoke(world, victim)
    chances = act.rng("blow")
    weapon = weapon_of(world, attacker)
    damage = 0
    if chances.percent(chance_to_hit(world, attacker)):
        damage = max(1, chances.between(1, max(1, most_damage(world, attacker))) - armour_of(world, victim))

    def combat(to: str, text: Text) -> AnyEvent:
        return Combat(to=to, text=text, attacker=_seen(act, to, attacker), target=_seen(act, to, victim), damage=damage)

    if damage == 0:
        act.event(combat, "attack.miss_with" if weapon else "attack.miss", weapon=weapon)
        return
    act.event(combat, "attack.hit_with" if weapon else "attack.hit", weapon=weapon, n=damage)
    harm(act, victim, damage)


def provoke(world: World, actor: str) -> None:
    """Make somebody who has a behaviour fight back from now on."""
    behaviour = world.get(actor, Behaviour)
    if behaviour is not None and not behaviour.provoked:
        world.set(actor, msgspec.structs.replace(behaviour, provoked=True))


def _seen(act: Acting, to: str, who: str) -> str:
    """Return an id as far as the recipient may know it, else ""."""
    return who if act.performance.knows(to, who) else ""


def _die(act: Acting, victim: str) -> None:
    world = act.world
    is_player = world.has(victim, Player)
    if victim == act.actor:
        act.tell_others("attack.dies", item=victim)
    else:
        act.tell("attack.dies", item=victim) if not is_player else act.tell_others("attack.dies", item=victim)
    lose_all(world, victim)
    if is_player:
        act.performance.end(act, victim, "lost", "end.killed" if victim != act.actor else "end.died", {})
        return
    points = world.need(victim, Actor).points
    name = world.need(victim, Name)
    body = f"body of {name.name}" if name.proper else f"dead {name.name}"
    world.set(victim, Name(body, also=(*name.also, *name.name.split(), "body", "corpse"), plural=name.plural))
    world.set(victim, Behaviour("still"))
    world.set(victim, Fixed())
    if points and act.by_player:
        act.score(points)
