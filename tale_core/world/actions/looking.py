"""Looking at places, things and people, and reading."""

from __future__ import annotations

import msgspec

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.command import Verdict
from tale_core.world.components import (
    Actor,
    Container,
    Device,
    Dial,
    Door,
    InDark,
    Light,
    Lock,
    Name,
    Openable,
    Player,
    Preferences,
    Readable,
    Tried,
    Visited,
    Weapon,
    Wearable,
)
from tale_core.world.conditions import CALM, mood_of
from tale_core.world.effects import effects_on
from tale_core.world.events import Inventory, Report, RoomEvent, Run, Text
from tale_core.world.messages import prose
from tale_core.world.money import amount, coins_of
from tale_core.world.naming import capital
from tale_core.world.people import Purse
from tale_core.world.perception import knows
from tale_core.world.rulebook import Rules
from tale_core.world.scope import can_see, enclosure, is_lit
from tale_core.world.store import World
from tale_core.world.vocabulary import words_of
from tale_core.world.ways import known_name, way_through, ways

rules = Rules()
rules.free("look", "examine", "read", "look_up", "exits", "inventory")


def describe_place(act: Acting, liked: Preferences | None = None) -> None:
    """Tell the actor, if a person plays it, what it perceives where it is; a place seen so counts as visited.

    ``liked`` is how much of a place the player wants to be told; None is all.
    """
    if not act.by_player:
        return
    world, place = act.world, act.place
    around = enclosure(world, act.actor)
    if not is_lit(world, around):
        world.set(act.actor, InDark())
        text = act.performance.text(act, act.actor, "look.dark", {})
    else:
        world.drop(act.actor, InDark)
        if around == place and not world.has(place, Visited):
            world.set(place, Visited())
        text = place_text(act, place) if around == place else _inside_text(act, around)
        if around == place and liked is not None and liked.detail != "verbose":
            text = _as_liked(act, text, liked)
    act.performance.emit(RoomEvent(to=act.actor, text=text, place=place))


def arrive(act: Acting) -> None:
    """Tell a player of the place that they have come to: in full, or in brief where they like it so."""
    describe_place(act, act.world.get(act.actor, Preferences))


def _as_liked(act: Acting, text: Text, liked: Preferences) -> Text:
    """Shorten a place's text: to its title, or, where the player knows it, to what its description does not tell."""
    if liked.detail == "superbrief":
        return text[:1]
    if act.place not in liked.been:
        act.world.set(act.actor, msgspec.structs.replace(liked, been=(*liked.been, act.place)))
        return text
    described = len(describing.description(act.world, act.place))
    return (*text[:1], *text[1 + described : -1])


def place_text(act: Acting, place: str) -> Text:
    """Return a lit place's title, description, things, people and exits as the actor perceives them."""
    world = act.world
    things, people, holders = describing.listing(world, place, but=act.actor)
    title = [Run(world.name(place), role="title")]
    if posture := describing.posture(act.language, world, act.actor):
        title.append(act.language.remark(posture))
    text: Text = (tuple(title), *describing.description(world, place))
    if things:
        listed = act.language.listed(world, things, describing.remark)
        text += act.performance.text(act, act.actor, "look.things", {"things": listed})
    text += describing.all_contents(act, holders)
    if people:
        several = len(people) > 1 or world.need(people[0], Name).plural
        first, *others = act.language.listed(world, people, describing.remark)
        listed = [Run(capital(first.text), first.ref, first.role), *others]
        text += act.performance.text(act, act.actor, "look.people" if several else "look.person", {"people": listed})
    return text + describing.exits_text(act, ways(world, act.actor))


@rules.report("look")
def look(act: Acting) -> None:
    """Describe the place."""
    describe_place(act)


@rules.report("exits")
def list_exits(act: Acting) -> None:
    """List the ways out that can be seen."""
    text = describing.exits_text(act, ways(act.world, act.actor))
    if text:
        act.performance.emit(Report(to=act.actor, text=text, action=act.action))
    else:
        act.say("exits.none")


@rules.check("examine", "read", "look_up")
def it_can_be_seen(act: Acting) -> None:
    """Refuse to look at what is not in sight."""
    if act.item and not can_see(act.world, act.actor, act.item):
        act.refuse("look.unseen")


@rules.report("examine")
def examine(act: Acting) -> None:
    """Describe a thing or a person: what an author wrote of it, then its state."""
    world, item = act.world, act.item
    if not item or item == act.place:
        describe_place(act)
        return
    dead = world.has(item, Actor) and not describing.is_alive(world, item)
    text = () if dead else describing.description(world, item)
    text += _person(act) if world.has(item, Actor) else _thing(act)
    if not text:
        text = act.performance.text(act, act.actor, "examine.nothing", {})
    act.performance.report(act, text)


@rules.before("diagnose")
def how_one_is(act: Acting) -> None:
    """Look at oneself."""
    act.instead("examine", act.actor)


@rules.verify("read")
def is_readable(act: Acting) -> Verdict | None:
    """Prefer what has writing on it."""
    return None if act.world.has(act.item, Readable) else Verdict.ILLOGICAL


@rules.check("read")
def has_writing(act: Acting) -> None:
    """Refuse to read what has nothing written on it."""
    if not act.world.has(act.item, Readable):
        act.refuse("read.nothing")


@rules.report("read")
def read(act: Acting) -> None:
    """Quote what is written there."""
    _quote(act, act.world.need(act.item, Readable).text)
    act.tell_others("read.others")


@rules.verify("look_up")
def can_be_consulted(act: Acting) -> Verdict | None:
    """Prefer what has writing on it."""
    return None if act.world.has(act.item, Readable) else Verdict.ILLOGICAL


