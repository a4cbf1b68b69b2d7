"""Everything that Tale asks of a transport."""

from __future__ import annotations

from tale_core.testing.conformance import Conformance


class TestPigeon(Conformance):
    """Add ``known_faults``, a dict from names of cases to reasons, for what you cannot mend yet."""

    transport = "pigeon"
