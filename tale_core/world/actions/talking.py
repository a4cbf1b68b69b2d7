"""Talking with people: asking and telling them about things, asking for things, greeting, answering what they ask."""

from __future__ import annotations

from msgspec import json
from msgspec.structs import replace

from tale_core.world import conversing, describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, need_reach, owner
from tale_core.world.actions.trading import seller
from tale_core.world.command import Ask, Command, Verdict
from tale_core.world.components import Actor, Dialogue, Name, Player
from tale_core.world.conditions import set_facts, set_mood, times_said
from tale_core.world.conversing import GREETING, Reply, conversation, label_of, meant_topic, open_topics, reply_to
from tale_core.world.events import Ask as AskEvent
from tale_core.world.events import Option, Run
from tale_core.world.language import OBJECT, OR
from tale_core.world.messages import Value
from tale_core.world.money import earn
from tale_core.world.naming import typed as typed_name
from tale_core.world.people import Answer, Asked, Conversation, Price, Shop, many
from tale_core.world.rulebook import Rules
from tale_core.world.scope import visible
from tale_core.world.speaking import heard, listeners, speak_as
from tale_core.world.store import World
from tale_core.world.temper import is_awake, is_hostile
from tale_core.world.vocabulary import Lexicon, words_of

rules = Rules()
rules.free("topics")

_TO_SOMEBODY = ("ask", "tell", "ask_for", "talk", "answer", "order", "say_to", "whisper")

MOST_TOPICS = 8
"""How many topics a menu has at most; those that were talked about come last."""

PATIENCE = 5
"""For how many moves a person waits for a yes or no."""

_WARES = frozenset({"wares", "goods", "prices", "price", "stock", "sale", "trade", "buying", "selling", "shop", "menu"})
"""Words with which a shopkeeper is asked for what they sell."""

_HELLO = frozenset({"hello", "hi", "hey", "greetings", "hallo", "good", "welcome"})
_YES = frozenset({"yes", "y", "yeah", "yep", "aye", "sure", "ok", "okay"})
_NO = frozenset({"no", "n", "nope", "nah", "never"})
_BYE = frozenset({"bye", "goodbye", "farewell"})


@rules.verify(*_TO_SOMEBODY)
def can_be_talked_to(act: Acting) -> Verdict | None:
    """Find it senseless to talk to things, to the dead and to oneself."""
    alive = describing.is_alive(act.world, act.item) and act.item != act.actor
    return None if alive else Verdict.ILLOGICAL


@rules.check(*_TO_SOMEBODY)
def somebody_listens(act: Acting) -> None:
    """Refuse to talk to what cannot hear."""
    if not act.item:
        act.refuse("talk.to_whom")
    need_reach(act, act.item)
    if act.item == act.actor:
        act.refuse("talk.self")
    if not act.world.has(act.item, Actor):
        act.refuse("talk.thing")
    if not describing.is_alive(act.world, act.item):
        act.refuse("talk.dead")
    if not is_awake(act.world, act.item):
        act.refuse("talk.asleep")
    if is_hostile(act.world, act.item) and not act.world.has(act.item, Conversation):
        act.refuse("talk.hostile")


@rules.carry_out("ask", "tell", "ask_for")
def converse(act: Acting) -> None:
    """Let a person answer what they are asked or told; players find their own words."""
    world, person, typed = act.world, act.item, act.words["topic"]
    if world.has(person, Player):
        heard(act, act.actor, _TOLD[act.action], topic=typed)
        return
    name = meant_topic(world, person, act.actor, typed)
    _others_hear(
        act, _TOLD[act.action], topic=act.language.the(label_of(world, person, name), OBJECT) if name else typed
    )
    reply = reply_to(world, person, act.actor, name, act.action) if name else None
    if reply is None and act.action == "ask_for":
        _ask_for_thing(act, typed)
        reply = reply_to(world, person, act.actor, name, "ask") if name else None
    if reply is None and world.has(person, Shop) and not _WARES.isdisjoint(words_of(typed)):
        act.instead("wares", person)
    if reply is None:
        _know_nothing(act)
    else:
        answer_with(act, person, name, reply)


@rules.carry_out("talk")
def greet(act: Acting) -> None:
    """Let a person greet back, and offer what can be talked about."""
    world, person = act.world, act.item
    if world.has(person, Player):
        act.tell("talk.player")
        return
    _others_hear(act, "talk.others")
    reply = conversing.chosen(world, person, act.actor, conversation(world, person).greeting, GREETING)
    if reply is not None:
        answer_with(act, person, GREETING, reply)
    else:
        act.tell("talk.nods" if _listed(world, person, act.actor) else "talk.done")
    if not world.has(act.actor, Asked):
        offer_topics(act, person)


