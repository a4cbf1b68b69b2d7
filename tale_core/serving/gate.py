"""Who may come in: the per-start token, the cookie that it turns into, Host, Origin and caps on connections."""

from __future__ import annotations

import hmac
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from threading import Lock

from tale_core.serving.session import Session
from tale_core.serving.settings import Settings
from tale_core.serving.transport import Deny, Peer

COOKIE = "tale"

CONSOLE = "local"
"""The key of whoever plays in the terminal."""

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Visitor:
    """Be one browser that has shown the token; ``session`` is the game that it plays now, if any.

    ``key`` is what it is known by: the digest of its cookie in hex.
    """

    def __init__(self, key: str, *, near: bool = False) -> None:
        self.key = key
        self.near = near
        """Whether it came from this machine."""
        self.session: Session | None = None


class Gate:
    """Admit peers. Cookies are kept as digests only, so that looking one up tells nothing by its timing."""

    def __init__(self, settings: Settings) -> None:
        self.token = secrets.token_urlsafe(16)
        self._settings = settings
        self._names = LOOPBACK | {name.lower() for name in settings.hosts}
        self._lock = Lock()
        self._visitors: dict[str, Visitor] = {}
        self._local = Visitor(CONSOLE, near=True)
        self._connections: Counter[str] = Counter()

    def admit(self, peer: Peer, *, stream: bool) -> Deny | None:
        """Check Host and Origin, and for streams the caps; None admits."""
        if peer.local:
            return None
        host = peer.headers.get("host", "")
        if not self._is_ours(host):
            return Deny(
                403, f"This server does not answer for the host {host[:80]!r}. Use the address that it printed."
            )
        origin = peer.headers.get("origin")
        expected = f"{'https' if peer.secure else 'http'}://{host}"
        if origin is not None and origin.lower() != expected.lower():
            return Deny(403, f"The page at {origin[:80]!r} may not use this server, only {expected} may.")
        if origin is None and stream and peer.headers.get("sec-fetch-site", "same-origin") == "cross-site":
            return Deny(403, "Another site's page may not use this server.")
        if stream:
            with self._lock:
                if self._connections.total() >= self._settings.connections:
                    return Deny(503, "This server is full. Try again later.")
                if self._connections[peer.address[0]] >= self._settings.connections_per_address:
                    return Deny(429, "Too many connections from your address. Close some tabs.")
        return None

    def _is_ours(self, host: str) -> bool:
        name = _name_of(host)
        if name in self._names:
            return True
        if not self._settings.any_address:
            return False
        try:
            ip_address(name)
        except ValueError:
            return False
        return True  # a hostile page cannot make a browser send an address as Host (DNS rebinding needs a name)

    def visitor(self, peer: Peer) -> Visitor | None:
        """Return the visitor whose cookie the peer shows, None when it shows none that is known."""
        if peer.local:
            return self._local
        value = cookie_of(peer.headers)
        return self._visitors.get(_digest(value)) if value else None

    def redeem(self, token: str, address: str) -> str | None:
        """Return the value of a fresh cookie for the right token, None for a wrong one."""
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        value = secrets.token_urlsafe(24)
        with self._lock:
            if len(self._visitors) >= self._settings.visitors:  # let the oldest that plays nothing go
                idle = next((key for key, each in self._visitors.items() if each.session is None), None)
                self._visitors.pop(idle if idle is not None else next(iter(self._visitors)))
            key = _digest(value)
            self._visitors[key] = Visitor(key, near=address in LOOPBACK)
        return value

    def restore(self, key: str, session: Session) -> None:
        """Know a visitor from before the server was stopped."""
        if key == CONSOLE:
            self._local.session = session
            return
        with self._lock:
            visitor = self._visitors[key] = Visitor(key)
            visitor.session = session

    def visitors(self) -> list[Visitor]:
        """Return all visitors, the console's included."""
        with self._lock:
            return [self._local, *self._visitors.values()]

    def connected(self, address: str) -> None:
        """Count a stream in."""
        with self._lock:
            self._connections[address] += 1

    def disconnected(self, address: str) -> None:
        """Count a stream out."""
        with self._lock:
            self._connections[address] -= 1
            if self._connections[address] <= 0:
                del self._connections[address]

    @property
    def open_streams(self) -> int:
        """The number of streams that are open now."""
        with self._lock:
            return self._connections.total()


def cookie_of(headers: Mapping[str, str]) -> str:
    """Return the value of Tale's cookie, empty when there is none that can be read."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def set_cookie(value: str, *, secure: bool) -> tuple[str, str]:
    """Return the header that plants the cookie."""
    flags = "; Secure" if secure else ""
    return "Set-Cookie", f"{COOKIE}={value}; Path=/tale; HttpOnly; SameSite=Strict{flags}"


def _digest(value: str) -> str:
    return sha256(value.encode("utf-8", "replace")).hexdigest()


def _name_of(host: str) -> str:
    """Return the name or address in a Host header, empty when it is none: two of them, joined, are none."""
    found = _HOST.fullmatch(host.lower())
    return found["name"].strip("[]") if found else ""
