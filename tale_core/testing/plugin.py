"""The pytest plugin of the conformance kit: which cases run on which wire, which are skipped, and a summary of it.

It is loaded into every run of pytest where Tale is installed, so it imports nothing and does nothing until a test class
is derived from ``tale_core.testing.conformance.Conformance``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

    from tale_core.testing.conformance.suite import Suite

pytest.register_assert_rewrite("tale_core.testing.conformance")

PROPERTY = "tale.transport"
"""The name of the property under which a report tells which transport its case was about."""

MARKERS = (
    "slow: takes more than a few seconds",
    "browser: drives a real Chromium",
    "tale_wire(name): a case of Tale's conformance kit that is about one wire",
    "tale_needs(feature): a case of Tale's conformance kit for transports that declare a feature",
)


def pytest_configure(config: pytest.Config) -> None:
    """Name the kit's marks, so that --strict-markers knows them."""
    for line in MARKERS:
        config.addinivalue_line("markers", line)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a case that asks for a wire once for each, one that is about a wire for that one only."""
    suite = _suite(metafunc.cls)
    if suite is not None and "wire" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("tale_wire")
        metafunc.parametrize("wire", suite.wires if only is None else only.args)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a transport does not offer as skipped, and its known faults as expected failures."""
    suites: set[type[Suite]] = set()
    for item in items:
        suite = _suite(getattr(item, "cls", None))
        if suite is None:
            continue
        suites.add(suite)
        item.user_properties.append((PROPERTY, suite.name()))
        wire = getattr(item, "callspec", None) and item.callspec.params.get("wire")  # type: ignore[attr-defined]
        marker = item.get_closest_marker("tale_needs")
        reason = suite.lacks(wire, marker.args[0] if marker else None)
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))
        for name in {item.name, item.name.partition("[")[0]} & suite.known_faults.keys():
            item.add_marker(pytest.mark.xfail(reason=suite.known_faults[name], strict=True))
    for suite in suites:
        unknown = [name for name in suite.known_faults if not hasattr(suite, name.partition("[")[0])]
        if unknown:
            raise pytest.UsageError(f"known_faults of {suite.__name__}: there is no case {', '.join(unknown)}")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Tell for each transport how many cases it passed, and why others were not tried."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in ("passed", "failed", "error", "skipped", "xfailed", "xpassed"):
        for report in terminalreporter.stats.get(outcome, ()):
            name = dict(getattr(report, "user_properties", ())).get(PROPERTY)
            if isinstance(name, str):
                outcomes[name][outcome] += 1
                if outcome == "skipped":
                    reasons[name][f"skipped: {_reason(report)}"] += 1
                elif outcome == "xfailed":
                    reasons[name][f"known fault: {report.wasxfail}"] += 1
    if not outcomes:
        return
    terminalreporter.section("Tale's conformance kit")
    for name, counts in sorted(outcomes.items()):
        terminalreporter.line(f"{name}: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
        for reason, count in sorted(reasons[name].items()):
            terminalreporter.line(f"  {count:3} {reason}")


def _suite(cls: type | None) -> type[Suite] | None:
    """Return the class if it is one of the kit's, without importing the kit to find out."""
    return cls if getattr(cls, "is_tale_suite", False) else None


def _reason(report: Any) -> str:  # noqa: ANN401  (a report's longrepr is whatever made it)
    found = report.longrepr
    return str(found[2]).removeprefix("Skipped: ") if isinstance(found, tuple) else str(found)
