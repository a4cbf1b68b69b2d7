"""What can be said: each action's sentences, as data.

A sentence is words and slots. ``take|get`` is either word, ``pick_up`` two words in a row. ``{item}`` and ``{target}``
stand for a thing, ``{item*}`` for one or several, ``{direction}`` and ``{topic}`` for words. Earlier sentences of
a verb are preferred where two fit equally well.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

IN = "in|into|inside|within"
ON = "on|onto|upon|on_top_of"
FROM = "from|out_of|off|off_of"
WITH = "with|using"

SENTENCES: tuple[tuple[str, str], ...] = (
    ("go", "{direction}"),
    ("go", "go|walk|run|head|travel|move|climb|crawl {direction}"),
    ("go", "go|walk|climb to the {direction}"),
    ("enter", "go|walk|climb|crawl|step through|in|into|inside|to|up|down|over {item}"),
    ("enter", "enter {item}"),
    ("leave", "leave|exit|go_out|get_out"),
    ("enter", "leave|exit through|by|via {item}"),
    ("look", "look|l"),
    ("look", "look around|here|about"),
    ("examine", "examine|x|inspect|study|describe|check|watch|ex {item}"),
    ("examine", "look|l|stare|gaze at {item}"),
    ("examine", "look|l {item}"),
    ("search", f"look|l|peer {IN}|through|under|beneath|behind|underneath {{item}}"),
    ("search", "search|rummage|frisk|ransack {item}"),
    ("search", "search|rummage in|through|under|behind|for {item}"),
    ("search", "search"),
    ("take", f"take|get|grab|remove|pull|lift {{item*}} {FROM} {{target}}"),
    ("take", "take|get|grab|carry|acquire|collect|lift|snatch|steal|keep {item*}"),
    ("take", "pick_up {item*}"),
    ("take", "pick {item*} up"),
    ("put_in", f"put|place|insert|stick|drop|lay|stuff {{item*}} {IN} {{target}}"),
    ("put_on", f"put|place|set|drop|lay|stack {{item*}} {ON} {{target}}"),
    ("wear", "put_on|wear|don {item*}"),
    ("wear", "put {item*} on"),
    ("drop", "put_down|set_down|drop|discard|release|lay_down|throw_away {item*}"),
    ("drop", "put {item*} down"),
    ("drop", "throw|toss {item*}"),
    ("remove", "take_off|remove|doff|strip_off {item*}"),
    ("remove", "take {item*} off"),
    ("inventory", "inventory|i|inv|items|stuff"),
    ("inventory", "check|show inventory"),
    ("unlock", f"open {{item}} {WITH} {{target}}"),
    ("open", "open|uncover {item}"),
    ("close", "close|shut {item}"),
    ("close", "close|shut up {item}"),
    ("unlock", f"unlock {{item}} {WITH} {{target}}"),
    ("lock", f"lock {{item}} {WITH} {{target}}"),
    ("attack", f"attack|kill|hit|fight|strike|stab|slay|smash|punch|kick|beat|slash|murder {{item}} {WITH} {{target}}"),
    ("attack", "attack|kill|hit|fight|strike|stab|slay|smash|punch|kick|beat|slash|murder {item}"),
    ("wield", "wield|equip|draw|brandish|ready {item}"),
    ("unwield", "unwield|sheathe|sheath|lower|unequip {item}"),
    ("eat", "eat|devour|consume|taste|bite|chew {item}"),
    ("drink", "drink|quaff|sip|swallow|gulp {item}"),
    ("drink", "drink from {item}"),
    ("read", "read|peruse {item}"),
    ("give", "give|offer|hand|feed {item} to {target}"),
    ("give", "give|offer|hand|feed {target} {item}"),
    ("show", "show|display {item} to {target}"),
    ("show", "show {target} {item}"),
    ("light", "light|kindle|ignite {item}"),
    ("light", "switch|turn on {item}"),
    ("light", "switch|turn {item} on"),
    ("extinguish", "extinguish|douse|snuff|put_out {item}"),
    ("extinguish", "blow|switch|turn out|off {item}"),
    ("extinguish", "switch|turn|put {item} off|out"),
    ("push", "push|shove|press {item}"),
    ("pull", "pull|drag|tug {item}"),
    ("turn", "turn|rotate|twist {item}"),
    ("climb", "climb {item}"),
    ("touch", "touch|feel {item}"),
    ("taste", "lick {item}"),
    ("smell", "smell|sniff {item}"),
    ("smell", "smell"),
    ("listen", "listen to {item}"),
    ("listen", "listen"),
    ("break", "break|wreck {item}"),
    ("throw", "throw|toss {item} at {target}"),
    ("burn", "burn {item}"),
    ("tie", "tie|bind {item}"),
    ("fill", "fill {item}"),
    ("dig", "dig|dig_in {item}"),
    ("use", "use {item}"),
    ("say", "say {topic}"),
    ("shout", "shout|yell|scream {topic}"),
    ("talk", "talk|speak|chat to|with {item}"),
    ("ask", "ask {item} about {topic}"),
    ("tell", "tell {item} about {topic}"),
    ("kiss", "kiss|hug {item}"),
    ("swim", "swim"),
    ("jump", "jump|hop"),
    ("sing", "sing"),
    ("dance", "dance"),
    ("pray", "pray"),
    ("wave", "wave"),
    ("laugh", "laugh"),
    ("think", "think"),
    ("sleep", "sleep|nap"),
    ("xyzzy", "xyzzy|plugh"),
    ("wait", "wait|z|rest|pause|stand"),
    ("about", "about|credits|version"),
    ("save", "save"),
    ("restore", "restore|load"),
    ("undo", "undo"),
    ("score", "score|points|rank"),
    ("help", "help|hint|hints|info|?|commands"),
    ("verbs", "verbs"),
    ("exits", "exits|ways|directions"),
    ("restart", "restart|start_over"),
    ("quit", "quit|q|end|bye"),
    ("yes", "yes|y|yeah|ok|okay|sure"),
    ("no", "no|nope|nah"),
    ("again", "again|g|repeat"),
)


class Word(NamedTuple):
    """Match any of some words, each a tuple of one or more in a row."""

    options: tuple[tuple[str, ...], ...]


class Slot(NamedTuple):
    """Match a phrase; ``many`` allows several things."""

    name: str
    many: bool


class Sentence(NamedTuple):
    """Hold one compiled sentence."""

    action: str
    parts: tuple[Word | Slot, ...]


THING_SLOTS = frozenset({"item", "target"})


def _compile(action: str, pattern: str) -> Sentence:
    parts: list[Word | Slot] = []
    for piece in pattern.split():
        if piece.startswith("{"):
            name = piece.strip("{}")
            parts.append(Slot(name.rstrip("*"), name.endswith("*")))
        else:
            parts.append(Word(tuple(tuple(option.split("_")) for option in piece.split("|"))))
    return Sentence(action, tuple(parts))


@cache
def sentences() -> dict[str, tuple[Sentence, ...]]:
    """Return the compiled sentences by their first word; those that begin with a slot stand under ""."""
    found: dict[str, list[Sentence]] = {}
    for action, pattern in SENTENCES:
        sentence = _compile(action, pattern)
        first = sentence.parts[0]
        starts = {option[0] for option in first.options} if isinstance(first, Word) else {""}
        for start in sorted(starts):
            found.setdefault(start, []).append(sentence)
    return {start: tuple(each) for start, each in found.items()}


@cache
def verbs() -> frozenset[str]:
    """Return every word that can begin a sentence."""
    return frozenset(start for start in sentences() if start)


@cache
def actions() -> tuple[str, ...]:
    """Return the names of all actions that a sentence leads to, in the order of the table."""
    return tuple(dict.fromkeys(action for action, _ in SENTENCES))
