"""Servers as child processes: Tale's own, and a bare echo on the same framework to compare it with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import NamedTuple

BARE_FASTAPI = """
import socket, sys, uvicorn
from fastapi import FastAPI, WebSocket
app = FastAPI()
@app.websocket("/tale/ws")
async def echo(ws: WebSocket):
    await ws.accept()
    async for text in ws.iter_text():
        await ws.send_text(text)
sock = socket.socket()
sock.bind(("127.0.0.1", 0))
sock.listen()
print(f"Bare: http://127.0.0.1:{sock.getsockname()[1]}/", flush=True)
uvicorn.Server(uvicorn.Config(app, log_config=None, ws_per_message_deflate=False)).run(sockets=[sock])
"""

BARE_FLASK = """
from flask import Flask
from flask_sock import Sock
from werkzeug.serving import make_server
app = Flask(__name__)
@Sock(app).route("/tale/ws")
def echo(ws):
    while True:
        ws.send(ws.receive())
server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"Bare: http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
"""

UNLIMITED = """
import os, sys, pathlib, tale_dungeon, tale_web
from tale_core.game.story import load_story
from tale_core.launcher.serve import keep_to_one_core, spare_collector
from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.sqlite import SqliteStore
from tale_core.serving.transport import ServerConfig
transport = __import__("tale_" + sys.argv[1])
settings = Settings(rate=1e9, burst=1_000_000, connections_per_address=1000)
store = SqliteStore(pathlib.Path(os.environ["TALE_DATA_DIR"]) / "games.sqlite3")
story = load_story(pathlib.Path(tale_dungeon.__file__).parent)
host = Host(story, seed=7, page=tale_web.ROOT, settings=settings, store=store)
server = transport.tale_transports()[0].load().bind(host, ServerConfig(port=0))
print(f"Tale: http://127.0.0.1:{server.addresses[0][1]}/tale/?token={host.token}", flush=True)
keep_to_one_core()
spare_collector()
server.serve()
"""

SCRIPTED = """
import os, sys, pathlib, tale_web
from tale_core.launcher.serve import keep_to_one_core, spare_collector
from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.transport import ServerConfig
from tale_core.testing.scripted import ScriptedGame, scripted_story
transport = __import__("tale_" + sys.argv[1])
most = dict(connections=20_000, connections_per_address=20_000, sessions=20_000, visitors=20_000)
settings = Settings(rate=1e9, burst=1_000_000, **most)
story = scripted_story(pathlib.Path(os.environ["TALE_DATA_DIR"]))
host = Host(story, seed=7, page=tale_web.ROOT, settings=settings, new_game=ScriptedGame)
server = transport.tale_transports()[0].load().bind(host, ServerConfig(port=0, connections=20_000))
print(f"Tale: http://127.0.0.1:{server.addresses[0][1]}/tale/?token={host.token}", flush=True)
keep_to_one_core()
spare_collector()
server.serve()
"""

BARE = {"fastapi": BARE_FASTAPI, "flask": BARE_FLASK}


class Server(NamedTuple):
    """Hold a running server's address and process id."""

    url: str
    pid: int


@contextmanager
def running(*command: str) -> Iterator[Server]:
    """Run ``python COMMAND``, with a data folder of its own, and yield it once it has printed its address."""
    with TemporaryDirectory(prefix="tale-bench-") as folder:
        process = subprocess.Popen(
            [sys.executable, *command],
            env={**os.environ, "TALE_DATA_DIR": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            yield Server(process.stdout.readline().partition(": ")[2].strip(), process.pid)
        finally:
            process.terminate()
            process.wait(10)


def tale(transport: str) -> list[str]:
    """Return the command that serves the dungeon over ``transport``."""
    command = ["-m", "tale_core", "play", "dungeon", "--no-open", "--strict", "--port", "0", "--seed", "7"]
    return [*command, "--transport", transport]


def bare(plugin: str) -> list[str]:
    """Return the command that runs the bare echo on the same framework."""
    return ["-c", BARE[plugin]]


def scripted(plugin: str) -> list[str]:
    """Return the command that serves a game which answers at once and is kept nowhere, with no limits to speak of."""
    return ["-c", SCRIPTED, plugin]


def unlimited(plugin: str) -> list[str]:
    """Return the command that serves the dungeon, journaled, with no limit on how fast one may type."""
    return ["-c", UNLIMITED, plugin]
