"""Saying things aloud, to everybody in the place or to one of them."""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach
from tale_core.world.command import Verdict
from tale_core.world.components import Actor, Player
from tale_core.world.events import AnyEvent, Say, Text
from tale_core.world.rulebook import Rules

rules = Rules()

_TO_SOMEBODY = ("ask", "tell", "talk", "order")


@rules.verify(*_TO_SOMEBODY)
def can_be_talked_to(act: Acting) -> Verdict | None:
    """Find it senseless to talk to things, to the dead and to oneself."""
    alive = describing.is_alive(act.world, act.item) and act.item != act.actor
    return None if alive else Verdict.ILLOGICAL


@rules.check(*_TO_SOMEBODY)
def somebody_listens(act: Acting) -> None:
    """Refuse to talk to what cannot hear."""
    need_reach(act, act.item)
    if act.item == act.actor:
        act.refuse("talk.self")
    if not act.world.has(act.item, Actor):
        act.refuse("talk.thing")
    if not describing.is_alive(act.world, act.item):
        act.refuse("talk.dead")


@rules.check("order")
def obey_nobody(act: Acting) -> None:
    """Let people whom nobody plays take no orders, unless the story has them do so."""
    if act.command.order is not None and not act.world.has(act.item, Player):
        act.refuse("order.ignored")


@rules.report("ask", "tell", "talk")
def nothing_to_say(act: Acting) -> None:
    """Tell that the conversation leads nowhere, unless the story has something better."""
    act.tell("talk.done")


@rules.check("say", "shout")
def there_are_words(act: Acting) -> None:
    """Refuse to say nothing."""
    if not act.words.get("topic"):
        act.refuse("say.nothing")


@rules.report("say", "shout", "order")
def say(act: Acting) -> None:
    """Let everybody here hear it."""

    def said(to: str, text: Text) -> AnyEvent:
        return Say(to=to, text=text, speaker=act.actor if act.performance.knows(to, act.actor) else "")

    act.event(said, "say.shout" if act.action == "shout" else "say.done", words=act.words["topic"])
