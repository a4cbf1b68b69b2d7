"""Chromium, servers and readers. Without a Chromium the tests are skipped, but on CI that is a failure."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from .reader import Reader
from .server import Proxy, Server

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

TRANSPORTS = ("fastapi:websocket", "fastapi:eventsource", "flask:websocket", "flask:eventsource")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a module its Chromium, which ends with it: Playwright keeps an event loop, which other tests would be in."""
    if not CHROMIUM.exists():
        missing = f"there is no {CHROMIUM}: install the package chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[str], Server]]:
    """Start the server of a transport at its first use; all are ended with the session, and must end well."""
    running: dict[str, Server] = {}

    def start(transport: str) -> Server:
        if transport not in running:
            running[transport] = Server(transport)
        return running[transport]

    yield start
    assert {name: server.stop() for name, server in running.items()} == dict.fromkeys(running, 0)


@pytest.fixture(params=TRANSPORTS, ids=[name.replace(":", "-") for name in TRANSPORTS])
def transport(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def server(transport: str, serve: Callable[[str], Server]) -> Server:
    return serve(transport)


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    made = Proxy(server.port)
    yield made
    made.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give each test a browser without cookies, and so a game of its own."""
    made = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def new_reader(context: BrowserContext) -> Callable[[], Reader]:
    """Open a further tab of the same browser."""
    return lambda: Reader(context.new_page())


@pytest.fixture
def reader(new_reader: Callable[[], Reader]) -> Iterator[Reader]:
    """Give one tab, whose console must have reported nothing when the test is over."""
    made = new_reader()
    yield made
    assert made.problems == []
