"""Speech: who hears it, and how what a person says is put into a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tale_core.world.events import Say, Text
from tale_core.world.language import Language
from tale_core.world.people import Deaf
from tale_core.world.perception import players_in, witnesses
from tale_core.world.store import World

if TYPE_CHECKING:
    from tale_core.world.acting import Acting
    from tale_core.world.messages import Value

_QUOTED = re.compile(r"[“”\"]")


def listeners(world: World, place: str) -> list[str]:
    """Return the players in a place who can hear, in the dark too."""
    return [player for player in players_in(world, place) if not world.has(player, Deaf)]


def as_speech(language: Language, text: str) -> str:
    """Return a template in which ``speaker`` says the text; one that has quotation marks is prose already."""
    text = text.strip()
    if _QUOTED.search(text):
        return text
    *parts, last = re.split(r"\n[ \t]*\n", text)
    if parts:
        told = [language.word("speech.part", said=part) for part in parts]
        return "\n\n".join([*told, language.word("speech.last", said=last)])
    said = last[:-1] if last.endswith(".") and not last.endswith("..") else last
    if said != last or said[-1:].isalnum():
        said += language.word("speech.comma")
    return language.word("speech.said", said=said)


def speak_as(act: Acting, speaker: str, text: str) -> None:
    """Let a person say an author's text; all who are near hear it."""
    heard(act, speaker, as_speech(act.language, text))


def noise(act: Acting, message: str, **things: Value) -> None:
    """Tell everybody who sees the actor, and those in the dark who can hear."""
    act.tell(message, **things)
    told = {act.actor, *witnesses(act.world, act.actor, (act.item, act.target))}
    for player in listeners(act.world, act.place):
        if player not in told:
            act.report_to(player, message, **things)


def heard(act: Acting, speaker: str, message: str, *, to: Sequence[str] | None = None, **things: Value) -> None:
    """Tell what is said to those who can hear the speaker, or to those in ``to`` alone."""
    world, here = act.world, act.world.place_of(speaker)
    if to is None:
        for player in players_in(world, here):
            if world.has(player, Deaf) and player != speaker and act.performance.knows(player, speaker):
                act.report_to(player, "say.unheard", speaker=speaker)
    for player in listeners(world, here) if to is None else to:
        text: Text = act.performance.text(act, player, message, {"speaker": speaker, **things})
        known = act.performance.knows(player, speaker)
        act.performance.emit(Say(to=player, text=text, speaker=speaker if known else ""))
