"""Turns bare rooms into places with a name, a description and features, no two on a floor alike.

Each spot and each detail of a theme is used at most once. A detail goes only where nothing else bears one of its names,
so that every word in a description means one thing.
"""

from __future__ import annotations

from typing import NamedTuple

from tale_core.story import Stream

from .layout import Floor, Kind
from .words import Detail, Feature, Spot, Theme


class Scene(NamedTuple):
    """Hold what one room looks like; ``spring`` says that its last feature is the floor's drinking water."""

    title: str
    text: str
    features: tuple[Feature, ...]
    dark: bool = False
    spring: bool = False


def dress(chances: Stream, theme: Theme, floor: Floor) -> tuple[Scene, ...]:
    """Return a scene for each of the floor's rooms."""
    spots: dict[Kind, list[Spot]] = {
        "entry": chances.shuffled(theme.entries),
        "goal": chances.shuffled(theme.exits),
        "room": chances.shuffled(theme.rooms),
        "corridor": chances.shuffled(theme.corridors),
        "vault": chances.shuffled(theme.vaults),
        "secret": chances.shuffled(theme.secrets),
    }
    details = chances.shuffled(theme.details)
    chosen = [spots[room.kind].pop() for room in floor.rooms]
    spring = _spring_room(floor, chosen, theme.spring)
    scenes = []
    for number, (room, spot) in enumerate(zip(floor.rooms, chosen, strict=True)):
        extra = [theme.spring] if number == spring else []
        if number != spring and room.kind in {"room", "corridor"}:
            extra = [detail for detail in details if _fits(detail.feature, spot.features)][:1]
            details = [detail for detail in details if detail not in extra]
        dark = room.kind not in {"entry", "goal"} and number != spring and chances.percent(theme.darkness)
        scenes.append(_scene(spot, extra, theme.shell, dark=dark, spring=number == spring))
    return tuple(scenes)


def words(feature: Feature) -> set[str]:
    """Return all words that mean the feature."""
    return {*feature.name.lower().split(), *feature.also}


def _spring_room(floor: Floor, chosen: list[Spot], spring: Detail) -> int:
    """Choose the room with water: the nearest to the entry that is before all locks and has no other water."""
    shut = [number for number, link in enumerate(floor.links) if link.way in {"locked", "secret"}]
    near = [n for n in floor.reached(shut) if floor.rooms[n].kind in {"room", "corridor"}] or [0]
    dry = [n for n in near if _fits(spring.feature, chosen[n].features)]
    return (dry or near)[0]


def _fits(feature: Feature, others: tuple[Feature, ...]) -> bool:
    return not any(words(feature) & words(other) for other in others)


def _scene(spot: Spot, extra: list[Detail], shell: Feature, *, dark: bool, spring: bool) -> Scene:
    text = " ".join((spot.text, *(detail.text for detail in extra)))
    features = spot.features + tuple(detail.feature for detail in extra)
    taken = {word for feature in features for word in words(feature)}
    if shell.name not in taken:  # the words that another feature has are its own
        rest = tuple(word for word in shell.also if word not in taken)
        features = (shell._replace(also=rest), *features)
    return Scene(spot.title, text, features, dark, spring)
