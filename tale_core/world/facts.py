"""Facts: what a story remembers beside its things, each with a name that its author chose and a value.

One that was declared keeps the kind of its first value: true or false, a number, a text. One that nobody declared is
false until it is set. Facts are state like any other: saved, undone and hashed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from tale_core.world.components import STORY, Component
from tale_core.world.store import World

Fact = bool | int | str


class Facts(Component, frozen=True):
    """Hold the story's facts by name, in the order in which they came up; lives on the thing ``STORY``."""

    values: dict[str, Fact] = field(default_factory=dict)


def declare(world: World, values: Mapping[str, Fact]) -> None:
    """Give the story these facts with the values that they begin with."""
    if not world.exists(STORY):
        world.add(STORY)
    world.set(STORY, Facts({**_values(world), **values}))


def fact(world: World, name: str) -> Fact:
    """Return a fact; one that was neither declared nor set is false."""
    return _values(world).get(name, False)


def set_fact(world: World, name: str, value: Fact = True) -> None:
    """Change a fact; raise TypeError for a value of another kind than it has."""
    values = _values(world)
    old = values.get(name, False)
    if type(old) is not type(value):
        raise TypeError(f"the fact {name!r} is {old!r} and cannot become {value!r}: declare it with the right kind")
    if old != value:
        declare(world, {name: value})


def count(world: World, name: str, by: int = 1) -> int:
    """Add to a fact that is a number, or that nobody has declared or set yet, and return what it is now."""
    value = fact(world, name)
    if isinstance(value, str) or value is True:
        raise TypeError(f"the fact {name!r} is {value!r} and no number: it cannot be counted")
    if by or value is False:
        declare(world, {name: int(value) + by})
    return int(value) + by


def _values(world: World) -> dict[str, Fact]:
    found = world.get(STORY, Facts)
    return {} if found is None else found.values
