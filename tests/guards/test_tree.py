"""Habits of the tree: nothing from one machine in it, no file too long to read, no waiting by the clock."""

from __future__ import annotations

import re

LIMIT = 400

ELSEWHERE = re.compile(
    r"(?<![\w.$}])/(?:home|root|tmp|work|Users|opt)/\w"  # a path on somebody's machine
    r"|[A-Z]:\\\\?Users"
    r"|py" + r"pi\.org|pythonhosted" + r"\.org|registry\.npm" + r"js|deb\.deb" + r"ian\.org"  # a host of a registry
)


def test_no_file_names_a_path_of_one_machine_or_a_host_of_a_registry(root, texts) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:80]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if ELSEWHERE.search(line)
    ]
    assert not found


def test_no_source_file_is_too_long_to_read(root, texts) -> None:
    long = {
        str(path.relative_to(root)): lines
        for path, text in texts.items()
        if path.suffix in {".py", ".js"} and (lines := text.count("\n")) > LIMIT
    }
    assert not long, f"more than {LIMIT} lines ask for a split"


def test_nothing_waits_by_the_clock(root, texts) -> None:
    waiting = re.compile(r"\b(?:time\.sleep|asyncio\.sleep\((?!0\)))")
    found = [
        f"{path.relative_to(root)}:{number}"
        for path, text in texts.items()
        if path.suffix == ".py" and path.name != "test_tree.py"
        for number, line in enumerate(text.splitlines(), 1)
        if waiting.search(line)
    ]
    assert not found


def test_nothing_is_left_for_later(root, texts) -> None:
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    found = [
        str(path.relative_to(root))
        for path, text in texts.items()
        if path.suffix in {".py", ".js"} and later.search(text)
    ]
    assert not found
