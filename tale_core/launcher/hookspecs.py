"""The hooks that plugins implement.

The entry points ``tale.transports``, ``tale.stories``, ``tale.stores`` and ``tale.story_formats`` name their modules.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

    from tale_core.game.formats import StoryFormat
    from tale_core.serving.store import StoreSpec
    from tale_core.serving.transport import TransportSpec

hookspec = pluggy.HookspecMarker("tale")


@hookspec
def tale_transports() -> Sequence[TransportSpec]:  # type: ignore[empty-body]
    """Return the transports that this plugin offers. Import nothing heavy here: ``TransportSpec.load`` does that."""


@hookspec
def tale_stories() -> Sequence[Path]:  # type: ignore[empty-body]
    """Return the folders, each with a ``story.toml``, of the stories that this plugin offers."""


@hookspec
def tale_stores() -> Sequence[StoreSpec]:  # type: ignore[empty-body]
    """Return the stores that this plugin offers to keep games in. Import nothing heavy here: ``open`` does that."""


@hookspec
def tale_story_formats() -> Sequence[StoryFormat]:  # type: ignore[empty-body]
    """Return the forms of stories that this plugin reads. Import nothing heavy here: ``StoryFormat.load`` does that."""
