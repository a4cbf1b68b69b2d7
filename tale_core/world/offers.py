"""What can sensibly be done with each thing in sight: command lines that work when typed, likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tale_core.world import describing
from tale_core.world.actions.holding import is_fixed
from tale_core.world.actions.opening import fitting_key, is_locked
from tale_core.world.actions.trading import seller
from tale_core.world.components import (
    Actor,
    Behaviour,
    Container,
    Device,
    Door,
    Drinkable,
    Edible,
    Enterable,
    Light,
    Location,
    Openable,
    Player,
    Readable,
    Trap,
    Weapon,
    Wearable,
    Wielded,
)
from tale_core.world.people import Conversation, Price, Shop
from tale_core.world.store import Shape, World
from tale_core.world.vocabulary import distinct_name, words_of


class Offers:
    """Know what an actor may do with each thing ``around`` it, which is all that it perceives."""

    def __init__(self, world: World, actor: str, around: Sequence[str]) -> None:
        self._world = world
        self._actor = actor
        self._around = around
        self._bearers: dict[frozenset[str], int] = {}  # how many things have a name
        for thing in around:
            key = _key(world.name(thing))
            self._bearers[key] = self._bearers.get(key, 0) + 1

    def of(self, thing: str, bearer: str) -> tuple[str, ...]:
        """Return what the actor may do with a thing that ``bearer`` has, "" if nobody."""
        name, shape = self._name(thing), self._world.shape(thing)
        if Actor in shape:
            return self._with_person(thing, name, shape)
        if bearer == self._actor:
            return (*self._with_belonging(thing, name, shape), f"examine {name}", f"drop {name}")
        return self._with_thing(thing, name, shape)

    def _name(self, thing: str) -> str:
        """Return words that mean just this thing: its name, with a number where others share it."""
        name = self._world.name(thing)
        if self._bearers.get(_key(name), 0) < 2:  # a whole name means just the thing that bears it
            return name
        return distinct_name(self._world, self._actor, thing, self._around)

    def _with_person(self, person: str, name: str, shape: Shape) -> tuple[str, ...]:
        world = self._world
        examine, attack = f"examine {name}", f"attack {name}"
        if Player in shape or not describing.is_alive(world, person):
            return (examine,)
        behaviour = world.get(person, Behaviour)
        hostile = behaviour is not None and (behaviour.provoked or behaviour.kind in {"hostile", "guard"})
        if hostile:
            return (attack, examine)
        talk = (f"talk to {name}",) if Conversation in shape else ()
        trade = (f"trade with {name}",) if Shop in shape else ()
        return (*talk, *trade, examine, attack)

    def _with_belonging(self, thing: str, name: str, shape: Shape) -> list[str]:
        found: list[str] = []
        location = self._world.get(thing, Location)
        if Weapon in shape:
            found.append(f"unwield {name}" if Wielded in shape else f"wield {name}")
        if location is not None and location.how == "worn":
            found.append(f"remove {name}")
        elif Wearable in shape:
            found.append(f"wear {name}")
        found += [f"{verb} {name}" for kind, verb in _CONSUMED if kind in shape]
        found += self._worked(thing, name, shape)
        light = self._world.get(thing, Light)
        if light is not None and light.fuel != 0 and Device not in shape:
            found.append(f"{'extinguish' if light.lit else 'light'} {name}")
        return found

    def _with_thing(self, thing: str, name: str, shape: Shape) -> tuple[str, ...]:
        world = self._world
        fixed = is_fixed(world, thing)
        found = self._worked(thing, name, shape)
        if Enterable in shape:
            inside = world.parent(self._actor) == thing
            sits = "sit" in world.need(thing, Enterable).postures
            found.append(f"leave {name}" if inside else f"sit on {name}" if sits else f"enter {name}")
        if Trap in shape:
            found.append(f"disarm {name}")
        if Price in shape and seller(world, world.place_of(self._actor), thing):
            found.append(f"buy {name}")
        elif not fixed:
            found.append(f"take {name}")
        found += [f"{verb} {name}" for kind, verb in _CONSUMED if kind in shape]
        found.append(f"examine {name}")
        solid = fixed and Door not in shape and Container not in shape
        if solid or describing.shows_contents(world, thing):
            found.append(f"search {name}")
        return tuple(found)

    def _worked(self, thing: str, name: str, shape: Shape) -> list[str]:
        """Return how the thing is opened or closed, and how it is switched or worked."""
        opened = self._opened(thing, name) if Openable in shape else []
        if Device not in shape:
            return opened
        device = self._world.need(thing, Device)
        how = f"switch {'off' if device.on else 'on'}" if device.by == "switch" else device.by
        return [*opened, f"{how} {name}"]

    def _opened(self, thing: str, name: str) -> list[str]:
        """Return how the thing is opened or closed; with its key, if the actor has it and it is locked."""
        if self._world.need(thing, Openable).open:
            enter = [f"enter {name}"] if self._world.has(thing, Door) else []
            return [*enter, f"close {name}"]
        key = fitting_key(self._world, self._actor, thing) if is_locked(self._world, thing) else ""
        if key:
            return [f"unlock {name} with {self._name(key)}", f"open {name}"]
        return [f"open {name}"]


_CONSUMED = ((Readable, "read"), (Edible, "eat"), (Drinkable, "drink"))


@lru_cache(maxsize=4096)
def _key(name: str) -> frozenset[str]:
    return frozenset(words_of(name))
