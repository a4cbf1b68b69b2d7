"""Telling others what to do: who obeys, and what comes of it; they act by the same rules as players.

A person obeys who has ``Obeys`` for that action, or whom a rule of the story lets, one of
``@rules.before("order", item="dog")`` that calls ``obey(act)``. All others refuse politely.
"""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.actions.saying import say_to_somebody
from tale_core.world.command import Command
from tale_core.world.components import Player
from tale_core.world.conditions import fits
from tale_core.world.orders import ASKED
from tale_core.world.people import Obeys, many
from tale_core.world.rulebook import Rules
from tale_core.world.speaking import heard, listeners, speak_as

rules = Rules()

SENSELESS = frozenset(
    {"quit", "restart", "undo", "save", "restore", "saves", "script", "score", "help", "verbs", "about", "again", "who"}
)
"""What nobody can do for a player, since it is about the game."""

_TALK = {
    "talk": "word.hello_to",
    "greet": "word.hello_to",
    "part": "word.goodbye_to",
    "yes": "word.yes",
    "no": "word.no",
}
"""Commands that are speech when they are said to a person."""


_SAID = frozenset({"help", "who", "about", "hint", "address", "assist"})
"""Commands about the game that are speech when they are said to a person: "bob, can you help me"."""


def obey(act: Acting) -> None:
    """Let the person who was given the order carry it out, and end the action."""
    order = act.command.order
    if order is None:
        return
    _call_out(act)
    told = len(act.performance.events)
    if not act.performance.perform(act.item, order):
        act.refuse("order.failed")
    if len(act.performance.events) == told:
        act.tell("order.quietly")
    act.done()


def obeys(act: Acting) -> bool:
    """Tell whether the person does what they are told here, by what the story's data say."""
    found = act.world.get(act.item, Obeys)
    order = act.command.order
    if found is None or order is None:
        return False
    allowed = many(found.actions)
    if "anything" not in allowed and order.action not in allowed:
        return False
    return fits(found.when, found.unless, act.world, act.item, act.actor)


@rules.check("order")
def what_is_no_order(act: Acting) -> None:
    """Treat as speech what is none, as asking what asks for something, and as senseless what is about the game."""
    order, person = act.command.order, act.item
    if act.world.has(person, Player):
        return
    if order is None:
        say_to_somebody(act)
        act.done()
    if order.action in _TALK:
        act.instead("say_to", person, topic=act.language.word(_TALK[order.action]))
    if order.action in _SAID:
        act.instead("say_to", person, topic=act.words["topic"])
    if order.action == "sell" and order.things.get("target") == (act.actor,):
        act.instead("buy", order.things["item"][0], person)
    if order.action in ASKED and order.action != "discuss":
        act.instead(order.action, *order.things.get("item", (person,))[:1])
    if order.action in SENSELESS:
        act.refuse("order.senseless")
    if order.action == "discuss" or (order.action in ("tell", "ask") and order.things.get("item") == (act.actor,)):
        act.instead("ask", person, topic=order.words["topic"])  # "bob, tell me about the key"
    if order.action in ("give", "show") and order.things.get("target") == (act.actor,) and not obeys(act):
        act.instead("ask_for", person, topic=act.world.name(order.things["item"][0]))


@rules.check("order")
def who_does_not_obey(act: Acting) -> None:
    """Let all refuse politely who have no reason to obey."""
    if act.world.has(act.item, Player) or obeys(act):
        return
    _call_out(act)
    found = act.world.get(act.item, Obeys)
    if found is not None and found.refusal:
        speak_as(act, act.item, found.refusal)
    else:
        act.tell("order.ignored")
    act.stop()


@rules.carry_out("order")
def carry_out_order(act: Acting) -> None:
    """Let a person do what they are told; just tell a player."""
    if act.world.has(act.item, Player):
        heard(act, act.actor, "order.given", words=act.words["topic"])
    else:
        obey(act)


def order_of(act: Acting) -> Command | None:
    """Return what a person was told to do, None when the words were no command."""
    return act.command.order


def _call_out(act: Acting) -> None:
    others = [player for player in listeners(act.world, act.place) if player != act.actor]
    heard(act, act.actor, "order.given", to=others, words=act.words["topic"])
