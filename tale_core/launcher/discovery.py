"""Load plugins from entry points, one at a time, so that none of them can stop the launcher or another plugin."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import Distribution, EntryPoint, entry_points

import pluggy
from msgspec import Struct

from tale_core.launcher import hookspecs, remedy
from tale_core.launcher.names import nearest
from tale_core.launcher.reports import State

TRANSPORTS = "tale.transports"
STORIES = "tale.stories"
STORES = "tale.stores"
FORMATS = "tale.story_formats"

_HOOKS = {
    TRANSPORTS: "tale_transports",
    STORIES: "tale_stories",
    STORES: "tale_stores",
    FORMATS: "tale_story_formats",
}
_OWN = "tale-core"

log = logging.getLogger(__name__)


class Problem(Struct, frozen=True):
    """Say what keeps a plugin from being used, and the command that would mend it."""

    state: State
    reason: str
    remedy: str = ""


SWITCHED_OFF = Problem("disabled", "switched off with --no-plugin or TALE_DISABLE_PLUGINS")


class Plugin(Struct, frozen=True, kw_only=True):
    """Hold one entry point after the attempt to load it: what its hook gave, or the problem that it has."""

    name: str
    group: str
    entry_point: str
    distribution: str
    version: str
    dist: Distribution | None
    items: tuple[object, ...] = ()
    problem: Problem | None = None


class Misfit(Exception):
    """Report a plugin that loads but does not implement the hook as it should."""


def names(group: str) -> list[str]:
    """Return the names of the entry points of ``group`` without importing anything."""
    return sorted({entry.name for entry in entry_points(group=group)})


def load_plugins(group: str, disabled: frozenset[str] = frozenset()) -> list[Plugin]:
    """Load every entry point of ``group``, Tale's own first, and return what became of each, in a stable order."""
    taken: dict[str, str] = {}
    plugins = []
    for entry in sorted(entry_points(group=group), key=_order):
        plugin = _load(entry, disabled, taken.get(entry.name))
        taken.setdefault(entry.name, plugin.distribution)
        plugins.append(plugin)
    return plugins


def name_taken(name: str, owner: str, dist: Distribution | None) -> Problem:
    """Return the problem of a plugin whose name another one bears already."""
    return Problem("unavailable", f"the name {name!r} is already taken by {owner}", remedy.uninstall(dist))


def explain(error: BaseException, name: str, package: str, dist: Distribution | None) -> Problem:
    """Turn what loading a plugin raised into a reason and a remedy; ``package`` is the plugin's own module."""
    if isinstance(error, Misfit | pluggy.PluginValidationError):
        return Problem("incompatible", str(error), remedy.upgrade(_name(dist)))
    if isinstance(error, ImportError) and error.name:
        missing = error.name.partition(".")[0]
        if isinstance(error, ModuleNotFoundError) and missing == package.partition(".")[0]:
            reason = f"its module {error.name!r} is not where the installation says"
            return Problem("unavailable", reason, remedy.reinstall(dist))
        if remedy.is_missing(missing):
            reason = f"the module {missing!r} is not installed"
            return Problem("unavailable", reason, remedy.install([missing], dist, name))
        return Problem("unavailable", f"{type(error).__name__}: {error}", remedy.upgrade(_name(dist)))
    author = remedy.author_of(dist)
    told = f" (its author can mend it: {author})" if author else ""
    return Problem("unavailable", f"{_fault(error)}{told}", remedy.uninstall(dist))


def _order(entry: EntryPoint) -> tuple[bool, str, str, str]:
    owner = _name(entry.dist)
    return owner != _OWN, owner, entry.name, entry.value


def _load(entry: EntryPoint, disabled: frozenset[str], owner: str | None) -> Plugin:
    items: tuple[object, ...] = ()
    problem = None
    if owner is not None:
        problem = name_taken(entry.name, owner, entry.dist)
    elif entry.name in disabled:
        problem = SWITCHED_OFF
    else:
        try:
            # What a plugin prints while it loads must not end up in the one line or the JSON that we print.
            with contextlib.redirect_stdout(sys.stderr):
                items = _call(entry)
        except (Exception, SystemExit) as error:
            log.debug("Loading %s failed", entry.value, exc_info=True)
            problem = explain(error, entry.name, entry.module, entry.dist)
    return Plugin(
        name=entry.name,
        group=entry.group,
        entry_point=entry.value,
        distribution=_name(entry.dist),
        version=entry.dist.version if entry.dist else "",
        dist=entry.dist,
        items=items,
        problem=problem,
    )


def _call(entry: EntryPoint) -> tuple[object, ...]:
    # One manager a plugin: a plugin that fails half-way leaves nothing behind in anybody else's hooks.
    manager = pluggy.PluginManager("tale")
    manager.add_hookspecs(hookspecs)
    hook = _HOOKS[entry.group]
    plugin = entry.load()
    manager.register(plugin, name=entry.name)
    _reject_misspelt(manager, plugin, hook)
    gathered: list[object] = []
    caller: Callable[[], list[object]] = getattr(manager.hook, hook)
    for result in caller():
        if isinstance(result, str | bytes) or not isinstance(result, Sequence):
            raise Misfit(f"{hook} returned {type(result).__name__}; a list is expected")
        gathered.extend(result)
    return tuple(gathered)


def _reject_misspelt(manager: pluggy.PluginManager, plugin: object, hook: str) -> None:
    known = set(_HOOKS.values())
    for name in _pending(manager):
        raise Misfit(f"{name!r} is no hook of Tale{_meant(name, known)}")
    if getattr(manager.hook, hook).get_hookimpls():
        return
    unmarked = [name for name in dir(plugin) if name.startswith("tale_") and callable(getattr(plugin, name, None))]
    if hook in unmarked:
        raise Misfit(f"{hook} is not marked with @hookimpl (from tale_core.plugins import hookimpl)")
    for name in unmarked:
        if hook in nearest(name, known):
            raise Misfit(f"{name!r} is no hook of Tale{_meant(name, known)}")
    raise Misfit(f"it has no hook {hook}")


def _pending(manager: pluggy.PluginManager) -> list[str]:
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        found = re.search(r"unknown hook '([^']+)'", str(error))
        return [found[1] if found else str(error)]
    return []


def _meant(name: str, known: set[str]) -> str:
    near = nearest(name, known)
    return f"; did you mean {near[0]!r}?" if near else f"; it has {' and '.join(sorted(known))}"


def _fault(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg}, {error.filename}:{error.lineno}"
    if isinstance(error, SystemExit):
        return f"it tried to end the program with sys.exit({error.code!r}){_place(error)}"
    return f"{type(error).__name__}: {error}{_place(error)}"


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f", {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


def _name(dist: Distribution | None) -> str:
    return re.sub(r"[-_.]+", "-", dist.metadata["Name"]).lower() if dist else ""
