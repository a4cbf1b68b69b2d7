"""The directions in which exits lead: their names, abbreviations and opposites."""

from __future__ import annotations

ABBREVIATIONS = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "ne": "northeast",
    "nw": "northwest",
    "se": "southeast",
    "sw": "southwest",
    "u": "up",
    "d": "down",
}

OPPOSITES = {
    "north": "south",
    "south": "north",
    "east": "west",
    "west": "east",
    "northeast": "southwest",
    "southwest": "northeast",
    "northwest": "southeast",
    "southeast": "northwest",
    "up": "down",
    "down": "up",
    "in": "out",
    "out": "in",
}

SPELLINGS = (
    {name: name for name in OPPOSITES}
    | ABBREVIATIONS
    | {
        "upstairs": "up",
        "upwards": "up",
        "downstairs": "down",
        "downwards": "down",
        "northwards": "north",
        "southwards": "south",
        "eastwards": "east",
        "westwards": "west",
        "north-east": "northeast",
        "north-west": "northwest",
        "south-east": "southeast",
        "south-west": "southwest",
        "inside": "in",
        "outside": "out",
    }
)
"""What a player may type for a direction -> the direction."""
