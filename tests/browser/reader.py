"""A reader at the play page: opens it, types, clicks, and reads what is there. Every wait has a deadline."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

DEADLINE = 20_000.0
"""Milliseconds that anything on the page may take."""


class Reader:
    """Drive one tab. ``problems`` are the errors that its console has reported."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.set_default_timeout(DEADLINE)
        page.on("console", lambda message: self._note(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(str(error)))

    def _note(self, problem: str) -> None:
        self.problems.append(problem)

    # Where things are

    @property
    def line(self) -> Locator:
        return self.page.locator("#line")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status").and_(self.page.locator("#status"))

    @property
    def banner(self) -> Locator:
        return self.page.get_by_role("region", name="Connection")

    @property
    def exits(self) -> Locator:
        return self.page.get_by_role("navigation", name="Ways out").get_by_role("button")

    @property
    def blocks(self) -> Locator:
        return self.page.locator("#log-text > .block")

    # What a reader does

    def open(self, url: str, port: int | None = None) -> None:
        """Open the title page by the printed address, through ``port`` if given, and go on to the story."""
        if port is not None:
            url = url.replace(f":{urlsplit(url).port}/", f":{port}/")
        self.page.goto(url)
        self.page.get_by_role("link", name="Play").or_(self.page.get_by_role("link", name="Continue")).click()
        self.is_connected()
        expect(self.blocks.first).to_be_visible(timeout=DEADLINE)

    def is_connected(self, wire: str = "") -> None:
        """Wait until the page says that it is connected, over this wire if one is named."""
        expect(self.status).to_contain_text("Connected", timeout=DEADLINE)
        if wire:
            name = {"websocket": "WebSocket", "eventsource": "EventSource"}[wire]
            expect(self.status).to_contain_text(name, timeout=DEADLINE)

    def type(self, line: str) -> None:
        """Type a line and send it, without waiting for an answer."""
        self.line.fill(line)
        self.line.press("Enter")

    def say(self, line: str) -> list[str]:
        """Type a line, wait for its answer, and return that: the texts of the blocks after the echo."""
        before = len(self.typed())
        self.type(line)
        self.has_typed(before + 1)
        return self.last_answer()

    def has_typed(self, count: int) -> None:
        """Wait until that many lines have been answered, and none is pending. The page sends at most 8 a second."""
        deadline = DEADLINE + 250 * count
        expect(self.page.locator("#log-text > .block-input")).to_have_count(count, timeout=deadline)
        expect(self.page.locator("#log-pending > *")).to_have_count(0, timeout=DEADLINE)

    def typed(self) -> list[str]:
        """Return the lines that the transcript shows as typed and answered, oldest first."""
        return self.page.locator("#log-text > .block-input .typed").all_inner_texts()

    def transcript(self) -> list[str]:
        """Return the text of each block, oldest first."""
        return [text.strip() for text in self.blocks.all_inner_texts()]

    def last_answer(self) -> list[str]:
        """Return the texts of the blocks after the newest typed line."""
        return self.page.locator("#log-text > .block-input").last.evaluate(
            """(typed) => {
                const texts = [];
                for (let each = typed.nextElementSibling; each; each = each.nextElementSibling) {
                    texts.push(each.innerText.trim());
                }
                return texts;
            }"""
        )

    def turns(self) -> int:
        """Return the number of turns that the scene shows."""
        return int(self.page.locator("#turns-text").inner_text())
