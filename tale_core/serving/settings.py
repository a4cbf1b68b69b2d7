"""The bounds and switches of a host, in one place; each is a setting and the defaults are those of the protocol."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """Bound what clients may take; times in seconds, sizes in bytes unless said otherwise."""

    tabs: Literal["takeover", "mirror", "deny"] = "takeover"
    hosts: tuple[str, ...] = ()  # further names that a Host header may bear, without port
    any_address: bool = False  # take any IP address as Host (when bound beyond loopback)
    metrics: bool = False
    token: str = ""  # what admits; empty has one made at every start
    insecure: bool = False  # let everybody in, with a token or without
    solo: bool = True  # whoever comes from this machine is the one person who plays here
    trusted_proxies: tuple[str, ...] = ()  # addresses and networks whose forwarding headers are believed; "unix"
    root_path: str = ""  # what a proxy takes off the path of every request, such as "/games"

    outbox_messages: int = 512
    outbox_bytes: int = 1 << 20
    inflight_messages: int = 256
    inflight_bytes: int = 512 << 10
    transcript_blocks: int = 400
    transcript_bytes: int = 64 << 10

    inbox_commands: int = 64
    line_bytes: int = 8 << 10
    rate: float = 10.0  # commands a second
    burst: int = 30

    connections_per_address: int = 8
    connections: int = 1000
    visitors: int = 10_000
    shared: bool = False  # one game for all, rather than one for each
    away: float = 300.0  # for how long a shared game keeps the seat of a player who has no connection; 0 = for ever
    restored: int = 32  # games that are taken up again, those that were played last
    sessions: int = 1000  # games that may be going on at once
    ticket_life: float = 30.0

    ping_websocket: float = 25.0
    ping_eventsource: float = 15.0
    slow_reader: float = 10.0
    workers: int = 4

    @property
    def resume_ttl(self) -> float:
        """For how long a seat is kept without a connection; 0 = for ever, as it is in a game of one's own."""
        return self.away if self.shared else 0
