"""What can be done in every story: the default rules, one module a subject."""

from __future__ import annotations

from functools import cache

from tale_core.world.rulebook import Rules


@cache
def defaults() -> Rules:
    """Return the rules that hold where a story has none of its own."""
    from tale_core.world import behaviour, temper
    from tale_core.world.actions import (
        consuming,
        dying,
        entering,
        fighting,
        filling,
        gaming,
        giving,
        handling,
        helping,
        holding,
        idling,
        introducing,
        joining,
        lighting,
        living,
        looking,
        moving,
        opening,
        ordering,
        placing,
        preferring,
        saying,
        searching,
        socializing,
        switching,
        tactics,
        talking,
        trading,
        trapping,
        wearing,
        wielding,
        wondering,
    )

    modules = (
        trading,
        trapping,
        moving,
        entering,
        looking,
        searching,
        helping,
        holding,
        placing,
        preferring,
        giving,
        opening,
        wearing,
        wondering,
        wielding,
        fighting,
        tactics,
        dying,
        consuming,
        switching,
        lighting,
        filling,
        handling,
        talking,
        saying,
        socializing,
        ordering,
        living,
        idling,
        joining,
        introducing,
        gaming,
        temper,
        behaviour,
    )
    rules = Rules()
    for module in modules:
        rules = rules.merged(module.rules)
    return rules
