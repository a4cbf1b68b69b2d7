"""Every transcript of the stories beside this file, and of every story that Tale brings, plays as it is written."""

from __future__ import annotations

from pathlib import Path

from tale_core.launcher.stories import find_stories
from tale_core.testing.rehearsal import transcript_tests

HERE = Path(__file__).parent

test_transcripts = transcript_tests(
    *sorted(story.parent for story in HERE.glob("*/story.toml")),
    *(Path(report.folder) for report in find_stories() if report.state == "available"),
)
