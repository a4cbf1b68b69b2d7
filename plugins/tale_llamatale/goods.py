"""Items: what kind of thing each is, and what it can do."""

from __future__ import annotations

from typing import Literal, get_args, get_type_hints

from tale_core.game.problems import meant
from tale_core.world.components import (
    Component,
    Container,
    Description,
    Drinkable,
    Edible,
    How,
    Name,
    Openable,
    Readable,
    Weapon,
    Wearable,
)
from tale_core.world.people import Coins, Price
from tale_llamatale.drafts import Drafts
from tale_llamatale.records import Record, slug

Slot = Literal["head", "body", "hands", "feet", "neck", "finger", "back", "shield"]

SLOTS: dict[str, Slot] = {
    "FULL_BODY": "body",
    "HEAD": "head",
    "FACE": "head",
    "NECK": "neck",
    "TORSO": "body",
    "ARMS": "hands",
    "HANDS": "hands",
    "LEGS": "feet",
    "FEET": "feet",
    "WAIST": "back",
    "BACK": "back",
    "UNDER_GARMENTS": "neck",
}
"""Where LlamaTale wears things -> the nearest that Tale has."""

HEALING = {"Food": 2, "Drink": 2, "Health": 8, "Potion": 8}
"""What a thing of that kind heals when the story does not say."""

_PLAIN = ("Item", "Key", "Key?", "Other", "")


class Warehouse:
    """Make items, from their own records or from the catalogue's by name."""

    def __init__(self, drafts: Drafts, catalogue: Record | None) -> None:
        self._drafts = drafts
        self._known: dict[str, Record] = {}
        if catalogue is not None:
            for key in ("items", "wearables"):
                for name, record in catalogue.records(key, "an item"):
                    self._known.setdefault(name.lower(), record)
        self._own: dict[str, str] = {}
        """Things of the world's own list by their names."""

    def made(self, key: str, record: Record) -> str:
        """Make an item of the world's own list, which is nowhere yet; return its id."""
        id = self.make(record, "", name=record.text("name") or key)
        self._own.setdefault((record.text("name") or key).lower(), id)
        self._own.setdefault(key.lower(), id)
        return id

    def own(self, name: str) -> str:
        """Return the id of an item of the world's own list, "" when it has none of that name."""
        return self._own.get(name.lower(), "")

    def put(self, each: str | Record, holder: Record, parent: str, how: How = "in") -> str:
        """Make an item that a list has, by its name or by what it is, and put it there; return its id."""
        if isinstance(each, str):
            record = self._known.get(each.lower())
            if record is None:
                text = f"{each!r} is in no catalogue: it is a plain thing of that name"
                holder.book.remark("catalogue", slug(each), holder.file, holder.mark("items"), text)
                parts = (Name(each.lower()),)
                return self._drafts.add(self._drafts.free_id(slug(each)), parts, holder, parent, how)
            return self.make(record, parent, how, name=each)
        return self.make(each, parent, how, name=each.text("name"))

    def make(self, record: Record, parent: str, how: How = "in", *, name: str = "") -> str:
        """Make an item of a record, and put it there; return its id."""
        record.leave("name", "level", "rent", "takeable", "weapon_type", "location")
        title = record.text("title") or name or "thing"
        also = tuple(word for word in {name, title} if word and word != title)
        told = record.text("descr") or record.text("description") or record.text("short_descr")
        record.leave("short_descr", "descr", "description")
        several = record.text("type") == "Money" and title.endswith("s")
        parts: list[Component] = [Name(title, also, plural=several)]
        if told:
            parts.append(Description(told))
        value = record.number("value")
        parts += _kind(record, value)
        if value > 0 and not any(isinstance(part, Coins) for part in parts):
            parts.append(Price(value))
        return self._drafts.add(self._drafts.free_id(slug(name or title)), tuple(parts), record, parent, how)


def _kind(record: Record, value: int) -> list[Component]:
    """Return what a thing of its type can do; a type that is not known is a plain thing."""
    kind = record.text("type")
    heal = (
        record.number("effect", HEALING.get(kind, 0)) if not record.text("effect").isalpha() else HEALING.get(kind, 0)
    )
    if record.truth("poisoned"):
        heal = -max(3, abs(heal))
    record.leave("weight")
    match kind:
        case "Weapon":
            most = record.number("base_damage") + record.number("bonus_damage") or record.number("wc") or 4
            record.leave("wc")
            return [Weapon(max(1, min(most, 100)))]
        case "Wearable" | "Armour":
            return [Wearable(_slot(record), max(0, min(record.number("ac"), 20)))]
        case "Food":
            return [Edible(heal)]
        case "Health":
            return [Edible(heal)]
        case "Drink" | "Potion":
            return [Drinkable(heal)]
        case "Money":
            return [Coins(max(1, value))]
        case "Boxlike":
            return [Container(), Openable()]
        case "Container":
            return [Container()]
        case "Note" | "Scroll":
            return [Readable(record.text("text") or "The writing has faded.")]
    if kind not in _PLAIN:
        text = f"things of the type {kind!r} can do nothing here but be carried"
        record.book.remark("type", kind, record.file, record.mark("type"), text)
    return []


def _slot(record: Record) -> Slot:
    where = record.text("wear_location", "TORSO").upper()
    if where not in SLOTS:
        record.wrong("wear_location", f"{where!r} is no place to wear things", meant(where, SLOTS))
    own = where.lower()
    known = get_args(get_type_hints(Wearable)["slot"])
    return next((slot for slot in known if slot == own), SLOTS.get(where, "body"))
