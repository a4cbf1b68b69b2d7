"""What each player may know of what happens: applied before an event is made, so that none ever holds more."""

from __future__ import annotations

from collections.abc import Iterable

from tale_core.world.components import Enterable, Hidden, Location, Player
from tale_core.world.scope import can_see, enclosure, is_lit, is_seen_from
from tale_core.world.store import World


def playing(world: World, actor: str) -> bool:
    """Tell whether a person plays the actor, here and now: joined, alive and not at the story's end."""
    player = world.get(actor, Player)
    return player is not None and not player.outcome and world.has(actor, Location)


def players_in(world: World, place: str) -> list[str]:
    """Return the players in a place, those last who are in or on something there."""
    children, players, enterable = world.children(place), world.table(Player), world.table(Enterable)
    found = [thing for thing in children if thing in players and playing(world, thing)]
    for thing in children:
        if thing in enterable:
            found += players_in(world, thing)
    return found


def witnesses(world: World, actor: str, involved: Iterable[str] = ()) -> list[str]:
    """Return the players, ``actor`` left out, who perceive what the actor does to what is ``involved``.

    Seeing takes light, and nothing closed in between; who is done something to feels it in the dark too.
    """
    players = world.table(Player)
    if len(players) == (actor in players):  # nobody else plays
        return []
    touched = frozenset(involved)
    views: dict[str, bool] = {}  # by what bounds a player's view
    found = []
    for player in players_in(world, world.place_of(actor)):
        around = enclosure(world, player)
        if around not in views:
            views[around] = is_lit(world, around) and is_seen_from(world, around, actor)
        if player != actor and (views[around] or player in touched):
            found.append(player)
    return found


def knows(world: World, player: str, thing: str) -> bool:
    """Tell whether a thing may be named to a player: seen, carried, or out of play; never while it is hidden."""
    if thing == player:
        return True
    if world.has(thing, Hidden) or any(world.has(around, Hidden) for around in world.ancestors(thing)):
        return False
    if not world.has(thing, Location):
        return True  # a place, a door, or something that was just used up
    return player in world.ancestors(thing) or can_see(world, player, thing)
