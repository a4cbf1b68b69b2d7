"""Players' bodies: how one is made when a player first joins, and made anew when they start over among others."""

from __future__ import annotations

import msgspec

from tale_core.game.inputs import Join
from tale_core.world.actions.holding import lose_all
from tale_core.world.command import Command
from tale_core.world.components import STORY, Actor, Away, Dialogue, Location, Name, Player, Unnamed
from tale_core.world.people import Currency, Purse, Shared
from tale_core.world.performance import Performance
from tale_core.world.store import World

BODY = Actor(hp=30, max_hp=30, skill=60, damage=3)
"""A new player's health and skill; a story gives others in ``@rules.after("join")``."""


def seat(performance: Performance, join: Join, start: str) -> bool:
    """Bring a player into the world; return whether their story begins now rather than goes on.

    Who is ``unnamed`` is asked for a name, whenever they come until they have chosen one.
    """
    world, player = performance.world, join.player
    known = world.get(player, Player)
    if known is None:
        _embody(world, player, join.name)
        if join.unnamed:
            world.set(player, Unnamed())
    elif known.outcome == "quit":
        _renew(world, player)
    fresh = world.need(player, Player).moves == 0 and not world.has(player, Away) and not world.has(player, Location)
    performance.perform(player, Command("join", words={"start": start}))
    if world.has(player, Unnamed):
        performance.perform(player, Command("name"))
    return fresh


def begin_anew(performance: Performance, player: str, start: str) -> None:
    """Give a player a new beginning in a world that goes on: what they had stays where they were."""
    world = performance.world
    lose_all(world, player)
    performance.perform(player, Command("depart"))
    _renew(world, player)
    performance.perform(player, Command("join", words={"start": start}))


def players(world: World) -> list[str]:
    """Return the players who are in the world, whether alive or not, in the order in which they first joined."""
    return [player for player in world.every(Player) if world.has(player, Location)]


def is_alone(world: World, player: str) -> bool:
    """Tell whether the world is the player's alone, so that it can be turned back."""
    return players(world) == [player] and not world.has(STORY, Shared)


def share(world: World, shared: bool) -> None:
    """Mark the world as one for many, if it is."""
    if shared and not world.has(STORY, Shared):
        if not world.exists(STORY):
            world.add(STORY)
        world.set(STORY, Shared())


def _embody(world: World, player: str, name: str) -> None:
    if not world.exists(player):
        world.add(player)
    elif world.has(player, Name):
        raise ValueError(f"the story has a thing called {player!r}: a player cannot have the same id")
    world.set(player, Name(name, proper=True, gender="they"))
    world.set(player, BODY)
    world.set(player, Player())
    world.set(player, Dialogue())
    _fill_purse(world, player)


def _renew(world: World, player: str) -> None:
    body = world.get(player, Actor)
    world.set(player, BODY if body is None else msgspec.structs.replace(body, hp=body.max_hp))
    world.set(player, Player())
    world.set(player, Dialogue())
    world.drop(player, Away)
    _fill_purse(world, player)


def _fill_purse(world: World, player: str) -> None:
    money = world.get(STORY, Currency)
    if money is not None:
        world.set(player, Purse(money.purse))
