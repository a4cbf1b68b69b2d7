"""A player who knows the whole plan and plays by the rules on paper: keys, locks, light, and fights at expected values.

Every room is gone to in the order in which it can be reached, everything in it is taken and put to the best use, and
whoever is hostile there is fought with what was found so far. Each step, blow and search costs a turn and a turn's oil.
Who is too badly hurt for the next fight eats, or goes back to the floor's water. ``reckon`` raises ``Lost`` when that
is not enough.
"""

from __future__ import annotations

from math import ceil

from tale_core.world.components import (
    Actor,
    Behaviour,
    Door,
    Drinkable,
    Edible,
    Hidden,
    Light,
    Lock,
    Place,
    Refill,
    Scenery,
    Trap,
    Weapon,
    Wearable,
)
from tale_core.world.people import Asleep, Shop
from tale_core.world.store import World

BODY = Actor(hp=44, max_hp=44, skill=70, damage=3)
START, KING = "entrance", "forge.smith_king"
MARGIN = 1.3
"""By how much worse than expected every fight is taken to go."""


class Lost(Exception):
    """Say why the dungeon cannot be won by these rules."""


class Reckoner:
    """Play one world on paper; ``turns`` and ``lowest`` tell how it went."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.hp = float(BODY.hp)
        self.lowest = self.hp
        self.turns = 0
        self.fuel = world.need("entrance.lantern", Light).fuel or 0
        self._weapon = Weapon(BODY.damage)
        self._armour: dict[str, int] = {}
        self._remedies: list[int] = []
        self._keys: set[str] = set()
        self._beaten: set[str] = set()
        self._seen: list[str] = []

    def reckon(self) -> None:
        """Beat the king, or raise Lost."""
        while KING not in self._beaten:
            fresh = [place for place in self._reachable() if place not in self._seen]
            if not fresh:
                raise Lost("no way leads on")
            here = min(fresh, key=lambda place: self.world.need(place, Place).level)
            self._enter(here)

    def _enter(self, place: str) -> None:
        """Walk there, beat who is there, take what is there, and search."""
        self._spend(self._steps(place))
        self._seen.append(place)
        foes = [thing for thing in self.world.children(place) if self._is_foe(thing)]
        for foe in foes:
            self._fight(foe, place)
        for trap in self._traps(place):
            self._recover(trap.damage + 1, place)
            self._suffer(trap.damage)
        self._spend(1)
        self._gather(place)

    def _is_foe(self, thing: str) -> bool:
        behaviour = self.world.get(thing, Behaviour)
        friendly = self.world.has(thing, Shop) or self.world.has(thing, Asleep)
        return behaviour is not None and behaviour.kind in {"hostile", "guard", "patrol"} and not friendly

    def _traps(self, place: str) -> list[Trap]:
        """Return the traps on chests here: those on ways are found by whoever searches first."""
        inside = (part for thing in self.world.children(place) for part in self.world.children(thing, "part"))
        return [self.world.need(part, Trap) for part in inside if self.world.has(part, Trap)]

    # Fighting

    def _fight(self, foe: str, place: str) -> None:
        body = self.world.need(foe, Actor)
        chance = max(5, BODY.skill + self._weapon.skill - body.dodge) / 100
        rounds = ceil(body.hp / (chance * expected(self._weapon.damage, body.armour)))
        worn = sum(self._armour.values())
        loss = MARGIN * rounds * body.skill / 100 * expected(body.damage, worn)
        while loss > 0:
            reserve = body.damage * 0.5
            self._recover(min(loss, BODY.max_hp * 0.6) + reserve, place)
            bearable = min(loss, self.hp - reserve)
            if bearable < min(loss, 1):
                raise Lost(f"{foe} is too strong with {self.hp:.0f} hit points left")
            self.hp -= bearable
            self.lowest = min(self.lowest, self.hp)
            loss -= bearable
        self._spend(rounds)
        self._beaten.add(foe)
        self._gather(foe)

    def _recover(self, needed: float, place: str) -> None:
        """Eat, then drink from the nearest good water, until the hit points are there for what is to come."""
        while self.hp < needed and self._remedies:
            self.hp = min(BODY.max_hp, self.hp + self._remedies.pop())
            self._spend(1)
        springs = [each for each in self._seen if self._is_spring(each)]
        if self.hp < needed and springs:
            self._spend(2 * min(self._distance(place, spring) for spring in springs) + 1)
            self.hp = float(BODY.max_hp)

    def _suffer(self, damage: int) -> None:
        self.hp -= damage
        self.lowest = min(self.lowest, self.hp)
        if self.hp <= 0:
            raise Lost("a trap was too much")

    def _is_spring(self, place: str) -> bool:
        return any(self.world.has(t, Drinkable) and self.world.has(t, Scenery) for t in self.world.children(place))

    # Things

    def _gather(self, holder: str) -> None:
        """Take all that is in, on or held there, and use it."""
        for thing in self.world.children(holder):
            if self.world.has(thing, Actor):
                continue
            lock = self.world.get(thing, Lock)
            if lock is None or self._keys & set(lock.keys):
                self._gather(thing)
            if not self.world.has(thing, Scenery):
                self._take(thing)

    def _take(self, thing: str) -> None:
        world = self.world
        self._keys.add(thing)
        weapon, wearable, refill = world.get(thing, Weapon), world.get(thing, Wearable), world.get(thing, Refill)
        if weapon is not None and weapon.damage > self._weapon.damage:
            self._weapon = weapon
        if wearable is not None:
            self._armour[wearable.slot] = max(wearable.armour, self._armour.get(wearable.slot, 0))
        if refill is not None:
            self.fuel += refill.turns
        for kind in (Edible, Drinkable):
            food = world.get(thing, kind)
            if food is not None and food.heal > 0:
                self._remedies.append(food.heal)
        if not world.has(thing, Lock):
            self._spend(1)

    # Ways

    def _reachable(self) -> list[str]:
        """Return all places to which the keys in hand and a search of every wall lead, nearest first.

        The way down from a guard's place is open only once the guard is beaten.
        """
        found = [START]
        for place in found:
            for there in self._ways(place):
                if there not in found:
                    found.append(there)
        return found

    def _ways(self, place: str) -> list[str]:
        world, here = self.world, self.world.need(place, Place)
        ways = []
        for target in here.exits.values():
            door = world.get(target, Door)
            there = target if door is None else door.b if door.a == place else door.a
            lock = world.get(target, Lock)
            shut = lock is not None and not self._keys & set(lock.keys)
            unsearched = world.has(target, Hidden) and place not in self._seen
            barred = place not in self._seen and world.need(there, Place).level > here.level
            if not (shut or unsearched or barred):
                ways.append(there)
        return ways

    def _distance(self, a: str, b: str) -> int:
        """Return how many steps lie between two places."""
        edge, steps, seen = [a], 0, {a}
        while b not in edge:
            edge = [there for place in edge for there in self._ways(place) if there not in seen]
            if not edge:
                raise Lost(f"there is no way back from {a} to {b}")
            seen.update(edge)
            steps += 1
        return steps

    def _steps(self, place: str) -> int:
        return self._distance(self._seen[-1], place) if self._seen else 0

    def _spend(self, turns: int) -> None:
        self.turns += turns
        self.fuel -= turns
        if self.fuel < 0:
            raise Lost(f"the light went out after {self.turns} turns")


def expected(damage: int, armour: int) -> float:
    """Return what a hit takes on average: from 1 to ``damage``, less armour, but at least 1."""
    return sum(max(1, n - armour) for n in range(1, damage + 1)) / damage
