"""Static files: resolved inside their root, with the right type, an ETag, and 304 when it matches."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from tale_core.serving.transport import HttpReply

TYPES = {  # what the page needs, whatever the machine's own table says
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
}

MAX_BYTES = 32 << 20


def serve_file(root: Path, name: str, headers: Mapping[str, str]) -> HttpReply | None:
    """Return the file called ``name`` below ``root``; None when there is none there, or it lies outside."""
    if "\0" in name or "\\" in name:
        return None
    try:
        home = root.resolve()
        path = (home / name).resolve()
        if not path.is_relative_to(home) or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        body = path.read_bytes()
    except (OSError, ValueError):
        return None
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    fixed = (("ETag", tag), ("Cache-Control", "no-cache"))
    asked = {each.strip().removeprefix("W/") for each in headers.get("if-none-match", "").split(",")}
    if tag in asked or "*" in asked:
        return HttpReply(304, fixed)
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return HttpReply(200, (("Content-Type", kind), *fixed), body)
