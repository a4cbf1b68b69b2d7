"""What a plugin imports to mark its hooks: ``from tale_core.plugins import hookimpl``."""

from __future__ import annotations

import pluggy

hookimpl = pluggy.HookimplMarker("tale")
