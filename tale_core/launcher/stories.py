"""Find stories: installed ones through their plugins, others as folders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import Distribution
from pathlib import Path, PureWindowsPath

from tale_core.errors import StoryError, UsageError
from tale_core.launcher import formats, remedy
from tale_core.launcher.discovery import STORIES, SWITCHED_OFF, Plugin, Problem, load_plugins, name_taken
from tale_core.launcher.names import unknown
from tale_core.launcher.reports import StoryReport

DEFAULT = "dungeon"
"""The story that is played when none is named and several are installed."""

MANIFEST = "story.toml"


def find_stories(disabled: frozenset[str] = frozenset()) -> list[StoryReport]:
    """Report every installed story, Tale's own first. Reads each ``story.toml``; runs no story."""
    reports: list[StoryReport] = []
    owners: dict[str, str] = {}
    for plugin in load_plugins(STORIES, disabled):
        if plugin.problem is not None:
            reports.append(_report(plugin, plugin.name, plugin.problem))
            owners.setdefault(plugin.name, plugin.distribution)
            continue
        for item in plugin.items:
            report = _read(plugin, item)
            if report.name in owners:
                taken = name_taken(report.name, owners[report.name], plugin.dist)
                report = _report(plugin, report.name, taken, report)
            elif report.name in disabled:
                report = _report(plugin, report.name, SWITCHED_OFF, report)
            owners.setdefault(report.name, plugin.distribution)
            reports.append(report)
    return reports


def story_folder(wish: str, reports: Sequence[StoryReport], disabled: frozenset[str] = frozenset()) -> Path:
    """Return the folder of the story that ``wish`` names or is the path of. Raise ``UsageError`` for neither."""
    looks_like_path = os.sep in wish or "/" in wish or wish in {".", ".."}
    installed = next((report for report in reports if report.name == wish), None)
    if installed is not None and not looks_like_path:
        return _usable(installed)
    folder = Path(wish).expanduser()
    if formats.format_of(folder, disabled) is not None:
        return folder
    if folder.is_dir():
        raise UsageError(f"The folder {wish!r} holds no {MANIFEST}, so it is no story. {_installed(reports)}")
    if looks_like_path:
        raise UsageError(f"There is no folder {wish!r}. {_installed(reports)}")
    valid = [report.name for report in reports if report.state == "available"]
    raise UsageError(f"{unknown('installed story', wish, valid)} Or give the folder of a story.")


def game_folder(wish: str, reports: Sequence[StoryReport], disabled: frozenset[str] = frozenset()) -> Path:
    """Return the folder for ``--game``: a path or, when that does not exist, the story that its last part names."""
    if Path(wish).expanduser().exists():
        return story_folder(os.path.join(wish, ""), reports, disabled)
    return story_folder(PureWindowsPath(wish).name or wish, reports, disabled)


def default_story(reports: Sequence[StoryReport]) -> StoryReport:
    """Return the story to play when none is named: the only one, else ``dungeon``, else the first."""
    playable = [report for report in reports if report.state == "available"]
    if not playable:
        raise UsageError("No story is installed. Give the folder of one: tale play path/to/story")
    return next((report for report in playable if report.name == DEFAULT), playable[0])


def _usable(report: StoryReport) -> Path:
    if report.state != "available":
        cure = f" To mend that: {report.remedy}" if report.remedy else ""
        raise UsageError(f"The story {report.name!r} is {report.state}: {report.reason}.{cure}")
    return Path(report.folder)


def _installed(reports: Sequence[StoryReport]) -> str:
    listed = ", ".join(report.name for report in reports if report.state == "available")
    return f"Installed stories: {listed or 'none'}."


def _read(plugin: Plugin, item: object) -> StoryReport:
    dist: Distribution | None = plugin.dist
    if not isinstance(item, str | Path):
        reason = f"tale_stories returned a {type(item).__name__}; the path of a folder is expected"
        return _report(plugin, plugin.name, Problem("incompatible", reason, remedy.upgrade(plugin.distribution)))
    folder = Path(item)
    try:
        info = formats.info_of(folder)
    except (StoryError, OSError) as error:
        return _report(plugin, plugin.name, Problem("unavailable", str(error), remedy.uninstall(dist)))
    return StoryReport(
        name=info.id,
        group=plugin.group,
        entry_point=plugin.entry_point,
        distribution=plugin.distribution,
        version=plugin.version,
        state="available",
        title=info.title,
        author=info.author,
        story_version=info.version,
        description=info.description,
        folder=str(folder),
    )


def _report(plugin: Plugin, name: str, problem: Problem, known: StoryReport | None = None) -> StoryReport:
    return StoryReport(
        name=name,
        group=plugin.group,
        entry_point=plugin.entry_point,
        distribution=plugin.distribution,
        version=plugin.version,
        state=problem.state,
        reason=problem.reason,
        remedy=problem.remedy,
        title=known.title if known else "",
        author=known.author if known else "",
        story_version=known.story_version if known else "",
        description=known.description if known else "",
        folder=known.folder if known else "",
    )
