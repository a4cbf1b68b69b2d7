"""Lines that no sentence fits as a whole: what they lack, where they go astray, and how far they make sense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tale_core.world.command import Ask, Command, Fail, Verdict
from tale_core.world.grammar import THING_SLOTS, Sentence, Slot, Spans, matches
from tale_core.world.nouns import bare, phrase, phrases
from tale_core.world.orders import ORDER, STATEMENTS
from tale_core.world.resolving import complete, fill
from tale_core.world.surroundings import Surroundings
from tale_core.world.tokens import Clause
from tale_core.world.vocabulary import ARTICLES, nearest

_WORDS = frozenset({"topic", "speech", ORDER})
"""Slots for any words at all."""


def weighed(fail: Fail, spans: Spans, clause: Clause, around: Surroundings) -> tuple[int, bool]:
    """Return how much a sentence makes of a line that it fails on: by words that mean nothing, then by why."""
    unknown = (span for slot, span in spans.items() if not _is_known(slot, clause.words[slice(*span)], around))
    return -sum(last - first for first, last in unknown), fail.code != "parse.not_understood"


def _is_known(slot: str, words: tuple[str, ...], around: Surroundings) -> bool:
    if slot in THING_SLOTS:
        return not isinstance(phrases(around, words), Fail)
    return slot in _WORDS or (slot == "direction" and around.grammar.direction_of(words) != "")


def failed_beginnings(
    candidates: Sequence[Sentence], clause: Clause, around: Surroundings
) -> Iterator[tuple[tuple[int, bool], Fail]]:
    """Yield why longer sentences do not begin with a line: "give back the lamp" names none."""
    for sentence in candidates:
        for length in range(1, len(sentence.parts)):
            last = sentence.parts[length - 1]
            if not isinstance(last, Slot) or last.name not in THING_SLOTS:
                continue
            for spans in matches(sentence.parts[:length], clause.words):
                result = fill(sentence, spans, clause, around)
                if isinstance(result, Fail):
                    yield weighed(result, spans, clause, around), result


def lacking(
    candidates: Sequence[Sentence], clause: Clause, around: Surroundings, *, failed: bool
) -> Command | Ask | None:
    """Look for a sentence that lacks only things at its end: infer them, or ask for the first.

    When a whole sentence ``failed`` for what it names, any words at all are not enough for another one to begin with.
    """
    words = clause.words
    best: tuple[tuple[bool, bool, int], Command | Ask] | None = None
    for sentence in candidates:
        for length in range(1, len(sentence.parts)):
            missing = sentence.parts[length:]
            if not any(isinstance(part, Slot) for part in missing):
                continue
            if failed and any(isinstance(part, Slot) and part.name == "topic" for part in sentence.parts[:length]):
                continue
            for spans in matches(sentence.parts[:length], words):
                result = fill(sentence, spans, clause, around)
                if isinstance(result, Fail):
                    continue
                if isinstance(result, Command):
                    possible = not result.things or around.verdict(result) > Verdict.IMPOSSIBLE
                    whole = complete(missing, result, " ".join(words), around)
                else:
                    possible, whole = True, result
                rank = possible, not isinstance(whole, Ask) or whole.slot in THING_SLOTS, -len(missing)
                if best is None or rank > best[0]:
                    best = rank, whole
    return best[1] if best is not None else None


def lost(clause: Clause, candidates: Sequence[Sentence], around: Surroundings) -> Fail:
    """Tell where a line that no sentence fits goes astray, or what might be done with a thing that was named."""
    words = clause.words
    if words[0] in around.grammar.beginnings:
        for end in range(len(words) - 1, 0, -1):
            following = _behind(end, candidates, clause, around)
            if following & THING_SLOTS:
                return Fail("parse.unknown_noun", bare(" ".join(words[end:])))
            if following:
                return Fail("parse.not_understood", words[end])
        return Fail("parse.not_understood", words[0])
    named = phrase(around, words)
    if isinstance(named, Fail) and words[0] in STATEMENTS and len(words) > 2:
        return Fail("parse.statement", clause.said)
    if isinstance(named, Fail) and words[0] in ARTICLES:
        return named if len(words) > 1 else Fail("parse.not_understood", words[0])
    if isinstance(named, Fail) and clause.calls and not nearest(words[0], around.grammar.beginnings):
        return Fail("parse.unknown_noun", " ".join(words))  # "zelda, open the door"
    if isinstance(named, Fail):
        return Fail("parse.unknown_verb", words[0])
    name = around.distinct(named.all[0]) if named.all else " ".join(words)
    return Fail("parse.no_verb", " ".join(words), (f"examine {name}",))


def _behind(end: int, candidates: Sequence[Sentence], clause: Clause, around: Surroundings) -> set[str]:
    """Return the names of the slots that come next in sentences which the words up to ``end`` fit, "" for no slot."""
    found = set()
    for sentence in candidates:
        for length in range(1, len(sentence.parts) + 1):
            fits = matches(sentence.parts[:length], clause.words[:end])
            if any(not isinstance(fill(sentence, spans, clause, around), Fail) for spans in fits):
                following = sentence.parts[length] if length < len(sentence.parts) else None
                found.add(following.name if isinstance(following, Slot) else "")
    return found
