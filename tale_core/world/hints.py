"""Hints: ladders of help that an author attaches to places, things and aims, climbed one rung a question.

A ladder is offered where what it is on can be perceived, or anywhere when that is nowhere: an aim of the story. Each
player climbs for themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import field
from msgspec.structs import replace

from tale_core.world.components import Component, Location, Place
from tale_core.world.conditions import fits
from tale_core.world.language import Language
from tale_core.world.people import When
from tale_core.world.scene import scene
from tale_core.world.scope import visible
from tale_core.world.store import World
from tale_core.world.vocabulary import vocabulary, words_of

MOST_TRIES = 6
"""How many things to try are named at once."""


class Hints(Component, frozen=True):
    """Help whoever asks for a hint: ``levels`` from the gentlest to the plainest, one each time.

    They are on offer where the thing is perceived, in the place, or anywhere on what is nowhere; while ``when`` holds
    and ``unless`` does not. ``about`` is what they are called; without it, the thing's name.
    """

    levels: tuple[str, ...]
    about: str = ""
    when: When | None = None
    unless: When | None = None


class Hinted(Component, frozen=True):
    """Remember how many hints a player had on what, and on what the last one."""

    told: dict[str, int] = field(default_factory=dict)
    last: str = ""


def ladders(world: World, player: str) -> list[str]:
    """Return what there are hints on for the player here and now: things, the place, then aims."""
    if not world.every(Hints):
        return []
    here = [*visible(world, player), world.place_of(player)]
    aims = [thing for thing in world.every(Hints) if not world.has(thing, Location) and not world.has(thing, Place)]
    found = [(thing, world.get(thing, Hints)) for thing in dict.fromkeys((*here, *aims))]
    return [thing for thing, hints in found if hints and fits(hints.when, hints.unless, world, player, player)]


def title(world: World, thing: str) -> str:
    """Return what the hints on a thing are called."""
    hints = world.get(thing, Hints)
    return hints.about if hints is not None and hints.about else world.name(thing)


def matching(world: World, things: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return those of the things that words mean whose hints are asked for."""
    wanted = set(words)
    exact = [thing for thing in things if wanted == set(words_of(title(world, thing)))]
    return exact or [thing for thing in things if wanted <= {*words_of(title(world, thing)), *vocabulary(world, thing)}]


def is_spent(world: World, player: str, thing: str) -> bool:
    """Tell whether the player has had every hint on a thing."""
    return told(world, player, thing) >= len(world.need(thing, Hints).levels)


def told(world: World, player: str, thing: str) -> int:
    """Return how many hints the player has had on a thing."""
    hinted = world.get(player, Hinted)
    return 0 if hinted is None else hinted.told.get(thing, 0)


def climb(world: World, player: str, thing: str) -> tuple[int, str]:
    """Return the next hint on a thing and which it is, counted from 1; after the last one, that again."""
    levels = world.need(thing, Hints).levels
    n = min(told(world, player, thing) + 1, len(levels))
    hinted = world.get(player, Hinted) or Hinted()
    world.set(player, replace(hinted, told={**hinted.told, thing: n}, last=thing))
    return n, levels[n - 1]


def last_of(world: World, player: str) -> str:
    """Return what the player's last hint was on, "" if there was none."""
    hinted = world.get(player, Hinted)
    return "" if hinted is None else hinted.last


def tries(language: Language, world: World, player: str) -> list[str]:
    """Return commands that make sense to the player here and now, likeliest first: ways not gone, then things."""
    seen = scene(world, player, language)
    unknown = [way for way in seen.exits if not way.label]
    ways = [way.command for way in (*unknown, *(way for way in seen.exits if way.label))]
    entries = (*seen.people, *seen.things, *seen.inventory)
    commands = [entry.commands[0] for entry in entries if entry.commands]
    taking = [command for command in commands if command.startswith("take ")]
    others = [command for command in commands if not command.startswith(("take ", "drop "))]
    found = [*ways[:2], *taking[:2], *others, *taking[2:], *ways[2:]]
    return list(dict.fromkeys(found))[:MOST_TRIES]
