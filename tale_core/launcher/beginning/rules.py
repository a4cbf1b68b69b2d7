"""What happens here and in no other story. All that a story may use is in tale_core.story."""

from __future__ import annotations

from tale_core.story import Acting, Rules

rules = Rules()


@rules.after("take", item="kite")
def fly(act: Acting) -> None:
    """End the story well once the kite is taken."""
    act.end("won", "You are out of the shed before you know it, and the wind takes the kite out of your hands and up.")
