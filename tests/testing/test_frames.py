"""Frames as RFC 6455 has them; the examples are those of its section 5.7."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.testing import frames
from tale_core.testing.frames import Frame, masked, pack, unpack
from tale_core.testing.raw import Malformed, Source


class Pieces(Source):
    """Come in pieces of a size."""

    def __init__(self, data: bytes, size: int = 1) -> None:
        super().__init__()
        self._pieces = [data[start : start + size] for start in range(0, len(data), size)]

    def _more(self) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


@pytest.mark.parametrize(
    ("frame", "mask", "packed"),
    [
        (Frame(frames.TEXT, b"Hello"), None, "810548656c6c6f"),
        (Frame(frames.TEXT, b"Hello"), b"\x37\xfa\x21\x3d", "818537fa213d7f9f4d5158"),
        (Frame(frames.TEXT, b"Hel", fin=False), None, "010348656c"),
        (Frame(frames.CONTINUATION, b"lo"), None, "80026c6f"),
        (Frame(frames.PONG, b"Hello"), b"\x37\xfa\x21\x3d", "8a8537fa213d7f9f4d5158"),
    ],
)
def test_frames_look_as_in_the_standard(frame, mask, packed) -> None:
    assert pack(frame, mask).hex() == packed


@pytest.mark.parametrize("fin", [True, False])
@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
@pytest.mark.parametrize("pieces", [1, 3, 50])
def test_what_is_packed_is_unpacked_in_whatever_pieces_it_comes(size, fin, pieces) -> None:
    frame, piece = Frame(frames.TEXT, b"x" * size, fin), max(1, size // pieces)
    assert unpack(Pieces(pack(frame, None), piece)) == frame


@given(st.binary(), st.binary(min_size=4, max_size=4))
def test_a_mask_comes_off_as_it_was_laid(payload, mask) -> None:
    assert masked(masked(payload, mask), mask) == payload


@pytest.mark.parametrize(
    "data",
    [
        pack(Frame(frames.TEXT, b"masked")),
        pack(Frame(frames.TEXT, b"", rsv=4), None),
        pack(Frame(0x3), None),
        pack(Frame(frames.PING, b"", fin=False), None),
        pack(Frame(frames.PING, b"x" * 126), None),
    ],
)
def test_what_no_server_may_send_is_told(data) -> None:
    with pytest.raises(Malformed):
        unpack(Pieces(data))


def test_a_frame_that_does_not_come_whole_is_an_end() -> None:
    with pytest.raises(EOFError):
        unpack(Pieces(pack(Frame(frames.TEXT, b"Hello"), None)[:-1]))
