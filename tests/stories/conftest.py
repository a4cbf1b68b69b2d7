from __future__ import annotations

from pathlib import Path

import pytest
import tale_dungeon

from tale_core.game.story import Story, load_story


@pytest.fixture(scope="session")
def dungeon() -> Story:
    return load_story(Path(tale_dungeon.__file__).parent)
