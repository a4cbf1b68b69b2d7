"""Imports only go down, and nothing heavy is imported before it is chosen."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

FRAMEWORKS = {"fastapi", "starlette", "uvicorn", "flask", "flask_sock", "simple_websocket", "werkzeug", "pydantic"}
HEAVY = FRAMEWORKS | {"asyncio", "prompt_toolkit", "rich", "yaml", "http.server", "webbrowser", "tale_web"}
GAME = {"tale_core.world", "tale_core.game", "tale_core.serving.host", "tale_core.story"}

RECORD = """
import sys
from tale_core.launcher.cli import cli
sys.argv = ["tale", *sys.argv[1:]]
try:
    cli(prog_name="tale")
finally:
    print(*sys.modules, sep="\\n", file=sys.stderr)
"""


def imported_by(*arguments: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", RECORD, *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["play", "--help"], ["transports", "--help"]])
def test_help_imports_next_to_nothing(arguments) -> None:
    modules = imported_by(*arguments)
    assert "click" in modules
    assert not modules & (HEAVY | GAME | {"msgspec", "pluggy", "platformdirs", "difflib"})


@pytest.mark.parametrize("arguments", [["transports"], ["transports", "-v"], ["transports", "--json"]])
def test_listing_transports_imports_no_framework_and_no_game(arguments) -> None:
    modules = imported_by(*arguments)
    assert {"tale_fastapi", "tale_flask", "tale_console"} <= modules
    assert not modules & (HEAVY | GAME)


def test_listing_stories_imports_no_framework_and_no_rich() -> None:
    assert not imported_by("stories") & (FRAMEWORKS | {"rich", "prompt_toolkit"})


def test_the_transport_interface_is_light_for_third_parties() -> None:
    code = "import sys, tale_core.serving.transport, tale_core.plugins; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert not set(done.stdout.split()) & (HEAVY | GAME | {"click"})


def test_the_import_contracts_hold(root) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_the_game_uses_no_shared_chance_and_no_log_handlers(root) -> None:
    found = []
    for path in (*(root / "tale_core/world").rglob("*.py"), *(root / "tale_core/game").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [f"{node.module}.{alias.name}" for alias in node.names]
            for module in modules:
                if module != "random.Random" and module.startswith(("random", "logging.handlers", "logging.config")):
                    found.append(f"{path.relative_to(root)}:{node.lineno}: {module}")
    assert not found, "a world's chances come from its own streams alone"
