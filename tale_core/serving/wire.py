"""What clients send: one parser for both wires, strict about types and kind about everything else."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from tale_core.errors import TaleError


class WireError(TaleError):
    """Report a message that cannot be taken: ``code`` is the wire's, ``status`` what HTTP answers."""

    def __init__(self, code: str, message: str, status: int = 400, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.retry_after = retry_after


class ClientMessage(Struct, frozen=True):
    """Hold one message of a client; any field may be absent. ``autocomplete`` asks for completions of ``cmd``."""

    cmd: str | None = None
    autocomplete: bool | int | str | None = None
    cid: int | None = None
    ack: int | None = None
    pong: float | None = None

    @property
    def wants_completion(self) -> bool:
        """Tell whether ``autocomplete`` is true; "0" and "" of a form are not."""
        return self.autocomplete not in (None, False, 0, "", "0", "false")


class AttachQuery(Struct, frozen=True):
    """Hold what a client asks for when it attaches; ``modern`` tells a ``tale.v1`` client from a LlamaTale page."""

    modern: bool
    session: str = ""
    epoch: str = ""
    after: int | None = None
    caps: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(ClientMessage).decode


def parse_client(raw: bytes | str) -> ClientMessage:
    """Read a WebSocket message: a JSON object, or any other text as a plain command. Raise WireError if malformed."""
    if isinstance(raw, bytes):
        try:
            raw = raw.decode()
        except UnicodeDecodeError:
            raise WireError("bad_message", "That message is not UTF-8 text. Send JSON or a plain command.") from None
    if not raw.lstrip().startswith("{"):
        return ClientMessage(cmd=raw)
    return parse_json(raw)


def parse_json(raw: bytes | str) -> ClientMessage:
    """Read a JSON object such as ``{"cmd": "look", "cid": 7}``. Raise WireError if malformed."""
    try:
        message = _decode(raw)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise WireError("bad_message", f'That message cannot be read: {error}. Send e.g. {{"cmd": "look"}}.') from None
    if message.cid is not None and message.cid < 1:
        raise WireError("bad_message", "A command's cid counts from 1.")
    return message


def parse_form(fields: Mapping[str, str]) -> ClientMessage:
    """Read LlamaTale's form: ``cmd`` and perhaps ``autocomplete``."""
    return ClientMessage(cmd=fields.get("cmd", ""), autocomplete=fields.get("autocomplete"))


def parse_attach(fields: Mapping[str, str], last_event_id: str | None) -> AttachQuery:
    """Read an attach query; a ``Last-Event-ID`` of ``<epoch>.<seq>`` wins over ``after``."""
    modern = any(name in fields for name in ("session", "epoch", "after", "cap"))
    epoch, after = fields.get("epoch", ""), _number(fields.get("after", ""))
    if last_event_id:
        seen_epoch, _, seq = last_event_id.rpartition(".")
        if seen_epoch and _number(seq) is not None:
            epoch, after = seen_epoch, _number(seq)
    caps = tuple(cap for cap in fields.get("cap", "").split(",") if cap)
    return AttachQuery(modern, fields.get("session", ""), epoch, after, caps)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
