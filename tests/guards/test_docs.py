"""The documentation names every option, every variable and every hook: it cannot lag behind."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import click
import pytest

from tale_core.launcher import hookspecs
from tale_core.launcher.cli import cli

OPTIONS = sorted(
    {
        (name, option.envvar if isinstance(option.envvar, str) else "")
        for command in (cli, *cli.commands.values())
        for option in command.params
        if isinstance(option, click.Option)
        for name in (*option.opts, *option.secondary_opts)
    }
)
HOOKS = {name: hook for name, hook in vars(hookspecs).items() if name.startswith("tale_")}


@pytest.fixture(scope="module")
def play(root: Path) -> str:
    return "".join((root / "docs" / name).read_text("utf-8") for name in ("play.md", "host.md", "tools.md"))


@pytest.mark.parametrize("command", [name for name, command in cli.commands.items() if not command.hidden])
def test_every_command_is_documented(play, command) -> None:
    assert f"tale {command}" in play


@pytest.mark.parametrize(("name", "variable"), OPTIONS, ids=[name for name, _ in OPTIONS])
def test_every_option_and_its_variable_are_documented(play, name, variable) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", play)
    assert not variable or re.search(rf"\b{variable}\b", play)


@pytest.mark.parametrize("variable", ["TALE_STORY", "TALE_DISABLE_PLUGINS"])
def test_the_variables_without_an_option_are_documented(play, variable) -> None:
    assert variable in play


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_documented_with_its_exact_arguments(root, name) -> None:
    arguments = ", ".join(inspect.signature(HOOKS[name]).parameters)
    documents = [path.read_text("utf-8") for path in (root / "docs").glob("**/*.md")]
    assert any(f"{name}({arguments})" in text for text in documents)


def test_every_document_of_this_house_that_is_linked_exists(root, tracked) -> None:
    broken = []
    for path in tracked:
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
                if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                    broken.append(f"{path.relative_to(root)}: {target}")
    assert not broken
