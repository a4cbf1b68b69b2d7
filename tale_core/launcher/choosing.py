"""Choose the transport and wire to run: a pure function of what was asked for and of the reports."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tale_core.errors import UsageError
from tale_core.launcher.names import unknown
from tale_core.launcher.reports import TransportReport
from tale_core.launcher.transports import why_missing
from tale_core.serving.transport import EVENTSOURCE, TERMINAL, WEBSOCKET

_STANDARD = (WEBSOCKET, EVENTSOURCE, TERMINAL)


class Choice(Struct, frozen=True):
    """Name a transport, the wire it was chosen for, and all wires that it is to offer."""

    plugin: str
    wire: str
    wires: frozenset[str]

    def __str__(self) -> str:
        return f"{self.plugin}:{self.wire}"


class Plan(Struct, frozen=True):
    """Hold what can run, best first; ``complaint`` says why the first is not what was asked for, empty if it is."""

    choices: tuple[Choice, ...]
    complaint: str = ""


Offer = tuple[TransportReport, str]
"""A transport and one of its wires; the wire is empty when the transport could not be asked for its wires."""


def choose(asked: str | None, reports: Sequence[TransportReport], *, secure: bool = False) -> Plan:
    """Plan what to run for ``[PLUGIN:]WIRE``, a plugin's name, or None for no wish; ``secure`` wants TLS.

    Raise ``UsageError`` for a plugin or wire that nobody knows.
    """
    ranked = _ranked(reports)
    plugin, wire = _parsed(asked, ranked)
    offers = _in_order(plugin, wire, ranked)
    wanted = _wanted(plugin, wire, offers)
    obstacles = [(report.name, wire_, _obstacle(report, wire_, secure)) for report, wire_ in (*wanted, *offers)]
    choices = _choices([*wanted, *offers], secure)
    met = next((index for index, (_, _, obstacle) in enumerate(obstacles[: len(wanted)]) if not obstacle), None)
    if met is not None and (met == 0 or asked is None):
        return Plan(choices)  # and whoever asked for nothing was promised no particular plugin
    passed = obstacles[: len(wanted) if met is None else met]
    return Plan(choices, _complaint(asked, passed))


def _ranked(reports: Sequence[TransportReport]) -> list[TransportReport]:
    owners: dict[str, TransportReport] = {}
    for report in reports:
        owners.setdefault(report.name, report)
    return sorted(owners.values(), key=lambda report: -report.rank)


def _parsed(asked: str | None, reports: Sequence[TransportReport]) -> tuple[TransportReport | None, str | None]:
    if asked is None:
        return None, None
    by_name = {report.name: report for report in reports}
    wires = {*_STANDARD, *(wire.name for report in reports for wire in report.wires)}
    name, colon, wire = asked.partition(":")
    if not colon:
        if name in wires:
            return None, name
        if name in by_name:
            return by_name[name], None
        raise UsageError(unknown("transport", name, {*wires, *by_name}))
    if name not in by_name:
        raise UsageError(unknown("transport plugin", name, by_name))
    report = by_name[name]
    offered = {entry.name for entry in report.wires} or wires
    if wire not in offered:
        raise UsageError(unknown(f"wire of {name!r} called", wire, offered))
    return report, wire


def _wanted(plugin: TransportReport | None, wire: str | None, offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers that are just what was asked for, best first."""
    if plugin is not None:
        return [(plugin, wire or next((entry.name for entry in plugin.wires), ""))]
    if wire is None:
        return [offer for offer in offers if offer[1] != TERMINAL]
    # A transport that its user switched off is not wanted, and needs no explanation either.
    return [offer for offer in offers if offer[1] == wire and offer[0].state != "disabled"]


def _in_order(plugin: TransportReport | None, wire: str | None, reports: Sequence[TransportReport]) -> list[Offer]:
    """Return all offers, the nearest to the wish first: the plugin's own wires, the same wire elsewhere, the rest."""
    found = [(report, entry.name) for report in reports for entry in report.wires]
    others = [name for _, name in found if name not in _STANDARD]
    order = [WEBSOCKET, EVENTSOURCE, *others, TERMINAL]
    if wire is not None:
        order.insert(0, wire)
    own = plugin.name if plugin is not None and wire is None else None
    return sorted(found, key=lambda offer: (offer[0].name != own, own != offer[0].name and order.index(offer[1])))


def _choices(offers: Sequence[Offer], secure: bool) -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    for report, wire in offers:
        if not _obstacle(report, wire, secure):
            wires = {wire}
            if wire == WEBSOCKET:  # a browser behind a proxy that blocks WebSockets still plays
                wires.update(entry.name for entry in report.wires if entry.available)
            choice = Choice(report.name, wire, frozenset(wires))
            found.setdefault(str(choice), choice)
    return tuple(found.values())


def _obstacle(report: TransportReport, wire: str, secure: bool) -> str:
    """Return why an offer cannot run, with the command that would mend it; empty when it can."""
    entry = report.wire(wire)
    if report.state != "available":
        return _with_remedy(report.reason, report.remedy)
    if entry is None or not entry.available:
        missing = why_missing(entry.missing) if entry else f"it has no wire {wire!r}"
        return _with_remedy(missing, entry.remedy if entry else "")
    if secure and wire != TERMINAL and "tls" not in report.features:
        return "it does not do TLS"
    return ""


def _with_remedy(reason: str, remedy: str) -> str:
    return f"{reason}; to mend that: {remedy}" if remedy else reason


def _complaint(asked: str | None, passed: Sequence[tuple[str, str, str]]) -> str:
    """Say in one line why what was asked for cannot run; each plugin is named once."""
    wish = f"--transport {asked} cannot run as asked" if asked else "no web transport can run"
    why: dict[str, str] = {}
    for name, wire, obstacle in passed:
        why.setdefault(name, f"{name}:{wire}: {obstacle}" if wire else f"{name}: {obstacle}")
    return f"{wish} ({' | '.join(why.values()) or 'no plugin here offers it'})"
