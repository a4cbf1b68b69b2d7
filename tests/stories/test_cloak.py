"""The smallest story stays small: it shows how little one needs. Its transcripts play both ends."""

from __future__ import annotations

from pathlib import Path

import tale_cloak

FOLDER = Path(tale_cloak.__file__).parent


def test_the_whole_story_has_less_than_120_lines() -> None:
    files = [path for path in FOLDER.iterdir() if path.suffix in {".py", ".toml", ".yaml"}]
    assert len(files) > 3
    assert sum(path.read_text("utf-8").count("\n") for path in files) < 120
