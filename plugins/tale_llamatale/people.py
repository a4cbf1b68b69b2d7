"""People and monsters: bodies, tempers, trades and belongings."""

from __future__ import annotations

from typing import Literal

from tale_core.world.components import Actor, Behaviour, Component, Description, Name
from tale_core.world.people import Shop
from tale_llamatale.drafts import Drafts
from tale_llamatale.goods import Warehouse
from tale_llamatale.places import Gazetteer
from tale_llamatale.records import Record, slug

TRADES = frozenset({"trader", "bartender", "merchant", "shopkeeper", "barkeep"})
"""What people do who sell."""

Gender = Literal["it", "he", "she", "they"]

_GENDERS: dict[str, Gender] = {"m": "he", "f": "she", "n": "it"}


class Census:
    """Make people and monsters."""

    def __init__(self, drafts: Drafts, places: Gazetteer, goods: Warehouse) -> None:
        self._drafts = drafts
        self._places = places
        self._goods = goods
        self._named: dict[str, str] = {}

    def find(self, name: str) -> str:
        """Return the id of the person of that name, "" when there is none."""
        return self._named.get(name.lower(), "")

    def add(self, key: str, record: Record) -> None:
        """Make one person of the world's list, with what they carry."""
        name = record.text("name") or key
        if record.text("type") == "ignore":
            record.leave(*record.node.entries)
            return
        where = record.text("location")
        place = self._places.find(where) if where else ""
        if where and not place:
            record.wrong("location", f"{name!r} is in {where!r}, which is no location", self._places.meant(where))
        id = self.make(record, place, name)
        self._named.setdefault(name.lower(), id)
        self._named.setdefault(key.lower(), id)
        if not place:
            text = f"{name!r} has no location, and never appears"
            record.book.remark("nowhere", id, record.file, record.mark(), text)

    def make(self, record: Record, place: str, name: str) -> str:
        """Make a person or a monster there; return its id."""
        record.leave("name", "type", "race", "body", "mass", "short_descr", "alignment", "weight", "unarmed_attack")
        id = self._drafts.free_id(slug(name, "somebody"))
        title = record.text("title") or name
        aliases = tuple(dict.fromkeys(word for word in (name, *record.names("aliases")) if word != title))
        told = record.text("descr") or record.text("description") or record.text("short_descr")
        proper = title[:1].isupper() and not title.lower().startswith(("a ", "an ", "the "))
        gender = _GENDERS.get(record.text("gender").lower()[:1], "they" if proper else "it")
        bare = title if proper else _without_article(title)
        parts: list[Component] = [Name(bare, aliases, proper=proper, gender=gender), *_body(record)]
        if told:
            parts.append(Description(told))
        if record.truth("aggressive"):
            parts.append(Behaviour("hostile"))
        elif record.truth("autonomous") and record.text("occupation").lower() not in TRADES:
            parts.append(Behaviour("roam"))
        if record.text("occupation").lower() in TRADES:
            parts.append(Shop())
        self._drafts.add(id, tuple(parts), record, place)
        for each in record.names_and_records("items", "an item"):
            self._goods.put(each, record, id, "held")
        return id


def _body(record: Record) -> list[Component]:
    stats = record.record("stats", "a person's stats")
    level = max(1, record.number("level", 1))
    hp, most, armour = record.number("hp"), 0, 0
    if stats is not None:
        level = max(level, stats.number("level", 1))
        hp, most = stats.number("hp") or hp, stats.number("max_hp")
        armour = stats.number("ac")
        stats.leave(
            "gender", "race", "bodytype", "alignment", "weight", "xp", "strength", "dexterity", "weapon_skills",
            "magic_skills", "skills", "unarmed_attack", "magic_points", "max_magic_points",
        )  # fmt: skip
    hp = max(1, min(hp or 10, 1000))
    skill = min(90, 45 + 5 * level)
    return [Actor(hp, max(hp, min(most, 1000)), skill, damage=min(2 + level, 30), armour=max(0, min(armour, 3)))]


def _without_article(title: str) -> str:
    first, _, rest = title.partition(" ")
    return rest if rest and first.lower() in {"a", "an", "the"} else title
