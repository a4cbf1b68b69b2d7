"""What can sensibly be done with each thing in sight: command lines that work when typed, likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tale_core.world import describing
from tale_core.world.actions.holding import is_fixed, owner
from tale_core.world.actions.opening import fitting_key, is_locked
from tale_core.world.components import (
    Actor,
    Behaviour,
    Container,
    Door,
    Drinkable,
    Edible,
    Light,
    Location,
    Openable,
    Player,
    Readable,
    Weapon,
    Wearable,
    Wielded,
)
from tale_core.world.store import World
from tale_core.world.vocabulary import distinct_name, words_of


class Names:
    """Give each thing that an actor perceives the words that mean just this one."""

    def __init__(self, world: World, actor: str, around: Sequence[str]) -> None:
        self._world = world
        self._actor = actor
        self._around = around
        self._count = Counter(_key(world.name(thing)) for thing in around)

    def of(self, thing: str) -> str:
        """Return the thing's name, with a number where others share it."""
        name = self._world.name(thing)
        if self._count[_key(name)] < 2:  # a whole name means just the thing that bears it
            return name
        return distinct_name(self._world, self._actor, thing, self._around)


def commands_for(world: World, actor: str, thing: str, names: Names) -> tuple[str, ...]:
    """Return what the actor may do with a thing that it perceives."""
    name = names.of(thing)
    if describing.is_alive(world, thing):
        return _with_person(world, thing, name)
    if world.has(thing, Actor):
        return (f"examine {name}",)
    if owner(world, thing) == actor:
        return (*_with_belonging(world, actor, thing, name, names), f"examine {name}", f"drop {name}")
    return _with_thing(world, actor, thing, name, names)


def _with_person(world: World, person: str, name: str) -> tuple[str, ...]:
    behaviour = world.get(person, Behaviour)
    examine, attack = f"examine {name}", f"attack {name}"
    if world.has(person, Player):
        return (examine,)
    hostile = behaviour is not None and (behaviour.provoked or behaviour.kind in {"hostile", "guard"})
    return (attack, examine) if hostile else (examine, attack)


def _with_belonging(world: World, actor: str, thing: str, name: str, names: Names) -> list[str]:
    found: list[str] = []
    location = world.get(thing, Location)
    if world.has(thing, Weapon):
        found.append(f"unwield {name}" if world.has(thing, Wielded) else f"wield {name}")
    if location is not None and location.how == "worn":
        found.append(f"remove {name}")
    elif world.has(thing, Wearable):
        found.append(f"wear {name}")
    found += _consumed(world, thing, name)
    found += _opened(world, actor, thing, name, names)
    return found + _lit(world, thing, name)


def _with_thing(world: World, actor: str, thing: str, name: str, names: Names) -> tuple[str, ...]:
    found = _opened(world, actor, thing, name, names)
    if not is_fixed(world, thing):
        found.append(f"take {name}")
    found += _consumed(world, thing, name)
    found.append(f"examine {name}")
    solid = is_fixed(world, thing) and not (world.has(thing, Door) or world.has(thing, Container))
    if solid or describing.shows_contents(world, thing):
        found.append(f"search {name}")
    return tuple(found)


def _opened(world: World, actor: str, thing: str, name: str, names: Names) -> list[str]:
    """Return how the thing is opened or closed; with its key, if the actor has it and it is locked."""
    openable = world.get(thing, Openable)
    if openable is None:
        return []
    if openable.open:
        enter = [f"enter {name}"] if world.has(thing, Door) else []
        return [*enter, f"close {name}"]
    key = fitting_key(world, actor, thing) if is_locked(world, thing) else ""
    if key:
        return [f"unlock {name} with {names.of(key)}", f"open {name}"]
    return [f"open {name}"]


def _consumed(world: World, thing: str, name: str) -> list[str]:
    kinds = ((Readable, "read"), (Edible, "eat"), (Drinkable, "drink"))
    return [f"{verb} {name}" for kind, verb in kinds if world.has(thing, kind)]


def _lit(world: World, thing: str, name: str) -> list[str]:
    light = world.get(thing, Light)
    if light is None or light.fuel == 0:
        return []
    verb = "extinguish" if light.lit else "light"
    return [f"{verb} {name}"]


@lru_cache(maxsize=4096)
def _key(name: str) -> frozenset[str]:
    return frozenset(words_of(name))
