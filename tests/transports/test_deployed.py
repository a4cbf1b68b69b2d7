"""The same plugins under servers that somebody else starts: uvicorn and gunicorn, alone and in bigger applications."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

import pytest

from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET
from tale_core.testing.client import Browser, SocketStream
from tale_core.testing.frames import Frame
from tale_core.testing.playing import play, read_text, read_to_the_end
from tale_core.testing.raw import Line

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="gunicorn and signals as here are POSIX's"),
]

TOKEN = "0123456789abcdefghij"
WIRES = [WEBSOCKET, EVENTSOURCE]
LISTENING = re.compile(r"http://127\.0\.0\.1:(\d+)")

BIGGER = {
    "bigger_fastapi": """
        from fastapi import FastAPI
        from tale_fastapi import app as tale
        app = FastAPI(lifespan=tale.router.lifespan_context)
        app.mount("/games", tale)
        @app.get("/other")
        def other(): return "other"
        """,
    "bigger_flask": """
        from flask import Flask
        from werkzeug.middleware.dispatcher import DispatcherMiddleware
        from tale_flask import app as tale
        app = Flask(__name__)
        @app.get("/other")
        def other(): return "other"
        app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/games": tale})
        """,
}

UVICORN = ["-m", "uvicorn", "--port", "0"]
GUNICORN = ["-m", "gunicorn", "--bind", "127.0.0.1:0"]
THREADED = ["--worker-class", "tale_flask.gunicorn.Worker", "--threads", "40"]

HASTY = """
from tale_flask import gunicorn
class Worker(gunicorn.Worker):
    deadline = 0.5
