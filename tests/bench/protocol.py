"""Figures of the transports alone, around a scripted game: throughput, an idle crowd, one that comes back, a flood."""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import httpx
import uvloop

from .crowd import HANDSHAKE, back, crowd, frame, joined, work
from .servers import bare, running, scripted

CROWDS = {"fastapi": 5000, "flask": 1000}


def memory(pid: int) -> int:
    """Return the bytes that a process has in memory (Linux)."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


def throughput(clients: int = 50, messages: int = 1000) -> None:
    """Count answers a second beside a bare echo's, by the same client, and one player's times."""
    for plugin in CROWDS:
        costs = {}
        for name, command in (("bare echo", bare(plugin)), ("tale", scripted(plugin))):
            with running(*command) as server:
                for count, each in ((clients, messages), (1, 2000)):
                    what = f"{name}, {count} clients, {plugin}:websocket"
                    costs[name, count] = crowd(server, what, count, each, "echo hello")
        print(f"{'':<48} {costs['tale', clients] / costs['bare echo', clients]:9.2f} x the work of the bare echo")


def crowds() -> None:
    """Weigh sessions that idle, see what they make the server do, and let all come back at once."""
    for plugin, count in CROWDS.items():
        with running(*scripted(plugin)) as server:
            before = memory(server.pid)

            async def idle(server=server, plugin=plugin, count=count, before=before) -> None:
                players = await joined(server.url, count, 1)
                weight = (memory(server.pid) - before) / count / 1024
                begun = work(server.pid)
                await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=10)
                busy = 10 * (work(server.pid) - begun)
                print(f"{f'{count} idle sessions, {plugin}':<48} {weight:9.1f} KiB each, {busy:.2f} % of a core")
                seconds = await back(server.url, players[:2000])
                print(f"{f'{min(count, 2000)} come back at once, {plugin}':<48} {seconds:9.2f} s")

            uvloop.run(idle())


def flood(seconds: float = 20.0) -> None:
    """Let one client ask for big answers and read none; tell how the server grows and when it lets go."""
    for plugin in CROWDS:
        with running(*scripted(plugin)) as server, httpx.Client() as browser, socket.socket() as sock:
            reply = browser.get(server.url, follow_redirects=False)
            where = urlsplit(server.url)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.connect((where.hostname, where.port))
            cookie = f"Cookie: tale={reply.cookies['tale']}\r\n"
            sock.sendall(HANDSHAKE.format(query="", host=where.netloc, cookie=cookie).encode())
            Event().wait(1)
            before, most, begin = memory(server.pid), 0, time.monotonic()
            sock.settimeout(1.0)
            try:
                while time.monotonic() - begin < seconds:
                    sock.sendall(frame(b'{"cmd":"big 20000"}'))
                    Event().wait(0.002)
                    most = max(most, memory(server.pid) - before)
            except OSError:
                pass
            gone = time.monotonic() - begin
        print(
            f"{f'a flood that reads nothing, {plugin}':<48} {most / (1 << 20):9.2f} MiB more, gone after {gone:.1f} s"
        )


if __name__ == "__main__":
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    for measure in (throughput, crowds, flood):
        measure()
