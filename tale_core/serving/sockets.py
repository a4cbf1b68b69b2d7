"""Listening sockets and TLS contexts, the same for every transport, with errors that say what to do."""

from __future__ import annotations

import errno
import os
import socket
import ssl

from tale_core.errors import AddressInUse, TransportError
from tale_core.serving.transport import ServerConfig

BACKLOG = 512

DEAD = 30_000
"""Milliseconds after which the system gives up a client that takes nothing any more, where it can be told so."""

FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 37\r\n"
    b"Retry-After: 5\r\nConnection: close\r\n\r\nThis server is full. Try again later."
)
"""What a connection beyond the cap is told before it is closed unread."""


def listen(config: ServerConfig) -> socket.socket:
    """Return a socket that listens already. Raise AddressInUse for a taken port, TransportError for a bad address."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError, OverflowError) as error:
        raise TransportError(_sentence(config, error)) from None
    sock = socket.socket(family, kind, number)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share the port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # accepted sockets inherit it
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD)
        sock.bind(address)
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)):
            raise AddressInUse(f"Port {config.port} is taken. Choose another one with --port, or 0 for any.") from None
        raise TransportError(_sentence(config, error)) from None
    return sock


def tls_context(config: ServerConfig) -> ssl.SSLContext | None:
    """Return the TLS context for the certificate and key, None without one. Raise TransportError if unreadable."""
    if config.ssl_cert is None:
        if config.ssl_key is not None:
            raise TransportError("There is a key without a certificate. Give --ssl-cert, too.")
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])

    def no_password() -> str:  # OpenSSL would ask on the terminal otherwise
        raise TransportError("The key has a password. Give one without.")

    try:
        context.load_cert_chain(config.ssl_cert, config.ssl_key, no_password)
    except OSError as error:  # ssl.SSLError is one
        names = f"{config.ssl_cert} and {config.ssl_key}" if config.ssl_key else str(config.ssl_cert)
        reason = error.strerror or str(error)
        raise TransportError(
            f"cannot read the certificate and key in {names} ({reason}). Both must be PEM files that belong together."
        ) from None
    return context


def _sentence(config: ServerConfig, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot listen at {config.host}:{config.port} ({reason}). Use 127.0.0.1, or 0.0.0.0 for all addresses."
