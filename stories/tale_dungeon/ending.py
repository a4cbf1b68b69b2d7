"""How it ends: with the Ember, or without; and what is said of the player afterwards."""

from __future__ import annotations

from tale_core.story import Acting, Actor, Behaviour, Place, Player, Scoring, Visited, World

from .book import rules
from .build import EMBER_POINTS
from .characters import calling, winter
from .ids import EMBER

RANKS = (
    (95, "a name that mothers give to children"),
    (80, "somebody of whom there will be songs"),
    (65, "a hero, on the whole"),
    (50, "a seasoned delver"),
    (35, "a steady hand below ground"),
    (20, "somebody who has seen things"),
    (8, "a promising beginner"),
    (0, "a cautionary tale"),
)
"""What one is called from which share of the most points on, in percent."""

FLOORS = ("the cellars", "the catacombs", "the caves", "the workings", "the forge")


def rank(world: World, player: str) -> str:
    """Return what the player is called for the points that they have."""
    most = world.need("story", Scoring).max_score
    share = world.need(player, Player).score * 100 // max(1, most)
    return next(name for least, name in RANKS if share >= least)


@rules.after("score")
def tell_rank(act: Acting) -> None:
    """Add what the player is called."""
    act.say("That makes you {rank}.", rank=rank(act.world, act.actor))


@rules.after("die")
def tell_the_story(act: Acting) -> None:
    """Sum up for the player who has died what they did."""
    if act.by_player:
        _sum_up(act)
        act.say("Whoever they send next will find what you had where you dropped it. Or {=undo}, and it was a dream.")


@rules.after("take", item=EMBER)
def take_the_ember(act: Acting) -> None:
    """End the story well."""
    act.score(EMBER_POINTS, "the Ember")
    _sum_up(act)
    act.end(
        "won",
        "You close your hand around the Ember, and it is warm, no more than that, like an egg just laid. The fires in "
        "the cavern sink to a glow. Somewhere above you, five floors up, water begins to drip from the eaves.\n\nYou "
        "have a long way to go. You take the stairs two at a time.",
    )
    act.done()


def _sum_up(act: Acting) -> None:
    """Tell how far the player has come, in what, and what to type to have the same dungeon once more."""
    world = act.world
    places = world.every(Place)
    seen = [place for place in places if world.has(place, Visited)]
    deepest = max((world.need(place, Place).level for place in seen), default=1)
    slain = [m for m in world.every(Behaviour) if world.has(m, Actor) and not world.need(m, Actor).hp]
    act.say(
        "You were the {calling}, in a {winter} winter, in dungeon number {number}. You came as far as {floor}, saw "
        "{seen} of {all} places, and got the better of {n} of those who live here. That makes you {rank}.",
        calling=calling(world),
        winter=winter(world),
        number=str(world.seed),
        floor=FLOORS[deepest - 1],
        seen=len(seen),
        all=len(places),
        n=len(slain) or "none",
        rank=rank(world, act.actor),
    )