"""

WAYS = {
    "uvicorn": ([*UVICORN, "tale_fastapi:app"], ""),
    "uvicorn, mounted": ([*UVICORN, "bigger_fastapi:app"], "/games"),
    "gunicorn": ([*GUNICORN, *THREADED, "tale_flask:app"], ""),
    "gunicorn, its own worker": ([*GUNICORN, "-k", "gthread", "--threads", "40", "tale_flask:app"], ""),
    "gunicorn, mounted": ([*GUNICORN, *THREADED, "bigger_flask:app"], "/games"),
    "tale serve --server gunicorn": (["-m", "tale_core", "serve", "--port", "0", "--server", "gunicorn"], ""),
}


@contextmanager
def started(folder: Path, words: list[str], **more: str) -> Iterator[tuple[subprocess.Popen[str], SimpleQueue[str]]]:
    """Run ``python WORDS``; yield the process and the lines that it prints, an empty one at the end."""
    for name, source in BIGGER.items():
        (folder / f"{name}.py").write_text("\n".join(line.strip() for line in source.splitlines()))
    known = {name: value for name, value in os.environ.items() if not name.startswith("TALE_")}
    told = {"TALE_STORY": "dungeon", "TALE_DATA_DIR": str(folder / "data"), "TALE_TOKEN": TOKEN}
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        env={**known, **told, "PYTHONPATH": str(folder), "PYTHONUNBUFFERED": "1", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    lines: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)
        lines.put("")

    reader = Thread(target=read, daemon=True)
    reader.start()
    try:
        yield process, lines
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        reader.join()
        assert process.stdout is not None
        process.stdout.close()


def address_of(lines: SimpleQueue[str]) -> tuple[str, int]:
    """Return where a server says that it listens."""
    told = ""
    while (line := lines.get(timeout=60)) and not (found := LISTENING.search(line)):
        told += line
    assert line, told
    assert found
    return "127.0.0.1", int(found[1])


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> tuple[list[str], str]:
    words, prefix = WAYS[request.param]
    pytest.importorskip(words[1] if words[1] != "tale_core" else "gunicorn")
    return words, prefix


def test_it_plays_on_both_wires_and_says_goodbye(way: tuple[list[str], str], tmp_path: Path) -> None:
    words, prefix = way
    with started(tmp_path, words) as (process, lines):
        browser = Browser(address_of(lines), TOKEN, prefix=prefix)
        assert b"<title>" in browser.get("/tale/story").body
        assert browser.get("/tale").headers["location"] == f"{prefix}/tale/"
        if prefix:
            assert Browser(browser.address).get("/other").status == 200
        after, epoch = 0, ""
        for cid, wire in enumerate(WIRES * 2, 1):
            with browser.open(wire, f"cap=runs&epoch={epoch}&after={after}") as stream:
                epoch = stream.read()["epoch"]
                if cid == 1:
                    read_text(stream)
                assert play(stream, "inventory", cid)
                after = cid + 1
        with Browser(browser.address, TOKEN, prefix=prefix).open(WEBSOCKET) as stream:
            assert isinstance(stream, SocketStream)
            stream.send_frames([Frame(3)])  # which nobody may send
            read_to_the_end(stream)
            assert stream.code == 1002
        browsers = [Browser(browser.address, TOKEN, prefix=prefix) for _ in range(6)]
        with ExitStack() as stack:
            streams = [stack.enter_context(each.open(WIRES[n % 2])) for n, each in enumerate(browsers)]
            for each in streams:
                read_text(each)
            begin = time.monotonic()
            process.send_signal(signal.SIGTERM)
            for each in streams:
                read_to_the_end(each)
                assert each.code == 1001
            assert process.wait(30) in (0, -signal.SIGTERM)  # uvicorn's own way
            assert time.monotonic() - begin < 10  # the aim is one, but a loaded machine is slower


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([*GUNICORN, *THREADED, "--workers", "2", "tale_flask:app"], "one process"),
        ([*UVICORN, "--workers", "2", "tale_fastapi:app"], "one process"),
    ],
)
def test_more_workers_are_refused_with_a_reason(tmp_path: Path, words: list[str], reason: str) -> None:
    pytest.importorskip(words[1])
    with started(tmp_path, words) as (_, lines):
        while (line := lines.get(timeout=60)) and reason not in line:
            pass
        assert line


def test_a_server_without_threads_is_told_of_them(tmp_path: Path) -> None:
    pytest.importorskip("gunicorn")
    with started(tmp_path, [*GUNICORN, "tale_flask:app"]) as (_, lines):
        reply = Browser(address_of(lines)).get("/tale/health")
        assert reply.status == 500
        assert b"--threads" in reply.body


def test_a_server_that_cannot_carry_it_is_told(tmp_path: Path) -> None:
    words = ["-m", "tale_core", "serve", "--server", "nginx"]
    with started(tmp_path, words) as (process, lines):
        told = "".join(iter(lambda: lines.get(timeout=60), ""))
        assert process.wait(30) == 2
        assert "'nginx'" in told
        assert "gunicorn" in told


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /tale/ HTTP/1.1\r\nHost: ",
        b"POST /tale/input HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n",
    ],
    ids=["head", "body"],
)
@pytest.mark.parametrize("more", [b"", b"x"], ids=["silent", "a trickle"])
def test_gunicorn_lets_go_of_who_does_not_come_to_an_end(begun: bytes, more: bytes, tmp_path: Path) -> None:
    pytest.importorskip("gunicorn")
    (tmp_path / "hasty.py").write_text(
        "from tale_flask import gunicorn\nclass Worker(gunicorn.Worker): deadline = 0.5\n"
    )
    hasty = ["--worker-class", "hasty.Worker", "--threads", "40"]
    with started(tmp_path, [*GUNICORN, *hasty, "tale_flask:app"]) as (_, lines):
        line, begin, pause = Line(address_of(lines), deadline=5), time.monotonic(), Event()
        line.send(begun)
        with suppress(OSError):
            while more and not pause.wait(0.05) and time.monotonic() < begin + 5:
                line.send(more)
        with suppress(EOFError, OSError):
            line.rest()
        assert time.monotonic() < begin + 5
        line.close()


def test_a_close_is_answered(tmp_path: Path) -> None:
    pytest.importorskip("gunicorn")
    with started(tmp_path, [*GUNICORN, *THREADED, "tale_flask:app"]) as (_, lines):
        address = address_of(lines)
        for _ in range(5):
            stream = Browser(address, TOKEN).open(WEBSOCKET)
            assert isinstance(stream, SocketStream)
            assert stream.say_goodbye(1000) == 1000
            stream.close()
