"""The browser client: pages, styles and ES modules, which ``serving`` reads from ``ROOT``. No Python runs here."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent
