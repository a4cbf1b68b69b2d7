"""Many players in one process, with next to no work of their own, so that the server is what is measured.

``python -m tests.bench.crowd URL PID CLIENTS MESSAGES LINE`` prints JSON: the seconds of all, of the
server's work, and percentiles of one answer.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from .servers import Server

HANDSHAKE = (
    "GET /tale/ws{query} HTTP/1.1\r\nHost: {host}\r\n{cookie}Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
ANSWER = b'{"type":"text"'

TICK = os.sysconf("SC_CLK_TCK")


def work(pid: int) -> float:
    """Return the seconds that a process has worked (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def crowd(server: Server, what: str, clients: int, messages: int, line: str) -> float:
    """Let many players in a process of their own say a line; print what they got, return the work of one answer."""
    figures = map(str, (server.pid, clients, messages))
    command = [sys.executable, "-m", "tests.bench.crowd", server.url, *figures, line]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    cost: float = 1e6 * found["work"] / found["answers"]
    times = f"p50 {1000 * found['p50']:.2f}, p99 {1000 * found['p99']:.2f} ms"
    print(f"{what:<48} {found['answers'] / found['seconds']:9.0f} /s  {times}, {cost:.0f} µs of work each")
    return cost


def frame(payload: bytes) -> bytes:
    """Return a text frame whose mask changes nothing."""
    size = len(payload)
    head = bytes([0x81, 0x80 | size]) if size < 126 else struct.pack(">BBH", 0x81, 0xFE, size)
    return head + b"\0\0\0\0" + payload


class Player(asyncio.Protocol):
    """Say a line when the last one has been answered; ``tale`` is false for the bare echo, whose answers all count.

    One that comes back (``again``) is ready when it is greeted, and any other one when the game has welcomed it.
    """

    def __init__(self, opening: str, messages: int, line: str, *, tale: bool, again: bool = False) -> None:
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        self.done: asyncio.Future[None] = loop.create_future()
        self.times: list[float] = []
        self.hello: dict[str, Any] = {}
        self._opening = opening.encode()
        self._messages = messages
        self._line = json.dumps(line).encode()
        self._tale = tale
        self._again = again
        self.opening = opening
        self._data = bytearray()
        self._upgraded = False
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.transport.write(self._opening)

    def say(self) -> None:
        """Say the next line."""
        cid = len(self.times) + 1
        self._sent_at = time.perf_counter()
        self.transport.write(frame(b'{"cmd":%b,"cid":%d,"ack":%d}' % (self._line, cid, cid)))

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._upgraded:
            end = self._data.find(b"\r\n\r\n")
            if end < 0:
                return
            assert self._data.startswith(b"HTTP/1.1 101"), bytes(self._data[:300])
            del self._data[: end + 4]
            self._upgraded = True
            if not self._tale:
                self.ready.set_result(None)
        while (payload := self._frame()) is not None:
            self._take(payload)

    def _frame(self) -> bytes | None:
        data = self._data
        if len(data) < 2:
            return None
        size, at = data[1], 2
        if size == 126:
            size, at = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, at = int.from_bytes(data[2:10], "big"), 10
        if len(data) < at + size:
            return None
        payload = bytes(data[at : at + size])
        del data[: at + size]
        return payload

    def _take(self, payload: bytes) -> None:
        if payload.startswith(b'{"type":"ping"'):
            self.transport.write(frame(b'{"pong":1}'))
        elif not self.ready.done():
            self.hello = self.hello or json.loads(payload)
            if self._again or payload.startswith(ANSWER):
                self.ready.set_result(None)
        elif not self.done.done() and (not self._tale or payload.startswith(ANSWER)):
            self.times.append(time.perf_counter() - self._sent_at)
            if len(self.times) == self._messages:
                self.done.set_result(None)
            else:
                self.say()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(exc or EOFError())
        if not self.done.done():
            self.done.cancel()


async def opening_of(url: str, browser: httpx.AsyncClient) -> str:
    """Return the request by which one more visitor opens a WebSocket."""
    where, cookie, query = urlsplit(url), "", ""
    if "token" in where.query:
        browser.cookies.clear()
        reply = await browser.get(url)
        cookie, query = f"Cookie: tale={reply.cookies['tale']}\r\n", "?cap=runs"
    return HANDSHAKE.format(query=query, host=where.netloc, cookie=cookie)


async def joined(url: str, clients: int, messages: int, line: str = "wait") -> list[Player]:
    """Return players who have been welcomed."""
    where, loop = urlsplit(url), asyncio.get_running_loop()
    players = []
    async with httpx.AsyncClient() as browser:
        for _ in range(clients):
            opening = await opening_of(url, browser)
            _, player = await loop.create_connection(
                lambda opening=opening: Player(opening, messages, line, tale="token" in where.query),
                where.hostname,
                where.port,
            )
            await player.ready
            players.append(player)
    return players


async def back(url: str, players: list[Player]) -> float:
    """Break every connection, and let all come back at once; return the seconds until all go on where they were."""
    where, loop = urlsplit(url), asyncio.get_running_loop()
    for player in players:
        player.transport.abort()
    gate = asyncio.Semaphore(500)  # as many as the server's backlog of connections holds

    async def again(player: Player) -> None:
        hello = player.hello
        query = f"?cap=runs&session={hello['session']}&epoch={hello['epoch']}&after=1"
        opening = player.opening.replace("?cap=runs", query)
        async with gate:
            _, other = await loop.create_connection(
                lambda: Player(opening, 1, "wait", tale=True, again=True), where.hostname, where.port
            )
        await other.ready
        assert other.hello["recovered"], other.hello
        other.transport.abort()

    begin = time.perf_counter()
    await asyncio.gather(*(again(player) for player in players))
    return time.perf_counter() - begin


async def play(url: str, pid: int, clients: int, messages: int, line: str) -> dict[str, float]:
    """Let all play at once."""
    players = await joined(url, clients, messages, line)
    begin, worked = time.perf_counter(), work(pid)
    for player in players:
        player.say()
    await asyncio.gather(*(player.done for player in players))
    seconds, worked = time.perf_counter() - begin, work(pid) - worked
    times = [each for player in players for each in player.times]
    marks = statistics.quantiles(times, n=100)
    return {"seconds": seconds, "work": worked, "answers": len(times), "p50": marks[49], "p99": marks[98]}


if __name__ == "__main__":
    import uvloop

    url, pid, clients, messages, line = sys.argv[1:]
    print(json.dumps(uvloop.run(play(url, int(pid), int(clients), int(messages), line))))
