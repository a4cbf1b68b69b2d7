"""The public interface for authors of stories: all that a story's ``rules.py`` may import from Tale.

``build(world)`` adds things to a ``World``; ``rules = Rules()`` collects what the story does differently::

    from tale_core.story import Acting, Rules

    rules = Rules()


    @rules.after("open", item="coffin")
    def open_coffin(act: Acting) -> None:
        act.tell("Dust rises from {the item}.")
        act.score(5, "opening the coffin")
"""

from __future__ import annotations

from tale_core.errors import StoryError
from tale_core.world.acting import Acting
from tale_core.world.actions.dying import harm
from tale_core.world.actions.moving import travel
from tale_core.world.actions.ordering import obey
from tale_core.world.actions.searching import reveal
from tale_core.world.actions.talking import topic_of
from tale_core.world.actions.trapping import spring
from tale_core.world.chance import Stream
from tale_core.world.clock import Clock, Day, Time
from tale_core.world.command import Command, Verdict
from tale_core.world.components import (
    Actor,
    Affected,
    Backdrop,
    Behaviour,
    Component,
    Container,
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
    How,
    Leads,
    Light,
    Location,
    Lock,
    Name,
    Openable,
    Place,
    Player,
    Pushable,
    Readable,
    Refill,
    Scenery,
    Senses,
    Source,
    Supporter,
    Trap,
    Treasure,
    Vessel,
    Visited,
    Weapon,
    Wearable,
    Wielded,
)
from tale_core.world.components import Rules as Scoring
from tale_core.world.conditions import mood_of, set_facts, set_mood
from tale_core.world.directions import OPPOSITES
from tale_core.world.effects import affect, cure
from tale_core.world.facts import Facts, fact, set_fact
from tale_core.world.people import (
    Answer,
    Asleep,
    Coins,
    Conversation,
    Currency,
    Deaf,
    Follows,
    Mood,
    Obeys,
    Price,
    Purse,
    Rounds,
    Shop,
    Topic,
    Wants,
    When,
)
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_core.world.temper import wake

__all__ = [
    "OPPOSITES",
    "Acting",
    "Actor",
    "Affected",
    "Answer",
    "Asleep",
    "Backdrop",
    "Behaviour",
    "Clock",
    "Coins",
    "Command",
    "Component",
    "Container",
    "Conversation",
    "Currency",
    "Day",
    "Deaf",
    "Description",
    "Device",
    "Dial",
    "Door",
    "Drinkable",
    "Edible",
    "Effect",
    "Enterable",
    "Facts",
    "Fixed",
    "Follows",
    "Hidden",
    "How",
    "Leads",
    "Light",
    "Location",
    "Lock",
    "Mood",
    "Name",
    "Obeys",
    "Openable",
    "Place",
    "Player",
    "Price",
    "Purse",
    "Pushable",
    "Readable",
    "Refill",
    "Rounds",
    "Rules",
    "Scenery",
    "Scoring",
    "Senses",
    "Shop",
    "Source",
    "StoryError",
    "Stream",
    "Supporter",
    "Time",
    "Topic",
    "Trap",
    "Treasure",
    "Verdict",
    "Vessel",
    "Visited",
    "Wants",
    "Weapon",
    "Wearable",
    "When",
    "Wielded",
    "World",
    "affect",
    "cure",
    "fact",
    "harm",
    "mood_of",
    "obey",
    "reveal",
    "set_fact",
    "set_facts",
    "set_mood",
    "spring",
    "topic_of",
    "travel",
    "wake",
]
