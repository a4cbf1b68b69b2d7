"""The console transport: plays in the terminal, without a server. Light; ``player`` imports what draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tale_core.plugins import hookimpl
from tale_core.serving.transport import TERMINAL, TransportSpec

if TYPE_CHECKING:
    from tale_core.serving.transport import Transport


def load() -> Transport:
    """Import rich and prompt_toolkit, and return the transport."""
    from tale_console.player import ConsoleTransport

    return ConsoleTransport()


@hookimpl
def tale_transports() -> Sequence[TransportSpec]:
    """Offer the transport."""
    return [
        TransportSpec(
            name="console",
            wires={TERMINAL: ("rich", "prompt_toolkit")},
            load=load,
            rank=0,
            summary="Here in the terminal",
        )
    ]
