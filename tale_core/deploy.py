"""What ``tale serve`` serves, for a server that somebody else starts, such as ``uvicorn tale_fastapi:app``.

Everything is said by the environment, by the names that ``tale serve --help`` shows: TALE_STORY, TALE_DATA_DIR, …
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from msgspec import Struct

from tale_core.errors import StoreError
from tale_core.serving.transport import EVENTSOURCE, WEBSOCKET

if TYPE_CHECKING:
    from tale_core.launcher.keeping import Kept
    from tale_core.serving.host import Host

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGQUIT") if hasattr(signal, name))


class Served(Struct):
    """Hold the core that a transport's application is made of, and the store that it keeps games in."""

    core: Host
    kept: Kept | None

    def close(self) -> None:
        """Say goodbye to every stream and let another server take the games up. May be called twice."""
        self.core.close()
        if self.kept is not None:
            self.kept.close()
            self.kept = None

    def heed_signals(self) -> Callable[[], None]:
        """Say goodbye to every stream when a signal ends the server, which would wait for them and tell nobody.

        Return what puts the former handlers back.
        """
        if threading.current_thread() is not threading.main_thread():
            return lambda: None
        former = {number: signal.getsignal(number) for number in SIGNALS}

        def end(number: int, frame: FrameType | None) -> None:
            # Not from here: what we interrupted may hold a lock that ``close`` wants.
            threading.Thread(target=self.core.close, name="goodbye", daemon=True).start()
            before = former[number]
            if callable(before):
                before(number, frame)
            elif before is signal.SIG_DFL:
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)

        def restore() -> None:
            for number, handler in former.items():
                if signal.getsignal(number) is end:
                    signal.signal(number, handler)

        for number in SIGNALS:
            signal.signal(number, end)
        return restore


def open_core() -> Served:
    """Load the story, open the store, and tell on stderr what players open. Raise ``TaleError`` for what is wrong.

    The games of a store are taken up by one process, so that a second worker is refused.
    """
    from tale_core.launcher.cli import cli
    from tale_core.launcher.orders import order_of
    from tale_core.launcher.play import prepare, public_of

    context = cli.commands["serve"].make_context("serve", [])
    order = order_of(context, **context.params)
    kept, open_host = prepare(order)
    if kept is not None and kept.claim is None:
        kept.close()
        raise StoreError(
            "Another process serves these games already. Each game lives in one process: start one worker, with as "
            "many threads as you like."
        )
    host = open_host((WEBSOCKET, EVENTSOURCE))
    public = public_of(order, host.token) or f"/tale/?token={host.token}"
    if not os.environ.get("TALE_TOKEN"):
        sys.stderr.write(f"tale: Players open {public}\n")
    return Served(host, kept)
