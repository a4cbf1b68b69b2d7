"""Print Tale's figures: start-up, first page, the time from a command to its answer, and what an idle server does.

Every latency stands beside that of a bare echo on the same framework, measured in the same run in turn with it, since
absolute times say more about the machine than about Tale.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import httpx
import tale_dungeon
from websockets.sync.client import ClientConnection, connect

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.journal import Journal, encode_events
from tale_core.game.savefile import VERSION, Header, read_save, write_save
from tale_core.game.story import load_story

from .authors import authors
from .crowd import crowd
from .engine import engine
from .memory import sessions
from .servers import Server, bare, running, tale, unlimited

ROUNDS = 5
COMMANDS = 400
PAUSE = 0.12
"""Seconds between the rounds of a player: within the server's limit on commands a second."""


def show(what: str, seconds: list[float], note: str = "") -> None:
    """Print a figure's median and spread, in milliseconds."""
    low, middle, high = (1000 * f(seconds) for f in (min, statistics.median, max))
    print(f"{what:<48} {middle:9.2f} ms  ({low:.2f} to {high:.2f}, n={len(seconds)}) {note}")


def timed(action: Callable[[], object]) -> float:
    """Return how long ``action`` took, in seconds."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def command_lines() -> None:
    """Time whole processes: the interpreter alone, then with Tale."""
    runs = {
        "python -c pass": ["-c", "pass"],
        "tale --help": ["-m", "tale_core", "--help"],
        "tale transports": ["-m", "tale_core", "transports"],
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS + 1):
        for name, arguments in runs.items():
            command = [sys.executable, *arguments]
            times[name].append(timed(lambda c=command: subprocess.run(c, capture_output=True, check=True)))
    for name, seconds in times.items():
        show(name, seconds[1:])


def first_pages() -> None:
    """Time from the start of ``tale play`` to the whole title page."""
    for transport in ("fastapi:websocket", "flask:websocket"):
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            with running(*tale(transport)) as server:
                httpx.get(server.url, follow_redirects=True).raise_for_status()
                times.append(time.perf_counter() - begin)
        show(f"tale play to first page, {transport}", times)


def open_socket(url: str) -> ClientConnection:
    """Open a WebSocket as a player: with the cookie, where the server plants one."""
    headers, where = {}, urlsplit(url)
    if "token" in where.query:
        with httpx.Client() as browser:
            browser.get(url)
            headers["Cookie"] = f"tale={browser.cookies['tale']}"
    query = "?cap=runs" if headers else ""
    return connect(f"ws://{where.netloc}/tale/ws{query}", additional_headers=headers, compression=None, legacy=True)


def answer_times(socket: ClientConnection, commands: int, cid: int, *, echo: bool) -> list[float]:
    """Send commands one after another, within the rate limit; return the seconds from each to its answer."""
    times, rest = [], Event()
    for n in range(commands):
        line = json.dumps({"cmd": "look", "cid": cid + n, "ack": cid + n})
        begin = time.perf_counter()
        socket.send(line)
        while True:
            text = socket.recv(10)
            if echo or json.loads(text).get("cmd_ack") == cid + n:
                break
        times.append(time.perf_counter() - begin)
        rest.wait(PAUSE)
    return times


@contextmanager
def both(plugin: str) -> Iterator[tuple[Server, Server, ClientConnection, ClientConnection]]:
    """Yield our server and the bare one, and a player of each; ours has shown its welcome."""
    with ExitStack() as stack:
        ours = stack.enter_context(running(*tale(f"{plugin}:websocket")))
        plain = stack.enter_context(running(*bare(plugin)))
        player, echo = (stack.enter_context(open_socket(server.url)) for server in (ours, plain))
        for _ in range(2):
            player.recv(10)
        yield ours, plain, player, echo


def latencies() -> None:
    """Compare the time from a command to its answer with that of a bare echo, in turn, for one player."""
    for plugin in ("fastapi", "flask"):
        with both(plugin) as (ours, plain, player, echo):
            del ours, plain
            mine: list[float] = []
            theirs: list[float] = []
            for first in range(1, COMMANDS // ROUNDS * ROUNDS, COMMANDS // ROUNDS):
                mine += answer_times(player, COMMANDS // ROUNDS, first, echo=False)
                theirs += answer_times(echo, COMMANDS // ROUNDS, first, echo=True)
        show(f"look to answer, {plugin}:websocket", mine, f"p99 {1000 * statistics.quantiles(mine, n=100)[98]:.2f}")
        show(f"bare echo, {plugin}", theirs)
        print(f"{'':<48} {statistics.median(mine) / statistics.median(theirs):9.2f} x the bare echo")


def load(clients: int = 50, looks: int = 600) -> None:
    """Count how many looks of many players are answered a second, all of them kept, beside a bare echo."""
    costs = {}
    for name, command in (("bare echo", bare("fastapi")), ("look", unlimited("fastapi"))):
        with running(*command) as server:
            costs[name] = crowd(server, f"{name}, {clients} clients, fastapi:websocket", clients, looks, "look")
    print(f"{'':<48} {costs['look'] / costs['bare echo']:9.2f} x the work of the bare echo")


def catching_up(missed: int = 100) -> None:
    """Time from opening a connection to the last of the messages that were missed, kept from an earlier one."""
    for plugin in ("fastapi", "flask"):
        with running(*unlimited(plugin)) as server, httpx.Client() as browser:
            browser.get(server.url)
            where, headers = urlsplit(server.url), {"Cookie": f"tale={browser.cookies['tale']}"}
            address = f"ws://{where.netloc}/tale/ws?cap=runs"
            with connect(address, additional_headers=headers, compression=None, legacy=True) as socket:
                hello = json.loads(socket.recv(10))
                for cid in range(1, missed + 1):
                    socket.send(json.dumps({"cmd": "look", "cid": cid}))
                    while json.loads(socket.recv(10)).get("cmd_ack") != cid:
                        pass
            again = f"{address}&session={hello['session']}&epoch={hello['epoch']}&after=1"
            times = []
            for _ in range(20):
                begin = time.perf_counter()
                with connect(again, additional_headers=headers, compression=None, legacy=True) as socket:
                    while (message := json.loads(socket.recv(10)))["type"] != "text" or message["seq"] <= missed:
                        pass
                    times.append(time.perf_counter() - begin)
        show(f"reconnect and {missed} missed messages, {plugin}", times)


def long_save(turns: int = 10_000) -> None:
    """Time reading a save of a long game and bringing a new game to where it stands."""
    story = load_story(Path(tale_dungeon.__file__).parent)
    game, journal, entries = Game(story, 7), Journal(), []
    lines = (("look", "wait", "inventory")[n % 3] for n in range(turns))
    for given in (Join("player", "You"), *(Typed("player", line) for line in lines)):
        told = encode_events(game.turn(given).events)
        entries.append((journal.add(given, told, None), told))
    header = Header(VERSION, "Tale", "dungeon", "", "", 7, "player", len(entries))
    data = write_save(header, entries, game.state())

    def opened() -> None:
        save = read_save(data)
        assert save.state is not None
        Game(story, 7).resume(save.state)

    times = [timed(opened) for _ in range(ROUNDS)]
    show(f"opening a save of {turns:,} turns ({len(data) // 1_000_000} MB)", times)


def wake_ups(pid: int) -> int:
    """Return how often the threads of a process have slept and been woken so far (Linux)."""
    lines = (each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/status"))
    return sum(int(text.partition("\nvoluntary_ctxt_switches:")[2].split()[0]) for text in lines)


def idleness(seconds: float = 12.0) -> None:
    """Count wake-ups while one player is connected and nothing happens, for less than a ping's interval."""
    for plugin in ("fastapi", "flask"):
        with both(plugin) as (ours, plain, _, _):
            Event().wait(2)
            before = wake_ups(ours.pid), wake_ups(plain.pid)
            Event().wait(seconds)
            mine, theirs = wake_ups(ours.pid) - before[0], wake_ups(plain.pid) - before[1]
        print(f"{'wake-ups in ' + str(int(seconds)) + ' s idle, ' + plugin:<48} {mine:9} ours, {theirs} bare echo")


if __name__ == "__main__":
    for measure in (command_lines, engine, sessions, first_pages, latencies, load, catching_up, long_save, idleness):
        measure()
    authors(show)
