"""Giving things to people and showing them."""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, is_held, need_held, need_reach
from tale_core.world.actions.talking import answer_with
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Player
from tale_core.world.conversing import Reply, reply_to, topic_of_thing
from tale_core.world.people import Wants, many
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_core.world.temper import is_awake

rules = Rules()


@rules.verify("give", "show")
def can_be_given(act: Acting) -> Verdict | None:
    """Prefer what is in hand, and people to give it to."""
    if act.target and (not act.world.has(act.target, Actor) or act.target == act.actor):
        return Verdict.IMPOSSIBLE
    if act.item and not is_held(act.world, act.actor, act.item):
        return Verdict.ILLOGICAL
    return None


@rules.before("give", "show")
def people_are_given_things(act: Acting) -> None:
    """Treat "give lamp bob" as giving it to Bob, and giving oneself something as taking it."""
    if act.target == act.actor and act.item != act.actor and act.action == "give":
        act.instead("take", act.item)
    if act.target and act.world.has(act.item, Actor) and not act.world.has(act.target, Actor):
        act.instead(act.action, act.target, act.item)


@rules.implicit("give", "show")
def take_it_first(act: Acting) -> None:
    """Take the thing into one's hands."""
    need_held(act, act.item)


@rules.check("give", "show")
def there_is_somebody(act: Acting) -> None:
    """Refuse to give to things, to the dead and to oneself."""
    need_reach(act, act.target)
    if act.target == act.actor:
        act.refuse("give.self")
    if not describing.is_alive(act.world, act.target):
        act.refuse("give.nobody")


@rules.check("give")
def it_is_wanted(act: Acting) -> None:
    """Refuse for people who neither want the thing nor have anything to say to it, unless a person plays them."""
    world, person = act.world, act.target
    if not is_awake(world, person):
        act.refuse("talk.asleep", item=person)
    if not (world.has(person, Player) or wants(world, person, act.item) or _reply(act)):
        act.refuse("give.unwanted")


@rules.carry_out("give")
def give(act: Acting) -> None:
    """Hand the thing over, if it is taken; let a person say something to it."""
    reply = _reply(act)
    taken = reply is None or act.item in many(reply.answer.takes)
    if taken:
        hand_over(act.world, act.item, act.target, "held")
    act.tell("give.done" if taken else "give.offered")
    _react(act, reply)
    if reply is None and not act.world.has(act.target, Player):
        act.tell("give.thanks")


@rules.check("show")
def it_is_seen(act: Acting) -> None:
    """Refuse to show anything to somebody who sleeps."""
    if not is_awake(act.world, act.target):
        act.refuse("talk.asleep", item=act.target)


@rules.carry_out("show")
def show(act: Acting) -> None:
    """Let a person say something to what they are shown."""
    act.tell("give.shown")
    _react(act, _reply(act))


def wants(world: World, person: str, thing: str) -> bool:
    """Tell whether a person would take the thing as a present."""
    found = world.get(person, Wants)
    return found is not None and thing in many(found.things)


def _reply(act: Acting) -> Reply | None:
    """Return what the person has to say to being given or shown the thing."""
    name = topic_of_thing(act.world, act.target, act.actor, act.item)
    return reply_to(act.world, act.target, act.actor, name, act.action) if name else None


def _react(act: Acting, reply: Reply | None) -> None:
    if reply is not None:
        name = topic_of_thing(act.world, act.target, act.actor, act.item)
        without = replace(reply.answer, takes=())  # it has changed hands already
        answer_with(act, act.target, name, reply._replace(answer=without))
