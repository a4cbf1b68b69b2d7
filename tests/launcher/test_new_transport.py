"""A transport that ``tale new transport`` writes: nobody has to mend it before it passes the conformance kit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tale_core.errors import UsageError
from tale_core.launcher.beginnings import write_transport

ROOT = Path(__file__).parents[2]
ECHO = ROOT / "tests" / "third_party" / "tale-echo"


def files(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def test_the_strangers_transport_of_these_tests_is_one_as_it_is_written(tmp_path: Path) -> None:
    written = files(write_transport("echo", tmp_path / "echo"))
    assert written == {name: text for name, text in files(ECHO).items() if not name.startswith(("build/", "dist/"))}
    assert not [name for name, text in written.items() if "pigeon" in (name + text).lower()]


@pytest.mark.parametrize(
    ("name", "package", "klass"),
    [("owl", "tale_owl", "OwlTransport"), ("tale-Two Words", "tale_two_words", "TwoWordsTransport")],
)
def test_it_is_called_as_it_is_named(tmp_path: Path, name: str, package: str, klass: str) -> None:
    folder = write_transport(name, tmp_path / "it")
    assert f"class {klass}:" in (folder / "src" / package / "server.py").read_text("utf-8")
    assert f'"{package}"' in (folder / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["", "42", "-", "§"])
def test_a_name_that_makes_no_package_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="begin with a letter"):
        write_transport(name, tmp_path / "it")


def test_the_command_says_what_to_do_next_and_overwrites_nothing(installation) -> None:
    done = installation.tale("new", "transport", "owl")
    assert (done.returncode, done.stderr) == (0, "")
    assert "pip install -e" in done.stdout
    done = installation.tale("new", "transport", "owl")
    assert (done.returncode, "is there already" in done.stderr) == (2, True)


def run(*command: str | Path, where: Path, timeout: float = 300) -> str:
    alone = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    done = subprocess.run(command, cwd=where, env=alone, capture_output=True, text=True, timeout=timeout)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_it_passes_the_kit_in_a_fresh_environment_against_the_built_wheel(tmp_path: Path) -> None:
    """As its author would: install Tale, write the package, install it, run pytest."""
    if not (ROOT / "pyproject.toml").is_file() or not (ROOT / "tale_core").is_dir():
        pytest.skip("needs the checkout, and these tests run beside an installed package")
    try:
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT, where=tmp_path)
        run(sys.executable, "-m", "venv", tmp_path / "venv", where=tmp_path)
        programs = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        (wheel,) = tmp_path.glob("tale_core-*.whl")
        run(programs / "pip", "install", "-q", wheel, "pytest>=8.3", where=tmp_path)
    except AssertionError as error:
        pytest.skip(f"packages cannot be installed here: {str(error)[-200:]}")
    run(programs / "tale", "new", "transport", "owl", where=tmp_path)
    owl = tmp_path / "tale-owl"
    run(programs / "pip", "install", "-q", "-e", f"{owl}[dev]", where=tmp_path)
    assert "owl" in run(programs / "tale", "transports", where=tmp_path)
    said = run(programs / "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", where=owl)
    assert "Tale's conformance kit" in said
    assert "skipped: owl does not offer the wire websocket" in said
