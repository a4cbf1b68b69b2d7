"""What each player may know of what happens: applied before an event is made, so that none ever holds more."""

from __future__ import annotations

from collections.abc import Iterable

from tale_core.world.components import Hidden, Location, Player
from tale_core.world.scope import can_see, is_lit
from tale_core.world.store import World


def playing(world: World, actor: str) -> bool:
    """Tell whether a person plays the actor, here and now: joined, alive and not at the story's end."""
    player = world.get(actor, Player)
    return player is not None and not player.outcome and world.has(actor, Location)


def players_in(world: World, place: str) -> list[str]:
    """Return the players in a place, in the order in which they first joined."""
    return [thing for thing in world.children(place) if playing(world, thing)]


def witnesses(world: World, actor: str, involved: Iterable[str] = ()) -> list[str]:
    """Return the players, ``actor`` left out, who perceive what the actor does to what is ``involved``.

    Seeing takes light; who is done something to feels it in the dark too.
    """
    place = world.place_of(actor)
    lit = is_lit(world, place)
    touched = frozenset(involved)
    return [player for player in players_in(world, place) if player != actor and (lit or player in touched)]


def knows(world: World, player: str, thing: str) -> bool:
    """Tell whether a thing may be named to a player: seen, carried, or out of play; never while it is hidden."""
    if thing == player:
        return True
    if world.has(thing, Hidden) or any(world.has(around, Hidden) for around in world.ancestors(thing)):
        return False
    if not world.has(thing, Location):
        return True  # a place, a door, or something that was just used up
    return player in world.ancestors(thing) or can_see(world, player, thing)
