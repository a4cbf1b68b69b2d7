"""Pictures of a story, in a real browser: as they are sent, and as a redraw names them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .reader import DEADLINE, Reader
from .scripted import Line, Script
from .server import Server

pytestmark = pytest.mark.browser

STORY = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\n'
WORLD = """\
places:
  hall: {title: Hall}
things:
  map: {in: hall, fixed: true}
rules:
  - {after: examine, item: map, picture: {deep/a map.svg: A map of the hall.}}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#642"/></svg>'

WIDTH = "image => image.complete && image.naturalWidth"


@pytest.fixture(scope="module", params=["fastapi:websocket", "flask:eventsource"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a story with a picture."""
    folder = tmp_path_factory.mktemp("story")
    for name, text in {"story.toml": STORY, "world.yaml": WORLD, "resources/deep/a map.svg": SVG}.items():
        path: Path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    server = Server(request.param, str(folder))
    yield server.url
    assert server.stop() == 0


def is_drawn(reader: Reader) -> None:
    picture = reader.page.get_by_role("img", name="A map of the hall.")
    expect(picture).to_be_visible(timeout=DEADLINE)
    expect(reader.page.locator("#log-text")).not_to_contain_text("A map of the hall.")
    reader.page.wait_for_function(WIDTH, arg=picture.element_handle(), timeout=DEADLINE)
    assert picture.evaluate(WIDTH) == 40


def test_a_picture_is_drawn_as_it_is_sent_and_again_after_a_reload(reader: Reader, url: str) -> None:
    reader.open(url)
    reader.say("examine map")
    is_drawn(reader)
    reader.page.reload()
    is_drawn(reader)


@pytest.mark.parametrize("url", ["fastapi:websocket"], indirect=True)
def test_a_redraw_fetches_the_picture(reader: Reader, url: str) -> None:
    image = {"kind": "image", "text": [[{"text": "[A map of the hall.]"}]], "alt": "A map of the hall."}

    def opened(line: Line) -> None:
        line.greet(seq=3, recovered=False)
        line.tell(3, image | {"image": "deep/a map.svg"}, special=["clear"], snapshot=True)

    Script(reader.page, opened)
    reader.page.goto(url)
    reader.page.goto(url.partition("?")[0] + "story")
    is_drawn(reader)
