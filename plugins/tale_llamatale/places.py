"""Zones and their locations: places with exits, in directions where the story gives them."""

from __future__ import annotations

from typing import NamedTuple

from tale_core.game.problems import meant
from tale_core.world.components import Component, Description, Name, Place, Scenery
from tale_core.world.directions import OPPOSITES, SPELLINGS
from tale_llamatale.drafts import Drafts
from tale_llamatale.records import Record, slug

PICTURES = (".jpg", ".jpeg", ".png", ".webp")

FREE = ("in", "out", "north", "east", "south", "west", "northeast", "southeast", "southwest", "northwest", "up", "down")
"""The directions that an exit without one may get, the likeliest first."""


class Exit(NamedTuple):
    """Hold one exit as it is written; ``to`` is the id of a place."""

    record: Record
    to: str
    direction: str


class Spot(NamedTuple):
    """Hold one location: its id, its zone and its record."""

    id: str
    zone: str
    name: str
    record: Record


class Gazetteer:
    """Know all locations by their names."""

    def __init__(self, drafts: Drafts, world: Record) -> None:
        self._drafts = drafts
        self.spots: list[Spot] = []
        self.arrivals: dict[tuple[str, str], str] = {}
        """What is told to who goes from a place in a direction."""
        for zone, record in world.records("zones", "a zone"):
            record.leave("name", "description", "level", "size", "center")
            for name, each in record.records("locations", "a location"):
                if not name:
                    each.wrong("name", "a location needs a name", '"name": …')
                    continue
                id = drafts.free_id(slug(name, "place"))
                self.spots.append(Spot(id, zone, name, each))

    def find(self, name: str) -> str:
        """Return the id of the place called "zone.Location" or "Location", "" when there is none."""
        zone, _, rest = name.rpartition(".")
        for spot in self.spots:
            if spot.name.lower() == rest.lower() and spot.zone.lower() == zone.lower():
                return spot.id
        named = [spot.id for spot in self.spots if name.lower() in (spot.name.lower(), spot.id)]
        return named[0] if named else next((s.id for s in self.spots if s.name.lower() == rest.lower()), "")

    def meant(self, name: str) -> str:
        """Return a hint at which location was meant."""
        return meant(name, [spot.name for spot in self.spots])

    def in_zone(self, zone: str) -> list[str]:
        """Return the ids of the places of a zone, of all zones when there is none of that name."""
        found = [spot.id for spot in self.spots if spot.zone.lower() == zone.lower()]
        return found or [spot.id for spot in self.spots]

    def add_all(self) -> None:
        """Make a place of every location."""
        written = {spot.id: self._exits(spot) for spot in self.spots}
        where = {spot.id: _position(spot.record) for spot in self.spots}
        north = _north(written, where)
        for spot in self.spots:
            ways = self._directed(spot, written, where, north)
            self._add(spot, ways, where[spot.id], north)

    def _exits(self, spot: Spot) -> list[Exit]:
        """Return a location's exits; one that leads nowhere is a mistake."""
        found = []
        for name, record in spot.record.records("exits", "an exit"):
            if record.text("type") == "DungeonEntrance" or record.has("dungeon_name"):
                record.leave("direction", "short_descr", "long_descr", "enter_msg", "dungeon_name")
                text = f"the entrance {name!r} to a dungeon is left out: a language model would have to dig it"
                spot.record.book.remark("dungeon", name, record.file, record.mark(), text)
                continue
            to, said = self.find(name), record.text("direction").lower()
            if said and said not in SPELLINGS:
                record.wrong("direction", f"{said!r} is no direction", meant(said, OPPOSITES))
            if to:
                found.append(Exit(record, to, SPELLINGS.get(said, "")))
            else:
                record.wrong("name", f"{spot.name!r} leads to {name!r}, which is no location", self.meant(name))
        return found

    def _directed(
        self, spot: Spot, written: dict[str, list[Exit]], where: dict[str, tuple[int, int, int] | None], north: int
    ) -> dict[str, Exit]:
        """Give each exit of a location a direction of its own."""
        ways: dict[str, Exit] = {}
        rest: list[Exit] = []
        for way in written[spot.id]:
            if way.direction and way.direction not in ways:
                ways[way.direction] = way
            else:
                rest.append(way)
        for way in rest:
            back = next(
                (OPPOSITES[each.direction] for each in written[way.to] if each.to == spot.id and each.direction), ""
            )
            seen = _towards(where[spot.id], where[way.to], north)
            direction = next(each for each in (back, seen, *FREE, "") if each not in ways and (each or len(ways) >= 12))
            if not direction:
                way.record.wrong("name", f"{spot.name!r} has more exits than there are directions")
                continue
            ways[direction] = way
            if direction not in (back, seen):
                to = way.record.text("name")
                text = f"the exit from {spot.name!r} to {to!r} has no direction; it is {direction!r} now"
                way.record.book.remark("direction", spot.id, way.record.file, way.record.mark(), text)
        return ways

    def _add(self, spot: Spot, ways: dict[str, Exit], at: tuple[int, int, int] | None, north: int) -> None:
        record = spot.record
        record.leave("name", "short_descr", "built", "npcs")
        told = [record.text("descr") or record.text("short_descr")]
        if not told[0]:
            text = f"{spot.name!r} is not described: a language model would do that"
            record.book.remark("description", spot.id, record.file, record.mark(), text)
        hints = (_sentence(way.record.text("short_descr")) for way in ways.values())
        told.append(" ".join(hint for hint in hints if hint and "exit to" not in hint.lower()))
        x, y, level = (0, 0, 0) if at is None else (at[0], -at[1] * north, at[2])
        exits = {direction: way.to for direction, way in ways.items()}
        image, alt = _image(record, spot.name)
        place = Place(exits, level=level, x=x, y=y, image=image, alt=alt)
        text = "\n\n".join(filter(None, told))
        described = (Description(text),) if text else ()
        self._drafts.add(spot.id, (Name(spot.name), place, *described), record)
        for direction, way in ways.items():
            self._add_exit(spot, direction, way)

    def _add_exit(self, spot: Spot, direction: str, way: Exit) -> None:
        """Let an exit be spoken of by its name: it can be examined, and entered."""
        told = way.record.text("enter_msg")
        if told:
            self.arrivals[spot.id, direction] = told
        name = way.record.text("name").rpartition(".")[2]
        described = way.record.text("long_descr") or f"It is {direction} of here."
        parts: tuple[Component, ...] = (Name(name, proper=True), Description(described), Scenery())
        id = self._drafts.add(f"{spot.id}.{direction}", parts, way.record, spot.id)
        self._drafts.ways[id] = direction


