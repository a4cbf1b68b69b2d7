"""How a player likes to be told things: places at length or in brief, points as they come or only when asked for."""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.world.acting import Acting
from tale_core.world.components import Preferences
from tale_core.world.rulebook import Rules

rules = Rules()
rules.free("verbose", "brief", "superbrief", "notify")

_ON = frozenset({"on", "yes"})
_OFF = frozenset({"off", "no"})


@rules.carry_out("verbose", "brief", "superbrief")
def set_detail(act: Acting) -> None:
    """Choose how much of a place is told on arrival; what was seen before that counts as new."""
    liked = act.world.get(act.actor, Preferences) or Preferences()
    detail = "brief" if act.action == "brief" else "superbrief" if act.action == "superbrief" else "verbose"
    been = (act.place,) if detail == "brief" else ()
    act.world.set(act.actor, replace(liked, detail=detail, been=been))


@rules.report("verbose", "brief", "superbrief")
def tell_detail(act: Acting) -> None:
    """Tell what will be told."""
    act.say({"verbose": "detail.verbose", "brief": "detail.brief", "superbrief": "detail.superbrief"}[act.action])


@rules.check("notify")
def is_understood(act: Acting) -> None:
    """Refuse what is neither on nor off."""
    if act.words.get("topic", "on").casefold() not in _ON | _OFF:
        act.refuse("notify.which")


@rules.carry_out("notify")
def set_notify(act: Acting) -> None:
    """Choose whether points are told as they come; without a word, change it."""
    liked = act.world.get(act.actor, Preferences) or Preferences()
    word = act.words.get("topic", "").casefold()
    act.world.set(act.actor, replace(liked, notify=word in _ON if word else not liked.notify))


@rules.report("notify")
def tell_notify(act: Acting) -> None:
    """Tell what will be told."""
    liked = act.world.get(act.actor, Preferences) or Preferences()
    act.say("notify.on" if liked.notify else "notify.off")
