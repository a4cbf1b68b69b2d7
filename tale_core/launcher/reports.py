"""What the launcher knows about each plugin, as data: nothing here imports or runs one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal["available", "unavailable", "disabled", "incompatible"]
"""``unavailable`` cannot load or lacks a module, ``disabled`` switched off, ``incompatible`` fits another Tale."""


class WireReport(Struct, frozen=True, kw_only=True):
    """Tell whether a wire can run: ``missing`` are those of the ``modules`` it needs that are not installed."""

    name: str
    available: bool
    modules: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    remedy: str = ""


class PluginReport(Struct, frozen=True, kw_only=True):
    """Tell what became of one plugin; ``remedy`` is the command that would mend what ``reason`` says is wrong."""

    name: str
    group: str
    entry_point: str
    state: State
    distribution: str = ""
    version: str = ""
    reason: str = ""
    remedy: str = ""


class TransportReport(PluginReport, frozen=True, kw_only=True):
    """Tell of a transport; ``wires`` are in its own order of preference, and empty when it could not be asked."""

    wires: tuple[WireReport, ...] = ()
    features: tuple[str, ...] = ()
    rank: int = 0
    api: int = 0
    summary: str = ""

    def wire(self, name: str) -> WireReport | None:
        """Return the wire of that name, or None when this transport does not offer it."""
        return next((wire for wire in self.wires if wire.name == name), None)

    def can_run(self, name: str) -> bool:
        """Return whether the wire of that name would run here and now."""
        wire = self.wire(name)
        return self.state == "available" and wire is not None and wire.available


class StoryReport(PluginReport, frozen=True, kw_only=True):
    """Tell of a story; ``folder`` is where its ``story.toml`` lies."""

    title: str = ""
    author: str = ""
    story_version: str = ""
    description: str = ""
    folder: str = ""
