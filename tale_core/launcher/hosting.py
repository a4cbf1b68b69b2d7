"""What ``tale serve`` is told beyond ``tale play``: who may come, by which address, and how much they may take."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from tale_core.errors import UsageError

SHORTEST = 16
"""Characters that a token of one's own must have."""


class Hosting(Struct, frozen=True, kw_only=True):
    """Hold the options of ``tale serve``."""

    mode: Literal["if", "mud"] = "if"
    public: str | None = None
    trusted_proxy: tuple[str, ...] = ()
    insecure: bool = False
    token: str = ""
    players: int = 100
    connections: int = 1000
    connections_per_address: int = 8
    rate: float = 10.0
    burst: int = 30
    away: float = 300.0
    any_core: bool = False
    server: str = ""

    def __post_init__(self) -> None:
        if self.token and len(self.token) < SHORTEST:
            raise UsageError(f"That token can be guessed. It must have at least {SHORTEST} characters.")


class Public(Struct, frozen=True):
    """Hold the address by which players come when a proxy stands before the server."""

    scheme: str
    host: str
    path: str

    @property
    def name(self) -> str:
        """The host's name without its port."""
        return urlsplit(f"//{self.host}").hostname or ""


def public_address(text: str) -> Public:
    """Read ``https://play.example.org/games``. Raise ``UsageError`` for what is no such address."""
    found = urlsplit(text)
    try:
        sound = found.scheme in ("http", "https") and bool(found.hostname) and not (found.query or found.fragment)
        sound = sound and (found.port is None or found.port > 0) and "@" not in found.netloc
    except ValueError:
        sound = False
    if not sound or not found.path.isascii() or set(found.path) & set(' ";,\\<>'):
        raise UsageError(f"{text!r} is no address of a server. Say e.g. --url https://play.example.org/games")
    return Public(found.scheme, found.netloc, found.path.rstrip("/").removesuffix("/tale"))
