"""The HTML pages: templates of the browser client, filled with escaped words."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from tale_core.serving.transport import HttpReply


class Markup(str):
    """Mark text as HTML, which is not escaped again."""

    __slots__ = ()


HTML = ("Content-Type", "text/html; charset=utf-8")


class Pages:
    """Fill the templates in one folder; ``words`` go into every page, and so does the drawing beside most of them."""

    def __init__(self, folder: Path, words: dict[str, str]) -> None:
        self._words = {**words, "arcade": Markup((folder / "arcade.html").read_text(encoding="utf-8"))}
        self._template = cache(lambda name: Template((folder / name).read_text(encoding="utf-8")))

    def fill(self, name: str, code: int = 200, /, **words: str) -> HttpReply:
        """Return the page called ``name``; raise KeyError when it asks for a word that is not given."""
        safe = {
            key: value if isinstance(value, Markup) else escape(value) for key, value in (self._words | words).items()
        }
        body = self._template(name).substitute(safe)
        return HttpReply(code, (HTML, ("Cache-Control", "no-store")), body.encode())
