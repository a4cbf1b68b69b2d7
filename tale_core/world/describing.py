"""What a place, a thing and a person look like, in sentences: pieces of text that several actions tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tale_core.world.components import (
    Actor,
    Behaviour,
    Container,
    Description,
    Enterable,
    Hidden,
    Light,
    Location,
    Openable,
    Player,
    Posture,
    Scenery,
    Supporter,
    Vessel,
    Weapon,
    Wielded,
)
from tale_core.world.events import Run, Text
from tale_core.world.language import OBJECT, Language
from tale_core.world.messages import prose
from tale_core.world.naming import role_of
from tale_core.world.people import Asleep
from tale_core.world.scope import shows_inside
from tale_core.world.store import World
from tale_core.world.ways import Way, known_name

if TYPE_CHECKING:
    from tale_core.world.acting import Acting


def description(world: World, thing: str) -> Text:
    """Return what an author wrote of a thing, or nothing."""
    found = world.get(thing, Description)
    return () if found is None else prose(found.text)


def is_alive(world: World, thing: str) -> bool:
    """Tell whether it is a person or a monster that lives."""
    body = world.get(thing, Actor)
    return body is not None and body.hp > 0


def is_present(world: World, thing: str) -> bool:
    """Tell whether somebody is really there: neither hidden nor a player who has left the game."""
    shape = world.shape(thing)
    return Hidden not in shape and (Player not in shape or world.need(thing, Player).outcome != "quit")


def shows_contents(world: World, thing: str) -> bool:
    """Tell whether what is in or on the thing can be seen from outside."""
    shape = world.shape(thing)
    return Supporter in shape or (Container in shape and shows_inside(world, thing))


def contents(world: World, thing: str) -> list[str]:
    """Return what is in or on a thing and not hidden; people who have entered it are left out."""
    found = [child for child in world.children(thing, "in", "on") if not world.has(child, Hidden)]
    if world.has(thing, Enterable):
        return [child for child in found if not is_alive(world, child)]
    return found


class Listing(NamedTuple):
    """Hold what a look at a place finds: loose things, living people, and ``holders`` that show what they hold."""

    things: list[str]
    people: list[str]
    holders: list[str]


def listing(world: World, place: str, but: str) -> Listing:
    """Sort what is directly in a place, ``but`` and all that is hidden left out; scenery only shows as a holder."""
    found = Listing([], [], [])
    for thing in world.children(place):
        shape = world.shape(thing)
        if thing == but or not (_PERHAPS_ABSENT.isdisjoint(shape) or is_present(world, thing)):
            continue
        if Actor in shape and is_alive(world, thing):
            found.people.append(thing)
            continue
        if Scenery not in shape:
            found.things.append(thing)
        if _HOLDING.isdisjoint(shape):
            continue
        if shows_contents(world, thing):
            found.holders.append(thing)
        if Enterable in shape and shows_inside(world, thing):
            found.people.extend(listing(world, thing, but).people)
    return found


_PERHAPS_ABSENT = frozenset({Hidden, Player})
"""What may be in a place and yet not there."""

_HOLDING = frozenset({Supporter, Container, Enterable})


def contents_text(act: Acting, holder: str) -> Text:
    """Return "In the chest you can see a key.", or nothing when nothing is there."""
    world = act.world
    inside = contents(world, holder)
    if not inside:
        return ()
    name = act.language.name_of(world, holder)
    run = Run(name.name, ref=holder, role=role_of(world, holder))
    the = act.language.definite(name)
    told = [Run(the), run] if the else [run]
    message = "look.on" if world.has(holder, Supporter) else "look.in"
    things = act.language.listed(world, inside, remark)
    return act.performance.text(act, act.actor, message, {"holder": told, "things": things})


def all_contents(act: Acting, things: Sequence[str]) -> Text:
    """Return what is to be seen in or on each of the things that shows it, and in what that holds in turn."""
    found: Text = ()
    for thing in things:
        told = contents_text(act, thing) if shows_contents(act.world, thing) else ()
        if told:
            found += told + all_contents(act, contents(act.world, thing))
    return found


def exits_text(act: Acting, found: Sequence[Way]) -> Text:
    """Return "You can go north to the Hall and east through the oak door (closed)."; nothing when there is no way."""
    if not found:
        return ()
    return act.performance.text(act, act.actor, "exits.some", {"ways": listed_ways(act.language, act.world, found)})


def listed_ways(language: Language, world: World, found: Sequence[Way]) -> list[Run]:
    """Return runs that list ways out; of several to the same place, the first."""
    once: dict[tuple[str, str], Way] = {}
    for way in found:
        once.setdefault((way.door, way.beyond), way)
    return language.joined([_way(language, world, way) for way in once.values()])


def _way(language: Language, world: World, way: Way) -> list[Run]:
    runs = [language.exit(way.direction)]
    name = known_name(world, way.beyond)
    if way.door:
        door = language.name_of(world, way.door)
        through = language.word("way.through") + language.definite(door, OBJECT)
        runs += [Run(through), Run(door.name, ref=way.door, role="item")]
        if way.is_closed(world):
            runs.append(language.remark(language.word("state.closed")))
            return runs
    if name:
        the, title = language.titled(language.name_of(world, way.beyond))
        runs += [Run(language.word("way.to") + the), Run(title, role="location")]
    return runs


def remark(language: Language, world: World, thing: str) -> str:
    """Return what a list adds to a thing's name in brackets, like "worn" or "closed", or ""."""
    location, shape = world.get(thing, Location), world.shape(thing)
    worn = language.word("state.worn") if location is not None and location.how == "worn" else ""
    if _REMARKABLE.isdisjoint(shape):
        return worn
    found = [worn] if worn else []
    if Actor in shape and (entered := posture(language, world, thing)):
        found.append(entered)
    if Wielded in shape:
        found.append(language.word("state.wielded"))
    if Player in shape and not is_alive(world, thing):
        found.append(language.word("state.dead"))
    if Asleep in shape and is_alive(world, thing):
        found.append(language.word("state.asleep"))
    if Openable in shape and not world.need(thing, Openable).open:
        found.append(language.word("state.closed"))
    if Light in shape and Scenery not in shape and world.need(thing, Light).lit:
        found.append(language.word("state.lit"))
    vessel = world.get(thing, Vessel) if Vessel in shape else None
    if vessel is not None and vessel.amount:
        how = "state.full_of" if vessel.amount == vessel.most else "state.holding"
        found.append(language.word(how, liquid=world.name(vessel.of)))
    return language.comma.join(found)


