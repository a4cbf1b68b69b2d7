"""The guide "Write a story" is followed to the letter: its files are written, its changes made, its commands run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "write-a-story.md"
STEP = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guide_does_what_it_says(root, tmp_path) -> None:
    for kind, file, text in STEP.findall(GUIDE.read_text("utf-8")):
        if kind == "console":
            run(text, tmp_path)
        elif kind == "diff":
            change(tmp_path / file, text)
        else:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def run(text: str, folder: Path) -> None:
    """Run the command after the "$"; every line below it must be told."""
    command, *told = text.splitlines()
    words = command.removeprefix("$ tale ").split()
    done = subprocess.run(
        [sys.executable, "-m", "tale_core", *words], cwd=folder, capture_output=True, text=True, timeout=60
    )
    out = done.stdout + done.stderr
    for line in told:
        assert line.strip() in out, f"{command}: {line!r} is not in:\n{out}"
    assert (done.returncode == 1) == any("error" in line for line in told), out


def change(path: Path, text: str) -> None:
    """Put each line with a "+" after the one with a "-" that it follows, which must be there once and goes."""
    content = path.read_text("utf-8")
    for old, new in re.findall(r"^-(.*)\n((?:\+.*\n)+)", text, re.MULTILINE):
        assert content.count(f"{old}\n") == 1, old
        content = content.replace(f"{old}\n", "".join(line[1:] + "\n" for line in new.splitlines()))
    path.write_text(content, "utf-8")