@rules.check("topics")
def list_topics(act: Acting) -> None:
    """Offer what can be talked about with a person, the only one here if none is named."""
    people = [act.item] if act.item else talkers(act)
    if len(people) != 1 or not offer_topics(act, people[0]):
        act.refuse("talk.no_topics" if len(people) == 1 else "talk.to_whom", item=people[0] if people else "")


@rules.verify("request")
def somebody_may_give(act: Acting) -> Verdict | None:
    """Prefer other meanings where it is not a player who asks, or not one person who is there to be asked."""
    return None if act.by_player and len(talkers(act)) == 1 else Verdict.IMPOSSIBLE


@rules.check("discuss", "request")
def discuss(act: Acting) -> None:
    """Ask the only person here who has something to say; where nobody has, take what is wished for, if it is there."""
    people = talkers(act)
    if not people:
        found, _ = Lexicon(act.world, visible(act.world, act.actor)).match(words_of(act.words["topic"]))
        if act.action == "request" and found:
            act.instead("take", found[0])
        act.refuse("talk.nobody", topic=act.words["topic"])
    if len(people) > 1:
        act.refuse("talk.to_whom")
    act.instead("ask" if act.action == "discuss" else "ask_for", people[0], topic=act.words["topic"])


@rules.before("yes", "no")
def answer_somebody(act: Acting) -> None:
    """Take a yes or a no for the answer to what a person here has asked."""
    asked = act.world.get(act.actor, Asked)
    player = act.world.get(act.actor, Player)
    if asked is None or player is None or player.moves > asked.move + PATIENCE:
        return
    if act.world.place_of(asked.by) == act.place and describing.is_alive(act.world, asked.by):
        act.instead("answer", asked.by, said=act.action)


@rules.carry_out("answer")
def answer(act: Acting) -> None:
    """Let the person who has asked hear the answer."""
    asked = act.world.need(act.actor, Asked)
    act.world.drop(act.actor, Asked)
    _others_hear(act, "talk.answers", said=act.language.word(f"word.{act.words['said']}"))
    given = conversing.whole(asked.yes if act.words["said"] == "yes" else asked.no)
    if given == Answer():
        act.tell("talk.nods")
    else:
        answer_with(act, act.item, act.words["said"], Reply(given))


def topic_of(act: Acting) -> str:
    """Return the name of the topic that the player talks about with the action's item, "" when it is none."""
    return meant_topic(act.world, act.item, act.actor, act.words.get("topic", ""))


def answer_with(act: Acting, person: str, name: str, reply: Reply) -> None:
    """Let a person say an answer and let follow what follows from it; ``name`` is what it is remembered as."""
    world, found = act.world, reply.answer
    world.drop(act.actor, Asked)
    conversing.remember(world, person, act.actor, name, reply)
    if found.costs:
        earn(world, act.actor, -found.costs)
        earn(world, person, found.costs)
    for thing in many(found.takes):
        hand_over(world, thing, person, "held")
    if found.text:
        speak_as(act, person, found.text)
    for thing in many(found.gives):
        hand_over(world, thing, act.actor, "held")
        act.tell("talk.gives", person=person, thing=thing)
        _think_of(act, thing)
    if found.mood:
        set_mood(world, person, found.mood)
    set_facts(world, found.facts)
    if found.points:
        act.score(found.points)
    if found.yes or found.no:
        move = world.need(act.actor, Player).moves if act.by_player else 0
        world.set(act.actor, Asked(person, found.yes, found.no, move))
        text = act.performance.text(act, act.actor, "talk.yes_or_no", {"person": person})
        act.performance.emit(AskEvent(to=act.actor, text=text, options=act.language.options("yes", "no")))
    _go_on(act, person)


def offer_topics(act: Acting, person: str) -> bool:
    """Offer the player what can be talked about as a question, which any other command overrides; False for nothing."""
    world = act.world
    names = _listed(world, person, act.actor)
    if not names or not act.by_player:
        return False
    who = _called(world, person)
    asks: list[list[Run]] = []
    tells: list[list[Run]] = []
    options = []
    for name in names:
        topic = label_of(world, person, name)
        label = act.language.the(topic, OBJECT)
        verb = "ask" if reply_to(world, person, act.actor, name, "ask") else "tell"
        (asks if verb == "ask" else tells).append([Run(label)])
        options.append(Option(label, f"{verb} {who} about {typed_name(topic)}"))
    message = "talk.menu" if not tells else "talk.menu_both" if asks else "talk.menu_tell"
    lists: dict[str, Value] = {
        "asks": act.language.joined(asks, OR),
        "tells": act.language.joined(tells, OR),
        "person": person,
    }
    text = act.performance.text(act, act.actor, message, lists)
    question = Ask("choose", Command("ask", {"item": (person,)}), "topic", tuple(options), word=f"ask {who} about")
    act.performance.ask(act.actor, question, text)
    return True


