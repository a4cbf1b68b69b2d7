"""Who may come in: the token, the cookie or key that it turns into, tickets, Host, Origin and caps on connections."""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from threading import Lock

from tale_core.serving.proxies import Proxies, address_of, counted_as, was_forwarded
from tale_core.serving.session import Session
from tale_core.serving.settings import Settings
from tale_core.serving.transport import Bye, Deny, Peer

COOKIE = "tale"

CONSOLE = "local"
"""The key of whoever plays in the terminal."""

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")

FULL = Bye(4013, "This server is full. Try again later.", reconnect=True, after_ms=5000)

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
        self.token = settings.token or secrets.token_urlsafe(16)
        self._settings = settings
        self._names = LOOPBACK | {name.lower() for name in settings.hosts}
        self._lock = Lock()
        self._visitors: dict[str, Visitor] = {}
        self._local = Visitor(CONSOLE, near=True)
        self._tickets: dict[str, tuple[Visitor, float]] = {}  # by digest: whose, and until when
        self._connections: Counter[str] = Counter()
        self._proxies = Proxies(settings.trusted_proxies)

    def seen(self, peer: Peer) -> Peer:
        """Return a peer as a trusted proxy describes it: the address and the scheme of whoever asked that one."""
        return self._proxies.seen(peer)

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
                return self._crowded(counted_as(peer.address[0]))
        return None

    def _crowded(self, address: str) -> Deny | None:
        if self._connections.total() >= self._settings.connections:
            return Deny(503, FULL.reason)
        if self._connections[address] >= self._settings.connections_per_address:
            return Deny(429, "Too many connections from your address. Close some tabs.")
        return None

    def _is_ours(self, host: str) -> bool:
        name = _name_of(host)
        if name in self._names:
            return True
        if not self._settings.any_address:
            return False
        return (
            address_of(name) is not None
        )  # a hostile page cannot make a browser send an address as Host (DNS rebinding needs a name)

    def visitor(self, peer: Peer) -> Visitor | None:
        """Return the visitor whose key the peer shows, None when it shows none that is known."""
        if peer.local:
            return self._local
        value = key_of(peer.headers)
        return self._visitors.get(_digest(value)) if value else None

    def redeem(self, token: str, peer: Peer) -> str | None:
        """Return a fresh visitor's key for the right token, None for a wrong one. A key is a cookie's value."""
        if not self._settings.insecure and not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        value = secrets.token_urlsafe(24)
        with self._lock:
            if len(self._visitors) >= self._settings.visitors:  # let the oldest that plays nothing go
                idle = next((key for key, each in self._visitors.items() if each.session is None), None)
                self._visitors.pop(idle if idle is not None else next(iter(self._visitors)))
            key = _digest(value)
            self._visitors[key] = Visitor(key, near=self._settings.solo and is_near(peer))
        return value

    def ticket(self, visitor: Visitor) -> str:
        """Return what admits a visitor's stream once, for clients that can show their key on no stream."""
        value, now = secrets.token_urlsafe(16), time.monotonic()
        with self._lock:
            for old in [key for key, (_, until) in self._tickets.items() if until <= now]:
                del self._tickets[old]
            while len(self._tickets) >= self._settings.visitors:
                del self._tickets[next(iter(self._tickets))]
            self._tickets[_digest(value)] = visitor, now + self._settings.ticket_life
        return value

    def spend(self, ticket: str) -> Visitor | None:
        """Return whose ticket that is, at most once and not for long; None for any other."""
        with self._lock:
            visitor, until = self._tickets.pop(_digest(ticket), (None, 0.0))
        return visitor if time.monotonic() < until else None

    def restore(self, key: str, session: Session | None) -> None:
        """Know a visitor from before the server was stopped, with what they play now, if anything."""
        with self._lock:
            visitor = self._local if key == CONSOLE else self._visitors.setdefault(key, Visitor(key))
            visitor.session = session or visitor.session

    def visitors(self) -> list[Visitor]:
        """Return all visitors, the console's included."""
        with self._lock:
            return [self._local, *self._visitors.values()]

    def connect(self, address: str) -> bool:
        """Count a stream in; return whether there was room for it."""
        address = counted_as(address)
        with self._lock:
            if self._crowded(address) is not None:
                return False
            self._connections[address] += 1
        return True

    def disconnect(self, address: str) -> None:
        """Count a stream out."""
        address = counted_as(address)
        with self._lock:
            self._connections[address] -= 1
            if self._connections[address] <= 0:
                del self._connections[address]

    @property
    def open_streams(self) -> int:
        """The number of streams that are open now."""
        with self._lock:
            return self._connections.total()


def is_near(peer: Peer) -> bool:
    """Tell whether a peer is on this machine: not so when a proxy on it may speak for somebody else."""
    return peer.address[0] in LOOPBACK and not was_forwarded(peer)


def bearer_of(headers: Mapping[str, str]) -> str:
    """Return what the header Authorization bears, empty when there is none."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def key_of(headers: Mapping[str, str]) -> str:
    """Return the key that the header Authorization or Tale's cookie bears, empty when neither can be read."""
    if "authorization" in headers:
        return bearer_of(headers)
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def set_cookie(value: str, *, secure: bool, prefix: str = "") -> tuple[str, str]:
    """Return the header that plants the cookie."""
    flags = "; Secure" if secure else ""
    return "Set-Cookie", f"{COOKIE}={value}; Path={prefix}/tale; HttpOnly; SameSite=Strict{flags}"


def _digest(value: str) -> str:
    return sha256(value.encode("utf-8", "replace")).hexdigest()


def _name_of(host: str) -> str:
    """Return the name or address in a Host header, empty when it is none: two of them, joined, are none."""
    found = _HOST.fullmatch(host.lower())
    return found["name"].strip("[]") if found else ""
