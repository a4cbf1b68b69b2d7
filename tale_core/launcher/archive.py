"""The games that are kept, seen from the command line: listed, shown, written to files, read from files, deleted."""

from __future__ import annotations

import io
import json
import platform
import zipfile
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path

import msgspec
from msgspec import Struct

from tale_core import __version__
from tale_core.errors import JournalError, SaveError, UsageError
from tale_core.game.game import Game
from tale_core.game.inputs import Asked, Typed
from tale_core.game.journal import Entry, Journal, decode_events, digest
from tale_core.game.savefile import VERSION, Header, SaveFile, read_save, write_save
from tale_core.game.state import State
from tale_core.game.story import Story
from tale_core.launcher import formats
from tale_core.launcher.names import unknown
from tale_core.launcher.stories import find_stories, story_folder
from tale_core.serving.store import KeptEntry, KeptGame, KeptSeat, KeptState, Store, new_id
from tale_core.serving.transcript import as_text, blocks
from tale_core.world.events import AnyEvent

ENGINE = f"Tale {__version__}"

Turns = list[tuple[Entry, tuple[AnyEvent, ...]]]


class Kept(Struct, frozen=True):
    """Hold one session of a kept game, as ``tale sessions`` shows it."""

    session: str
    story: str
    seed: int
    player: str
    turns: int
    ended: bool
    game: str


def kept_sessions(store: Store) -> list[Kept]:
    """Return every session, that which was played last at the beginning."""
    return [
        Kept(seat.session, game.story, game.seed, seat.player, len(store.entries(game.id)), seat.ended, game.id)
        for game in reversed(store.all_games())
        for seat in store.seats(game.id)
    ]


def find(store: Store, wish: str) -> Kept:
    """Return the session whose id begins with ``wish``; raise ``UsageError`` when it is not one alone."""
    known = kept_sessions(store)
    found = [each for each in known if each.session.startswith(wish)] if wish else []
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} sessions begin with {wish!r}: {', '.join(each.session for each in found)}.")
    raise UsageError(unknown("session", wish, [each.session for each in known]))


def turns_of(store: Store, kept: Kept) -> Turns:
    """Return a game's journal with what was told; raise ``JournalError`` when it is damaged."""
    journal = Journal()
    read = [(journal.read(entry.data), entry.told) for entry in store.entries(kept.game)]
    return [(entry, decode_events(entry, told)) for entry, told in read]


def transcript(turns: Turns, player: str) -> str:
    """Return what a player typed and was told."""
    return as_text(blocks(turns, player))


def export(store: Store, kept: Kept) -> bytes:
    """Return a session's game as a save file. Raise ``JournalError`` when it is damaged."""
    info = _info(kept.story)
    entries = [(entry.data, entry.told) for entry in store.entries(kept.game)]
    state = _state(store, kept)
    header = Header(VERSION, ENGINE, kept.story, info[0], info[1], kept.seed, kept.player, len(entries))
    data = write_save(header, entries, state)
    read_save(data)  # so that what is damaged is told now, not when it is needed
    return data


def import_(store: Store, data: bytes) -> Kept:
    """Keep the game of a save file as one of one's own, which ``tale play`` goes on with. Raise ``SaveError``."""
    save = read_save(data)
    header = save.header
    game, session = new_id(), new_id()
    seat = KeptSeat(session, game, new_id(), header.player, "local")
    entries = [KeptEntry(game, n, entry, told) for n, (entry, told) in enumerate(save.entries, 1)]
    if not entries:
        raise SaveError("There is no turn in this save.")
    store.write([KeptGame(game, header.story, header.seed), seat, *entries])
    if save.state is not None:
        store.write([KeptState(game, len(entries), msgspec.json.encode(save.state))])
    return Kept(session, header.story, header.seed, header.player, len(entries), False, game)


def bug_report(store: Store, kept: Kept) -> bytes:
    """Return a ZIP file with a session's save and the versions of all that it ran on; nothing of it names anybody."""
    installed = {dist.metadata["Name"]: dist.version for dist in distributions()}
    versions = {
        "tale": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": dict(sorted(installed.items())),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("game.tale", export(store, kept))
        bundle.writestr("versions.json", json.dumps(versions, indent=2))
        bundle.writestr("README.txt", REPORT)
    return file.getvalue()


REPORT = """This is what a report about Tale needs: the game as it was played, line by line (game.tale), and the
versions of what it ran on (versions.json). It holds every line that was typed in that game, but no token, cookie,
address or path.

To see it played again:  tale replay game.tale --verify
"""


# Replaying


class Difference(Struct, frozen=True):
    """Hold the first turn that comes out differently: what was typed, what was told then, what is told now."""

    turn: int
    typed: str
    then: str
    now: str


class Replay(Struct):
    """Hold a game that was played again: its turns as they come out now, and the first that differs."""

    header: Header
    turns: Turns
    difference: Difference | None
    state: State


def replay(save: SaveFile, story: Story, until: int | None = None) -> Replay:
    """Play a save's inputs again in a new game of ``story``, as far as turn ``until``."""
    game = Game(story, save.header.seed)
    turns: Turns = []
    difference: Difference | None = None
    for entry, (_, told) in list(zip(save.read(), save.entries, strict=True))[:until]:
        given = entry.input
        if isinstance(given, Asked):
            continue  # completions are no turn of the story
        events = game.turn(given).events
        turns.append((entry, events))
        if difference is None and digest(events) != entry.events:
            then, typed = _then(entry, told), given.text if isinstance(given, Typed) else f"({type(given).__name__})"
            difference = Difference(entry.n, typed, then, _shown(events))
    return Replay(save.header, turns, difference, game.state())


def story_of(save: SaveFile, wish: str | None) -> Story:
    """Return the story that a save belongs to, or the one that is asked for instead."""
    story = formats.load(story_folder(wish or save.header.story, find_stories()))
    if story.info.id != save.header.story:
        raise UsageError(f"The save is of {save.header.story!r}, not of {story.info.id!r}.")
    return story


def _then(entry: Entry, told: bytes) -> str:
    try:
        return _shown(decode_events(entry, told))
    except JournalError as error:
        return str(error)


def _shown(events: Sequence[AnyEvent]) -> str:
    """Return events as JSON, one a line: what is told, and what is not seen of it as well."""
    return "\n".join(msgspec.json.encode(event).decode() for event in events)


def _info(story: str) -> tuple[str, str]:
    """Return a story's title and version, as far as it is installed."""
    for report in find_stories():
        if report.name == story:
            return report.title, report.story_version
    return story, ""


def _state(store: Store, kept: Kept) -> State | None:
    """Return where a game stands, None where its story is not here or does not repeat it."""
    entries = store.entries(kept.game)
    try:
        game = Game(formats.load(story_folder(kept.story, find_stories())), kept.seed)
        begun = 0
        for state in store.states(kept.game):
            game.resume(msgspec.json.decode(state.data, type=State))
            begun = state.n
        journal = Journal()
        for entry in [journal.read(each.data) for each in entries][begun:]:
            if not isinstance(entry.input, Asked) and digest(game.turn(entry.input).events) != entry.events:
                return None
    except Exception:  # noqa: BLE001  (a save without a state is as good, only slower to open)
        return None
    return game.state()


def read_file(file: Path) -> bytes:
    """Return a file's bytes; raise ``SaveError`` when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise SaveError(f"{file} cannot be read ({error.strerror}).") from None
