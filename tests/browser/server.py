"""A real server in a process of its own, and a TCP proxy that can be as unkind to its connections as networks are."""

from __future__ import annotations

import re
import signal
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from queue import Empty, Queue
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

START_DEADLINE = 60.0
STOP_DEADLINE = 15.0

COMMAND = [sys.executable, "-m", "tale_core"]

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on, zero seconds: closing sends a reset, as when a connection is cut."""


class Server:
    """Play one story over one wire of one plugin; ``url`` is the address that it printed."""

    def __init__(self, transport: str, story: str = "dungeon", seed: int = 7) -> None:
        line = [*COMMAND, "play", story, "--no-open", "--strict", "--port", "0", "--seed", str(seed)]
        self._process = subprocess.Popen(
            [*line, "--ephemeral", "--transport", transport],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self._printed_url()
        self.port = urlsplit(self.url).port or 80

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")

    def _printed_url(self) -> str:
        said = []
        while True:
            try:
                line = self._lines.get(timeout=START_DEADLINE)
            except Empty:
                line = ""
            if found := re.search(r"Tale: (http\S+)", line):
                return found[1]
            said.append(line)
            if not line:
                self.stop()
                raise RuntimeError(f"the server printed no address but: {''.join(said)!r}")

    def stop(self) -> int:
        """End the server as Ctrl-C does; return its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        self._reader.join(STOP_DEADLINE)
        return code


class Proxy:
    """Forward TCP connections to a port, until told otherwise."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._refusing = False
        self._no_websocket = ""
        self._answers = Event()
        self._answers.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Reset every connection, as when a cable is pulled or a router restarts. What was on its way is lost."""
        with self._lock:
            gone, self._open = self._open, set()
        for each in gone:
            _abort(each)

    def refuse(self) -> None:
        """Cut all connections and take no new ones until ``allow``."""
        self._refusing = True
        self.cut()

    def allow(self) -> None:
        """Take connections again, and let answers through."""
        self._refusing = False
        self._answers.set()

    def swallow_answers(self) -> None:
        """Let through what the page sends, and nothing that the server says, until ``allow``."""
        self._answers.clear()

    def block_websocket(self, how: str) -> None:
        """Let no WebSocket through: ``refused`` at once, or ``silent`` without any answer."""
        self._no_websocket = how

    def close(self) -> None:
        """Stop altogether."""
        self._refusing = True
        self._answers.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return  # closed
            Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        if self._refusing or not self._keep(client):
            _abort(client)
            return
        try:
            head = client.recv(65_536)
            if self._no_websocket and b"upgrade: websocket" in head.lower():
                if self._no_websocket == "silent":
                    client.recv(1)  # returns when the page has lost its patience
                _abort(client)
                return
            server = socket.create_connection(self._target)
        except OSError:
            _abort(client)
            return
        if not self._keep(server):
            _abort(client)
            return
        Thread(target=self._pump, args=(server, client, True), daemon=True).start()
        with suppress(OSError):
            server.sendall(head)
            self._pump(client, server, False)

    def _keep(self, each: socket.socket) -> bool:
        with self._lock:
            if self._refusing:
                _abort(each)
                return False
            self._open.add(each)
        return True

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if answers:
                    self._answers.wait()
                sink.sendall(data)
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            with self._lock:
                self._open.discard(each)
            each.close()


def _abort(each: socket.socket) -> None:
    with suppress(OSError):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()
