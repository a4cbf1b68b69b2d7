"""The stories in ``docs/stories`` are real: the files that a page shows make a story whose transcripts play.

A code block that is opened as "```yaml world.yaml" is that file; a page that shows no ``story.toml`` gets a usual one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tale_core.game.story import load_story
from tale_core.testing.rehearsal import rehearse, transcripts_of
from tale_core.testing.transcript import read_transcript

PAGES = sorted((Path(__file__).parent.parent.parent / "docs" / "stories").glob("*.md"))
FENCED = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
USUAL = 'id = "example"\ntitle = "Example"\nauthor = "You"\nversion = "1.0"\nmodes = ["if", "mud"]\n'


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_the_story_on_the_page_is_sound_and_its_transcripts_play(page, tmp_path) -> None:
    files = dict(FENCED.findall(page.read_text("utf-8")))
    first = re.search(r"^places:\n  (\w+):", files.get("world.yaml", ""), re.MULTILINE)
    assert first is not None, "a page shows a world.yaml with a place"
    files.setdefault("story.toml", f'{USUAL}start = "{first[1]}"\n')
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    story = load_story(tmp_path)
    transcripts = transcripts_of(tmp_path)
    assert transcripts, "a page shows a transcript"
    mistakes = [each for path in transcripts for each in rehearse(story, read_transcript(path))]
    assert not mistakes, "\n".join(mistakes)
