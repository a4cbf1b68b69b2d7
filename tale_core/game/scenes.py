"""Which players' scenes a turn has changed: only those near a change are worked out again."""

from __future__ import annotations

from collections.abc import Iterable

from tale_core.world.clock import Clock
from tale_core.world.components import Dialogue, Door, Location, Player
from tale_core.world.events import Scene, SceneEvent
from tale_core.world.facts import Facts
from tale_core.world.language import Language
from tale_core.world.scene import scene
from tale_core.world.store import Change, World

_UNSEEN = frozenset({Clock, Dialogue, Facts})
"""What no scene shows."""


class Scenes:
    """Remember the scene that each player was last given; it follows from the world alone, so it is no state."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._last: dict[str, Scene] = {}

    def recall(self, world: World) -> None:
        """Take every player's present scene for given, in a world that was brought back."""
        self._last = {
            player: scene(world, player, self._language)
            for player in world.every(Player)
            if world.has(player, Location)
        }

    def after(self, world: World, changes: Iterable[Change], always: str = "") -> list[SceneEvent]:
        """Return an event for each player whose scene is another one now, and for the player ``always`` in any case."""
        places = affected(world, changes)
        last: dict[str, Scene] = {}
        events = []
        for player in world.every(Player):
            if not world.has(player, Location):
                continue
            known = self._last.get(player)
            if known is not None and player != always and places is not None and world.place_of(player) not in places:
                last[player] = known
                continue
            last[player] = now = scene(world, player, self._language)
            if now != known or player == always:
                events.append(SceneEvent(to=player, scene=now))
        self._last = last
        return events


def affected(world: World, changes: Iterable[Change]) -> set[str] | None:
    """Return the places where something has changed that can be perceived; None when it may be anywhere."""
    places: set[str] = set()
    for thing, kind, old, _ in changes:
        if kind in _UNSEEN:
            continue
        if kind is Location and isinstance(old, Location):
            places.add(world.place_of(old.parent))
        door = world.get(thing, Door)
        if door is not None:
            places |= {door.a, door.b}
        elif world.has(thing, Location):
            places.add(world.place_of(thing))
        elif kind is not Location:
            return None  # a place itself, whose title others may learn, or what a story keeps for itself
    return places
