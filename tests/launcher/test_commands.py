"""The command line in one process: help, usage errors, exit codes, listings."""

from __future__ import annotations

import json
import re

import click
import pytest

from tale_core import __version__
from tale_core.errors import StoryError, TransportError, UsageError
from tale_core.launcher.cli import cli


@pytest.fixture
def ordered(monkeypatch):
    """Catch what would be played instead of playing it."""
    orders = []
    monkeypatch.setattr("tale_core.launcher.play.play", orders.append)
    return orders


@pytest.mark.parametrize(
    "command", [(), *((name,) for name in cli.commands)], ids=lambda words: " ".join(words) or "tale"
)
def test_every_command_has_help_with_an_example(tale, command) -> None:
    done = tale(*command, "--help")
    assert done.exit_code == 0
    assert re.search(r"\n  Example:\n    tale ", done.output)


def test_bare_tale_shows_the_help(tale) -> None:
    done = tale()
    assert (done.exit_code, done.output) == (0, tale("--help").output)


def test_the_version_is_the_packages(tale) -> None:
    assert tale("--version").output == f"tale {__version__}\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "plya dungeon",
            ["command 'plya'", "Did you mean 'play'", "play, replay", "serve, sessions"],
        ),
        ("play --prot 80", ["option '--prot'", "Did you mean '--port'", "--ssl-cert"]),
        ("play --no-opne", ["option '--no-opne'", "Did you mean '--no-open'"]),
        ("--gam x", ["option '--gam'", "Did you mean '--game'"]),
        ("--game x --websockt", ["option '--websockt'", "Did you mean '--websocket'"]),
        ("play --port 70000", ["70000", "0<=x<=65535"]),
        ("play --port eighty", ["eighty"]),
        ("play --seed x", ["'x'"]),
        ("play --tabs all", ["'all'", "takeover", "mirror", "deny"]),
        ("play --ssl-cert nonesuch.pem", ["'nonesuch.pem'", "does not exist"]),
        ("play dungeon extra", ["extra"]),
        ("transports --no-plugin flsk", ["plugin 'flsk'", "Did you mean 'flask'", "fastapi"]),
    ],
)
def test_a_wrong_word_exits_2_and_names_the_right_ones(tale, line, told) -> None:
    done = tale(*line.split())
    assert done.exit_code == 2
    assert done.stdout == ""
    for words in told:
        assert words in done.stderr


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (UsageError("There is no such thing."), 2, "Error: There is no such thing.\n"),
        (TransportError("It cannot bind."), 1, "Error: It cannot bind.\n"),
        (StoryError("The story has mistakes:", ("world.yaml:2:3: x",)), 1, "mistakes:\nworld.yaml:2:3: x\n"),
        (PermissionError(13, "Permission denied", "key.pem"), 1, "Permission denied: 'key.pem'\n"),
        (ZeroDivisionError("division by zero"), 1, "ZeroDivisionError: division by zero. This is a fault of ours"),
    ],
)
def test_an_error_becomes_a_sentence_and_an_exit_code(tale, monkeypatch, error, code, text) -> None:
    def fail(order):
        raise error

    monkeypatch.setattr("tale_core.launcher.play.play", fail)
    done = tale("play")
    assert done.exit_code == code
    assert text in done.stderr
    assert "Traceback" not in done.stderr
    debugged = tale("play", "--debug")
    assert debugged.exit_code == code
    assert "Traceback" in debugged.stderr
    assert text in debugged.stderr


def test_flags_and_environment_set_the_same(tale, ordered, tmp_path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert.touch()
    key.touch()
    flags = (
        f"play hut --transport flask:eventsource --strict --host ::1 --port 0 --no-open --seed 7 --ssl-cert {cert} "
        f"--ssl-key {key} --tabs mirror --metrics --no-plugin console --no-plugin fastapi --debug"
    )
    by_flags = tale(*flags.split())
    by_environment = tale(
        "play",
        TALE_STORY="hut",
        TALE_TRANSPORT="flask:eventsource",
        TALE_STRICT="1",
        TALE_HOST="::1",
        TALE_PORT="0",
        TALE_OPEN="0",
        TALE_SEED="7",
        TALE_SSL_CERT=str(cert),
        TALE_SSL_KEY=str(key),
        TALE_TABS="mirror",
        TALE_METRICS="1",
        TALE_DISABLE_PLUGINS="console, fastapi",
        TALE_DEBUG="1",
    )
    assert (by_flags.exit_code, by_environment.exit_code) == (0, 0), by_flags.output + by_environment.output
    first, second = ordered
    assert first == second
    assert first.disabled == {"console", "fastapi"}
    assert (first.port, first.open_browser, first.debug) == (0, False, True)


def test_a_flag_goes_before_the_environment(tale, ordered) -> None:
    tale("play", "--port", "9000", "--open", TALE_PORT="0", TALE_OPEN="false")
    assert (ordered[0].port, ordered[0].open_browser) == (9000, True)


def test_without_a_word_the_defaults_are_played(tale, ordered) -> None:
    tale("play")
    order = ordered[0]
    assert (order.story, order.transport, order.host, order.port) == (None, None, "127.0.0.1", 8180)
    assert (order.open_browser, order.strict, order.tabs, order.debug) == (True, False, "takeover", False)


@pytest.mark.parametrize(
    ("line", "wire"),
    [
        ("--game stories/dungeon --web", "eventsource"),
        ("--game stories/dungeon --web --websocket", "websocket"),
        ("--web --websocket --game=stories/dungeon", "websocket"),
        ("--game stories/dungeon", "terminal"),
    ],
)
def test_the_seeds_spelling_plays_over_the_wire_that_it_names(tale, ordered, line, wire) -> None:
    done = tale(*line.split(), "--port", "0", "--no-open")
    assert done.exit_code == 0, done.output
    order = ordered[0]
    assert (order.game, order.story, order.transport) == ("stories/dungeon", None, wire)
    assert (order.port, order.open_browser) == (0, False)


def test_the_listing_for_machines_has_every_field(tale) -> None:
    reports = {each["name"]: each for each in json.loads(tale("transports", "--json").stdout)}
    assert {"fastapi", "flask", "console"} <= reports.keys()
    fields = {"name", "group", "state", "distribution", "version", "rank", "reason", "remedy", "wires", "features"}
    assert fields <= reports["flask"].keys()
    assert {"name", "available", "modules", "missing", "remedy"} <= reports["flask"]["wires"][0].keys()


def test_the_listing_for_people_has_a_line_a_transport(tale) -> None:
    lines = tale("transports").stdout.splitlines()
    assert lines[0].split() == ["Transport", "State", "Wires", "Rank", "Distribution"]
    assert {"fastapi", "flask", "console"} <= {line.split()[0] for line in lines[1:] if line}
    assert "Entry point" in tale("transports", "-v").stdout.splitlines()[0]


def test_all_options_have_help_and_none_is_taken_twice() -> None:
    for command in (cli, *cli.commands.values()):
        names = [name for option in command.params for name in (*option.opts, *option.secondary_opts)]
        assert len(names) == len(set(names))
        assert all(option.help for option in command.params if isinstance(option, click.Option))
