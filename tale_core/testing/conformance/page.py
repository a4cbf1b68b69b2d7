"""The page: a real browser plays over this transport."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.serving.transport import TransportSpec
from tale_core.testing.conformance.suite import Suite
from tale_core.testing.stage import running

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


class Page(Suite):
    """Open the page in Chromium, where Playwright and one are installed."""

    @pytest.mark.browser
    @pytest.mark.slow
    def test_a_browser_plays_and_reports_no_error(self, spec: TransportSpec, tmp_path: Path, wire: str) -> None:
        """It types a line, sees the answer, reloads, and sees both again."""
        playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
        if not CHROMIUM.exists():
            pytest.skip(f"there is no {CHROMIUM}")
        problems: list[str] = []
        with (
            running(spec, tmp_path, patience=self.deadline, wires=frozenset({wire})) as stage,
            playwright.sync_playwright() as driver,
        ):
            chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = chromium.new_page()
            page.set_default_timeout(self.deadline * 1000)
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
            host, port = stage.address
            page.goto(f"http://{host}:{port}/tale/story?token={stage.host.token}")
            page.get_by_text("Welcome.").wait_for()
            page.locator("input").first.fill("echo from a browser")
            page.keyboard.press("Enter")
            page.get_by_text("from a browser", exact=True).wait_for()
            page.reload()
            page.get_by_text("from a browser", exact=True).wait_for()
            chromium.close()
        assert problems == []
        assert stage.games[-1].lines == ["echo from a browser"]
