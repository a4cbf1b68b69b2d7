"""Help for newcomers and for who is stuck: what can be typed, what could be tried here, and an author's hints."""

from __future__ import annotations

from tale_core.world import hints
from tale_core.world.acting import Acting
from tale_core.world.command import Ask, Command
from tale_core.world.components import STORY
from tale_core.world.components import Rules as Scoring
from tale_core.world.events import Option, Run, System
from tale_core.world.grammar import Sentence, Slot
from tale_core.world.language import AND, OR
from tale_core.world.messages import Value
from tale_core.world.rulebook import Rules
from tale_core.world.vocabulary import words_of

rules = Rules()
rules.free("help", "verbs", "hint")

MOST_FORMS = 8
"""How many ways of using one verb are told."""

_SHOWN = {
    "item": "help.something",
    "target": "help.something_else",
    "direction": "help.direction",
    "way": "help.way",
    "number": "help.number",
    "money": "help.money",
    "order": "help.order",
    "topic": "help.topic",
}
"""What stands for a slot where the use of a verb is told."""


@rules.report("help")
def help_(act: Acting) -> None:
    """Explain how to play, or how a verb is used, and what could be done here."""
    topic = words_of(act.words.get("topic", ""))
    if topic:
        _explain_verb(act, topic[0])
        return
    _tell_goal(act)
    _system(act, "help.text")
    _tell_tries(act, "help.here")


@rules.report("verbs")
def verbs(act: Acting) -> None:
    """List what can be typed, the story's own verbs included."""
    _system(act, "verbs.text")
    sentences = act.performance.rules.sentences
    own = dict.fromkeys(pattern.split()[0].split("|")[0].replace("_", " ") for _, pattern in sentences)
    if own:
        _system(act, "verbs.own", verbs=_listed(act, list(own), AND))


@rules.report("hint")
def hint(act: Acting) -> None:
    """Give the next hint on what is asked for, or ask what it is to be on; without hints, say what could be tried."""
    world, player = act.world, act.actor
    open_to = hints.ladders(world, player)
    topic = words_of(act.words.get("topic", ""))
    chosen = hints.matching(world, open_to, topic) if topic else _obvious(act, open_to)
    if len(chosen) == 1:
        _give(act, chosen[0])
    elif chosen:
        _ask(act, chosen)
    elif topic:
        act.say("hint.unknown", topic=act.words["topic"])
    else:
        _tell_goal(act)
        if open_to:
            _system(act, "hint.spent")
        _tell_tries(act, "hint.tries")


def _obvious(act: Acting, open_to: list[str]) -> list[str]:
    """Return what a hint without a topic may be on: what the last one was on, while more can be said."""
    left = [thing for thing in open_to if not hints.is_spent(act.world, act.actor, thing)]
    last = hints.last_of(act.world, act.actor)
    return [last] if last in left else left


def _give(act: Acting, thing: str) -> None:
    most = len(act.world.need(thing, hints.Hints).levels)
    n, level = hints.climb(act.world, act.actor, thing)
    words: dict[str, Value] = {"about": hints.title(act.world, thing), "n": n, "most": most}
    text = act.performance.text(act, act.actor, level, {})
    text += act.performance.text(act, act.actor, "hint.more" if n < most else "hint.last", words)
    act.performance.emit(System(to=act.actor, text=text, code="hint"))


def _ask(act: Acting, things: list[str]) -> None:
    titles = [hints.title(act.world, thing) for thing in things]
    options = tuple(Option(title, f"hint {title}") for title in titles)
    shown = act.language.joined([[Run(each)] for each in titles], OR)
    text = act.performance.text(act, act.actor, "hint.which", {"options": shown})
    act.performance.ask(act.actor, Ask("missing", Command("hint"), "topic", options, word="hint"), text)


def _explain_verb(act: Acting, verb: str) -> None:
    grammar = act.performance.rules.grammar(act.language)
    found = sorted(grammar.sentences.get(verb, ()), key=lambda sentence: sentence.action != verb)
    forms = dict.fromkeys(_form(act, sentence, verb) for sentence in found if Slot("but", True) not in sentence.parts)
    if forms:
        _system(act, "help.verb", verb=verb, forms=_listed(act, list(forms)[:MOST_FORMS], OR))
    else:
        _system(act, "help.no_verb", verb=verb)


def _form(act: Acting, sentence: Sentence, verb: str) -> str:
    """Return a sentence as it may be typed, with what stands for its slots."""
    shown = []
    for n, part in enumerate(sentence.parts):
        if isinstance(part, Slot):
            message = _SHOWN.get(part.name)
            (paragraph,) = act.performance.text(act, act.actor, message, {}) if message else ((),)
            shown.append("".join(run.text for run in paragraph))
        else:
            options = part.options if n else [option for option in part.options if option[0] == verb]
            shown.append(" ".join(options[0]))
    return " ".join(filter(None, shown))


def _tell_goal(act: Acting) -> None:
    scoring = act.world.get(STORY, Scoring)
    if scoring is not None and scoring.goal:
        _system(act, "help.goal", goal=scoring.goal)


def _tell_tries(act: Acting, message: str) -> None:
    found = hints.tries(act.language, act.world, act.actor) if act.by_player else []
    if found:
        _system(act, message, tries=_listed(act, found, OR))


def _listed(act: Acting, lines: list[str], word: str) -> list[Run]:
    return act.language.joined([[Run(line, role="code")] for line in lines], word)


def _system(act: Acting, code: str, **things: Value) -> None:
    text = act.performance.text(act, act.actor, code, things)
    act.performance.emit(System(to=act.actor, text=text, code=code))
