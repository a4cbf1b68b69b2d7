"""What the page's files must not hold, and whether their types are right; no browser is needed."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import tale_web

ROOT = Path(__file__).parents[2]
TSC = ROOT / "node_modules" / ".bin" / "tsc"
SCRIPTS = sorted((tale_web.ROOT / "static").rglob("*.js"))
STYLES = sorted((tale_web.ROOT / "static").rglob("*.css"))
PAGES = sorted(tale_web.ROOT.glob("*.html"))

UNSAFE = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setAttribute\(\"style"
NAMESPACE = "http://www.w3.org/2000/svg"


def named(path: Path) -> str:
    return path.relative_to(tale_web.ROOT).as_posix()


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_no_script_makes_markup_or_code_from_text(script: Path) -> None:
    assert re.findall(UNSAFE, script.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_has_script_style_or_handlers_inline(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", text) == []


@pytest.mark.parametrize("file", [*SCRIPTS, *STYLES, *PAGES], ids=named)
def test_nothing_is_loaded_from_elsewhere(file: Path) -> None:
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", file.read_text("utf-8").replace(NAMESPACE, "")) == []


@pytest.mark.parametrize("file", [*SCRIPTS, *PAGES], ids=named)
def test_every_file_that_is_named_is_there(file: Path) -> None:
    text = file.read_text("utf-8")
    named_here = re.findall(r'from "(\.[^"]+)"|(?:src|href)="(static/[^"]+)"', text)
    for script, static in named_here:
        assert (file.parent / (script or static)).is_file(), script or static


@pytest.mark.skipif(not TSC.exists(), reason="TypeScript is not installed: run npm install")
def test_the_types_are_right() -> None:
    done = subprocess.run([TSC, "--project", ROOT], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout
