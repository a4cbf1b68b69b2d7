"""Random numbers that are the same in every process, on every platform and under every Python.

Only ``random.Random.random`` is used, the one method whose sequence Python promises to keep
(https://docs.python.org/3/library/random.html#notes-on-reproducibility).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Stream:
    """Give an independent sequence of chances, fixed by the words it is named with."""

    __slots__ = ("_next",)

    def __init__(self, *name: object) -> None:
        digest = blake2b("\x1f".join(map(str, name)).encode(), digest_size=16).digest()
        self._next = Random(int.from_bytes(digest)).random  # noqa: S311  (a game, not a secret)

    def below(self, n: int) -> int:
        """Return a whole number from 0 to ``n - 1``."""
        return int(self._next() * n)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def percent(self, chance: int) -> bool:
        """Return true in ``chance`` of a hundred cases."""
        return self._next() * 100 < chance

    def choice(self, options: Sequence[T]) -> T:
        """Return one of ``options``, each as likely as another."""
        return options[self.below(len(options))]

    def weighted(self, options: Sequence[tuple[T, int]]) -> T:
        """Return one of the ``(option, weight)`` pairs' options, as likely as its weight says."""
        point = self.below(sum(weight for _, weight in options))
        for option, weight in options:
            point -= weight
            if point < 0:
                return option
        raise ValueError("weighted() needs at least one option with a positive weight")

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """Return ``options`` in an order in which every permutation is as likely as another (Fisher and Yates)."""
        result = list(options)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result