def _position(record: Record) -> tuple[int, int, int] | None:
    found = [round(value) for value in record.share("world_location")]
    return (found[0], found[1], found[2]) if len(found) == 3 and all(abs(value) < 10_000 for value in found) else None


def _north(written: dict[str, list[Exit]], where: dict[str, tuple[int, int, int] | None]) -> int:
    """Return which way north is in a story's coordinates: 1 where it is up, -1 where it is down."""
    votes = 0
    for place, ways in written.items():
        for way in ways:
            a, b = where[place], where[way.to]
            if a is not None and b is not None and way.direction in ("north", "south"):
                votes += (b[1] - a[1]) * (1 if way.direction == "north" else -1)
    return -1 if votes < 0 else 1


def _towards(a: tuple[int, int, int] | None, b: tuple[int, int, int] | None, north: int) -> str:
    """Return the direction from one position to another, "" when it is none."""
    if a is None or b is None:
        return ""
    x, y, z = b[0] - a[0], (b[1] - a[1]) * north, b[2] - a[2]
    if z and not x and not y:
        return "up" if z > 0 else "down"
    return ("north" if y > 0 else "south" if y < 0 else "") + ("east" if x > 0 else "west" if x < 0 else "")


def _image(record: Record, name: str) -> tuple[str, str]:
    """Return the picture of a place, which is called like it, and what stands for it."""
    home = record.book.problems.folder / "resources"
    for ending in PICTURES:
        file = f"{name.lower().replace(' ', '_')}{ending}"
        if "/" not in file and "\\" not in file and (home / file).is_file():
            return file, f"A picture of {name}."
    return "", ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text[:1].upper()}{text[1:]}."
