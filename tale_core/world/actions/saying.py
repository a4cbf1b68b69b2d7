"""Saying things: aloud, to one person, in a whisper, through walls, to players far away; and what one is seen to do."""

from __future__ import annotations

from typing import NoReturn

from tale_core.world import describing, perception
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach
from tale_core.world.actions.talking import people_here, react_to_words, talkers
from tale_core.world.command import Verdict
from tale_core.world.components import Hidden, Place, Player
from tale_core.world.events import Run
from tale_core.world.people import Asleep, Deaf, ReplyTo
from tale_core.world.rulebook import Rules
from tale_core.world.speaking import heard, listeners
from tale_core.world.temper import EARSHOT, wake
from tale_core.world.ways import beyond, nearby

rules = Rules()
rules.free("who", "message", "reply")

_THERE = {"up": "way.above", "down": "way.below", "in": "way.inside", "out": "way.outside"}
"""Where a sound comes from that comes from such a direction, if that is no point of the compass."""


@rules.carry_out("part")
def say_goodbye(act: Acting) -> None:
    """Say goodbye to somebody, or to whoever is here; where nobody is, take leave of the story."""
    if act.item:
        act.instead("say_to", act.item, topic=act.language.word("word.goodbye"))
    _speak(act, act.language.word("word.goodbye"), alone="quit")


@rules.carry_out("address")
def ask_somebody(act: Acting) -> None:
    """Put a question with a "you" in it to whoever is here; where nobody is, leave it to the player."""
    _speak(act, act.command.said, alone="wonder")


def _speak(act: Acting, words: str, alone: str) -> NoReturn:
    """Say words to the only person here, or aloud when there are several; do something else where nobody is."""
    people = people_here(act)
    if len(people) == 1 and act.by_player:
        act.instead("say_to", people[0], topic=words)
    heard_by = [player for player in listeners(act.world, act.place) if player != act.actor]
    if people or heard_by:
        act.instead("say", topic=words)
    act.instead(alone)


@rules.check("say", "shout", "say_to", "whisper", "message", "reply", "emote")
def there_are_words(act: Acting) -> None:
    """Refuse to say nothing."""
    if not act.words.get("topic"):
        act.refuse("emote.nothing" if act.action == "emote" else "say.nothing")


@rules.carry_out("say")
def say(act: Acting) -> None:
    """Let everybody here hear it; who is alone with one person talks to them."""
    heard(act, act.actor, "say.done", words=act.words["topic"])
    people = talkers(act)
    if act.by_player and len(people) == 1:
        react_to_words(act, people[0], act.words["topic"])


@rules.carry_out("greet")
def greet(act: Acting) -> None:
    """Say hello to whoever is here; the only person answers."""
    people = people_here(act)
    if len(people) == 1 and act.by_player:
        act.instead("talk", people[0])
    act.instead("say", topic=act.language.word("word.hello"))


@rules.carry_out("shout")
def shout(act: Acting) -> None:
    """Let everybody here hear it, and everybody next door."""
    heard(act, act.actor, "say.shout", words=act.words["topic"])
    for place in nearby(act.world, act.place, EARSHOT)[1:]:
        for player in listeners(act.world, place):
            act.report_to(player, "say.next_door", words=act.words["topic"], direction=_whence(act, place))


@rules.carry_out("say_to")
def say_to(act: Acting) -> None:
    """Let everybody here hear it, and the one it is said to react."""
    say_to_somebody(act)


def say_to_somebody(act: Acting) -> None:
    """Let the item hear the words of the action, and everybody else who is here."""
    heard(act, act.actor, "say.to", words=act.words["topic"])
    if not act.world.has(act.item, Player) and not react_to_words(act, act.item, act.words["topic"]):
        act.tell("say.unanswered")


@rules.carry_out("whisper")
def whisper(act: Acting) -> None:
    """Let just one hear it; the others see that something is whispered."""
    near = [player for player in perception.witnesses(act.world, act.actor) if player != act.item]
    heard(
        act,
        act.actor,
        "say.whisper",
        to=[act.actor, act.item] if _hears(act, act.item) else [act.actor],
        words=act.words["topic"],
    )
    for player in near:
        act.report_to(player, "say.whispers")
    if not act.world.has(act.item, Player) and not react_to_words(act, act.item, act.words["topic"]):
        act.tell("say.unanswered")


@rules.verify("awaken")
def can_be_woken(act: Acting) -> Verdict | None:
    """Prefer who sleeps."""
    return None if act.world.has(act.item, Asleep) else Verdict.ILLOGICAL


@rules.check("awaken")
def awaken(act: Acting) -> None:
    """Wake who sleeps."""
    need_reach(act, act.item)
    if not describing.is_alive(act.world, act.item):
        act.refuse("awaken.cannot")
    if not act.world.has(act.item, Asleep):
        act.refuse("awaken.awake")
    wake(act, act.item)
    act.done()


@rules.carry_out("message")
def message(act: Acting) -> None:
    """Tell one player alone, wherever they are."""
    _send(act, act.words["player"])


@rules.carry_out("reply")
def reply(act: Acting) -> None:
    """Tell the player who sent word last."""
    to = act.world.get(act.actor, ReplyTo)
    if to is None:
        act.refuse("message.nobody")
    _send(act, to.player)


def _send(act: Acting, player: str) -> None:
    """Tell a player something, far or near, and let them know whom to answer."""
    if not perception.playing(act.world, player):
        act.refuse("message.away", them=act.world.name(player))
    act.world.set(player, ReplyTo(act.actor))
    names = {
        "me": [Run(act.world.name(act.actor), role="person")],
        "them": [Run(act.world.name(player), role="person")],
    }
    near = act.world.place_of(player) == act.place
    act.report_to(act.actor, "message.sent_near" if near else "message.sent", words=act.words["topic"], **names)
    act.report_to(player, "message.received_near" if near else "message.received", words=act.words["topic"], **names)


@rules.report("emote")
def emote(act: Acting) -> None:
    """Show everybody who sees it what somebody does, in their own words."""
    words = act.words["topic"]
    act.tell(
        "emote.done",
        name=[Run(act.world.name(act.actor), role="person")],
        words=words if words[-1:] in ".!?" else f"{words}.",
    )


@rules.report("who")
def who(act: Acting) -> None:
    """List who else plays."""
    world = act.world
    players = [player for player in world.every(Player) if perception.playing(world, player)]
    names = act.language.joined([[Run(world.name(player), role="person")] for player in players])
    act.say("who.list", n=len(players), names=names)


def _hears(act: Acting, who: str) -> bool:
    return act.world.has(who, Player) and not act.world.has(who, Deaf)


def _whence(act: Acting, here: str) -> str:
    """Return where the actor is heard from in a place next door, as far as a way from there shows."""
    world, there = act.world, act.place
    exits = world.need(here, Place).exits
    known = (
        way for way, target in exits.items() if not world.has(target, Hidden) and beyond(world, here, target) == there
    )
    way = next(known, "")
    return act.language.toward(way, _THERE, "way.there") if way else act.language.word("way.near")
