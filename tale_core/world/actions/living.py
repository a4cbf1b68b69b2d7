"""How people live when nobody tells them what to do: they follow, go on their rounds, and pick up what they want.

All of it goes through the actions by which players act. Players can follow, too: they go along when the other one goes.
"""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach, owner
from tale_core.world.clock import turns
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Location
from tale_core.world.people import Follows, Rounds, Wants, many
from tale_core.world.routines import Errand, send, way_to
from tale_core.world.rulebook import Rules
from tale_core.world.scope import can_touch
from tale_core.world.store import World
from tale_core.world.temper import is_awake

rules = Rules()
rules.free("follow", "stay")


@rules.verify("follow")
def can_be_followed(act: Acting) -> Verdict | None:
    """Find it senseless to follow things, the dead and oneself."""
    alive = describing.is_alive(act.world, act.item) and act.item != act.actor
    return None if alive else Verdict.ILLOGICAL


@rules.check("follow")
def may_be_followed(act: Acting) -> None:
    """Refuse to follow what goes nowhere, oneself, and somebody who follows already."""
    need_reach(act, act.item)
    if act.item == act.actor:
        act.refuse("follow.self")
    if not act.world.has(act.item, Actor) or not describing.is_alive(act.world, act.item):
        act.refuse("follow.thing")
    if act.world.get(act.actor, Follows) == Follows(act.item):
        act.refuse("follow.already")
    if _leads_back(act.world, act.item, act.actor):
        act.refuse("follow.round")


@rules.carry_out("follow")
def follow(act: Acting) -> None:
    """Go wherever the other one goes from now on."""
    act.world.set(act.actor, Follows(act.item))
    act.tell("follow.done")


@rules.check("stay")
def may_stay(act: Acting) -> None:
    """Refuse to stop what one does not do."""
    if not act.world.has(act.actor, Follows):
        act.refuse("follow.nobody")


@rules.carry_out("stay")
def stay(act: Acting) -> None:
    """Follow nobody any more."""
    whom = act.world.need(act.actor, Follows).whom
    act.world.drop(act.actor, Follows)
    act.tell("follow.stop", whom=whom)


@rules.every_turn
def go_along(act: Acting) -> None:
    """Let those who follow the player, or a person of the story, go one step after them."""
    world = act.world
    for follower in world.every(Follows):
        whom = world.need(follower, Follows).whom
        if not is_awake(world, follower) or not world.has(follower, Location) or not world.has(whom, Location):
            continue
        here, there = world.place_of(follower), world.place_of(whom)
        if here != there and act.actor != follower and (direction := way_to(world, here, there)):
            act.do("go", actor=follower, direction=direction)


@rules.every_turn
def go_on_rounds(act: Acting) -> None:
    """Let those who have been long enough where they are set out for the next place of their rounds."""
    world = act.world
    for person in world.every(Rounds):
        rounds, here = world.need(person, Rounds), world.place_of(person)
        if world.has(person, Errand) or world.has(person, Follows) or turns(world) % max(1, rounds.every):
            continue
        at = rounds.places.index(here) if here in rounds.places else -1
        send(world, person, rounds.places[(at + 1) % len(rounds.places)])


@rules.every_turn
def pick_up_what_is_wanted(act: Acting) -> None:
    """Let people near the player take what they want, where nobody has it."""
    world = act.world
    for person in world.every(Wants):
        if world.place_of(person) != act.place or not is_awake(world, person):
            continue
        for thing in many(world.need(person, Wants).things):
            if world.has(thing, Location) and not owner(world, thing) and can_touch(world, person, thing):
                act.do("take", thing, actor=person)
                break


def _leads_back(world: World, whom: str, to: str) -> bool:
    """Tell whether who follows ``whom`` would, in the end, follow ``to``."""
    seen: set[str] = set()
    while whom not in seen and (followed := world.get(whom, Follows)) is not None:
        seen.add(whom)
        whom = followed.whom
        if whom == to:
            return True
    return False
