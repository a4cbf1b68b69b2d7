"""Environments that really lack a framework: what is asked for gives way step by step, down to the console."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import entry_points
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="builds its environments out of symbolic links")

FASTAPI = {"fastapi", "starlette", "uvicorn"}
FLASK_SOCK = {"flask_sock", "simple_websocket"}
FLASK = {"flask", "werkzeug"}


def plugins_of_others() -> set[str]:
    """Return the top-level names of other distributions' plugins, which would serve where Tale's own cannot."""
    found = {entry for group in ("tale.transports", "tale.stories") for entry in entry_points(group=group)}
    others = {entry for entry in found if entry.dist.name != "tale-core"}
    return {entry.module.partition(".")[0] for entry in others} | {
        entry.dist.name.replace("-", "_") for entry in others
    }


class Environment:
    """Be a virtual environment with all that this one has but for some packages, and the plugins of others."""

    def __init__(self, folder: Path, without: set[str]) -> None:
        venv.EnvBuilder(symlinks=True).create(folder)
        self.python = str(folder / "bin" / "python")
        without = without | plugins_of_others()
        packages = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            # "Flask_Sock-0.7.dist-info" and "flask_sock" are both of flask_sock
            name = re.split(r"-\d|\.dist-info|\.py", entry.name)[0].lower().replace("-", "_")
            if name not in without and entry.name != "__pycache__":
                (packages / entry.name).symlink_to(entry)

    def lacks(self, module: str) -> bool:
        code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is not None)"
        return subprocess.run([self.python, "-c", code], cwd="/", timeout=60).returncode == 0


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """Return a function that makes the environment without some packages, once each."""
    made: dict[frozenset[str], Environment] = {}

    def make(packages: set[str]) -> Environment:
        key = frozenset(packages)
        if key not in made:
            made[key] = Environment(tmp_path_factory.mktemp("environment") / "env", packages)
            assert all(made[key].lacks(package) for package in packages)
            assert not made[key].lacks("click")
        return made[key]

    return make


@pytest.fixture
def hut(write_story):
    return str(write_story("hut"))


def serves(running, wires: list[str]) -> bool:
    with running.browser().open(wires[0]) as stream:
        return stream.read()["wires"] == wires


def test_without_fastapi_flasks_websocket_serves_and_one_line_says_why(play, hut, without) -> None:
    env = without(FASTAPI)
    running = play("play", hut, "--port", "0", "--no-open", "--transport", "websocket", python=env.python)
    assert serves(running, ["websocket", "eventsource"])
    code, out, err, _ = running.end()
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert "'fastapi', 'uvicorn' are not installed" in err
    assert f"{env.python} -m pip install 'tale-core[fastapi]'" in err
    assert err.endswith("; using flask:websocket.\n")


def test_without_flask_sock_too_eventsource_serves(play, hut, without) -> None:
    env = without(FASTAPI | FLASK_SOCK)
    running = play("play", hut, "--port", "0", "--no-open", "--transport", "websocket", python=env.python)
    assert serves(running, ["eventsource"])
    code, out, err, _ = running.end()
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert "'flask_sock', 'simple_websocket' are not installed" in err
    assert "-m pip install 'tale-core[flask]'" in err
    assert err.endswith("; using flask:eventsource.\n")


@pytest.mark.parametrize("asked", [["--transport", "websocket"], ["--transport", "fastapi:eventsource"], []])
def test_without_any_web_framework_the_console_plays(installation, hut, without, asked) -> None:
    env = without(FASTAPI | FLASK_SOCK | FLASK)
    done = subprocess.run(
        [env.python, "-m", "tale_core", "play", hut, *asked],
        input="look\n",
        cwd=installation.folder,
        env=installation.environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "A hut." in done.stdout
    assert "pip install 'tale-core[fastapi]'" in done.stderr
    assert done.stderr.endswith("; using console:terminal.\n")


@pytest.mark.parametrize(
    "lacking", [FASTAPI, FASTAPI | FLASK_SOCK, FASTAPI | FLASK_SOCK | FLASK], ids=["fastapi", "flask_sock", "flask"]
)
def test_strict_refuses_every_step_down(installation, hut, without, lacking) -> None:
    done = subprocess.run(
        [without(lacking).python, "-m", "tale_core", "play", hut, "--transport", "websocket", "--strict"],
        cwd=installation.folder,
        env=installation.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'tale-core[fastapi]'" in done.stderr


def test_without_a_wish_flask_serves_in_silence(play, hut, without) -> None:
    running = play("play", hut, "--port", "0", "--no-open", python=without(FASTAPI).python)
    assert serves(running, ["websocket", "eventsource"])
    assert running.end()[:3] == (0, "", "")


def test_the_listing_tells_what_is_missing_and_how_to_mend_it(installation, without) -> None:
    env = without(FASTAPI | FLASK_SOCK)
    done = subprocess.run(
        [env.python, "-m", "tale_core", "transports", "--json"],
        cwd=installation.folder,
        env=installation.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    reports = {report["name"]: report for report in json.loads(done.stdout)}
    assert (reports["fastapi"]["state"], reports["flask"]["state"]) == ("unavailable", "available")
    assert reports["fastapi"]["remedy"] == f"{env.python} -m pip install 'tale-core[fastapi]'"
    wires = {wire["name"]: wire for wire in reports["flask"]["wires"]}
    assert (wires["websocket"]["available"], wires["eventsource"]["available"]) == (False, True)
    assert wires["websocket"]["remedy"].endswith("pip install 'tale-core[flask]'")
