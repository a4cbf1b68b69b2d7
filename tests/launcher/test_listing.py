"""The listings on a terminal and in a pipe."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="needs a POSIX terminal")


@pytest.mark.parametrize("command", ["transports", "stories"])
def test_on_a_terminal_the_listing_is_a_table_in_colours(installation, command) -> None:
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "tale_core", command],
            cwd=installation.folder,
            env=installation.environment(TERM="xterm-256color", COLUMNS="200"),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            timeout=60,
            check=True,
        )
        shown = os.read(ours, 65_536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "\x1b[32mavailable" in shown
    assert "tale-core" in shown


def test_a_reader_that_goes_away_is_no_failure_to_speak_of(installation) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tale_core", "transports", "--json"],
        cwd=installation.folder,
        env=installation.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        _, err = process.communicate(timeout=60)
    assert err == b""


def test_a_wire_that_cannot_run_has_a_line_that_can_be_copied(installation) -> None:
    needs = {"websocket": ["nonesuch_library"], "eventsource": []}
    installation.add_transport("half", needs, requires=["nonesuch-library; extra == 'more'"])
    lines = installation.tale("transports").stdout.splitlines()
    assert any(line.startswith("half") and "websocket (needs nonesuch_library), eventsource" in line for line in lines)
    note = next(line for line in lines if line.startswith("half:websocket: needs nonesuch_library"))
    assert note.endswith("-m pip install 'half[more]'")
