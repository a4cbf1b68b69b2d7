"""Sentences with gaps, compiled once: the same text gives the actor "you" and everybody else "she".

=================  ===================================================================================================
``{You}``          the actor: "You", "The goblin", "Anna"; ``{your}`` your or his, ``{Your}`` "Your" or "The goblin's",
                   ``{yourself}`` yourself or himself
``{take|takes}``   the verb as the actor needs it: first the form for "you" and plurals, then the one for "she"
``{item:are|is}``  the verb as that thing needs it; a third form, behind another ``|``, is for plurals alone
``{the item}``     the thing with its article, or "you"; also ``{The item}``, ``{a item}``, ``{A item}``;
                   ``{the item's}`` its owner's form; several things make a list: "a brass key and a lamp"
``{it item}``      its pronoun: it, him, her, them, you; ``{they item}`` it, he, she, they; ``{its item}`` its, his, her
``{n#key|keys}``   the singular or the plural, as the number ``n`` needs it
``{word}``         a text, a number or ready-made runs, as they are
``{=look}``        something to type; ``{*text}`` emphasised, ``{!text}`` dangerous, ``{^text}`` a title
=================  ===================================================================================================

An empty line parts paragraphs, other line ends are blanks; ``{{`` and ``}}`` are braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from tale_core.world import naming
from tale_core.world.components import Name, Place
from tale_core.world.events import Paragraph, Role, Run, Text
from tale_core.world.language import OBJECT, SUBJECT, Language, Pronouns
from tale_core.world.store import World

Value = str | int | Sequence[str] | Sequence[Run]

_GAP = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_THING = re.compile(r"(the|The|a|A|it|It|they|They|its|Its) ([a-z_]+)('s)?")
_AGREEMENT = re.compile(r"([a-z_]+):([^|]+(?:\|[^|]+){1,2})")
_COUNT = re.compile(r"([a-z_]+)#([^|]+)\|(.+)")
_ROLES: dict[str, Role] = {"=": "code", "*": "emphasis", "!": "danger", "^": "title"}


class Voice(Struct):
    """Say to whom a text is told, who acts in it and what fills its gaps; ``knows`` tells what it may name."""

    world: World
    language: Language
    to: str
    actor: str
    things: Mapping[str, Value]
    knows: Callable[[str], bool]

    def name(self, thing: str) -> Name:
        """Return a thing's name, as far as the reader knows it."""
        return self.language.name_of(self.world, thing, self.knows(thing))

    def thing(self, slot: str) -> str:
        """Return the id in a slot."""
        value = self.things[slot]
        if not isinstance(value, str):
            raise TypeError(f"{{{slot}}} needs one thing here, not {value!r}")
        return value


Op = Callable[[Voice], list[Run]]
Piece = str | Op


class Template:
    """Hold a compiled text; raise ValueError on a gap that means nothing."""

    __slots__ = ("_fixed", "_paragraphs", "slots", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.slots: set[str] = set()
        self._paragraphs = [self._compile(part) for part in re.split(r"\n[ \t]*\n", source.strip())]
        self._fixed: Text | None = None
        if all(isinstance(piece, str) for pieces in self._paragraphs for piece in pieces):
            self._fixed = tuple(tuple(Run(str(piece)) for piece in pieces) for pieces in self._paragraphs)

    def render(self, voice: Voice) -> Text:
        """Return the text as ``voice.to`` is to read it; paragraphs that come out empty are left out."""
        if self._fixed is not None:
            return self._fixed
        return tuple([runs for pieces in self._paragraphs if (runs := _joined(pieces, voice))])

    def _compile(self, source: str) -> list[Piece]:
        source = " ".join(source.split("\n"))
        pieces: list[Piece] = []
        end = 0
        for gap in _GAP.finditer(source):
            pieces.append(source[end : gap.start()])
            pieces.append(gap[0][0] if gap[1] is None else self._gap(gap[1]))
            end = gap.end()
        pieces.append(source[end:])
        return [piece for piece in pieces if piece != ""]

    def _gap(self, gap: str) -> Op:  # one way of filling a gap after another
        if gap in _ACTOR:
            return _ACTOR[gap]
        if gap[:1] in _ROLES:
            fixed = [Run(gap[1:], role=_ROLES[gap[0]])]
            return lambda _: fixed
        if match := _THING.fullmatch(gap):
            self.slots.add(match[2])
            return _thing_op(match[1], match[2], bool(match[3]))
        if match := _AGREEMENT.fullmatch(gap):
            self.slots.add(match[1])
            return _agreement_op(match[1], _verb(match[2]))
        if match := _COUNT.fullmatch(gap):
            self.slots.add(match[1])
            slot, one, many = match[1], match[2], match[3]
            return lambda voice: [Run(one if voice.things[slot] == 1 else many)]
        if 0 < gap.count("|") < len(_Verb._fields):
            verb = _verb(gap)
            return lambda voice: [Run(_form(voice, voice.actor, verb))]
        if gap.isidentifier():
            self.slots.add(gap)
            return lambda voice: _value(voice.things[gap])
        raise ValueError(f"{{{gap}}} in {self.source!r} means nothing: see the table of gaps")


def plain(text: Text) -> str:
    """Return the text without its runs' references and roles, paragraphs parted by an empty line."""
    return "\n\n".join("".join(run.text for run in paragraph) for paragraph in text)


@lru_cache(maxsize=4096)
def prose(text: str) -> Text:
    """Return an author's plain text as paragraphs: parted by empty lines, without gaps."""
    parts = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text.strip()))
    return tuple((Run(part),) for part in parts if part)


