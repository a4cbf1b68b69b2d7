"""What a test does at a stream: type a line, and read until there is something to say about it."""

from __future__ import annotations

from contextlib import suppress

from tale_core.testing.client import Message, Stream


def read_until(stream: Stream, kind: str) -> Message:
    """Return the next message of a type, passing over others. Raise EOFError at the stream's end."""
    while True:
        message = stream.read()
        if message["type"] == kind:
            return message


def read_text(stream: Stream) -> Message:
    """Return the next ``text`` message."""
    return read_until(stream, "text")


def read_to_the_end(stream: Stream) -> list[Message]:
    """Return all that comes until the stream ends."""
    seen: list[Message] = []
    with suppress(EOFError):
        while True:
            seen.append(stream.read())
    return seen


def words(message: Message) -> list[str]:
    """Return the paragraphs of a ``text`` message with runs, but for the player's own words."""
    blocks = [block for block in message["runs"] if block["kind"] != "input"]
    return ["".join(run["text"] for run in paragraph) for block in blocks for paragraph in block.get("text", ())]


def play(stream: Stream, line: str, cid: int) -> list[str]:
    """Type a line, and return the answer's paragraphs."""
    stream.send(cmd=line, cid=cid)
    return words(read_text(stream))
