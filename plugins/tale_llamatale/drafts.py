"""The things of the story as they are made: each with an id of its own, and the text that it comes from."""

from __future__ import annotations

from tale_core.game.worlddata import Draft
from tale_core.world.components import Component, How
from tale_llamatale.records import Record


class Drafts:
    """Collect things; ``ways`` are those that stand for an exit, with its direction."""

    def __init__(self) -> None:
        self.all: list[Draft] = []
        self.ways: dict[str, str] = {}
        self._taken: dict[str, int] = {"player": 1, "story": 1}

    def free_id(self, wish: str) -> str:
        """Return an id that nothing else has: the one that is wished for, or with a number behind it."""
        count = self._taken[wish] = self._taken.get(wish, 0) + 1
        return wish if count == 1 else self.free_id(f"{wish}_{count}")

    def add(
        self,
        id: str,
        components: tuple[Component, ...],
        record: Record,
        parent: str = "",
        how: How = "in",
    ) -> str:
        """Add a thing under an id that is free; return it."""
        self.all.append(Draft(id, components, parent, how, record.file, record.mark(), record.node))
        return id
