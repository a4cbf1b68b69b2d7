"""What the parser's questions and failures say to the player, and what a line leaves behind for the next one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tale_core.world import naming
from tale_core.world.acting import Acting
from tale_core.world.command import Ask, Command, Fail
from tale_core.world.components import Dialogue
from tale_core.world.events import Refused, Run, Text
from tale_core.world.naming import capital
from tale_core.world.parser import OOPS
from tale_core.world.performance import Performance
from tale_core.world.vocabulary import words_of

FOR_PEOPLE = frozenset({"give", "show"})
"""Actions whose target is a person."""

_ARTICLES = ("the ", "a ", "an ", "some ", "my ")


def explain(performance: Performance, player: str, fail: Fail, typed: str) -> None:
    """Tell the player what was not understood and what they may have meant, and keep the line for "oops"."""
    dialogue = performance.world.get(player, Dialogue) or Dialogue()
    if words_of(typed)[:1] != (OOPS,):
        performance.world.set(player, replace(dialogue, failed=typed))
    act = Acting(performance, player, Command(""))
    text = performance.text(act, player, fail.code, {"word": fail.word, "Word": capital(fail.word)})
    if fail.suggestions:
        meant = performance.text(act, player, "parse.suggest", {"options": _typed(fail.suggestions)})
        text = (*text[:-1], (*text[-1], Run(" "), *meant[0])) if text else meant
    performance.emit(Refused(to=player, text=text, code=fail.code))


def question(performance: Performance, player: str, ask: Ask) -> None:
    """Put the parser's question to the player and keep it for the answer."""
    act = Acting(performance, player, ask.command)
    if ask.kind == "missing":
        person = ask.slot == "target" and ask.command.action in FOR_PEOPLE
        message = "ask.missing_whom" if person else "ask.missing"
        text = performance.text(act, player, message, {"typed": capital(ask.word)})
    else:
        text = performance.text(act, player, "ask.which", {"word": _bare(ask.word), "options": _choices(act, ask)})
    performance.ask(player, ask, text)


def left_behind(dialogue: Dialogue, command: Command) -> Dialogue:
    """Return what is remembered once a command is understood: no question, what "it" means, what "again" repeats."""
    items = command.things.get("item", ())
    it, them = dialogue.it, dialogue.them
    if len(items) == 1 and not command.multiple:
        it = items[0]
    elif items:
        them = items
    return Dialogue("", it, them, command.said or dialogue.last)


def undone(rest: str) -> Text:
    """Return the rest of a line as it was typed, for telling that it was not done."""
    return ((Run(rest.strip(" .,;!"), role="code"),),)


def _bare(word: str) -> str:
    return next((word[len(article) :] for article in _ARTICLES if word.startswith(article)), word)


def _typed(lines: Sequence[str]) -> list[Run]:
    return naming.joined([[Run(line, role="code")] for line in lines], "or")


def _choices(act: Acting, ask: Ask) -> list[Run]:
    parts = []
    for thing, option in zip(ask.ids, ask.options, strict=False):
        proper = naming.name_of(act.world, thing).proper
        run = Run(option.label, ref=thing, role=naming.role_of(act.world, thing))
        parts.append([run] if proper else [Run("the "), run])
    return naming.joined(parts, "or")
