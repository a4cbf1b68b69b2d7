"""Taking things and dropping them, and the rules that other actions share about what is in reach and in hand."""

from __future__ import annotations

import msgspec

from tale_core.world.acting import Acting
from tale_core.world.command import Verdict
from tale_core.world.components import (
    Actor,
    Container,
    Door,
    Enterable,
    Felt,
    Fixed,
    How,
    Location,
    Openable,
    Place,
    Scenery,
    Treasure,
    Wielded,
)
from tale_core.world.money import spill
from tale_core.world.rulebook import Rules
from tale_core.world.scope import can_see, can_touch, enclosure, is_lit
from tale_core.world.store import World

rules = Rules()


def hand_over(world: World, thing: str, parent: str, how: How = "in") -> None:
    """Move a thing and let nobody wield it any longer."""
    world.drop(thing, Wielded)
    world.move(thing, parent, how)


def lose_all(world: World, actor: str) -> None:
    """Let everything that the actor carries and wears, and its coins, fall to the ground of its place."""
    place = world.place_of(actor)
    spill(world, actor)
    for thing in world.children(actor, "held", "worn", "in"):
        if not world.has(thing, Scenery):
            hand_over(world, thing, place)


def is_held(world: World, actor: str, thing: str) -> bool:
    """Tell whether the actor has the thing in hand: carried, not worn and not inside something else."""
    location = world.get(thing, Location)
    return location is not None and location.parent == actor and location.how in {"held", "in"}


def is_carried(world: World, actor: str, thing: str) -> bool:
    """Tell whether the actor carries or wears the thing itself."""
    return world.parent(thing) == actor and not world.has(thing, Scenery)


def is_fixed(world: World, thing: str) -> bool:
    """Tell whether the thing can never be carried off."""
    location = world.get(thing, Location)
    if location is None or location.how == "part":
        return True
    return not _IMMOVABLE.isdisjoint(world.shape(thing))


_IMMOVABLE = frozenset({Scenery, Fixed, Place, Door})


def owner(world: World, thing: str) -> str:
    """Return who carries or wears the thing, however deep inside their belongings it is, or ""."""
    locations, actors = world.table(Location), world.table(Actor)
    while (location := locations.get(thing)) is not None:
        thing = location.parent
        if thing in actors:
            return thing
    return ""


def feel(world: World, actor: str, thing: str) -> None:
    """Let an actor in the dark know where the thing is."""
    around = enclosure(world, actor)
    felt = world.get(actor, Felt)
    known = felt.things if felt is not None and felt.around == around else ()
    world.set(actor, Felt(around, (*known, thing)))


def need_reach(act: Acting, *things: str) -> None:
    """Refuse an action on what the actor cannot see or cannot touch."""
    for thing in things:
        if not thing or thing == act.actor:
            continue
        if not can_touch(act.world, act.actor, thing):
            seen = can_see(act.world, act.actor, thing)
            act.refuse("reach.untouchable" if seen else "reach.unseen", item=thing)


def need_held(act: Acting, thing: str) -> None:
    """Let the actor first take what it needs in hand and has not."""
    if thing and not is_held(act.world, act.actor, thing):
        worn = act.world.parent(thing) == act.actor
        act.try_("remove" if worn else "take", thing)


@rules.verify("take")
def can_be_taken(act: Acting) -> Verdict | None:
    """Find it impossible to take what is fixed or alive, and senseless to take what is in hand."""
    world, item = act.world, act.item
    if world.has(item, Actor) or is_fixed(world, item):
        return Verdict.IMPOSSIBLE
    if owner(world, item) not in {"", act.actor}:
        return Verdict.IMPOSSIBLE
    if is_carried(world, act.actor, item):
        return Verdict.ILLOGICAL
    if act.target and world.parent(item) != act.target:
        return Verdict.ILLOGICAL
    return None


@rules.before("take")
def taking_what_is_worn_takes_it_off(act: Acting) -> None:
    """Treat taking what one wears as taking it off."""
    location = act.world.get(act.item, Location)
    if location == Location(act.actor, "worn"):
        act.instead("remove", act.item)


