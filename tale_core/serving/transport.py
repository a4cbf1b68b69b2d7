"""The interface between Tale and a transport: what a plugin supplies, and what it is handed.

A transport carries bytes between attachments and clients and knows nothing else: numbering, resume, limits,
heartbeat, close codes, pages and headers are the core's. Everything here is plain data or a ``Protocol``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

API = 1
"""The version of this interface. A plugin made for another one is listed as ``incompatible``."""

WEBSOCKET = "websocket"
EVENTSOURCE = "eventsource"
TERMINAL = "terminal"

Headers = Sequence[tuple[str, str]]


class TransportSpec(Struct, frozen=True, kw_only=True):
    """Describe a transport without importing its framework: what the hook ``tale_transports`` returns.

    ``wires`` maps each wire to the modules that it needs, in order of preference of the wires; ``rank`` orders
    transports that offer the same wire (higher first); ``load`` imports what is heavy and returns the transport.
    ``servers`` maps the servers that can carry it instead of its own to the modules that each needs.
    """

    name: str
    api: int = API
    wires: Mapping[str, Sequence[str]]
    load: Callable[[], Transport]
    rank: int = 0
    summary: str = ""
    features: frozenset[str] = frozenset()
    servers: Mapping[str, Sequence[str]] = {}


IO_DEADLINE = 10.0
"""Seconds that a request's head, its body, a TLS handshake or one write may take, unless a server is told otherwise."""


class ServerConfig(Struct, frozen=True, kw_only=True):
    """Say where and how to serve; ``wires`` are those to offer, others answer 404. ``port`` 0 takes any free one."""

    host: str = "127.0.0.1"
    port: int = 8180
    wires: frozenset[str] = frozenset({WEBSOCKET, EVENTSOURCE})
    ssl_cert: Path | None = None
    ssl_key: Path | None = None
    connections: int = 1000
    """Streams that may be open at once; there is some room for other requests beside them (``ROOM``)."""
    deadline: float = IO_DEADLINE


class Peer(Struct, frozen=True, kw_only=True):
    """Describe who asks: ``address`` is (host, port), ``headers`` maps lower-case names to values, ``secure`` is TLS.

    ``local`` marks a peer inside this process (the console), which needs no admission. ``prefix`` is the path at which
    the transport's application is mounted in another one, empty where it is not; the core's own paths begin after it.
    """

    address: tuple[str, int]
    headers: Mapping[str, str] = {}
    secure: bool = False
    local: bool = False
    prefix: str = ""


class Deny(Struct, frozen=True):
    """Refuse a connection before it is accepted, with an HTTP status and a sentence."""

    status: int
    message: str


class Bye(Struct, frozen=True):
    """End a stream: ``code`` is a WebSocket close code, ``reconnect`` and ``after_ms`` tell the client what to do."""

    code: int
    reason: str
    reconnect: bool = False
    after_ms: int = 0


class HttpReply(Struct, frozen=True):
    """Answer one HTTP request; ``headers`` are complete but for ``Content-Length``, ``Date`` and ``Connection``."""

    status: int
    headers: Headers
    body: bytes = b""


class Batch(Struct, frozen=True):
    """Hold frames ready to be written: ``str`` a WebSocket text message, ``bytes`` a piece of an event stream.

    ``bye`` is set when the stream ends after these frames. No frames and no bye: wait for the waker or the deadline.
    """

    frames: Sequence[str | bytes] = ()
    bye: Bye | None = None
    more: bool = False
    """Whether there is more to be had at once."""


class Attachment(Protocol):
    """Be one live connection that reads a session's outbox. All methods may be called from any thread."""

    def set_waker(self, wake: Callable[[], None]) -> None:
        """Set what is called, from any thread and outside all locks, when ``poll`` may have something new."""

    def poll(self, max_frames: int = 64, max_bytes: int = 262_144) -> Batch:
        """Return the next frames and move this reader's cursor past them. Never blocks."""

    def submit(self, raw: bytes | str) -> Bye | None:
        """Take one message from the client: parse, limit, drop repeats, enqueue. Never blocks, never runs the game.

        Return a Bye when the connection must end at once (it is also what ``poll`` then returns).
        """

    def next_deadline(self) -> float:
        """Return the ``time.monotonic`` at which ``poll`` is due even without a wake (a ping, an idle check)."""

    def detach(self, why: str) -> None:
        """End this connection and keep the session. May be called twice."""


class Core(Protocol):
    """Be what a transport is handed: the whole of Tale behind three calls."""

    def admit(self, peer: Peer, stream: bool = False) -> Deny | None:
        """Check Host, Origin and connection caps before a request is read or a socket accepted; None admits."""

    def attach(self, peer: Peer, wire: str, query: str, last_event_id: str | None = None) -> Attachment | Bye:
        """Open a stream on ``wire`` for the raw query string. A Bye is to be sent by accept-then-close.

        On ``eventsource`` a Bye with ``reconnect`` false is answered 204, one with ``reconnect`` true 503.
        """

    def http(
        self, peer: Peer, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes
    ) -> HttpReply:
        """Answer any request that is not a stream, the same bytes under every transport. May block for a moment."""

    def stream_headers(self) -> Headers:
        """Return the headers that an event stream's 200 answer bears."""

    def close(self, bye: Bye | None = None) -> None:
        """Tell every attachment goodbye and take no more. May be called twice."""


class BoundServer(Protocol):
    """Be a server whose sockets are bound and listening."""

    addresses: Sequence[tuple[str, int]]

    def serve(self) -> None:
        """Serve in the calling (main) thread until ``stop`` or Ctrl-C, which raises KeyboardInterrupt or returns."""

    def stop(self, grace: float = 3.0) -> None:
        """Make ``serve`` return within ``grace`` seconds. From any thread, as often as one likes."""


class Transport(Protocol):
    """Be what ``TransportSpec.load`` returns."""

    def bind(self, core: Core, config: ServerConfig) -> BoundServer:
        """Bind and listen. Raise ``AddressInUse`` for a taken port, ``TransportError`` for a certificate or address."""


class Carried(Protocol):
    """Be a transport that other servers can carry, those that its ``TransportSpec.servers`` names."""

    def command(self, server: str, config: ServerConfig, descriptor: int) -> Sequence[str]:
        """Return the command that serves on a socket that listens already. What to serve, the environment tells it."""


HEAD_LIMIT = 16_384
"""Bytes of a request's head, from its first line to the empty one, that a transport reads before it gives up."""

BODY_LIMIT = 65_536
"""Bytes of a request body that a transport reads before it answers 413."""

FRAME_LIMIT = 16_384
"""Bytes of a client's WebSocket message that the core takes; more is answered with bye 4513."""

SERVER_FRAME_LIMIT = 65_536
"""Bytes of a client's WebSocket message at which a transport closes with 1009 without reading on."""

ROOM = 128
"""Connections beyond ``ServerConfig.connections`` that a server takes, for requests that are no streams."""
