"""Is a story whole? Looks for what no player could reach, open, examine or read, and says where to mend it.

What keeps a story from being played at all is an error of ``load_story``; here are mostly warnings. What the story's
own code names is left in peace, since code can move, open and tell anything.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from msgspec.structs import replace

from tale_core.game.checking import locks, memory, pictures, prose, reach, translations, unused
from tale_core.game.checking.mentions import mentioned
from tale_core.game.reading import Finding, Reading

__all__ = ["check"]


def check(reading: Reading) -> list[Finding]:
    """Return what is amiss with a story that can be played, by file and line, but for what its ``allow`` names."""
    named = mentioned(reading)
    found = [
        *reading.notes,
        *reach.findings(reading, named),
        *locks.findings(reading, named),
        *prose.findings(reading),
        *unused.findings(reading, named),
        *pictures.findings(reading),
        *translations.findings(reading),
        *memory.findings(reading),
    ]
    allowed = reading.story.info.allow
    kept = [each for each in found if not any(fnmatchcase(f"{each.code}:{each.about}", name) for name in allowed)]
    if not reading.own:  # the hints are about Tale's own files
        kept = [each if each.level == "note" else replace(each, hint="") for each in kept]
    return sorted(dict.fromkeys(kept), key=lambda each: (each.file, each.line, each.column, each.text))