@rules.implicit("take")
def open_what_it_is_in(act: Acting) -> None:
    """Open the see-through container that the thing is in."""
    open_around(act, act.item)


@rules.check("take")
def may_be_taken(act: Acting) -> None:
    """Refuse to take oneself, people, what is fixed, what others have and what one has already."""
    world, item = act.world, act.item
    if item == act.actor:
        act.refuse("take.self")
    if is_held(world, act.actor, item):
        act.refuse("take.already")
    need_reach(act, item)
    if world.has(item, Actor) and not _is_body(world, item):
        act.refuse("take.person")
    if is_fixed(world, item) or world.has(item, Actor):
        fixed = world.get(item, Fixed)
        act.refuse(_plain(fixed.why) if fixed is not None and fixed.why else "take.fixed")
    if owner(world, item) not in {"", act.actor}:
        act.refuse("take.owned", owner=owner(world, item))
    rider = next((each for each in world.children(item) if world.has(each, Actor)), "")
    if item in world.ancestors(act.actor):
        act.refuse("take.under_you")
    if rider and world.has(item, Enterable):
        act.refuse("take.under_somebody", rider=rider)
    if act.target and act.target not in world.ancestors(item):
        act.refuse("take.not_there")


@rules.carry_out("take")
def take(act: Acting) -> None:
    """Put the thing into the actor's hands."""
    hand_over(act.world, act.item, act.actor, "held")


@rules.carry_out("take")
def claim_treasure(act: Acting) -> None:
    """Reward the player who is first to take a treasure."""
    treasure = act.world.get(act.item, Treasure)
    if treasure is not None and not treasure.claimed and act.by_player:
        act.world.set(act.item, msgspec.structs.replace(treasure, claimed=True))
        act.score(treasure.points)


@rules.report("take")
def report_take(act: Acting) -> None:
    """Tell of the taking."""
    act.tell("take.from" if act.target else "take.done")


@rules.verify("drop")
def can_be_dropped(act: Acting) -> Verdict | None:
    """Find it senseless to drop what one does not have."""
    return None if is_carried(act.world, act.actor, act.item) else Verdict.ILLOGICAL


@rules.implicit("drop")
def take_off_before_dropping(act: Acting) -> None:
    """Take off what is worn, take out what is inside something one carries."""
    if act.item and owner(act.world, act.item) == act.actor:
        need_held(act, act.item)


@rules.check("drop")
def may_be_dropped(act: Acting) -> None:
    """Refuse to drop oneself and what one does not have."""
    if act.item == act.actor:
        act.refuse("take.self")
    if not is_held(act.world, act.actor, act.item):
        act.refuse("drop.not_held")


@rules.carry_out("drop")
def drop(act: Acting) -> None:
    """Leave the thing in the place, or in what the actor is in."""
    around = act.world.need(act.actor, Location)
    inside = around.how == "in" and act.world.has(around.parent, Container)
    hand_over(act.world, act.item, around.parent if inside else act.place)
    if not is_lit(act.world, enclosure(act.world, act.actor)):
        feel(act.world, act.actor, act.item)


@rules.report("drop")
def report_drop(act: Acting) -> None:
    """Tell of the dropping."""
    act.tell("drop.done")


def open_around(act: Acting, thing: str) -> None:
    """Let the actor open the closed containers around a thing that it sees but cannot touch."""
    if not thing or can_touch(act.world, act.actor, thing) or not can_see(act.world, act.actor, thing):
        return
    for around in reversed(list(act.world.ancestors(thing))):
        openable = act.world.get(around, Openable)
        if openable is not None and not openable.open:
            act.try_("open", around)


def _is_body(world: World, thing: str) -> bool:
    body = world.get(thing, Actor)
    return body is not None and body.hp <= 0


def _plain(text: str) -> str:
    """Return an author's plain text as a template, which a blank at its end keeps from being taken for an id."""
    return text.replace("{", "{{").replace("}", "}}") + " "
