"""Eating and drinking. What is fixed, like a well, is drunk from where it is and not used up."""

from __future__ import annotations

import msgspec

from tale_core.world.acting import Acting
from tale_core.world.actions.dying import harm
from tale_core.world.actions.holding import is_fixed, need_held, need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Drinkable, Edible, Effect, Vessel
from tale_core.world.effects import affect
from tale_core.world.liquids import liquid_in, use_up
from tale_core.world.rulebook import Rules

rules = Rules()


@rules.verify("eat", "drink")
def can_be_consumed(act: Acting) -> Verdict | None:
    """Find it impossible to eat what is no food or drink what is no drink."""
    return None if _food(act) is not None else Verdict.IMPOSSIBLE


@rules.implicit("eat", "drink")
def take_it_first(act: Acting) -> None:
    """Take it into one's hands."""
    if _food(act) is not None and not is_fixed(act.world, act.item):
        need_held(act, act.item)


@rules.check("eat", "drink")
def may_be_consumed(act: Acting) -> None:
    """Refuse what is neither food nor drink."""
    need_reach(act, act.item)
    if _food(act) is None:
        empty = act.action == "drink" and act.world.has(act.item, Vessel) and not _liquid(act)
        act.refuse("eat.cannot" if act.action == "eat" else "pour.empty" if empty else "drink.cannot")


@rules.carry_out("eat", "drink")
def consume(act: Acting) -> None:
    """Use the thing up, tell how it was and heal or harm who consumed it."""
    world = act.world
    food = _food(act)
    if food is None:
        return
    body = world.get(act.actor, Actor)
    fixed = is_fixed(world, act.item)
    liquid = _liquid(act)
    if liquid:
        act.tell("drink.liquid", liquid=liquid)
        use_up(world, act.item)
    else:
        act.tell("eat.done" if act.action == "eat" else "drink.from" if fixed else "drink.done")
    if not fixed and not liquid:
        world.remove(act.item)
    if food.taste:
        act.say("eat.taste", taste=food.taste)
    if body is None:
        return
    effect = world.get(liquid or act.item, Effect)
    if effect is not None:
        affect(act, act.actor, effect)
        body = world.need(act.actor, Actor)
    if food.heal < 0:
        act.say("eat.sick")
        harm(act, act.actor, -food.heal)
        return
    gained = min(food.heal, body.max_hp - body.hp)
    if gained > 0:
        world.set(act.actor, msgspec.structs.replace(body, hp=body.hp + gained))
        act.say("eat.healed", n=gained)


def _food(act: Acting) -> Edible | Drinkable | None:
    """Return what is known of the thing as food or drink: its own, or that of the liquid in it."""
    if act.action == "eat":
        return act.world.get(act.item, Edible)
    return act.world.get(_liquid(act) or act.item, Drinkable)


def _liquid(act: Acting) -> str:
    if act.action == "eat" or act.world.has(act.item, Drinkable):
        return ""
    return liquid_in(act.world, act.item)
