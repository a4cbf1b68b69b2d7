"""What can sensibly be done with each thing in sight: command lines that work when typed, likeliest first."""

from __future__ import annotations

from collections import Counter
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
from tale_core.world.store import World
from tale_core.world.vocabulary import distinct_name, words_of


class Offers:
    """Know what an actor may do with each thing ``around`` it, which is all that it perceives."""

    def __init__(self, world: World, actor: str, around: Sequence[str]) -> None:
        self._world = world
        self._actor = actor
        self._around = around
        self._count = Counter([_key(world.name(thing)) for thing in around])
        self._devices = world.table(Device)
        self._keepers = world.table(Shop)
        self._prices = world.table(Price)
        self._talkers = world.table(Conversation)
        self._enterable = world.table(Enterable)
        self._openable = world.table(Openable)
        self._lights = world.table(Light)
        self._traps = world.table(Trap)
        self._weapons = world.table(Weapon)
        self._wearable = world.table(Wearable)
        self._consumed = (
            (world.table(Readable), "read"),
            (world.table(Edible), "eat"),
            (world.table(Drinkable), "drink"),
        )

    def of(self, thing: str, bearer: str) -> tuple[str, ...]:
        """Return what the actor may do with a thing that ``bearer`` has, "" if nobody."""
        name = self._name(thing)
        if self._world.has(thing, Actor):
            return self._with_person(thing, name)
        if bearer == self._actor:
            return (*self._with_belonging(thing, name), f"examine {name}", f"drop {name}")
        return self._with_thing(thing, name)

    def _name(self, thing: str) -> str:
        """Return words that mean just this thing: its name, with a number where others share it."""
        name = self._world.name(thing)
        if self._count[_key(name)] < 2:  # a whole name means just the thing that bears it
            return name
        return distinct_name(self._world, self._actor, thing, self._around)

    def _with_person(self, person: str, name: str) -> tuple[str, ...]:
        world = self._world
        behaviour = world.get(person, Behaviour)
        examine, attack = f"examine {name}", f"attack {name}"
        if world.has(person, Player) or not describing.is_alive(world, person):
            return (examine,)
        hostile = behaviour is not None and (behaviour.provoked or behaviour.kind in {"hostile", "guard"})
        if hostile:
            return (attack, examine)
        talk = (f"talk to {name}",) if person in self._talkers else ()
        trade = (f"trade with {name}",) if person in self._keepers else ()
        return (*talk, *trade, examine, attack)

    def _with_belonging(self, thing: str, name: str) -> list[str]:
        found: list[str] = []
        location = self._world.get(thing, Location)
        if thing in self._weapons:
            found.append(f"unwield {name}" if self._world.has(thing, Wielded) else f"wield {name}")
        if location is not None and location.how == "worn":
            found.append(f"remove {name}")
        elif thing in self._wearable:
            found.append(f"wear {name}")
        found += [f"{verb} {name}" for table, verb in self._consumed if thing in table]
        found += self._opened(thing, name)
        found += self._switched(thing, name)
        light = self._lights.get(thing)
        if light is not None and light.fuel != 0 and thing not in self._devices:
            found.append(f"{'extinguish' if light.lit else 'light'} {name}")
        return found

    def _with_thing(self, thing: str, name: str) -> tuple[str, ...]:
        world = self._world
        fixed = is_fixed(world, thing)
        found = [*self._opened(thing, name), *self._switched(thing, name)]
        seat = self._enterable.get(thing)
        if seat is not None:
            inside = world.parent(self._actor) == thing
            found.append(f"leave {name}" if inside else f"sit on {name}" if "sit" in seat.postures else f"enter {name}")
        if thing in self._traps:
            found.append(f"disarm {name}")
        if thing in self._prices and seller(world, world.place_of(self._actor), thing):
            found.append(f"buy {name}")
        elif not fixed:
            found.append(f"take {name}")
        found += [f"{verb} {name}" for table, verb in self._consumed if thing in table]
        found.append(f"examine {name}")
        solid = fixed and not (world.has(thing, Door) or world.has(thing, Container))
        if solid or describing.shows_contents(world, thing):
            found.append(f"search {name}")
        return tuple(found)

    def _switched(self, thing: str, name: str) -> list[str]:
        """Return how the thing is switched or worked."""
        device = self._devices.get(thing)
        if device is None:
            return []
        return [f"switch {'off' if device.on else 'on'} {name}" if device.by == "switch" else f"{device.by} {name}"]

    def _opened(self, thing: str, name: str) -> list[str]:
        """Return how the thing is opened or closed; with its key, if the actor has it and it is locked."""
        openable = self._openable.get(thing)
        if openable is None:
            return []
        if openable.open:
            enter = [f"enter {name}"] if self._world.has(thing, Door) else []
            return [*enter, f"close {name}"]
        key = fitting_key(self._world, self._actor, thing) if is_locked(self._world, thing) else ""
        if key:
            return [f"unlock {name} with {self._name(key)}", f"open {name}"]
        return [f"open {name}"]


@lru_cache(maxsize=4096)
def _key(name: str) -> frozenset[str]:
    return frozenset(words_of(name))
