"""Doing what people do to be seen by one another; ``socials.toml`` says what that is."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Player
from tale_core.world.conditions import change_mood
from tale_core.world.rulebook import Rules
from tale_core.world.socials import socials
from tale_core.world.speaking import noise
from tale_core.world.temper import is_awake, is_hostile

rules = Rules()

SOCIALS = tuple(socials())


@rules.verify(*SOCIALS)
def can_be_done_to(act: Acting) -> Verdict | None:
    """Prefer living people."""
    if not act.item:
        return None
    alive = describing.is_alive(act.world, act.item) and act.item != act.actor
    return None if alive else Verdict.ILLOGICAL


@rules.check(*SOCIALS)
def may_be_done_to(act: Acting) -> None:
    """Refuse to do it to oneself, and what touches to what is out of reach."""
    if act.item == act.actor:
        act.refuse("socials.self")
    if act.item and socials()[act.action].touch:
        need_reach(act, act.item)


@rules.report(*SOCIALS)
def report_social(act: Acting) -> None:
    """Tell everybody who sees it, or in the dark hears it, each from their own side."""
    social = socials()[act.action]
    how = act.words.get("how", "")
    message = f"social.{act.action}_at" if act.item else f"social.{act.action}"
    tell = noise if social.heard else Acting.tell
    tell(act, message, how=f" {how}" if how else "")
    if social.touch and act.world.has(act.item, Actor) and is_awake(act.world, act.item) and not _is_player(act):
        act.tell("socials.hostile" if is_hostile(act.world, act.item) else "socials.borne")


@rules.after("attack", "pay", *SOCIALS)
def feel(act: Acting) -> None:
    """Let a person's mood change by what is done to them."""
    change_mood(act.world, act.item, act.action)


@rules.after("give", "show")
def feel_given(act: Acting) -> None:
    """Let a person's mood change by what they are given and shown."""
    change_mood(act.world, act.target, act.action)


def _is_player(act: Acting) -> bool:
    return act.world.has(act.item, Player)
