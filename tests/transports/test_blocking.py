"""Nothing that the asynchronous plugin does holds up the event loop: whatever would block there raises."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path

import pytest

from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET
from tale_core.testing.playing import play, read_text
from tale_core.testing.stage import installed, running

blockbuster = pytest.importorskip("blockbuster")


def test_nothing_blocks_the_event_loop(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    spec = installed("fastapi")
    assert spec is not None
    with blockbuster.blockbuster_ctx(), caplog.at_level(logging.DEBUG), running(spec, tmp_path) as stage:
        browser = stage.browser()
        after, epoch = 0, ""
        for cid, wire in enumerate((WEBSOCKET, EVENTSOURCE) * 2, 1):
            with browser.open(wire, f"cap=runs,z&epoch={epoch}&after={after}") as stream:
                epoch = stream.read()["epoch"]
                if cid == 1:
                    read_text(stream)
                assert play(stream, f"echo {cid}", cid) == [str(cid)]
                after = cid + 1
        for path in ("/tale/", "/tale/story", "/tale/static/js/connection.js", "/tale/tabcomplete?prefix=e"):
            assert browser.get(path).status == 200
        assert browser.post("/tale/quit", {}).status == 200
    assert "BlockingError" not in caplog.text


def test_the_guard_would_notice(tmp_path: Path) -> None:
    async def careless() -> None:
        os.listdir(tmp_path)  # what is to be noticed

    with blockbuster.blockbuster_ctx(), pytest.raises(blockbuster.BlockingError):
        asyncio.run(careless())