def react_to_words(act: Acting, person: str, said: str) -> bool:
    """Let a person react to words that are said to them, if these mean anything to them; return whether they do."""
    world = act.world
    words = words_of(said)
    if world.has(person, Player) or not is_awake(world, person) or not words:
        return False
    yes, no = _means(act, words, _YES, "word.yes"), _means(act, words, _NO, "word.no")
    if (yes or no) and len(words) == 1 and (asked := world.get(act.actor, Asked)) and asked.by == person:
        return act.do("yes" if yes else "no")
    name = meant_topic(world, person, act.actor, said)
    reply = reply_to(world, person, act.actor, name, "ask") if name else None
    reply = reply or (reply_to(world, person, act.actor, name, "tell") if name else None)
    if reply is not None:
        answer_with(act, person, name, reply)
        return True
    if _means(act, words, _HELLO, "word.hello"):
        return act.do("talk", person)
    if _means(act, words, _BYE, "word.goodbye"):
        act.tell("talk.bye", item=person)
        return True
    reply = conversing.chosen(world, person, act.actor, conversation(world, person).default, "default")
    if reply is not None:
        answer_with(act, person, "default", reply)
    return reply is not None


def _means(act: Acting, words: tuple[str, ...], known: frozenset[str], message: str) -> bool:
    """Tell whether what is said begins with one of the words that are known, or is the word of the story's language."""
    return words[0] in known or words == words_of(act.language.word(message))


def people_here(act: Acting) -> list[str]:
    """Return who is here and awake, players left out."""
    world = act.world
    people = (thing for thing in world.children(act.place) if is_awake(world, thing) and not world.has(thing, Player))
    return [person for person in people if describing.is_present(world, person) and person != act.actor]


def talkers(act: Acting) -> list[str]:
    """Return who is here and awake and has something to say."""
    return [person for person in people_here(act) if act.world.has(person, Conversation)]


_TOLD = {"ask": "talk.asks", "tell": "talk.tells", "ask_for": "talk.asks_for"}
"""What others hear of it."""


def _go_on(act: Acting, person: str) -> None:
    """Take it that the player goes on talking with the person if they next type just what about."""
    dialogue = act.world.get(act.actor, Dialogue)
    if dialogue is not None and not dialogue.ask:
        question = Ask(
            "choose", Command("ask", {"item": (person,)}), "topic", word=f"ask {_called(act.world, person)} about"
        )
        act.world.set(act.actor, replace(dialogue, ask=json.encode(question).decode()))


def _think_of(act: Acting, thing: str) -> None:
    """Let "it" mean what the actor was just given."""
    dialogue = act.world.get(act.actor, Dialogue)
    if dialogue is not None:
        act.world.set(act.actor, replace(dialogue, it=thing))


def _others_hear(act: Acting, message: str, **things: str) -> None:
    others = [player for player in listeners(act.world, act.place) if player != act.actor]
    heard(act, act.actor, message, to=others, **things)


def _know_nothing(act: Acting) -> None:
    """Let a person say that they have nothing to say to this, and point to what they have."""
    world, person = act.world, act.item
    reply = conversing.chosen(world, person, act.actor, conversation(world, person).default, "default")
    if reply is not None:
        answer_with(act, person, "default", reply)
    else:
        act.tell({"ask": "talk.unknown", "tell": "talk.unmoved"}.get(act.action, "talk.has_none"))
    fresh = [name for name in _listed(world, person, act.actor) if not times_said(world, person, act.actor, name)]
    if fresh:
        act.say("talk.hint", hint=[Run(f"talk to {_called(world, person)}", role="code")])


def _ask_for_thing(act: Acting, typed: str) -> None:
    """Tell the price of a ware that is asked for; let a person keep what is theirs."""
    world, person = act.world, act.item
    found, _ = Lexicon(world, visible(world, act.actor)).match(words_of(typed))
    thing = next((each for each in found if person in (owner(world, each), seller(world, act.place, each))), "")
    if not thing:
        mine = next((each for each in found if owner(world, each) == act.actor), "")
        if mine:
            act.refuse("talk.have_it", thing=mine)
        return
    if world.has(thing, Price):
        act.instead("value", thing)
    act.refuse("talk.keeps", thing=thing)


def _listed(world: World, person: str, player: str) -> list[str]:
    """Return the topics of a person's menu, those first that were not talked about yet."""
    names = [name for name in open_topics(world, person, player) if _has_reply(world, person, player, name)]
    return sorted(names, key=lambda name: times_said(world, person, player, name) > 0)[:MOST_TOPICS]


def _has_reply(world: World, person: str, player: str, name: str) -> bool:
    listed = conversing.topic(world, person, name).listed
    return listed and any(reply_to(world, person, player, name, how) for how in ("ask", "tell"))


def _called(world: World, person: str) -> str:
    return typed_name(world.need(person, Name))
