"""Who the player is, and what winter it is: the two questions that the story begins with.

Whoever answers neither is a carter in a hard winter. One may think again until time has passed.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from tale_core.story import (
    Acting,
    Actor,
    Behaviour,
    Description,
    Hidden,
    Light,
    Place,
    Player,
    Purse,
    Trap,
    World,
    cure,
    fact,
    reveal,
    set_fact,
)

from .book import rules
from .goods import LANTERN_OIL
from .ids import HAMMER, LANTERN, START
from .themes import THEMES

NOBODY, USUAL = "carter", "hard"
"""Who one is, and what winter it is, unless one says otherwise."""

NOTICED = 70
"""How many of a hundred hidden traps on ways the poacher sees."""

PRAYER = 20
"""How many hit points a prayer gives back."""


class Calling(NamedTuple):
    """Say what somebody of one calling can do, in a line to choose by, and what others see of them."""

    choice: str
    text: str
    body: Actor
    coins: int = 4


class Scale(NamedTuple):
    """Say what a winter makes of monsters: health in percent, what is added to skill and damage; and of the oil."""

    health: int
    skill: int
    damage: int
    oil: int


CALLINGS = {
    "carter": Calling(
        "the carter: sturdy and sensible, with some money put by",
        "You are the carter. You have never yet lost a load, and there are sixteen crowns sewn into your coat.",
        Actor(hp=44, max_hp=44, skill=70, damage=3),
        coins=16,
    ),
    "farrier": Calling(
        "the farrier: strong, and hard to knock down",
        "You are the farrier. Horses lean on you. You have brought your own hammer, and somebody else may have the "
        "dagger.",
        Actor(hp=54, max_hp=54, skill=66, damage=5, armour=1),
    ),
    "poacher": Calling(
        "the poacher: quick, and hard to surprise",
        "You are the poacher. You have laid enough snares in your time to see other people's, and you do not get hit "
        "by what you can step out of the way of.",
        Actor(hp=37, max_hp=37, skill=78, damage=3, dodge=12),
    ),
    "sexton": Calling(
        "the sexton: on good terms with the dead, and with whoever is in charge",
        "You are the sexton. Once on every floor, if you pray, you will be heard. It is a professional courtesy.",
        Actor(hp=42, max_hp=42, skill=69, damage=3),
        coins=6,
    ),
}

WINTERS = {
    "mild": "a mild one, for a first visit",
    "hard": "a hard one, as it is told",
    "cruel": "a cruel one, the worst in living memory",
}

_SCALES = {
    "mild": Scale(health=80, skill=-8, damage=-1, oil=130),
    "hard": Scale(health=100, skill=0, damage=0, oil=100),
    "cruel": Scale(health=112, skill=3, damage=1, oil=85),
}

_STATS = {kind.name: kind.stats for theme in THEMES for kind in (*theme.monsters, theme.warden)}


def is_a(world: World, name: str) -> bool:
    """Tell whether that is the player's calling."""
    return fact(world, f"calling.{name}") is True


def calling(world: World) -> str:
    """Return what the player is."""
    return next((name for name in CALLINGS if is_a(world, name)), NOBODY)


def winter(world: World) -> str:
    """Return what winter it is."""
    return next((name for name in WINTERS if fact(world, f"winter.{name}") is True), USUAL)


@rules.after("join")
def begin(act: Acting) -> None:
    """Give a new player a body, and the number of their dungeon."""
    if act.world.need(act.actor, Player).moves == 0:
        _become(act, NOBODY)
        act.say(
            "(This is dungeon number {number}: whoever plays with {=--seed} and that number comes to the same one.)",
            number=str(act.world.seed),
        )


@rules.report("join")
def ask_who(act: Acting) -> None:
    """Show where the player is, then put the first question."""
    if act.world.need(act.actor, Player).moves == 0:
        act.do("look")
        choices = {f"be the {name}": each.choice for name, each in CALLINGS.items()}
        act.choose("Who are you, who drew the short straw?", choices)
        act.done()


rules.action("choose", "be|become|choose|i_am|i'm {topic}", free=True)


@rules.instead("choose")
def choose(act: Acting) -> None:
    """Take an answer to either question, as long as nothing has happened yet."""
    world, words = act.world, act.words.get("topic", "").lower().split()
    chosen = next((name for name in (*CALLINGS, *WINTERS) if name in words), "")
    if not chosen:
        act.refuse("You might be a carter, a farrier, a poacher or a sexton, in a mild, a hard or a cruel winter.")
    if act.place != START or world.need(act.actor, Player).moves:
        act.refuse("It is too late for that. You are the {calling}, and it is snowing.", calling=calling(world))
    if chosen in CALLINGS:
        _become(act, chosen)
        act.say(CALLINGS[chosen].text)
        act.choose(
            "And what kind of winter is it?", {f"choose a {name} winter": text for name, text in WINTERS.items()}
        )
    else:
        _weather(world, chosen)
        act.say("So be it. Above you somebody shuts the grating over the stair, not unkindly.")


def _become(act: Acting, name: str) -> None:
    """Give the player a calling: its body, its purse and what belongs to it."""
    world, player = act.world, act.actor
    chosen = CALLINGS[name]
    set_fact(world, f"calling.{name}")
    for other in CALLINGS:
        if other != name and is_a(world, other):
            set_fact(world, f"calling.{other}", False)
    world.set(player, chosen.body)
    world.set(player, Purse(chosen.coins))
    world.set(player, Description(chosen.text))
    if name == "farrier":
        world.move(HAMMER, player, "held")
    else:
        world.remove(HAMMER)


def _weather(world: World, name: str) -> None:
    """Make everybody who lives here as strong as the winter has it, and fill the lantern."""
    for other in WINTERS:
        if (name == other) != (winter(world) == other):
            set_fact(world, f"winter.{other}", name == other)
    scale = _SCALES[name]
    for monster in world.every(Behaviour):
        stats = _STATS.get(world.name(monster))
        if stats is not None:
            hp = stats.hp * scale.health // 100
            body = world.need(monster, Actor)
            skill, damage = stats.skill + scale.skill, stats.damage + scale.damage
            world.set(monster, replace(body, hp=hp, max_hp=hp, skill=skill, damage=damage))
    light = world.need(LANTERN, Light)
    world.set(LANTERN, replace(light, fuel=LANTERN_OIL * scale.oil // 100))


@rules.after("go")
def see_snares(act: Acting) -> None:
    """Let the poacher notice what others would tread on."""
    world = act.world
    if is_a(world, "poacher") and act.by_player:
        hidden = [thing for thing in world.children(act.place) if world.has(thing, Trap) and world.has(thing, Hidden)]
        reveal(act, *(thing for thing in hidden if world.rng("notice", thing).percent(NOTICED)))


@rules.instead("pray", when=lambda act: is_a(act.world, "sexton"))
def be_heard(act: Acting) -> None:
    """Heal the sexton, once on every floor."""
    world, body = act.world, act.world.need(act.actor, Actor)
    heard = f"heard.{world.need(act.place, Place).level}"
    act.tell("{You} {say|says} what there is to say, and not a word more.")
    if fact(world, heard):
        act.say("Nobody answers. You have been told often enough that once is enough.")
        return
    set_fact(world, heard)
    world.set(act.actor, replace(body, hp=min(body.max_hp, body.hp + PRAYER)))
    cure(act, act.actor, "poisoned")
    act.say("Something is laid on your shoulder that feels very like a hand. You feel better for it.")
