"""What the parser's questions and failures say to the player, and what a line leaves behind for the next one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import json
from msgspec.structs import replace

from tale_core.world.acting import Acting
from tale_core.world.answers import pending
from tale_core.world.command import Ask, Command, Fail, Result
from tale_core.world.components import Actor, Dialogue, Name, Place
from tale_core.world.events import Refused, Report, Run, Text
from tale_core.world.language import OBJECT, OR
from tale_core.world.mending import MEND, offer
from tale_core.world.naming import capital, role_of
from tale_core.world.nouns import IT
from tale_core.world.orders import innermost
from tale_core.world.parser import OOPS
from tale_core.world.people import Asked
from tale_core.world.performance import Performance
from tale_core.world.store import World
from tale_core.world.vocabulary import words_of

UNREPEATED = frozenset(
    {"undo", "save", "restore", "restart", "quit", "saves", "script", "yes", "no", "again", "help", "verbs"}
)
"""What "again" does not repeat: it means what was done before that."""

GOING = frozenset({"go", "back", "enter", "leave"})
"""Actions after which "back" leads to where the player was."""

LONGEST_LINE = 1000
"""Characters of a line that "again" repeats as a whole."""

FOR_PEOPLE = frozenset({"give", "show"})
"""Actions whose target is a person."""

_ARTICLES = ("the ", "a ", "an ", "some ", "my ")


def explain(performance: Performance, player: str, fail: Fail, typed: str) -> None:
    """Tell the player what was not understood and what they may have meant, and keep the line for "oops"."""
    dialogue = performance.world.get(player, Dialogue) or Dialogue()
    asked = pending(dialogue)
    if asked is None or asked.command.action == MEND:
        offered = offer(typed, fail)
        dialogue = replace(dialogue, ask=json.encode(offered).decode() if offered is not None else "")
    if words_of(typed)[:1] != (OOPS,):
        dialogue = replace(dialogue, failed=typed)
    performance.world.set(player, dialogue)
    act = Acting(performance, player, Command(""))
    text = performance.text(act, player, fail.code, {"word": fail.word, "Word": capital(fail.word)})
    if fail.suggestions:
        meant = performance.text(act, player, "parse.suggest", {"options": _typed(act, fail.suggestions)})
        text = (*text[:-1], (*text[-1], Run(" "), *meant[0])) if text else meant
    performance.emit(Refused(to=player, text=text, code=fail.code))


def question(performance: Performance, player: str, ask: Ask) -> None:
    """Put the parser's question to the player and keep it for the answer."""
    act = Acting(performance, player, ask.command)
    if ask.slot == "direction":
        named = (replace(option, label=act.language.direction(option.label)) for option in ask.options)
        ask = replace(ask, options=tuple(named))
        text = performance.text(
            act, player, "go.which", {"options": _typed(act, [option.label for option in ask.options])}
        )
    elif ask.kind == "missing":
        person = (ask.slot == "target" and ask.command.action in FOR_PEOPLE) or _are_people(performance.world, ask.ids)
        message = "ask.missing_whom" if person else "ask.missing"
        text = performance.text(act, player, message, {"typed": capital(ask.word)})
    else:
        message = "ask.whom" if ask.word in IT else "ask.which"
        text = performance.text(act, player, message, {"word": _bare(ask.word), "options": _choices(act, ask)})
    performance.ask(player, ask, text)


def is_declined(world: World, player: str, ask: Ask, command: Command) -> bool:
    """Tell whether a "no" is about the parser's question, rather than about what somebody of the story has asked."""
    if command.action != "no":
        return False
    return ask.kind == "confirm" or bool(ask.options and not world.has(player, Asked))


def announce(performance: Performance, player: str, command: Command) -> None:
    """Tell which things were filled in that the player had not named."""
    act = Acting(performance, player, command)
    for slot in innermost(command).inferred:
        things = innermost(command).things.get(slot)
        if things:
            (part,) = performance.text(act, player, "implicit.inferred", {"thing": things[0]})
            dim = tuple(Run(run.text, run.ref, run.role or "dim") for run in part)
            performance.emit(Report(to=player, text=(dim,), action=command.action))


def left_behind(world: World, player: str, dialogue: Dialogue, command: Command) -> Dialogue:
    """Return what is remembered once a command is understood: no question, what "it" means, what "again" repeats."""
    if command.action in GOING and (here := world.place_of(player)) != dialogue.went_from:
        dialogue = replace(dialogue, went_from=here, went_from_before=dialogue.went_from)
    spoken: dict[str, str] = {}
    them = dialogue.them
    for each in (command,) if command.order is None else (command, command.order):
        for slot in ("target", "item"):
            things = each.things.get(slot, ())
            if len(things) == 1:
                spoken |= _pronouns(world, things[0])
            elif things:
                them = things
    last = dialogue.last if command.action in UNREPEATED else command.said or dialogue.last
    if "them" in spoken:
        them = (spoken.pop("them"),)
    return replace(dialogue, ask="", them=them, last=last, failed="", **spoken)


def _pronouns(world: World, thing: str) -> dict[str, str]:
    """Return which pronouns mean a thing that was just spoken of."""
    name = world.get(thing, Name)
    if name is None or world.has(thing, Place):
        return {}
    if name.plural and name.gender == "it":
        return {"them": thing, "it": thing}
    return {"it": thing} if name.gender in ("it", "they") else {name.gender: thing}


def line_of(result: Result) -> str:
    """Return the whole line that a result is the beginning of, "" for what "again" does not repeat."""
    if not isinstance(result, Command) or not result.rest or result.action in UNREPEATED:
        return ""
    line = f"{result.said}. {result.rest}"
    return line if len(line) <= LONGEST_LINE else ""


def remember_line(performance: Performance, player: str, line: str) -> None:
    """Let "again" repeat a whole line of several sentences."""
    dialogue = performance.world.get(player, Dialogue)
    if line and dialogue is not None and not dialogue.ask:
        performance.world.set(player, replace(dialogue, last=line))


def going_on(command: Command) -> str:
    """Return what follows a command: what it leads to itself, as "go to the hall" does, then the rest of its line."""
    title = command.words.get("to", "")
    more = f"go to {title}" if command.action == "go" and title else ""
    return ". ".join(filter(None, (more, command.rest)))


def _are_people(world: World, things: Sequence[str]) -> bool:
    return bool(things) and all(world.has(thing, Actor) for thing in things)


def undone(rest: str) -> Text:
    """Return the rest of a line as it was typed, for telling that it was not done."""
    return ((Run(rest.strip(" .,;!"), role="code"),),)


def _bare(word: str) -> str:
    return next((word[len(article) :] for article in _ARTICLES if word.startswith(article)), word)


def _typed(act: Acting, lines: Sequence[str]) -> list[Run]:
    return act.language.joined([[Run(line, role="code")] for line in lines], OR)


def _choices(act: Acting, ask: Ask) -> list[Run]:
    parts = []
    for thing, option in zip(ask.ids, ask.options, strict=False):
        the = act.language.definite(act.language.name_of(act.world, thing), OBJECT)
        run = Run(option.label, ref=thing, role=role_of(act.world, thing))
        parts.append([Run(the), run] if the else [run])
    return act.language.joined(parts, OR)
