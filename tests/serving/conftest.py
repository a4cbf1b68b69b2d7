"""A host with a scripted game whose strand runs in the calling thread: no socket, no thread, no clock to wait for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import tale_web

from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.testing.scripted import ScriptedGame, scripted_story

from .client import Client, inline


@pytest.fixture
def settings() -> Settings:
    return Settings(rate=1e9, burst=1_000_000)


@pytest.fixture
def host(settings: Settings, tmp_path: Path) -> Iterator[Host]:
    resources = tmp_path / "resources"
    resources.mkdir()
    (resources / "stage.svg").write_text("<svg/>")
    (tmp_path / "story.toml").write_text("secret = true")
    made = Host(scripted_story(tmp_path), page=tale_web.ROOT, settings=settings, new_game=ScriptedGame)
    inline(made)
    yield made
    made.close()


@pytest.fixture
def client(host: Host) -> Client:
    return Client(host)
