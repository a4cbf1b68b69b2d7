"""The state of one story: things with components, written only through transactions.

A thing is an id chosen by the author ("hall.red_key"). Where it is, is a ``Location`` component; the store keeps the
index of what lies where. All iteration is in the order in which things were added, whatever the hash seed.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

import msgspec

from tale_core.world.chance import Stream
from tale_core.world.components import Backdrop, Component, How, Location, Name

C = TypeVar("C", bound=Component)
Shape = frozenset[type[Component]]
Change = tuple[str, type[Component], Component | None, Component | None]  # thing, kind, old, new

NOTHING: Shape = frozenset()

_encode = msgspec.json.Encoder(order="deterministic").encode


class World:
    """Hold the components of every thing; ``seed`` and ``turn`` steer its random numbers."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self.turn = 0
        self._tables: defaultdict[type[Component], dict[str, Component]] = defaultdict(dict)
        self._names = self.table(Name)
        self._locations = self.table(Location)
        self._shapes: dict[str, Shape] = {}
        self._order: dict[str, int] = {}
        self._children: dict[str, list[str]] = {}  # each in the order in which the things were added
        self._backdrops: dict[str, tuple[str, ...]] = {}  # by place, as far as it was asked for
        self._places: dict[str, str] = {}  # where things were found to be since one was last moved
        self._log: list[Change] | None = None
        self._stale: set[tuple[str, type[Component]]] = set()
        self._digests: dict[tuple[str, type[Component]], int] = {}
        self._digest = 0
        self._written: dict[tuple[str, type[Component]], None] = {}  # since ``settle``, in order
        self._settled = 0

    # Reading

    def get(self, thing: str, kind: type[C]) -> C | None:
        """Return the component of that kind, or None when the thing has none (or does not exist)."""
        return self._tables[kind].get(thing)  # type: ignore[return-value]

    def need(self, thing: str, kind: type[C]) -> C:
        """Return the component of that kind; raise KeyError when the thing has none."""
        found = self._tables[kind].get(thing)
        if found is None:
            raise KeyError(f"{thing!r} has no {kind.__name__}")
        return found  # type: ignore[return-value]

    def has(self, thing: str, kind: type[Component]) -> bool:
        """Tell whether the thing has a component of that kind."""
        return thing in self._tables[kind]

    def table(self, kind: type[C]) -> Mapping[str, C]:
        """Return all components of that kind by thing, for who looks up many. Its order means nothing."""
        return self._tables[kind]  # type: ignore[return-value]

    def shape(self, thing: str) -> Shape:
        """Return the kinds of all the thing's components, for who asks for several of them."""
        return self._shapes.get(thing, NOTHING)

    def exists(self, thing: str) -> bool:
        """Tell whether the thing has ever been added (a removed one has no components left)."""
        return thing in self._order

    def components(self, thing: str) -> list[Component]:
        """Return all components of a thing, by the names of their kinds."""
        kinds = sorted((kind for kind, table in self._tables.items() if thing in table), key=lambda kind: kind.__name__)
        return [self._tables[kind][thing] for kind in kinds]

    def kinds(self) -> list[type[Component]]:
        """Return the kinds of components that have been in use in this world, a story's own among them."""
        return list(self._tables)

    def every(self, kind: type[Component]) -> list[str]:
        """Return the ids of all things with that component, in the order in which the things were added."""
        table = self._tables[kind]
        return sorted(table, key=self._order.__getitem__) if len(table) > 1 else list(table)

    def parent(self, thing: str) -> str | None:
        """Return the id of what the thing is in, on, worn by, held by or part of; None when it is nowhere."""
        location = self._locations.get(thing)
        return None if location is None else location.parent

    def children(self, parent: str, *how: How) -> list[str]:
        """Return the ids of what is directly there, in the order in which the things were added; ``how`` narrows it."""
        inside = self._children.get(parent, ())
        return [thing for thing in inside if self._locations[thing].how in how] if how else list(inside)

    def is_empty(self, parent: str) -> bool:
        """Tell whether nothing is directly there."""
        return not self._children.get(parent)

    def ancestors(self, thing: str) -> Iterator[str]:
        """Yield what the thing is in, what that is in, and so on up to its place."""
        parent = self.parent(thing)
        while parent is not None:
            yield parent
            parent = self.parent(parent)

    def place_of(self, thing: str) -> str:
        """Return the outermost thing around ``thing``: its place, or the thing itself."""
        here = self._places.get(thing)
        if here is None:
            here = thing
            while (location := self._locations.get(here)) is not None:
                here = location.parent
            self._places[thing] = here
        return here

    def backdrops(self, place: str) -> tuple[str, ...]:
        """Return the ids of the backdrops that are seen in a place, in the order in which they were added."""
        found = self._backdrops.get(place)
        if found is None:
            known = ((thing, self.need(thing, Backdrop).places) for thing in self.every(Backdrop))
            found = self._backdrops[place] = tuple(thing for thing, places in known if not places or place in places)
        return found

    def name(self, thing: str) -> str:
        """Return the thing's name without an article, its id when it has no name."""
        name = self._names.get(thing)
        return thing if name is None else name.name

    def rng(self, purpose: str, *ids: object) -> Stream:
        """Return the random numbers for one purpose and these ids in this turn: the same however often asked."""
        return Stream(self.seed, purpose, *ids, self.turn)

    # Writing

    def add(self, thing: str, *components: Component, at: str | None = None, how: How = "in") -> str:
        """Add a thing with its components, at ``at`` if given; return its id. Raise ValueError when the id is taken."""
        if any(thing in table for table in self._tables.values()):
            raise ValueError(f"there are two things called {thing!r}: give each its own id")
        self._order.setdefault(thing, len(self._order))
        for component in components:
            self.set(thing, component)
        if at is not None:
            self.move(thing, at, how)
        return thing

    def set(self, thing: str, component: Component) -> None:
        """Give the thing this component in place of any other of its kind."""
        if thing not in self._order:
            raise KeyError(f"there is no thing called {thing!r}: add it first")
        self._write(thing, type(component), component)

    def drop(self, thing: str, kind: type[Component]) -> None:
        """Take the component of that kind away; do nothing when the thing has none."""
        if self.has(thing, kind):
            self._write(thing, kind, None)

    def move(self, thing: str, parent: str, how: How = "in") -> None:
        """Put the thing there. Raise ValueError when it would come to be inside itself."""
        if parent == thing or thing in self.ancestors(parent):
            raise ValueError(f"{thing!r} cannot be put inside itself")
        self.set(thing, Location(parent, how))

    def remove(self, thing: str) -> None:
        """Take the thing out of play: it is nowhere, and keeps its other components."""
        self.drop(thing, Location)

    def put(self, thing: str, kind: type[Component], component: Component | None) -> None:
        """Give a thing this component of that kind, or with None take it away."""
        if component is None:
            self.drop(thing, kind)
        else:
            self.set(thing, component)

    def transaction(self) -> Transaction:
        """Record every change made inside; an exception undoes them all and goes on upwards. May be nested."""
        return Transaction(self)

    def revert(self, changes: list[Change]) -> None:
        """Undo recorded changes, last first, at a cost that grows with their number alone."""
        for thing, kind, old, _ in reversed(changes):
            self._write(thing, kind, old)

    def _write(self, thing: str, kind: type[Component], new: Component | None) -> None:
        table = self._tables[kind]
        old = table.get(thing)
        if new is None:
            table.pop(thing, None)
        else:
            table[thing] = new
        if (old is None) is not (new is None):
            self._shapes[thing] = _shared(self.shape(thing) ^ {kind})
        if kind is Location:
            self._reindex(thing, old, new)
        elif kind is Backdrop:
            self._backdrops.clear()
        self._stale.add((thing, kind))
        self._written[thing, kind] = None
        if self._log is not None:
            self._log.append((thing, kind, old, new))

    def _reindex(self, thing: str, old: Component | None, new: Component | None) -> None:
        self._places.clear()
        if isinstance(old, Location):
            self._children[old.parent].remove(thing)
        if isinstance(new, Location):
            insort(self._children.setdefault(new.parent, []), thing, key=self._order.__getitem__)

    # Keeping

    def settle(self) -> None:
        """Take the present state for the beginning, to which ``difference`` is one."""
        self._written.clear()
        self._settled = len(self._order)

    def difference(self) -> dict[str, dict[str, Component | None]]:
        """Return all that was written since ``settle``, by thing and name of kind; None = taken away."""
        found: dict[str, dict[str, Component | None]] = {thing: {} for thing in list(self._order)[self._settled :]}
        for thing, kind in self._written:
            found.setdefault(thing, {})[kind.__name__] = self.get(thing, kind)
        return found

    # Hashing

    def state_hash(self) -> str:
        """Return 32 hex digits that are equal for equal states; costs only what changed since the last call.

        The sum of one digest a component (modulo 2**128), so that the order of writes leaves no trace
        (Bellare and Micciancio, "A new paradigm for collision-free hashing", 1997).
        """
        for key in self._stale:
            thing, kind = key
            self._digest -= self._digests.pop(key, 0)
            component = self.get(thing, kind)
            if component is not None:
                text = b"\x1f".join((thing.encode(), kind.__name__.encode(), _encode(component)))
                self._digests[key] = number = int.from_bytes(blake2b(text, digest_size=16).digest())
                self._digest += number
        self._stale.clear()
        self._digest %= 1 << 128
        return f"{self._digest:032x}"


@lru_cache(maxsize=4096)
def _shared(shape: Shape) -> Shape:
    """Return a shape as one object for all things of all worlds that have it, since most are like others."""
    return shape


class Transaction:
    """Hold the changes that a world goes through inside a ``with``, and undo them when it ends in an exception."""

    __slots__ = ("_log", "_outer", "_world")

    def __init__(self, world: World) -> None:
        self._world = world
        self._log: list[Change] = []
        self._outer: list[Change] | None = None

    def __enter__(self) -> list[Change]:
        self._outer, self._world._log = self._world._log, self._log
        return self._log

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        world = self._world
        if fault is not None:
            world._log = None
            world.revert(self._log)
        elif self._outer is not None:
            self._outer += self._log
        world._log = self._outer
