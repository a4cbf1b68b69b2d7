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
from tale_core.world.actions.fighting import harm
from tale_core.world.actions.moving import travel
from tale_core.world.actions.searching import reveal
from tale_core.world.chance import Stream
from tale_core.world.command import Command, Verdict
from tale_core.world.components import (
    Actor,
    Behaviour,
    Component,
    Container,
    Description,
    Door,
    Drinkable,
    Edible,
    Fixed,
    Hidden,
    How,
    Light,
    Location,
    Lock,
    Name,
    Openable,
    Place,
    Player,
    Readable,
    Scenery,
    Supporter,
    Treasure,
    Visited,
    Weapon,
    Wearable,
    Wielded,
)
from tale_core.world.components import Rules as Scoring
from tale_core.world.directions import OPPOSITES
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

__all__ = [
    "OPPOSITES",
    "Acting",
    "Actor",
    "Behaviour",
    "Command",
    "Component",
    "Container",
    "Description",
    "Door",
    "Drinkable",
    "Edible",
    "Fixed",
    "Hidden",
    "How",
    "Light",
    "Location",
    "Lock",
    "Name",
    "Openable",
    "Place",
    "Player",
    "Readable",
    "Rules",
    "Scenery",
    "Scoring",
    "StoryError",
    "Stream",
    "Supporter",
    "Treasure",
    "Verdict",
    "Visited",
    "Weapon",
    "Wearable",
    "Wielded",
    "World",
    "harm",
    "reveal",
    "travel",
]