_REMARKABLE = frozenset({Actor, Openable, Light, Vessel, Wielded})
"""What there may be something to add for; who plays or sleeps is an actor."""

_POSTURES = {"stand": "state.standing", "sit": "state.sitting", "lie": "state.lying"}


def posture(language: Language, world: World, person: str) -> str:
    """Return in words what somebody has entered and how, like "sitting on the bench", or ""."""
    location = world.get(person, Location)
    seat = None if location is None else world.get(location.parent, Enterable)
    if location is None or seat is None:
        return ""
    name = language.name_of(world, location.parent)
    where = language.word("state.on" if location.how == "on" else "state.in", seat=language.the(name, OBJECT))
    how = world.get(person, Posture)
    return where if how is None or seat.rides else language.word(_POSTURES[how.kind], where=where)


def has_fights(world: World) -> bool:
    """Tell whether the story has weapons or creatures in it, so that people want to know how they are."""
    return bool(world.table(Weapon) or world.table(Behaviour))


def health(world: World, person: str) -> str:
    """Return the id of the word for how a person or monster is: unhurt, bruised, wounded, badly wounded or dead."""
    body = world.get(person, Actor)
    if body is None or body.hp >= body.max_hp:
        return "health.unhurt"
    if body.hp <= 0:
        return "health.dead"
    share = body.hp * 4 // body.max_hp  # in quarters
    return ("health.badly_wounded", "health.wounded", "health.wounded", "health.bruised")[share]
