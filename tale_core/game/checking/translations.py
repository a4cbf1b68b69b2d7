"""What a story's sets of texts in other languages lack."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from tale_core.game.problems import TOP
from tale_core.game.reading import Finding, Reading, Spot
from tale_core.game.storytexts import MESSAGES, lacking, languages, name_of


def findings(reading: Reading) -> Iterator[Finding]:
    """Yield which ids of the engine's and of the story's own each translation has no text for."""
    folder = reading.story.folder
    own = _ids(reading, MESSAGES) if (folder / MESSAGES).is_file() else []
    for language in languages(folder):
        missing = lacking(_ids(reading, name_of(language)), own)
        if missing:
            many = "one text is" if len(missing) == 1 else f"{len(missing)} texts are"
            text = f"{many} not translated: {', '.join(missing)}"
            spot = Spot(name_of(language), TOP)
            yield reading.finding("warning", "translation", language, spot, text, "they are told in English")


def _ids(reading: Reading, name: str) -> list[str]:
    tables = tomllib.loads((reading.story.folder / name).read_text(encoding="utf-8-sig"))
    return [f"{group}.{key}" for group, table in tables.items() for key in table]
