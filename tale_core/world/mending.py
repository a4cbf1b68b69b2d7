"""What a line that failed may have been meant as: itself, with what is suggested in the place of what is strange."""

from __future__ import annotations

from tale_core.world.command import Ask, Command, Fail
from tale_core.world.events import Option
from tale_core.world.tokens import begun, tokens_of

MEND = "mend"
"""The action of the question that "Did you mean ...?" is."""


def offer(typed: str, fail: Fail) -> Ask | None:
    """Return "Did you mean ...?" as a question that a yes, a number or some of the words answer; None for no offer."""
    lines = ((each, _mended(typed, fail, each)) for each in fail.suggestions)
    options = tuple(Option(each, line) for each, line in lines if line)
    return Ask("choose", Command(MEND), options=options) if options else None


def _mended(typed: str, fail: Fail, instead: str) -> str:
    tokens, strange = tokens_of(typed), fail.word.split()
    begins = strange == [token.word for token in begun(tokens)[:1]]
    if fail.code == "parse.no_verb" or (fail.code == "parse.unknown_verb" and begins):  # a whole sentence is suggested
        return ". ".join(filter(None, (instead, fail.rest)))
    for n in range(len(tokens) - len(strange) + 1):
        found = tokens[n : n + len(strange)]
        if [token.word for token in found] == strange:
            return f"{typed[: found[0].start]}{instead}{typed[found[-1].end :]}"
    return ""
