"""All that the engine says, by message id; a story may put its own texts in place of these.

A message is one template or several variants, one of which the world's random numbers choose.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib import resources

from tale_core.world import socials
from tale_core.world.events import Text
from tale_core.world.language import Language, is_plain
from tale_core.world.template import Template, Value, Voice, plain, prose

__all__ = ["Messages", "Template", "Value", "Voice", "plain", "prose"]

Source = str | Sequence[str]

_ID = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")


class Messages:
    """Map message ids to compiled templates; raise ValueError for a text with a gap that means nothing."""

    def __init__(self, texts: Mapping[str, Source]) -> None:
        self._templates = {
            name: tuple(Template(text) for text in ((source,) if isinstance(source, str) else source))
            for name, source in texts.items()
        }

    def __contains__(self, message: object) -> bool:
        return message in self._templates

    @cached_property
    def language(self) -> Language:
        """The words that sentences are put together from."""
        return Language({id: templates[0].source for id, templates in self._templates.items() if is_plain(id)})

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all messages, in the order in which they were given."""
        return tuple(self._templates)

    def variants(self, message: str) -> tuple[Template, ...]:
        """Return a message's variants; a text that is no id is its own template. Raise KeyError for an unknown id."""
        found = self._templates.get(message)
        if found is not None:
            return found
        if _ID.fullmatch(message):
            raise KeyError(f"there is no message called {message!r}")
        return (_literal(message),)

    def render(self, message: str, voice: Voice) -> Text:
        """Return the text for one reader; which variant it is depends on the turn, not on the reader."""
        variants = self.variants(message)
        if len(variants) == 1:
            return variants[0].render(voice)
        return voice.world.rng("message", message, voice.actor).choice(variants).render(voice)

    def overlaid(self, texts: Mapping[str, Source]) -> Messages:
        """Return messages with ``texts`` in place of those of the same ids."""
        result = Messages(texts)
        result._templates = {**self._templates, **result._templates}
        return result


def is_id(message: str) -> bool:
    """Tell whether a text is a message's id rather than a template."""
    return _ID.fullmatch(message) is not None


@cache
def standard() -> Messages:
    """Return the engine's own messages, read from ``messages.toml`` once."""
    text = resources.files("tale_core.world").joinpath("messages.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, Source]] = tomllib.loads(text)
    own = {f"{group}.{name}": source for group, table in tables.items() for name, source in table.items()}
    return Messages({**own, **socials.messages()})


@lru_cache(maxsize=512)
def _literal(text: str) -> Template:
    return Template(text)
