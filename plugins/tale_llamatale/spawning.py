"""Spawners: monsters and things that appear again and again. All that can ever appear is made beforehand, and waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tale_core.game.problems import meant
from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.chance import Stream
from tale_core.world.components import Actor, Location
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_llamatale.goods import Warehouse
from tale_llamatale.people import Census
from tale_llamatale.places import Gazetteer
from tale_llamatale.records import Record

SECONDS = 5
"""How long a turn counts, in LlamaTale's time."""

MOST = 12
"""How many of its kind a spawner makes in all."""


class Spawner(NamedTuple):
    """Bring one of ``waiting`` to one of ``places`` every so many turns, as long as fewer than ``limit`` are about."""

    name: str
    waiting: tuple[tuple[str, float], ...]  # with how likely each is
    places: tuple[str, ...]
    every: int
    limit: int


def spawners(
    world: Record, catalogue: Record | None, places: Gazetteer, goods: Warehouse, people: Census
) -> list[Spawner]:
    """Return all spawners of a world, and make what they bring."""
    listed = [] if catalogue is None else catalogue.records("creatures", "a creature")
    creatures = {name.lower(): record for name, record in listed}
    found: list[Spawner] = []
    for _, record in world.records("spawners", "a spawner"):
        record.leave("spawned", "max_spawns", "randomize_gender", "randomize_stats", "name")
        kind, where = record.text("mob_type"), record.text("location")
        place, creature = places.find(where), creatures.get(kind.lower())
        if creature is None:
            record.wrong("mob_type", f"{kind!r} is no creature of the catalogue", meant(kind, creatures))
        if not place:
            record.wrong("location", f"{where!r} is no location", places.meant(where))
        if creature is None or not place:
            continue
        limit = max(1, min(record.number("spawn_limit", 1), MOST))
        drops = list(zip(record.names("drop_items"), record.share("drop_item_probabilities"), strict=False))
        waiting = []
        for _ in range(min(MOST, 3 * limit)):
            id = people.make(creature, "", kind)
            waiting.append((id, 1.0))
            for name, share in drops:
                if Stream(0, "drop", id, name).percent(round(100 * share)):
                    goods.put(name, record, id, "held")
        found.append(Spawner(kind, tuple(waiting), (place,), _turns(record), limit))
    for number, (_, record) in enumerate(world.records("item_spawners", "an item spawner")):
        found += _items(record, places, goods, number)
    return found


def _items(record: Record, places: Gazetteer, goods: Warehouse, number: int) -> list[Spawner]:
    """Return an item spawner's; nothing when it has no items."""
    container, names = record.text("container"), record.names("items")
    shares: Sequence[float] = record.share("item_probabilities")
    limit = max(1, min(record.number("max_items", 1), MOST))
    waiting = []
    for index, name in enumerate(names):
        share = shares[index] if index < len(shares) else 1.0
        waiting += [(goods.put(name, record, ""), share) for _ in range(limit)]
    inside = goods.own(container) if container else ""
    if container and not inside:
        text = f"the container {container!r} is no item: things appear in places instead"
        record.book.remark("container", container, record.file, record.mark("container"), text)
    where = (inside,) if inside else tuple(places.in_zone(record.text("zone")))
    return [Spawner(f"items {number}", tuple(waiting), where, _turns(record), limit)] if waiting and where else []


def _turns(record: Record) -> int:
    return max(1, round(record.number("spawn_rate", 60) / SECONDS))


def bring(world: World, spawner: Spawner, chance: Stream) -> str:
    """Bring the next one, if one may come; return its id or ""."""
    about = [id for id, _ in spawner.waiting if world.has(id, Location) and not _is_dead(world, id)]
    rest = [(id, share) for id, share in spawner.waiting if not world.has(id, Location) and not _is_dead(world, id)]
    if len(about) >= spawner.limit or not rest:
        return ""
    likely = [id for id, share in rest if chance.percent(round(100 * min(1.0, share)))]
    if not likely:
        return ""
    chosen = chance.choice(likely)
    world.move(chosen, chance.choice(spawner.places))
    return chosen


def spawning(rules: Rules, found: Sequence[Spawner]) -> None:
    """Add the rule that lets spawners work."""
    if not found:
        return

    @rules.every_turn
    def appear(act: Acting) -> None:
        """Bring whatever is due; who is there sees it come."""
        for spawner in found:
            if act.world.turn % spawner.every == 0:
                came = bring(act.world, spawner, act.world.rng("spawn", spawner.name))
                if came and act.world.parent(came) == act.place:
                    act.tell("{A came} {came:appear|appears}.", came=came)


def _is_dead(world: World, thing: str) -> bool:
    return world.has(thing, Actor) and not describing.is_alive(world, thing)
