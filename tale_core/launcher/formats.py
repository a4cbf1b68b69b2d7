"""Find out in which form a folder's story is, and read it: Tale's own, or one that a plugin knows."""

from __future__ import annotations

import logging
from pathlib import Path

from tale_core.errors import StoryError
from tale_core.game.formats import API, OWN, StoryFormat
from tale_core.game.reading import Reading
from tale_core.game.story import Story, StoryInfo, load_story, read_info
from tale_core.launcher.discovery import FORMATS, load_plugins

log = logging.getLogger(__name__)


def format_of(folder: Path, disabled: frozenset[str] = frozenset()) -> StoryFormat | None:
    """Return the form of the story in the folder, None when it holds none. Plugins are asked where it is not Tale's."""
    if OWN.fits(folder):
        return OWN
    if not folder.is_dir():
        return None
    return next((each for each in foreign(disabled) if each.fits(folder)), None)


def foreign(disabled: frozenset[str] = frozenset()) -> list[StoryFormat]:
    """Return the forms that plugins know; one that cannot be used is left out, with a word in the log."""
    found: list[StoryFormat] = []
    for plugin in load_plugins(FORMATS, disabled):
        if plugin.problem is not None:
            log.warning("The story format %s is %s: %s.", plugin.name, plugin.problem.state, plugin.problem.reason)
        for item in plugin.items:
            if isinstance(item, StoryFormat) and item.api == API and item.files:
                found.append(item)
            else:
                log.warning("%s offers a story format that this Tale cannot use; it is left out.", plugin.distribution)
    return found


def read(folder: Path, disabled: frozenset[str] = frozenset()) -> Reading:
    """Read the story in the folder, whatever its form; raise StoryError with all that is wrong with it."""
    form = format_of(folder, disabled) or OWN
    try:
        return form.load()(folder)
    except StoryError:
        raise
    except Exception as error:
        if form is OWN:
            raise
        log.debug("reading %s as %s failed", folder, form.name, exc_info=True)  # a plugin's code may raise anything
        told = f"The story format {form.name!r} failed on {folder}: {type(error).__name__}: {error}."
        raise StoryError(f"{told} Its author can mend it.") from error


def load(folder: Path, disabled: frozenset[str] = frozenset()) -> Story:
    """Return the story in the folder, whatever its form; raise StoryError with all that is wrong with it."""
    if format_of(folder, disabled) in (OWN, None):
        return load_story(folder)
    return read(folder, disabled).story


def info_of(folder: Path, disabled: frozenset[str] = frozenset()) -> StoryInfo:
    """Return what the story in the folder says of itself; raise StoryError."""
    if format_of(folder, disabled) in (OWN, None):
        return read_info(folder)
    return read(folder, disabled).story.info
