"""An installation with plugins that no one installed: real metadata in a folder on a child process's path."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from textwrap import dedent
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from tale_core.launcher.cli import cli
from tale_core.testing.client import Browser

DEADLINE = 60.0
LINE = re.compile(r"Tale: (https?://[\w.:]+/(?:games/)?tale/\?token=[\w-]+)\n")

TRANSPORT = """
from tale_core.plugins import hookimpl
from tale_core.serving.transport import TransportSpec

def load():
    raise RuntimeError("loaded in earnest")

@hookimpl
def tale_transports():
    return [TransportSpec(name={name!r}, wires={wires!r}, load=load, rank={rank!r}, features=frozenset({{"tls"}}))]
"""


class Installation:
    """Be a folder of fake distributions, and run ``tale`` with them installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.added: set[str] = set()

    def add(
        self,
        distribution: str,
        source: str,
        *,
        plugin: str | None = None,
        group: str = "tale.transports",
        module: str | None = None,
        requires: Sequence[str] = (),
    ) -> None:
        """Write a distribution with one plugin, whose module has ``source``."""
        self.added.add(distribution)
        module = module or distribution.replace("-", "_")
        (self.folder / f"{module}.py").write_text(dedent(source))
        info = self.folder / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "entry_points.txt").write_text(f"[{group}]\n{plugin or distribution} = {module}\n")
        lines = [f"Name: {distribution}", "Version: 1.2", "Author-email: Ada <ada@example.org>"]
        lines += [f"Requires-Dist: {line}" for line in requires]
        (info / "METADATA").write_text("\n".join(["Metadata-Version: 2.1", *lines, ""]))

    def add_transport(
        self, distribution: str, wires: Mapping[str, Sequence[str]], *, plugin: str | None = None, rank: int = 0, **more
    ) -> None:
        """Write a distribution with one well-made transport."""
        name = plugin or distribution
        source = TRANSPORT.format(name=name, wires={wire: list(needs) for wire, needs in wires.items()}, rank=rank)
        self.add(distribution, source, plugin=plugin, **more)

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a child process: this installation, and none of the caller's settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TALE_", "PYTHON"))}
        return {
            **kept,
            "PYTHONPATH": str(self.folder),
            "PYTHONWARNINGS": "error",
            "BROWSER": "",
            "TALE_EPHEMERAL": "1",
            **more,
        }

    def tale(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``tale`` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "tale_core", *arguments],
            cwd=self.folder,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            stdin=subprocess.DEVNULL,
        )

    def reports(self, *arguments: str, command: str = "transports", **environment: str) -> dict[str, dict]:
        """Return the listing of the fake distributions' plugins, by distribution."""
        done = self.tale(command, "--json", *arguments, **environment)
        assert done.returncode == 0, done.stderr
        return {each["distribution"]: each for each in json.loads(done.stdout) if each["distribution"] in self.added}


class Running:
    """Be a ``tale play`` that has printed its line."""

    def __init__(self, process: subprocess.Popen[str], line: str) -> None:
        self.process = process
        self.line = line
        found = LINE.fullmatch(line)
        assert found, (line, process.stderr.read() if process.poll() is not None else "")
        self.url = urlsplit(found[1])
        self.port = self.url.port
        self.token = self.url.query.removeprefix("token=")
        self.address = ("127.0.0.1", self.port)

    def browser(self) -> Browser:
        return Browser(self.address, self.token)

    def end(self, number: int = signal.SIGINT) -> tuple[int, str, str, float]:
        """Return the exit code, what else was printed, and the seconds that the end took."""
        started = time.monotonic()
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, out, err, time.monotonic() - started


@pytest.fixture
def tale(monkeypatch):
    """Run a command line in this process, with none of the caller's settings."""
    monkeypatch.delenv("TALE_DISABLE_PLUGINS", raising=False)
    return lambda *arguments, **env: CliRunner().invoke(cli, arguments, prog_name="tale", env=env)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


@pytest.fixture
def write_story(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the folder of a small story and returns its path."""

    def write(name: str = "hut", title: str = "The Hut", rules: str = "") -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "story.toml").write_text(
            f'id = "{name}"\ntitle = "{title}"\nauthor = "Ada"\nversion = "3"\nmodes = ["if"]\nstart = "hut"\n'
        )
        (folder / "world.yaml").write_text("places:\n  hut:\n    title: The Hut\n    description: A hut.\n")
        if rules:
            (folder / "rules.py").write_text(dedent(rules))
        return folder

    return write


@pytest.fixture
def play(installation):
    """Start ``tale`` with arguments; whatever still runs at the end of the test is killed."""
    started = []

    def start(*arguments: str, python: str = sys.executable, **environment: str) -> Running:
        process = subprocess.Popen(
            [python, "-m", "tale_core", *arguments],
            cwd=installation.folder,
            env=installation.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True).start()
        return Running(process, lines.get(timeout=DEADLINE))

    yield start
    for process in started:
        process.kill()
        process.communicate()