@rules.before("look_up")
def looking_for_is_searching(act: Acting) -> None:
    """Treat looking for something in what is no book as searching it."""
    if not act.world.has(act.item, Readable):
        act.instead("search", act.item)


@rules.report("look_up")
def look_up(act: Acting) -> None:
    """Quote what is written about a topic."""
    wanted = set(words_of(act.words["topic"]))
    topics = act.world.need(act.item, Readable).topics
    found = next((topic for topic in topics if wanted & set(words_of(topic))), "")
    if not found:
        act.refuse("read.not_in_it")
    _quote(act, topics[found])


@rules.report("inventory")
def inventory(act: Acting) -> None:
    """List what the actor carries, wears and wields."""
    text = inventory_text(act)
    act.performance.emit(Inventory(to=act.actor, text=text))


def _quote(act: Acting, written: str) -> None:
    """Tell the actor, if a person plays it, what is written."""
    if act.by_player:
        quote = tuple(tuple(Run(run.text, role="quote") for run in part) for part in prose(written))
        text = act.performance.text(act, act.actor, "read.done", {}) + quote
        act.performance.emit(Report(to=act.actor, text=text, action=act.action))


def inventory_text(act: Acting) -> Text:
    """Return sentences about what the actor carries and wears."""
    world = act.world
    text: Text = ()
    held = world.children(act.actor, "held", "in")
    worn = world.children(act.actor, "worn")
    if held or not worn:
        listed = act.language.listed(world, held, describing.remark)
        text += act.performance.text(act, act.actor, "inventory.carrying", {"things": listed})
    if worn:
        text += act.performance.text(act, act.actor, "inventory.wearing", {"things": act.language.listed(world, worn)})
    if world.has(act.actor, Purse):
        purse = amount(act.language, world, coins_of(world, act.actor))
        text += act.performance.text(act, act.actor, "money.purse", {"purse": purse})
    return text + describing.all_contents(act, held)


def _inside_text(act: Acting, around: str) -> Text:
    """Return what is to be seen from within something that is closed."""
    text = act.performance.text(act, act.actor, "look.inside", {"around": around})
    nested = describing.all_contents(act, describing.contents(act.world, around))
    return text + describing.contents_text(act, around) + nested


def _thing(act: Acting) -> Text:
    """Return sentences about a thing's state."""
    world, item = act.world, act.item
    parts: Text = ()

    def add(message: str, **things: str | int) -> None:
        nonlocal parts
        parts += act.performance.text(act, act.actor, message, things)

    openable = world.get(item, Openable)
    if openable is not None:
        locked = world.has(item, Tried) and world.has(item, Lock) and world.need(item, Lock).locked
        add("examine.open" if openable.open else "examine.locked" if locked else "examine.closed")
    light, device = world.get(item, Light), world.get(item, Device)
    if device is not None:
        add("examine.on" if device.on else "examine.off")
    elif light is not None:
        add("examine.lit" if light.lit else "examine.unlit")
    dial = world.get(item, Dial)
    if dial is not None and dial.at:
        add("examine.set", at=dial.at)
    weapon, wearable = world.get(item, Weapon), world.get(item, Wearable)
    if weapon is not None:
        add("examine.weapon", n=weapon.damage)
    if wearable is not None and wearable.armour:
        add("examine.armour", n=wearable.armour)
    if world.has(item, Readable):
        add("examine.readable")
    inside = describing.all_contents(act, [item])
    if not inside and world.has(item, Container) and describing.shows_contents(world, item):
        add("examine.empty")
    return _run_on(parts) + inside + _behind(act)


def _behind(act: Acting) -> Text:
    """Return where a door leads, if that is known."""
    if not act.world.has(act.item, Door):
        return ()
    found = way_through(act.world, act.actor, act.item)
    name = known_name(act.world, found.beyond) if found is not None else ""
    if found is None or not name:
        return ()
    return act.performance.text(
        act, act.actor, "examine.leads", {"direction": act.language.direction(found.direction), "to": name}
    )


def _person(act: Acting) -> Text:
    """Return sentences about how somebody is and what they bear."""
    world, who = act.world, act.item
    body = world.need(who, Actor)
    health = describing.health(world, who)
    state = act.language.word(health)
    if health == "health.dead":
        text = act.performance.text(act, act.actor, "examine.dead", {})
    elif health == "health.unhurt" and not describing.has_fights(world):
        text = act.performance.text(act, act.actor, "examine.well", {}) if who == act.actor else ()
    elif who == act.actor:
        text = act.performance.text(
            act, act.actor, "examine.self", {"state": state, "hp": body.hp, "most": body.max_hp}
        )
    elif world.has(who, Player) and health == "health.unhurt":
        text = act.performance.text(act, act.actor, "examine.player", {})
    else:
        text = act.performance.text(act, act.actor, "examine.health", {"state": state})
    for effect in effects_on(world, who):
        text += act.performance.text(act, act.actor, "examine.effect", {"effect": effect.name})
    if mood_of(world, who) != CALM and health != "health.dead":
        text += act.performance.text(act, act.actor, "examine.mood", {"mood": mood_of(world, who)})
    return text + _borne(act, world, who)


def _borne(act: Acting, world: World, who: str) -> Text:
    worn = [thing for thing in world.children(who, "worn") if knows(world, act.actor, thing)]
    held = [thing for thing in world.children(who, "held") if knows(world, act.actor, thing)]
    text: Text = ()
    if worn:
        text += act.performance.text(act, act.actor, "examine.wears", {"worn": worn})
    if held:
        text += act.performance.text(act, act.actor, "examine.holds", {"held": held})
    return text


def _run_on(text: Text) -> Text:
    """Return the sentences as one paragraph."""
    runs: list[Run] = []
    for part in text:
        if runs:
            runs.append(Run(" "))
        runs += part
    return (tuple(runs),) if runs else ()
