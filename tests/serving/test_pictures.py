"""Pictures: which can be sent, and that a session numbers, keeps, bounds and redraws them like text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.game.resources import LARGEST
from tale_core.serving.pictures import Pictures
from tale_core.serving.settings import Settings

from .client import Client


def put(folder: Path, name: str, size: int = 3) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)


def test_a_picture_is_found_below_the_resources_and_only_there(tmp_path: Path) -> None:
    put(tmp_path, "resources/deep/a.PNG")
    put(tmp_path, "secret.png")
    pictures = Pictures(tmp_path)
    found = pictures.find("deep/a.PNG")
    assert found == ("image/png", "data:image/png;base64,eHh4")
    assert pictures.find("deep/a.PNG") is found
    for name in ("../secret.png", "deep", "", "b.png", "\0", "x" * 5000):
        assert pictures.find(name) is None


@pytest.mark.parametrize(("name", "size"), [("a.png", LARGEST + 1), ("a.html", 3), ("a", 3)])
def test_what_is_too_big_or_no_picture_is_not_sent(tmp_path: Path, name: str, size: int) -> None:
    put(tmp_path, f"resources/{name}", size)
    assert Pictures(tmp_path).find(name) is None


def test_a_new_version_of_the_story_has_new_pictures(tmp_path: Path) -> None:
    put(tmp_path, "resources/a.png")
    pictures = Pictures(tmp_path)
    assert pictures.find("a.png") is not None
    put(tmp_path, "resources/a.png", 4)
    pictures.renew(tmp_path)
    assert pictures.find("a.png") == ("image/png", "data:image/png;base64,eHh4eA==")


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, outbox_bytes=400_000)])
def test_pictures_count_for_what_they_weigh(client: Client, tmp_path: Path) -> None:
    put(tmp_path, "resources/a.png", LARGEST)
    stream = client.attach()
    epoch = stream.read()[0]["epoch"]
    for _ in range(5):
        stream.send("data a.png")
    assert [message["type"] for message in stream.read()] == ["gap", "text"]
    again = client.attach(f"cap=runs&epoch={epoch}&after=8")
    assert [message["type"] for message in again.read()] == ["connected", "data", "text", "data"]


def test_a_picture_before_the_page_is_wiped_is_wiped_with_it(client: Client, tmp_path: Path) -> None:
    put(tmp_path, "resources/a.png")
    stream = client.attach()
    stream.send("data a.png")
    stream.send("clear")
    stream.read()
    snapshot = client.attach("cap=runs&epoch=other").read()[1]
    assert not [block for block in snapshot["runs"] if block["kind"] == "image"]


def test_who_keeps_their_game_can_read_what_pictures_showed(client: Client) -> None:
    client.attach().send("data stage.svg")
    assert "[A black dot.]" in client.get("/tale/transcript.txt").body.decode()
    assert "[A black dot.]" in client.get("/tale/transcript.html").body.decode()
