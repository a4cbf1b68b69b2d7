"""The saves of everybody who plays a story: in memory once they are asked for, and kept as they are made."""

from __future__ import annotations

from threading import Lock

import msgspec

from tale_core.game.state import State
from tale_core.serving.store import KeptSave, Store

AUTOSAVE = "autosave"
"""The name under which a state is saved before something else takes its place."""

DEFAULT = "quick"
"""The name of a save that was given none."""

MOST = 50
"""How many saves of a story one may have."""

NAME_LENGTH = 40


class Shelf:
    """Hold saves by owner and name. All methods are thread-safe; a store is read once an owner."""

    def __init__(self, store: Store | None, story: str) -> None:
        self._store = store
        self._story = story
        self._lock = Lock()
        self._saves: dict[str, dict[str, KeptSave]] = {}

    def of(self, owner: str) -> dict[str, KeptSave]:
        """Return an owner's saves by name, the newest at the end. Raise ``StoreError`` when the store fails."""
        with self._lock:
            return dict(self._owned(owner))

    def put(self, save: KeptSave) -> None:
        """Add a save, in place of one of the same name; the caller has it kept."""
        with self._lock:
            owned = self._owned(save.owner)
            owned.pop(save.name, None)
            owned[save.name] = save

    def _owned(self, owner: str) -> dict[str, KeptSave]:
        if owner not in self._saves:
            found = [] if self._store is None else self._store.saves(owner, self._story)
            self._saves[owner] = {save.name: save for save in found}
        return self._saves[owner]


def named(asked: str) -> str | None:
    """Return the name that is meant by what was typed; None when it can be none."""
    name = " ".join(asked.split()) or DEFAULT
    fine = len(name) <= NAME_LENGTH and all(sign.isalnum() or sign in " -_" for sign in name)
    return name if fine else None


def pack(state: State) -> bytes:
    """Return a state as JSON."""
    return msgspec.json.encode(state)


def unpack(data: bytes) -> State:
    """Return the state; raise ``msgspec.DecodeError`` when it is damaged."""
    return msgspec.json.decode(data, type=State)