def _joined(pieces: list[Piece], voice: Voice) -> Paragraph:
    runs: list[Run] = []
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        for run in piece(voice):
            if run.ref or run.role:
                if text:
                    runs.append(Run(text))
                    text = ""
                runs.append(run)
            else:
                text += run.text
    if text:
        runs.append(Run(text))
    return tuple(runs)


def _value(value: Value) -> list[Run]:
    if isinstance(value, (str, int)):
        return [Run(str(value))]
    return [run if isinstance(run, Run) else Run(run) for run in value]


class _Verb(NamedTuple):
    you: str
    one: str
    several: str


def _verb(forms: str) -> _Verb:
    """Return the forms of a verb, parted by "|"; where it has but two, that for "you" is that for several, too."""
    you, one, *others = forms.split("|")
    return _Verb(you, one, *(others or [you]))


def _form(voice: Voice, thing: str, verb: _Verb) -> str:
    """Return the verb as a thing needs it."""
    if thing == voice.to:
        return verb.you
    return verb.several if voice.name(thing).plural else verb.one


def _named(voice: Voice, thing: str, article: str, owner: bool = False) -> list[Run]:
    """Name a thing with "the", "The", "a" or "A" as far as the recipient knows it."""
    if thing == voice.to:
        return [_you_or_your(voice.language.you, article.istitle(), owner)]
    known, language = voice.knows(thing), voice.language
    name = language.name_of(voice.world, thing, known)
    place, text = voice.world.has(thing, Place), name.name
    if place and article in _DEFINITE:
        before, text = language.titled(name)
    else:
        form = SUBJECT if article.istitle() else OBJECT
        before = language.definite(name, form) if article in _DEFINITE else language.article(name, form)
    if owner:
        text = language.owner(text)
    if article.istitle():
        before, text = (naming.capital(before), text) if before else ("", naming.capital(text))
    if not known:
        return [Run(before + text)]
    run = Run(text, ref="" if place else thing, role=naming.role_of(voice.world, thing))
    return [Run(before), run] if before else [run]


_DEFINITE = frozenset({"the", "The"})


def _you_or_your(you: Pronouns, first: bool, owner: bool) -> Run:
    """Return the reader's pronoun: at the beginning of a sentence its subject."""
    text = you.possessive if owner else you.subject if first else you.object
    return Run(naming.capital(text) if first else text)


def _thing_op(word: str, slot: str, owner: bool) -> Op:
    if word.lower() in {"the", "a"}:

        def name(voice: Voice) -> list[Run]:
            value = voice.things[slot]
            if isinstance(value, str):
                return _named(voice, value, word, owner)
            several = () if isinstance(value, int) else value
            things = [thing for thing in several if isinstance(thing, str)]
            if word == "a":
                return voice.language.listed(
                    voice.world, [thing for thing in things if voice.knows(thing)], form=OBJECT
                )
            return voice.language.joined([_named(voice, thing, word, owner) for thing in things])

        return name
    form = {"it": 1, "they": 0, "its": 2}[word.lower()]

    def pronoun(voice: Voice) -> list[Run]:
        thing = voice.thing(slot)
        forms = voice.language.you if thing == voice.to else voice.language.pronouns(voice.name(thing))
        return [Run(naming.capital(forms[form]) if word.istitle() else forms[form])]

    return pronoun


def _agreement_op(slot: str, verb: _Verb) -> Op:
    def agree(voice: Voice) -> list[Run]:
        value = voice.things[slot]
        if isinstance(value, str):
            return [Run(_form(voice, value, verb))]
        several = isinstance(value, int) or len(value) != 1
        return [Run(verb.several if several and value != 1 else verb.one)]

    return agree


def _you(article: str) -> Op:
    return lambda voice: _named(voice, voice.actor, article)


def _your(voice: Voice) -> list[Run]:
    return [Run(_pronouns(voice).possessive)]


def _your_name(voice: Voice) -> list[Run]:
    return _named(voice, voice.actor, "The", owner=True)


def _yourself(voice: Voice) -> list[Run]:
    return [Run(_pronouns(voice).reflexive)]


def _pronouns(voice: Voice) -> Pronouns:
    if voice.actor == voice.to:
        return voice.language.you
    return voice.language.pronouns(voice.name(voice.actor))


_ACTOR: dict[str, Op] = {
    "You": _you("The"),
    "you": _you("the"),
    "Your": _your_name,
    "your": _your,
    "yourself": _yourself,
}
