"""Find the exact command that would mend a plugin, from the metadata of its distribution. Imports no plugin."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

_REQUIREMENT = re.compile(r"\s*(?P<line>(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)[^;]*)(;(?P<marker>.*))?")
_EXTRA = re.compile(r"""extra\s*==\s*["'](?P<extra>[^"']+)["']""")

IMPORTED_AS: Mapping[str, str] = {"yaml": "pyyaml", "dotenv": "python-dotenv", "socketio": "python-socketio"}
"""Modules whose distribution is called quite otherwise; most differ only in ``_`` and ``-``."""


def is_missing(module: str) -> bool:
    """Return whether the top-level package of ``module`` cannot be found, without importing it."""
    try:
        return find_spec(module.partition(".")[0]) is None
    except (ValueError, ImportError):
        return False  # it is loaded already, but in a way that tells nothing of where from


def install(modules: Sequence[str], dist: Distribution | None, plugin: str) -> str:
    """Return the command that installs ``modules`` for ``plugin``: by an extra of ``dist`` if one brings them."""
    if dist is None:
        return ""
    wanted = {_distribution_of(module) for module in modules}
    brought: dict[str, set[str]] = {}
    lines: dict[str, str] = {}
    for name, line, extra in _requirements(dist):
        brought.setdefault(extra, set()).add(name)
        if not extra:
            lines[name] = line
    if wanted & brought.get("", set()):
        return pip("install", *(lines[name] for name in sorted(wanted & brought[""])))
    extras = [extra for extra in brought if extra and wanted & brought[extra]]
    if extras:
        # The most of what is missing, then the plugin's own extra, then the one that brings the least besides.
        best = min(
            extras, key=lambda extra: (-len(wanted & brought[extra]), extra != plugin, len(brought[extra]), extra)
        )
        return pip("install", f"{dist.metadata['Name']}[{best}]")
    return reinstall(dist)


def reinstall(dist: Distribution | None) -> str:
    """Return the command that puts back what a distribution should have brought."""
    return pip("install", "--force-reinstall", dist.metadata["Name"]) if dist else ""


def upgrade(name: str) -> str:
    """Return the command that fetches the newest version of a distribution."""
    return pip("install", "--upgrade", name) if name else ""


def uninstall(dist: Distribution | None) -> str:
    """Return the command that removes a distribution."""
    return pip("uninstall", dist.metadata["Name"]) if dist else ""


def author_of(dist: Distribution | None) -> str:
    """Return whom to tell of a fault: the author's address or name, as far as the metadata says."""
    if dist is None:
        return ""
    return next((dist.metadata[key] for key in ("Author-email", "Author", "Home-page") if key in dist.metadata), "")


def pip(*words: str) -> str:
    """Return the command line that runs pip for this very interpreter (uv where an environment has no pip)."""
    python = _shown(sys.executable)
    action, *rest = words
    start = [python, "-m", "pip", action] if not is_missing("pip") else ["uv", "pip", action, "--python", python]
    return " ".join((*map(_quoted, start), *map(_quoted, rest)))


def _shown(executable: str) -> str:
    try:
        relative = Path(executable).relative_to(Path.cwd())
    except (ValueError, OSError):
        return executable
    return str(relative)


def _quoted(word: str) -> str:
    if re.fullmatch(r"[\w@%+=:,./\\-]+", word):
        return word
    return f'"{word}"' if os.name == "nt" else "'" + word.replace("'", "'\"'\"'") + "'"


def _distribution_of(module: str) -> str:
    root = module.partition(".")[0].lower()
    return IMPORTED_AS.get(root, root.replace("_", "-"))


def _requirements(dist: Distribution) -> Iterable[tuple[str, str, str]]:
    for text in dist.requires or ():
        found = _REQUIREMENT.match(text)
        if found is None:
            continue
        extra = _EXTRA.search(found["marker"] or "")
        name = re.sub(r"[-_.]+", "-", found["name"]).lower()
        yield name, found["line"].strip(), extra["extra"] if extra else ""
