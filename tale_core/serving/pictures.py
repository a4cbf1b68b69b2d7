"""A story's pictures as they are sent: read and encoded once for all who are shown them."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

from tale_core.game.resources import LARGEST, PICTURES, fault, found


class Picture(NamedTuple):
    """Hold a picture as a data: URL, and its media type."""

    mime: str
    data: str


class Pictures:
    """Find pictures among the resources of the story in ``folder``. All methods are thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Picture] = {}

    def find(self, name: str) -> Picture | None:
        """Return the picture of that name; None for one that cannot be sent, of which the check tells the author."""
        known = self._known.get(name)
        if known is None:
            known = self._read(name)
            if known is not None:
                self._known[name] = known
        return known

    def renew(self, folder: Path) -> None:
        """Go on with the pictures of another version of the story."""
        self._folder = folder
        self._known = {}

    def _read(self, name: str) -> Picture | None:
        path = found(self._folder, name)
        if path is None or any(fault(self._folder, name, LARGEST)):
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        mime = PICTURES[path.suffix.lower()]
        return Picture(mime, f"data:{mime};base64,{b64encode(content).decode()}")
