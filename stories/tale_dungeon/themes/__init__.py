"""The levels from the top down: what each is made of."""

from __future__ import annotations

from .catacombs import CATACOMBS
from .caves import CAVES
from .cellars import CELLARS
from .forge import FORGE
from .workings import WORKINGS

THEMES = (CELLARS, CATACOMBS, CAVES, WORKINGS, FORGE)
