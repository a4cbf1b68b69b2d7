"""Taking weapons into one's hands to fight with, and putting them away."""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_held
from tale_core.world.command import Verdict
from tale_core.world.components import Weapon, Wielded
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

rules = Rules()


def weapon_of(world: World, actor: str) -> str:
    """Return the id of the weapon that the actor wields, or ""."""
    return next((thing for thing in world.children(actor, "held") if world.has(thing, Wielded)), "")


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


@rules.implicit("wield")
def take_it_first(act: Acting) -> None:
    """Take the weapon into one's hands."""
    if act.world.has(act.item, Weapon):
        need_held(act, act.item)


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
