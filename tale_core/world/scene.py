"""What a player perceives here and now, for the panels beside the text: exits, things, people, belongings, health."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.actions.holding import owner
from tale_core.world.components import Actor, Lock, Place, Player, Scenery, Tried
from tale_core.world.components import Rules as Scoring
from tale_core.world.events import Entry, ExitEntry, MapRoom, Scene, Vitals
from tale_core.world.language import Language
from tale_core.world.money import amount, coins_of
from tale_core.world.offers import Offers
from tale_core.world.people import Purse
from tale_core.world.scope import is_lit, visible
from tale_core.world.store import World
from tale_core.world.ways import Way, known_name, ways


def scene(world: World, player: str, language: Language) -> Scene:
    """Return the scene of a player who is in the world; an unlit place shows nothing but what the player carries."""
    here = world.place_of(player)
    place = world.get(here, Place) or Place()
    lit = is_lit(world, here)
    around = visible(world, player)
    offers = Offers(world, player, around)
    found = ways(world, player) if lit else []
    things: list[Entry] = []
    scenery: list[Entry] = []
    people: list[Entry] = []
    belongings: list[Entry] = []
    for thing in around:
        bearer, shape = owner(world, thing), world.shape(thing)
        alive = Actor in shape and describing.is_alive(world, thing)
        if bearer not in ("", player) and not alive:
            continue
        entry = _entry(language, world, thing, offers.of(thing, bearer))
        if bearer == player:
            belongings.append(entry)
        elif alive:
            people.append(entry)
        elif describing.is_present(world, thing):
            (scenery if Scenery in shape else things).append(entry)
    state = world.get(player, Player) or Player()
    scoring = world.get("story", Scoring)
    body = world.get(player, Actor)
    told = body is not None and (body.hp < body.max_hp or describing.has_fights(world))
    title = world.name(here)
    exits = tuple([way.direction for way in found])
    return Scene(
        turns=state.moves,
        place=here,
        location=title if lit else language.word("name.darkness"),
        image=place.image if lit else "",
        alt=place.alt if lit else "",
        exits=tuple([_exit(world, way) for way in found]),
        things=(*things, *scenery),
        people=tuple(people),
        inventory=tuple(belongings),
        score=state.score,
        max_score=0 if scoring is None else scoring.max_score,
        vitals=None if body is None or not told else Vitals(body.hp, body.max_hp),
        purse=amount(language, world, coins_of(world, player)) if world.has(player, Purse) else "",
        room=MapRoom(here, title, place.x, place.y, place.level, exits) if lit else None,
    )


def _entry(language: Language, world: World, thing: str, commands: tuple[str, ...]) -> Entry:
    state = describing.remark(language, world, thing)
    health = describing.health(world, thing)
    if health != "health.unhurt":
        told = language.word(health)
        state = f"{state}{language.comma}{told}" if state and health != "health.dead" else told
    return Entry(thing, world.name(thing), commands, state)


def _exit(world: World, way: Way) -> ExitEntry:
    state = ""
    if way.is_closed(world):
        lock = world.get(way.door, Lock)
        state = "locked" if lock is not None and lock.locked and world.has(way.door, Tried) else "closed"
    return ExitEntry(way.direction, way.direction, known_name(world, way.beyond), state)
