"""Run Tale as ``python -m tale_core``, the same as the command ``tale``."""

from __future__ import annotations

from tale_core.launcher.cli import main

if __name__ == "__main__":
    main()
