"""What proxies say of those for whom they ask: believed of the ones that are trusted, and of nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from msgspec.structs import replace

from tale_core.errors import UsageError
from tale_core.serving.transport import Peer

UNIX = "unix"
"""Stands for whoever comes through a socket of this machine's file system, which has no address."""

FORWARDING = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers by which a proxy shows that it is one."""

Address = IPv4Address | IPv6Address


class Proxies:
    """Know the proxies that are trusted, by address or network. Raise ``UsageError`` for what is neither."""

    def __init__(self, trusted: Iterable[str]) -> None:
        names = frozenset(trusted)
        self._unix = UNIX in names
        try:
            self._networks = tuple(ip_network(name, strict=False) for name in sorted(names - {UNIX}))
        except ValueError as error:
            raise UsageError(
                f"A trusted proxy is an address (10.0.0.5), a network (10.0.0.0/8) or {UNIX!r}: {error}."
            ) from None

    def seen(self, peer: Peer) -> Peer:
        """Return a peer with the address and scheme that a trusted proxy names, any other one as it is.

        Of the addresses in X-Forwarded-For the last one that is no trusted proxy's counts: whatever stands before it
        is the client's own word. The header Host is never replaced; a proxy must pass it on.
        """
        if not (self._networks or self._unix) or not self._trusts(peer.address[0]):
            return peer
        address = peer.address
        for hop in reversed(peer.headers.get("x-forwarded-for", "").split(",")):
            found = address_of(_without_port(hop.strip()))
            if found is None:
                break
            address = (str(found), 0)
            if not self._trusts(address[0]):
                break
        scheme = peer.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
        return replace(peer, address=address, secure=scheme == "https" if scheme else peer.secure)

    def _trusts(self, address: str) -> bool:
        if not address:
            return self._unix
        found = address_of(address)
        return found is not None and any(found in network for network in self._networks)


def was_forwarded(peer: Peer) -> bool:
    """Tell whether a proxy has passed on what the peer asks."""
    return any(name in peer.headers for name in FORWARDING)


@lru_cache(4096)
def address_of(text: str) -> Address | None:
    """Return an address, an IPv4 one that is written as IPv6 as what it is; None for anything else."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


@lru_cache(4096)
def counted_as(address: str) -> str:
    """Return under what an address is counted: itself, or its network where one client has a whole one (IPv6)."""
    found = address_of(address)
    if isinstance(found, IPv6Address) and not found.is_loopback:
        return str(ip_network((found, 64), strict=False))
    return address if found is None else str(found)


def _without_port(hop: str) -> str:
    """Return an address without its port: "192.0.2.1:80" and "[2001:db8::1]:80" have one."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
