"""Locks and keys: what stays locked whatever a player does, and keys that open nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tale_core.game.reading import Finding, Reading
from tale_core.world.components import Actor, Door, Fixed, Location, Lock, Name, Place, Scenery
from tale_core.world.store import World
from tale_core.world.vocabulary import nouns
from tale_core.world.ways import beyond


def findings(reading: Reading, named: frozenset[str]) -> Iterator[Finding]:
    """Yield locks that cannot be opened from the story's start with what lies outside of them, and idle keys."""
    world = reading.world
    party = _Search(world, reading.story.info.start, named)
    for lock in party.stuck():
        keys = world.need(lock, Lock).keys
        text, hint = _why(world, lock, keys, party)
        yield reading.finding("warning", "locked", lock, reading.spot(lock, "lock"), text, hint)
    used = {key for lock in world.every(Lock) for key in world.need(lock, Lock).keys}
    for thing in world.every(Name):
        if thing in used or thing in named or not _is_key(world, thing):
            continue
        text = f"{world.name(thing)!r} ({thing}) is a key that opens nothing"
        hint = f"name it in a lock (lock: {{keys: {thing}}}), or call it something else"
        yield reading.finding("warning", "idle-key", thing, reading.spot(thing), text, hint)


def _is_key(world: World, thing: str) -> bool:
    portable = not any(world.has(thing, kind) for kind in (Actor, Door, Place, Scenery, Fixed))
    return portable and "key" in nouns(world.need(thing, Name))


def _is_portable(world: World, thing: str) -> bool:
    """Tell whether a thing can be taken along."""
    location = world.get(thing, Location)
    part = location is not None and location.how == "part"
    return not (part or world.has(thing, Fixed) or world.has(thing, Scenery))


def _why(world: World, lock: str, keys: tuple[str, ...], party: _Search) -> tuple[str, str]:
    name = f"{world.name(lock)!r} ({lock})"
    if not keys:
        return f"{name} is locked and has no key", "lock: {keys: …}, or let a rule of rules.py open it"
    key = keys[0]
    if not _is_portable(world, key):
        hint = "let the key be neither 'fixed' nor 'scenery' nor 'part of' something"
        return f"{name} cannot be opened: its key {key!r} cannot be taken", hint
    if world.parent(key) is None:
        return f"{name} cannot be opened: its key {key!r} is nowhere", f"put {key!r} somewhere"
    where = world.place_of(key)
    behind = f"in {where!r}" if where not in party.places else f"in {world.parent(key)!r}"
    text = f"{name} cannot be opened: its key {key!r} is {behind}, where nobody gets without opening it first"
    return text, f"put {key!r} where one can get before"


class _Search:
    """Be a player who goes everywhere and takes everything that can be had, until nothing more is to be had."""

    def __init__(self, world: World, start: str, named: frozenset[str]) -> None:
        self._world = world
        self._named = named
        self.places: dict[str, None] = {start: None} if world.has(start, Place) else {}
        self._had: set[str] = set()
        self._shut: dict[str, None] = {}
        before = -1
        while before != (before := len(self.places) + len(self._had)):
            self._shut = {}
            self._look_around()

    def stuck(self) -> list[str]:
        """Return the locked things that were met and could not be opened."""
        return list(self._shut)

    def _look_around(self) -> None:
        for place in (queue := list(self.places)):
            self._gather(place)
            for target in self._world.need(place, Place).exits.values():
                there = beyond(self._world, place, target)
                if self._opens(target) and there not in self.places and self._world.has(there, Place):
                    self.places[there] = None
                    queue.append(there)

    def _gather(self, parent: str) -> None:
        for thing in self._world.children(parent):
            if _is_portable(self._world, thing):
                self._had.add(thing)
            if self._opens(thing):
                self._gather(thing)

    def _opens(self, thing: str) -> bool:
        lock = self._world.get(thing, Lock)
        if lock is None or not lock.locked or thing in self._named:
            return True
        if any(key in self._had or key in self._named for key in lock.keys):
            return True
        self._shut[thing] = None
        return False
