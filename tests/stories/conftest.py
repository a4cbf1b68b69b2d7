from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.game.story import Story, load_story


@pytest.fixture(scope="session")
def dungeon() -> Story:
    return load_story(Path(__file__).parents[2] / "stories" / "tale_dungeon")
