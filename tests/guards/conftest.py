"""What the guards look at: the checkout that these tests belong to."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the checkout. Tests that ran away from it (beside an installed wheel) have none to guard."""
    if not (ROOT / "tale_core").is_dir():
        pytest.skip("needs the checkout, and these tests run beside an installed package")
    return ROOT


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    """Return every file that git tracks, or would if it were added now."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    return sorted(path for name in done.stdout.split("\0") if name and (path := root / name).is_file())


@pytest.fixture(scope="session")
def texts(tracked: list[Path]) -> dict[Path, str]:
    """Return the text of every tracked file that is text."""
    found = {}
    for path in tracked:
        content = path.read_bytes()
        if b"\0" not in content:
            found[path] = content.decode("utf-8")
    return found
