"""WebSocket frames (RFC 6455), packed as a test wants them and unpacked as strictly as a browser does."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import NamedTuple

from tale_core.testing.raw import Malformed, Source

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

MASK = b"\x37\xfa\x21\x3d"

KEY = base64.b64encode(b"sixteen bytes of").decode()
"""What a client sends as Sec-WebSocket-Key."""

ACCEPT = base64.b64encode(
    hashlib.sha1(f"{KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()  # noqa: S324  (the RFC's choice)
).decode()
"""What a server must answer to it."""

HANDSHAKE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": KEY}


class Frame(NamedTuple):
    """Hold one frame; ``rsv`` are the three reserved bits as a number."""

    opcode: int
    payload: bytes = b""
    fin: bool = True
    rsv: int = 0


def pack(frame: Frame, mask: bytes | None = MASK, length: int | None = None) -> bytes:
    """Return a frame as a client sends it: masked, unless ``mask`` is None. ``length`` claims another one."""
    size = len(frame.payload) if length is None else length
    head = bytes([frame.fin << 7 | frame.rsv << 4 | frame.opcode])
    bit = 0 if mask is None else 0x80
    if size < 126:
        head += bytes([bit | size])
    elif size < 1 << 16:
        head += struct.pack(">BH", bit | 126, size)
    else:
        head += struct.pack(">BQ", bit | 127, size)
    return head + frame.payload if mask is None else head + mask + masked(frame.payload, mask)


def masked(payload: bytes, mask: bytes) -> bytes:
    """Return ``payload`` with the mask laid over it, or taken off."""
    count = len(payload)
    key = (mask * (count // 4 + 1))[:count]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(count, "big")


def close(code: int | None = 1000, reason: bytes = b"") -> Frame:
    """Return a close frame; without a code an empty one."""
    return Frame(CLOSE, b"" if code is None else struct.pack(">H", code) + reason)


def unpack(line: Source) -> Frame:
    """Read a frame that a server sent. Raise EOFError at the end, Malformed for what no server may send."""
    first, second = line.exactly(2)
    fin, rsv, opcode = bool(first & 0x80), first >> 4 & 7, first & 0xF
    size = second & 0x7F
    if second & 0x80:
        raise Malformed("the server masks its frames")
    if rsv:
        raise Malformed(f"the server sets reserved bits: {rsv}")
    if opcode not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG):
        raise Malformed(f"the server sends a frame of the kind {opcode}")
    if opcode >= CLOSE and (size > 125 or not fin):
        raise Malformed("the server sends a control frame that is too long or in parts")
    if size == 126:
        (size,) = struct.unpack(">H", line.exactly(2))
    elif size == 127:
        (size,) = struct.unpack(">Q", line.exactly(8))
    return Frame(opcode, line.exactly(size), fin, rsv)
