"""Take the README's picture of the play page: ``python -m tests.browser.screenshot docs/screenshot.png``.

Given ``--phone``, ``--dark`` or ``--title`` it shows the page as that; ``--say LINE`` types other lines than its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

from .conftest import CHROMIUM, FLAGS
from .reader import Reader
from .server import Server

LINES = ("look", "inventory")


def main() -> None:
    """Play a few turns of the dungeon and save what the page looks like then."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--phone", action="store_true")
    parser.add_argument("--title", action="store_true")
    parser.add_argument("--say", action="append", metavar="LINE")
    wanted = parser.parse_args()
    server = Server("fastapi:websocket")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            context = browser.new_context(
                viewport={"width": 390, "height": 800} if wanted.phone else {"width": 1280, "height": 800},
                color_scheme="dark" if wanted.dark else "light",
                reduced_motion="reduce",
                device_scale_factor=1.5,
            )
            reader = Reader(context.new_page())
            if wanted.title:
                reader.page.goto(server.url)
            else:
                reader.open(server.url)
                for line in wanted.say or LINES:
                    reader.say(line)
            reader.page.screenshot(path=wanted.file)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
