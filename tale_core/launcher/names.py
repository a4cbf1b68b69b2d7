"""Sentences for words that name nothing: the nearest names, and all valid ones."""

from __future__ import annotations

from collections.abc import Iterable


def unknown(kind: str, word: str, valid: Iterable[str]) -> str:
    """Say that no ``kind`` is called ``word``, with the nearest of the ``valid`` names and the list of them all."""
    names = sorted(set(valid))
    near = nearest(word, names)
    parts = [f"There is no {kind} {word!r}."]
    if near:
        parts.append(f"Did you mean {' or '.join(repr(name) for name in near)}?")
    parts.append(f"Valid: {', '.join(names)}." if names else "None is installed.")
    return " ".join(parts)


def nearest(word: str, names: Iterable[str]) -> list[str]:
    """Return up to three of ``names`` that look like ``word``, the likeliest first."""
    from difflib import get_close_matches  # only needed once something is wrong

    lowered = {name.lower(): name for name in names}
    return [lowered[match] for match in get_close_matches(word.lower(), list(lowered), n=3, cutoff=0.5)]
