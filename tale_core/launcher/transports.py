"""Turn what plugins offer into reports of transports, and keep what is needed to load one of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tale_core.launcher import remedy
from tale_core.launcher.discovery import SWITCHED_OFF, TRANSPORTS, Plugin, Problem, load_plugins, name_taken
from tale_core.launcher.reports import TransportReport, WireReport
from tale_core.serving.transport import API, TransportSpec


class Transports(Struct, frozen=True):
    """Hold all installed transports: ``reports`` best first, ``specs`` by name for those that can be loaded."""

    reports: tuple[TransportReport, ...]
    specs: Mapping[str, TransportSpec]


def find_transports(disabled: frozenset[str] = frozenset()) -> Transports:
    """Ask every transport plugin what it offers. Imports the plugins' light entry modules, and no web framework."""
    reports: list[TransportReport] = []
    latecomers: list[TransportReport] = []  # whose name is taken: after all others, so that a name finds its owner
    specs: dict[str, TransportSpec] = {}
    owners: dict[str, str] = {}
    for plugin in load_plugins(TRANSPORTS, disabled):
        if plugin.problem is not None or not plugin.items:
            nothing = Problem("unavailable", "it offers no transport on this machine")
            listed = latecomers if plugin.name in owners else reports
            listed.append(_report(plugin, plugin.name, plugin.problem or nothing))
            owners.setdefault(plugin.name, plugin.distribution)
            continue
        for item in plugin.items:
            spec, problem = _checked(plugin, item)
            name = spec.name if spec else plugin.name
            if name in owners:
                problem = name_taken(name, owners[name], plugin.dist)
                latecomers.append(_report(plugin, name, problem, spec))
                continue
            owners[name] = plugin.distribution
            if problem is None and name in disabled:
                problem = SWITCHED_OFF
            report = _report(plugin, name, problem, spec)
            reports.append(report)
            if spec is not None and report.state == "available":
                specs[name] = spec
    # Best first; the order of discovery, Tale's own before others, settles what rank leaves open.
    reports.sort(key=lambda report: (report.state != "available", -report.rank))
    return Transports((*reports, *latecomers), specs)


def _checked(plugin: Plugin, item: object) -> tuple[TransportSpec | None, Problem | None]:
    api = getattr(item, "api", None)
    if isinstance(api, int) and api != API:
        reason = f"it is made for version {api} of the transport interface; this Tale has version {API}"
        cure = remedy.upgrade("tale-core" if api > API else plugin.distribution)
        return item if isinstance(item, TransportSpec) and _sound(item) else None, Problem("incompatible", reason, cure)
    if not isinstance(item, TransportSpec):
        reason = f"tale_transports returned a {type(item).__name__}; a TransportSpec is expected"
        return None, Problem("incompatible", reason, remedy.upgrade(plugin.distribution))
    if not _sound(item):
        reason = "its TransportSpec has a name, wires, rank or load of the wrong type"
        return None, Problem("incompatible", reason, remedy.upgrade(plugin.distribution))
    return item, None


def _sound(spec: TransportSpec) -> bool:
    # msgspec checks what it decodes, not what a constructor is given.
    return (
        isinstance(spec.name, str)
        and spec.name.replace("-", "_").isidentifier()
        and isinstance(spec.wires, Mapping)
        and bool(spec.wires)
        and all(isinstance(wire, str) and not isinstance(needs, str) for wire, needs in spec.wires.items())
        and all(isinstance(module, str) for needs in spec.wires.values() for module in needs)
        and isinstance(spec.rank, int)
        and callable(spec.load)
    )


def _report(plugin: Plugin, name: str, problem: Problem | None, spec: TransportSpec | None = None) -> TransportReport:
    wires = tuple(_wire(plugin, name, wire, tuple(needs)) for wire, needs in spec.wires.items()) if spec else ()
    if problem is None and not any(wire.available for wire in wires):
        problem = Problem("unavailable", why_missing(wires[0].missing), wires[0].remedy)
    return TransportReport(
        name=name,
        group=plugin.group,
        entry_point=plugin.entry_point,
        distribution=plugin.distribution,
        version=plugin.version,
        state=problem.state if problem else "available",
        reason=problem.reason if problem else "",
        remedy=problem.remedy if problem else "",
        wires=wires,
        features=tuple(sorted(spec.features)) if spec else (),
        rank=spec.rank if spec else 0,
        api=spec.api if spec else 0,
        summary=spec.summary if spec else "",
    )


def _wire(plugin: Plugin, name: str, wire: str, modules: tuple[str, ...]) -> WireReport:
    missing = tuple(module for module in modules if remedy.is_missing(module))
    cure = remedy.install(missing, plugin.dist, name) if missing else ""
    return WireReport(name=wire, available=not missing, modules=modules, missing=missing, remedy=cure)


def why_missing(modules: tuple[str, ...]) -> str:
    """Say which modules are not installed."""
    listed = ", ".join(repr(module) for module in modules)
    return f"the module {listed} is not installed" if len(modules) == 1 else f"the modules {listed} are not installed"
