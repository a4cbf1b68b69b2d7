"""What goes on working on somebody for a while: poison, strength from a bottle, a blessing.

Effects run down on the time of the player who has them; a monster's on that of the player near it. Taking the same one
again begins it anew. Poison wounds and may kill; nothing that heals does more than to make whole.
"""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.world.acting import Acting
from tale_core.world.actions.dying import harm
from tale_core.world.components import Actor, Affected, Effect
from tale_core.world.store import World


def effects_on(world: World, who: str) -> tuple[Effect, ...]:
    """Return what works on somebody."""
    affected = world.get(who, Affected)
    return () if affected is None else affected.effects


def affect(act: Acting, who: str, effect: Effect) -> None:
    """Let an effect begin to work on somebody, or end the one that it cures; a story's rule may call this too."""
    world = act.world
    before = effects_on(world, who)
    kept = tuple(each for each in before if each.name not in (effect.name, effect.cures))
    if any(each.name == effect.cures for each in before):
        act.tell("effect.ends", item=who, effect=effect.cures)
    if effect.turns > 0:
        if all(each.name != effect.name for each in before):
            act.tell("effect.begins", item=who, effect=effect.name)
        kept += (replace(effect, cures=""),)
    _keep(world, who, kept)


def cure(act: Acting, who: str, name: str) -> None:
    """End an effect, if it works on somebody."""
    affect(act, who, Effect(name="", cures=name))


def pass_effects(act: Acting, who: str) -> None:
    """Let what works on somebody do so for one turn."""
    world = act.world
    effects = effects_on(world, who)
    if not effects:
        return
    _keep(world, who, tuple(replace(each, turns=each.turns - 1) for each in effects if each.turns > 1))
    for effect in effects:
        body = world.need(who, Actor)
        if effect.harm > 0:
            act.tell("effect.hurts", item=who, effect=effect.name, n=effect.harm)
            harm(act, who, effect.harm)
        elif effect.harm < 0 and body.hp < body.max_hp:
            world.set(who, replace(body, hp=min(body.max_hp, body.hp - effect.harm)))
        if world.need(who, Actor).hp <= 0:
            return
        if effect.turns <= 1:
            act.tell("effect.ends", item=who, effect=effect.name)


def _keep(world: World, who: str, effects: tuple[Effect, ...]) -> None:
    if effects:
        world.set(who, Affected(effects))
    else:
        world.drop(who, Affected)
