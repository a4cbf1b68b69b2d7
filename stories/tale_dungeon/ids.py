"""The ids that the story's rules go by."""

from __future__ import annotations

START = "entrance"
"""The place where players begin."""

LANTERN = "entrance.lantern"
"""The light that they find there."""

HAMMER = "farrier.hammer"
"""What a farrier brings along; nobody else comes upon it."""

EMBER = "forge.ember"
"""What the players have come for."""

KING = "forge.smith_king"
"""Who has it."""
