"""Carry out ``tale map``: build a story's world, lay its places out, and show them as text or as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from tale_core.game.atlas import atlas
from tale_core.launcher import formats
from tale_core.launcher.stories import find_stories, story_folder
from tale_core.world.store import World


def show_map(wish: str, disabled: frozenset[str], svg: Path | None, seed: int) -> None:
    """Print the map of a story as its world is with a seed, or draw it to the file ``svg``."""
    story = formats.load(story_folder(wish, find_stories(disabled), disabled), disabled)
    world = World(seed)
    story.build(world)
    found = atlas(world, story.info.start)
    if svg is None:
        from tale_core.launcher.textmap import text_map

        click.echo(text_map(world, found), nl=False)
        return
    from tale_core.launcher.drawnmap import svg_map

    svg.write_text(svg_map(world, found, story.info.title), encoding="utf-8")
    click.echo(f"Drawn to {svg}.")
