"""A certificate of one's own for a local network: made once for the names it is needed for, kept in the data folder."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, distribution
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tale_core.errors import TransportError
from tale_core.launcher import remedy

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, GeneralName

LIFE = timedelta(days=397)
"""What browsers take at most."""

RENEWED = timedelta(days=30)
"""How long before its end a certificate is made anew."""

HERE = ("localhost", "127.0.0.1", "::1")


class SelfSigned(Struct, frozen=True):
    """Name the files of a certificate and its key, and the SHA-256 fingerprint by which a person can compare it."""

    cert: Path
    key: Path
    fingerprint: str


def self_signed(folder: Path, names: Iterable[str]) -> SelfSigned:
    """Return a certificate for this machine and ``names``, a new one if the kept one will not do.

    Raise ``TransportError`` when the library for it is missing, or the folder cannot be written.
    """
    if remedy.is_missing("cryptography"):
        raise TransportError(f"--ssl-self-signed needs the package cryptography. To get it: {_cure()}")
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    cert, key = folder / "tls-cert.pem", folder / "tls-key.pem"
    wanted = [_general(name) for name in dict.fromkeys((*HERE, *own_names(), *_own_addresses(), *names))]
    try:
        kept = x509.load_pem_x509_certificate(cert.read_bytes()) if cert.exists() and key.exists() else None
    except (OSError, ValueError):
        kept = None
    try:
        if kept is None or not _serves(kept, wanted):
            folder.mkdir(parents=True, exist_ok=True)
            kept = _make(cert, key, wanted)
    except OSError as error:
        raise TransportError(f"A certificate cannot be kept in {folder} ({error}). Name another --data-dir.") from error
    return SelfSigned(cert, key, kept.fingerprint(SHA256()).hex(":").upper())


def _make(cert: Path, key: Path, names: list[GeneralName]) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    private = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Tale on this machine")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, SHA256())
    )
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key.unlink(missing_ok=True)
    with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # nobody else may read it
        file.write(pem)
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return made


def _serves(kept: Certificate, wanted: list[GeneralName]) -> bool:
    from cryptography import x509

    if kept.not_valid_after_utc - datetime.now(UTC) < RENEWED:
        return False
    names = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(wanted) <= set(names)


def _general(name: str) -> GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def own_names() -> list[str]:
    """Return the names by which this machine is known on its network."""
    name = socket.gethostname().lower()
    plain = name.isascii() and name.replace("-", "").replace(".", "").isalnum()
    return [name, f"{name}.local"] if plain else []


def _own_addresses() -> list[str]:
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None)
    except (OSError, UnicodeError):
        return []
    return sorted({str(info[4][0]).partition("%")[0] for info in infos})


def _cure() -> str:
    try:
        return remedy.install(("cryptography",), distribution("tale-core"), "tls")
    except PackageNotFoundError:
        return remedy.pip("install", "cryptography")
