"""A set of the engine's texts in another alphabet, and a story that has no small letters.

Whatever small Latin letters its players are shown come from the code, not from the messages.
"""

from __future__ import annotations

import re
from pathlib import Path

from tale_core.game.story import Story, StoryInfo
from tale_core.story import (
    Actor,
    Answer,
    Asleep,
    Backdrop,
    Behaviour,
    Coins,
    Container,
    Conversation,
    Currency,
    Day,
    Deaf,
    Description,
    Device,
    Dial,
    Door,
    Drinkable,
    Edible,
    Effect,
    Enterable,
    Fixed,
    Hidden,
    Leads,
    Light,
    Lock,
    Mood,
    Name,
    Obeys,
    Openable,
    Place,
    Price,
    Purse,
    Pushable,
    Readable,
    Refill,
    Rules,
    Scenery,
    Scoring,
    Senses,
    Shop,
    Source,
    Supporter,
    Topic,
    Trap,
    Treasure,
    Vessel,
    Wants,
    Weapon,
    Wearable,
    Wielded,
    World,
)
from tale_core.world.hints import Hints
from tale_core.world.messages import standard

_GAP = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_FORMS = re.compile(r"(?:[a-z_]+[:#])?(?=[^|]+\|)")
_LETTERS = str.maketrans({chr(ord(a) + n): chr(ord(b) + n) for a, b in (("a", "а"), ("A", "А")) for n in range(26)})


def foreign(template: str) -> str:
    """Return a text with its letters in another alphabet, its gaps and what is to be typed as they are."""
    done, end = "", 0
    for gap in _GAP.finditer(template):
        done += template[end : gap.start()].translate(_LETTERS) + _filled(gap)
        end = gap.end()
    return done + template[end:].translate(_LETTERS)


def _filled(gap: re.Match[str]) -> str:
    inside = gap[1]
    if inside is None:
        return gap[0]
    if inside[:1] in "*!^":
        return f"{{{inside.translate(_LETTERS)}}}"
    before = _FORMS.match(inside)
    if inside[:1] == "=" or before is None:
        return gap[0]
    return f"{{{before[0]}{inside[before.end() :].translate(_LETTERS)}}}"


def foreign_messages() -> dict[str, tuple[str, ...]]:
    """Return a set of all the engine's texts in the other alphabet."""
    english = standard()
    texts = {id: tuple(foreign(each.source) for each in english.variants(id)) for id in english.ids()}
    return texts | {
        id: (foreign("What?"),) for id in ("ask.missing", "ask.missing_whom")
    }  # without the command's words


def build(world: World) -> None:
    """Fill an empty world with one of everything."""
    world.add("story", Scoring(max_score=20, goal="FIND THE CROWN."), Currency("DUCAT", "DUCATS", 20), Day(480, 5))
    exits = {"north": "door", "east": "cellar", "south": "garden", "up": "loft", "in": "shrine"}
    world.add("hall", Name("HALL"), Description("A WIDE HALL."), Place(exits), Hints(("LOOK UP.", "GO UP.")))
    world.add("garden", Name("THE GARDEN"), Description("ROSES."), Place({"north": "hall", "west": "gate"}))
    world.add("lane", Name("ANNA'S OLD LANE"), Place({"east": "gate"}))
    world.add("loft", Name("LOFT"), Place({"down": "hall"}))
    world.add("shrine", Name("SHRINE"), Place({"out": "hall"}))
    world.add("vault", Name("VAULT"), Description("STONE."), Place({"south": "door", "down": "pit"}))
    world.add("pit", Name("PIT"), Place({"up": "vault"}, level=1))
    world.add("cellar", Name("CELLAR"), Place({"west": "hall"}, dark=True))
    world.add("door", Name("OAK DOOR"), Door("hall", "vault"), Openable(), Lock(("key",)))
    world.add("gate", Name("GATE"), Door("garden", "lane"), Openable(open=True))
    world.add("sky", Name("SKY"), Backdrop())
    _furnish(world)
    _equip(world)
    _people(world)


