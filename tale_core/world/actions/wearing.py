"""Putting on clothes and armour, and taking them off."""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, is_held, need_held
from tale_core.world.command import Verdict
from tale_core.world.components import Location, Wearable
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

rules = Rules()


def is_worn(world: World, actor: str, thing: str) -> bool:
    """Tell whether the actor wears the thing."""
    return world.get(thing, Location) == Location(actor, "worn")


@rules.verify("wear")
def can_be_worn(act: Acting) -> Verdict | None:
    """Find it impossible to wear what is no garment, senseless to wear what is worn."""
    if not act.world.has(act.item, Wearable):
        return Verdict.IMPOSSIBLE
    return Verdict.ILLOGICAL if is_worn(act.world, act.actor, act.item) else None


@rules.verify("remove")
def can_be_removed(act: Acting) -> Verdict | None:
    """Find it senseless to take off what is not worn."""
    return None if is_worn(act.world, act.actor, act.item) else Verdict.ILLOGICAL


@rules.before("remove")
def removing_what_is_not_worn_takes_it(act: Acting) -> None:
    """Treat removing what nobody could wear as taking it."""
    if not act.world.has(act.item, Wearable) and not is_held(act.world, act.actor, act.item):
        act.instead("take", act.item)


@rules.implicit("wear")
def take_it_first(act: Acting) -> None:
    """Take the garment into one's hands and take off what is worn in its stead."""
    wearable = act.world.get(act.item, Wearable)
    if wearable is None or is_worn(act.world, act.actor, act.item):
        return
    need_held(act, act.item)
    for other in _worn_over(act, wearable, wearable.layer):
        act.try_("remove", other)


@rules.implicit("remove")
def take_off_what_is_over_it(act: Acting) -> None:
    """Take off first what is worn over it."""
    wearable = act.world.get(act.item, Wearable)
    if wearable is not None and is_worn(act.world, act.actor, act.item):
        for other in _worn_over(act, wearable, wearable.layer + 1):
            act.try_("remove", other)


@rules.check("wear")
def may_be_worn(act: Acting) -> None:
    """Refuse what is no garment, is worn already or is not in hand."""
    if not act.world.has(act.item, Wearable):
        act.refuse("wear.cannot")
    if is_worn(act.world, act.actor, act.item):
        act.refuse("wear.already")


@rules.check("remove")
def may_be_removed(act: Acting) -> None:
    """Refuse what is not worn."""
    if not is_worn(act.world, act.actor, act.item):
        act.refuse("remove.not_worn")


@rules.carry_out("wear")
def wear(act: Acting) -> None:
    """Put it on."""
    hand_over(act.world, act.item, act.actor, "worn")


@rules.carry_out("remove")
def remove(act: Acting) -> None:
    """Take it into one's hands."""
    act.world.move(act.item, act.actor, "held")


@rules.report("wear")
def report_wear(act: Acting) -> None:
    """Tell that it is on."""
    act.tell("wear.done")


@rules.report("remove")
def report_remove(act: Acting) -> None:
    """Tell that it is off."""
    act.tell("remove.done")


def _worn_over(act: Acting, wearable: Wearable, layer: int) -> list[str]:
    """Return what the actor wears at the same slot from a layer upwards, the outermost first."""
    worn = [(thing, act.world.get(thing, Wearable)) for thing in act.world.children(act.actor, "worn")]
    over = [(each.layer, thing) for thing, each in worn if each and each.slot == wearable.slot and each.layer >= layer]
    return [thing for _, thing in sorted(over, key=lambda pair: -pair[0])]
