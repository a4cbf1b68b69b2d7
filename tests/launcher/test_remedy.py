"""The command that would mend a plugin, found in metadata alone."""

from __future__ import annotations

import sys
from importlib.metadata import Distribution

import pytest

from tale_core.launcher import remedy


@pytest.fixture
def distribution(tmp_path):
    def write(*requires: str, name: str = "tale-core") -> Distribution:
        info = tmp_path / f"{name}.dist-info"
        info.mkdir()
        lines = [f"Name: {name}", "Version: 1", *(f"Requires-Dist: {line}" for line in requires), ""]
        (info / "METADATA").write_text("\n".join(["Metadata-Version: 2.1", *lines]))
        return Distribution.at(info)

    return write


EXTRAS = (
    "click>=8",
    "PyYAML>=6",
    'Flask_Sock>=0.7; extra == "all"',
    'fastapi>=1; extra == "all"',
    'uvicorn[standard]>=0.5; extra == "all"',
    'fastapi>=1 ; python_version > "3" and extra == "web"',
    "uvicorn[standard]; extra == 'web'",
    "flask-sock (>=0.7); extra == 'flask'",
)


@pytest.mark.parametrize(
    ("modules", "plugin", "command"),
    [
        (["flask_sock"], "flask", "install 'tale-core[flask]'"),
        (["flask_sock.server"], "other", "install 'tale-core[flask]'"),
        (["fastapi"], "fastapi", "install 'tale-core[web]'"),
        (["fastapi", "uvicorn"], "fastapi", "install 'tale-core[web]'"),
        (["fastapi", "flask_sock"], "fastapi", "install 'tale-core[all]'"),
        (["yaml"], "any", "install 'PyYAML>=6'"),
        (["click"], "any", "install 'click>=8'"),
        (["unheard_of"], "any", "install --force-reinstall tale-core"),
    ],
)
def test_the_extra_that_brings_the_most_of_what_is_missing_is_named(distribution, modules, plugin, command) -> None:
    assert remedy.install(modules, distribution(*EXTRAS), plugin).endswith(f"-m pip {command}")


def test_of_two_extras_that_bring_as_much_the_plugins_own_is_named(distribution) -> None:
    dist = distribution("x; extra == 'aaa'", "x; extra == 'mine'", "y; extra == 'mine'")
    assert remedy.install(["x"], dist, "mine").endswith("'tale-core[mine]'")
    assert remedy.install(["x"], dist, "other").endswith("'tale-core[aaa]'")


def test_the_command_runs_the_very_interpreter_that_runs_tale(monkeypatch, tmp_path) -> None:
    python = tmp_path / "with blank" / "python"
    monkeypatch.setattr(sys, "executable", str(python))
    assert remedy.uninstall(None) == ""
    assert remedy.upgrade("x") == f"'{python}' -m pip install --upgrade x"
    monkeypatch.chdir(tmp_path)
    assert remedy.upgrade("x") == "'with blank/python' -m pip install --upgrade x"


def test_an_environment_without_pip_is_mended_by_uv(monkeypatch) -> None:
    monkeypatch.setattr(remedy, "is_missing", lambda module: module == "pip")
    monkeypatch.setattr(sys, "executable", "/elsewhere/python")
    assert remedy.upgrade("x") == "uv pip install --python /elsewhere/python --upgrade x"


def test_a_module_counts_as_missing_without_being_imported() -> None:
    assert remedy.is_missing("nonesuch_library.part")
    assert not remedy.is_missing("antigravity")
    assert "antigravity" not in sys.modules