def _furnish(world: World) -> None:
    world.add("altar", Name("ALTAR"), Scenery(), Supporter(), Senses("SMOKE.", "HUM.", "COLD.", "SALT."), at="hall")
    world.add("ring", Name("RING", many="RINGS"), Hidden(), Hints(("SEARCH.",)), at="altar", how="on")
    world.add("chest", Name("CHEST"), Container(capacity=3), Openable(), Fixed(), at="hall")
    world.add("urn", Name("URN"), Container(), Openable(), Lock(("key",)), at="hall")
    world.add("jar", Name("JAR"), Container(transparent=True), Openable(), at="hall")
    world.add("bee", Name("BEE"), at="jar")
    world.add("bench", Name("BENCH"), Enterable(("sit", "lie")), Supporter(), Fixed(), at="hall")
    world.add("chair", Name("CHAIR"), Enterable(("sit", "stand")), Supporter(), at="hall")
    world.add("crate", Name("CRATE"), Enterable(), Container(), Openable(open=True), Pushable(), at="hall")
    world.add("horse", Name("HORSE"), Enterable(("stand",), rides=True), Supporter(), Fixed(), at="hall")
    world.add("stairs", Name("STAIRS", plural=True), Leads("up"), Scenery(), at="hall")
    world.add("water", Name("WATER", article="SOME", the="THAT"), Drinkable(2))
    world.add("well", Name("WELL"), Source("water"), Fixed(), at="hall")
    world.add("cup", Name("CUP"), Vessel(2, "water", 1), at="hall")
    world.add("flask", Name("FLASK"), Vessel(1, "water", 1), at="hall")
    world.add("fan", Name("FAN"), Device(), at="hall")
    world.add("lever", Name("LEVER"), Device(by="pull"), Fixed("BOLTED."), at="hall")
    world.add("dial", Name("DIAL"), Dial("A", ("A", "B", "C")), at="hall")
    world.add("statue", Name("STATUE"), Fixed(), at="garden")
    world.add("wire", Name("WIRE"), Trap(2), at="chest", how="part")
    world.add("pitfall", Name("PITFALL"), Trap(2, "west", "SNAP"), Hidden(), at="garden")


def _equip(world: World) -> None:
    world.add("lamp", Name("LAMP"), Light(lit=True, fuel=12, burns="OIL"), at="altar", how="on")
    world.add("oil", Name("OIL", plural=True), Refill("OIL", 9), at="hall")
    world.add("key", Name("KEY"), Description("SMALL."), Price(4), at="hall")
    for n in range(3):
        world.add(f"coin{n}", Name("COIN", many="COINS"), at="chest" if n else "hall")
    world.add("heap", Name("3 DUCATS", ("coins", "money"), proper=True, plural=True), Coins(3), at="hall")
    world.add("book", Name("BOOK"), Readable("BEWARE.", {"ogre": "STRONG."}), at="hall")
    world.add("cap", Name("CAP"), Wearable("head", 1), at="hall")
    world.add("helmet", Name("HELMET"), Wearable("head", 2), at="hall")
    world.add("sword", Name("SWORD"), Weapon(6, 20), at="hall")
    world.add("bread", Name("BREAD", article="SOME"), Edible(5, "STALE."), at="hall")
    world.add("poison", Name("POISON"), Drinkable(-1), Effect("ILL", 3, harm=1), at="hall")
    world.add("crown", Name("CROWN"), Treasure(15), at="pit")


def _people(world: World) -> None:
    topics: dict[str, str | tuple[str | Answer, ...] | Topic] = {
        "key": Topic(ask="IT OPENS A DOOR.\n\nOR ANOTHER.", tell="GOOD."),
        "war": Topic(label="THE WAR", tell="LONG AGO."),
        "sister": Topic(label="HIS SISTER", ask=Answer("MET HER?", yes="WELL", no="“PITY.”")),
    }
    talk = Conversation(topics, greeting=("HELLO.", "AGAIN!"))
    world.add("tom", Name("TOM", proper=True, gender="he"), Actor(9, 9), talk, Mood("GRUFF"), Obeys(), at="hall")
    world.set("tom", Wants("cap"))
    world.add("maid", Name("MAID", gender="she"), Actor(6, 9), Deaf(), at="hall")
    world.add("page", Name("PAGE"), Actor(9, 9), Asleep(), at="hall")
    world.add("eve", Name("EVE", proper=True, gender="she"), Actor(9, 9), Purse(50), Shop(endless="rope"), at="hall")
    world.add("rope", Name("ROPE"), Price(3), at="eve", how="held")
    world.add("gem", Name("GEM"), Price(90), at="eve", how="held")
    world.add("goblin", Name("GOBLIN", gender="he"), Actor(8, 8, points=5), Behaviour("hostile", flees=30), at="vault")
    world.add("club", Name("CLUB"), Weapon(4), Wielded(), at="goblin", how="held")
    world.add("ogre", Name("OGRE"), Actor(6, 6), Behaviour("guard", kin="OGRES"), at="vault")
    world.add("wolf", Name("WOLF"), Actor(2, 6), Behaviour(kin="WOLVES"), at="garden")


def story() -> Story:
    """Return the story, told in the other alphabet."""
    info = StoryInfo(id="tour", title="TOUR", author="NOBODY", version="1", start="hall", intro="AWAKE.")
    return Story(info, Path(), build, Rules(), foreign_messages())
