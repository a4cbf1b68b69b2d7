from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.serving.messages import Panels, TextMessage
from tale_core.serving.outbox import Outbox
from tale_core.world.events import Report, Run, Scene

SCENE = Scene(turns=0, place="p", location="P")


def message(seq: int, size: int = 1) -> TextMessage:
    return TextMessage(seq, (Report(text=((Run("x" * size),),)),), Panels.of(SCENE))


@given(count=st.integers(0, 60), bound=st.integers(1, 20))
def test_a_held_cursor_reads_every_later_message_in_order(count: int, bound: int) -> None:
    outbox = Outbox(bound, 1 << 20)
    for seq in range(1, count + 1):
        outbox.append(message(seq))
    assert outbox.last == count
    assert outbox.first == max(1, count - bound + 1)
    for cursor in range(count + 2):
        if not outbox.holds(cursor):
            assert cursor < outbox.first - 1 or cursor > outbox.last
            continue
        seen = [cursor]
        while (following := outbox.after(seen[-1])) is not None:
            seen.append(following.seq)
        assert seen == list(range(cursor, count + 1))


def test_the_newest_message_stays_however_big_it_is() -> None:
    outbox = Outbox(10, 1000)
    outbox.append(message(1))
    outbox.append(message(2, 50_000))
    assert (outbox.first, outbox.last) == (2, 2)


def test_numbers_have_no_gaps() -> None:
    outbox = Outbox(10, 1000)
    with pytest.raises(ValueError, match="cannot follow"):
        outbox.append(message(2))
