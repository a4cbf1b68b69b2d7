"""When something holds: the conditions that authors write as data, for answers, shops and whatever depends on them."""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.world.clock import minute_of, time_of
from tale_core.world.components import Player
from tale_core.world.facts import fact, set_fact
from tale_core.world.money import coins_of
from tale_core.world.people import Memory, Mood, When, Words, many
from tale_core.world.store import World

CALM = "calm"
"""The mood of who has no other."""


def set_facts(world: World, names: Words) -> None:
    """Set facts; ``not NAME`` takes one back."""
    for name in many(names):
        set_fact(world, name.removeprefix("not ").strip(), not name.startswith("not "))


def mood_of(world: World, person: str) -> str:
    """Return a person's mood."""
    found = world.get(person, Mood)
    return CALM if found is None else found.mood


def set_mood(world: World, person: str, mood: str) -> None:
    """Let a person's mood become another one."""
    world.set(person, replace(world.get(person, Mood) or Mood(), mood=mood))


def change_mood(world: World, person: str, action: str) -> None:
    """Let a person's mood become what it does when this is done to them, if anything."""
    found = world.get(person, Mood)
    if found is not None and action in found.after:
        set_mood(world, person, found.after[action])


def times_said(world: World, person: str, player: str, topic: str) -> int:
    """Return how often a person and a player have talked about a topic."""
    memory = world.get(person, Memory)
    return 0 if memory is None else memory.topics.get(player, {}).get(topic, 0)


def holds(when: When | None, world: World, person: str, player: str) -> bool:
    """Tell whether a condition holds between the two; none always does."""
    if when is None:
        return True
    return (
        all(_is_so(world, name) for name in many(when.facts))
        and (not when.mood or mood_of(world, person) in many(when.mood))
        and all(_is_with(world, thing, player) for thing in many(when.has))
        and all(_is_with(world, thing, person) for thing in many(when.owns))
        and all(_said(world, person, player, topic) for topic in many(when.said))
        and (not when.place or world.place_of(person) in many(when.place))
        and (not when.hours or _is_within(world, when.hours))
        and coins_of(world, player) >= when.coins
        and _score(world, player) >= when.score
    )


def fits(when: When | None, unless: When | None, world: World, person: str, player: str) -> bool:
    """Tell whether ``when`` holds and ``unless``, if there is one, does not."""
    return holds(when, world, person, player) and (unless is None or not holds(unless, world, person, player))


def minutes_of(hours: str) -> tuple[int, int]:
    """Return from which minute of the day to which "8:00-18:30" is; raise ValueError for what is no such text."""
    begin, dash, end = hours.partition("-")
    if not dash:
        raise ValueError(f"{hours!r} are no hours: write them like 8:00-18:30")
    return minute_of(begin.strip()), minute_of(end.strip())


def _is_within(world: World, hours: str) -> bool:
    now = time_of(world)
    if now is None:
        return True
    begin, end = minutes_of(hours)
    minute = now.hour * 60 + now.minute
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


def _is_so(world: World, name: str) -> bool:
    """Tell whether a fact is true, or with "not" before its name untrue."""
    return bool(fact(world, name.removeprefix("not ").strip())) is not name.startswith("not ")


def _said(world: World, person: str, player: str, topic: str) -> bool:
    """Tell whether a topic was talked about; that of another person's is ``person:topic``."""
    other, _, name = topic.rpartition(":")
    return times_said(world, other or person, player, name) > 0


def _is_with(world: World, thing: str, who: str) -> bool:
    return who in world.ancestors(thing)


def _score(world: World, player: str) -> int:
    state = world.get(player, Player)
    return 0 if state is None else state.score
