"""A world's state as data: what differs from the story's beginning, by the author's ids, which outlive versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from tale_core.world.components import Component, Location, Name, Player
from tale_core.world.store import World

Things = dict[str, dict[str, Any]]
"""Components by thing and name of kind, as JSON has them; None = taken away."""


class State(Struct, frozen=True, omit_defaults=True):
    """Hold where a game stands: a new world of that seed, changed by ``things``, at that turn.

    ``past`` are the turns that can be taken back, oldest first, each a change of the next one's state.
    """

    seed: int
    turn: int
    things: Things
    past: tuple[Past, ...] = ()


class Past(Struct, frozen=True, omit_defaults=True):
    """Hold what takes one turn back: components as they were, or the whole state before a new beginning."""

    turn: int
    said: str = ""
    things: Things = {}
    whole: State | None = None


def state_of(world: World, past: tuple[Past, ...] = ()) -> State:
    """Return where ``world`` stands."""
    return State(world.seed, world.turn, msgspec.to_builtins(world.difference()), past)


def apply(world: World, state: State) -> list[str]:
    """Bring a new world to a state; return what of it the story does not have any more, as "thing" or "thing's Kind".

    A player who would be nowhere stays where the caller puts them.
    """
    lost: list[str] = []
    places: list[tuple[str, Location]] = []
    things = dict(state.things)
    for thing, components in state.things.items():
        if world.exists(thing):
            continue
        if components.get(Name.__name__) is None:  # no player, and nothing that came up in play, has no name
            lost.append(thing)
            del things[thing]
        else:
            world.add(thing)
    for thing, kind, component in components_of(world, things, lost):
        if isinstance(component, Location):
            world.drop(thing, kind)  # so that things can change places
            places.append((thing, component))
        else:
            world.put(thing, kind, component)
    for thing, location in places:
        try:
            if not world.exists(location.parent):
                raise ValueError
            world.move(thing, location.parent, location.how)
        except ValueError:
            lost.append(thing)
    world.turn = state.turn
    return lost


def components_of(
    world: World, things: Things, lost: list[str] | None = None
) -> Iterator[tuple[str, type[Component], Component | None]]:
    """Yield every component with its thing and kind; those that make no sense (any more) are named in ``lost``.

    Two stories may have kinds of the same name: that which the world has in use is meant.
    """
    kinds = {kind.__name__: kind for kind in (*_kinds(Component), *world.kinds())}
    for thing, components in things.items():
        for name, value in components.items():
            kind = kinds.get(name)
            try:
                if kind is not None:
                    yield thing, kind, None if value is None else msgspec.convert(value, kind)
                    continue
            except msgspec.ValidationError:
                pass
            if lost is not None:
                lost.append(f"{thing} ({name})")


def players_of(state: State) -> list[str]:
    """Return the players that a state has."""
    return [thing for thing, components in state.things.items() if components.get(Player.__name__) is not None]


def _kinds(base: type[Component]) -> Iterator[type[Component]]:
    for kind in base.__subclasses__():
        yield from _kinds(kind)
        yield kind
