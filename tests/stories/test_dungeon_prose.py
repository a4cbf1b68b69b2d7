"""The hand-written material: enough of it for every floor, and every word in it means one thing."""

from __future__ import annotations

import re

import pytest
from tale_dungeon import arms, goods, remedies, treasures
from tale_dungeon.dressing import words
from tale_dungeon.layout import LARGEST
from tale_dungeon.themes import THEMES
from tale_dungeon.words import Feature, Spot, Theme

each_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)


def nouns(feature: Feature) -> set[str]:
    return {feature.name.lower().split()[-1], *feature.also}


def spots(theme: Theme) -> list[Spot]:
    return [*theme.entries, *theme.exits, *theme.rooms, *theme.corridors, *theme.vaults, *theme.secrets]


@each_theme
def test_there_is_a_spot_for_every_room_that_a_floor_may_have(theme: Theme) -> None:
    assert len(theme.rooms) >= LARGEST - 2
    assert len(theme.corridors) >= (LARGEST - 2) // 2
    assert all((theme.entries, theme.exits, theme.vaults, theme.secrets))
    assert len(theme.details) >= LARGEST - 2
    assert len(theme.doors) >= 3


@each_theme
def test_every_feature_is_mentioned_where_it_is(theme: Theme) -> None:
    mentions = [(spot.text, feature) for spot in spots(theme) for feature in spot.features]
    mentions += [(detail.text, detail.feature) for detail in (*theme.details, theme.spring)]
    for text, feature in mentions:
        said = set(re.findall(r"[a-z'-]+", f"{text} {text.replace('-', ' ')}".lower()))
        stems = {word.rstrip("s") for word in said}
        assert {word.rstrip("s") for word in words(feature)} & stems, f"{feature.name!r} is not in {text!r}"


@each_theme
def test_no_two_features_of_a_place_share_a_noun(theme: Theme) -> None:
    for spot in spots(theme):
        for number, one in enumerate(spot.features):
            for other in spot.features[number + 1 :]:
                assert not nouns(one) & nouns(other), f"{spot.title}: {one.name} and {other.name}"


@each_theme
def test_every_spot_has_something_to_look_at(theme: Theme) -> None:
    assert all(spot.features for spot in spots(theme))


def test_no_title_and_no_text_is_used_twice() -> None:
    everything = [spot for theme in THEMES for spot in spots(theme)]
    features: list[Feature] = [feature for spot in everything for feature in spot.features]
    for texts in ([s.title for s in everything], [s.text for s in everything], [f.text for f in features]):
        assert sorted(texts) == sorted(set(texts))


def test_no_two_monsters_and_no_two_goods_have_the_same_name() -> None:
    monsters = [monster.name for theme in THEMES for monster in (*theme.monsters, theme.warden)]
    assert len(set(monsters)) == len(monsters) >= 8
    tables = (arms.WEAPONS, arms.ARMOUR, remedies.REMEDIES, treasures.TREASURES)
    names = [good.name for table in tables for tier in table for good in tier]
    assert len(set(names)) == len(names)


def test_no_metal_is_on_two_floors() -> None:
    metals = [metal for tier in goods.METALS for metal in tier]
    assert len(set(metals)) == len(metals)


def test_monsters_grow_worse_from_floor_to_floor() -> None:
    average = [sum(m.stats.hp * m.stats.damage for m in theme.monsters) / len(theme.monsters) for theme in THEMES]
    assert average == sorted(average)
    wardens = [theme.warden.stats.hp for theme in THEMES]
    assert wardens == sorted(wardens)
