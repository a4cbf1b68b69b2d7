"""Starting and ending a transport: falling back at the last moment, ports, the printed line, signals."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from tale_core.errors import AddressInUse, TransportError, UsageError
from tale_core.launcher import serve
from tale_core.launcher.choosing import Choice, Plan
from tale_core.serving.transport import ServerConfig, TransportSpec

WEB = frozenset({"websocket", "eventsource"})
FIRST = Choice("first", "websocket", WEB)
SECOND = Choice("second", "eventsource", frozenset({"eventsource"}))
CONSOLE = Choice("console", "terminal", frozenset({"terminal"}))


class FakeHost:
    token = "secret"

    def __init__(self, wires) -> None:
        self.wires = wires
        self.closed = 0

    def close(self, bye=None) -> None:
        self.closed += 1


class FakeServer:
    def __init__(self, port: int, serving=lambda: None) -> None:
        self.addresses = [("127.0.0.1", port)]
        self.serve = serving
        self.stopped = 0

    def stop(self, grace: float = 3.0) -> None:
        self.stopped += 1


class FakeTransport:
    def __init__(self, taken=(), error=None) -> None:
        self.taken = taken
        self.error = error
        self.asked: list[ServerConfig] = []

    def bind(self, core, config):
        self.asked.append(config)
        if self.error is not None:
            raise self.error
        if config.port in self.taken:
            raise AddressInUse(f"{config.port} is taken")
        return FakeServer(config.port or 4711)


def spec(name: str, load) -> TransportSpec:
    return TransportSpec(name=name, wires={"websocket": [], "eventsource": []}, load=load)


def failing(error: BaseException):
    def load():
        raise error

    return load


@pytest.fixture
def start():
    """Start the first choice whose transport works; hosts that were made are kept in ``start.hosts``."""
    hosts: list[FakeHost] = []

    def open_host(wires):
        hosts.append(FakeHost(wires))
        return hosts[-1]

    def run(loads, *, complaint="", strict=False, port=8180, choices=(FIRST, SECOND)):
        specs = {name: spec(name, load) for name, load in loads.items()}
        return serve.start(Plan(choices, complaint), specs, open_host, ServerConfig(port=port), strict=strict)

    run.hosts = hosts
    return run


def test_the_first_choice_starts_without_a_word(start, capsys) -> None:
    transport = FakeTransport()
    started = start({"first": lambda: transport})
    assert started.choice is FIRST
    assert transport.asked == [ServerConfig(port=8180, wires=WEB)]
    assert start.hosts[0].wires == ("websocket", "eventsource")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "load",
    [
        failing(ImportError("no module named x")),
        failing(OSError("no shared object")),
        failing(SystemExit(3)),
        failing(TransportError("not today")),
        lambda: FakeTransport(error=ImportError("late import")),
        lambda: FakeTransport(error=TypeError("wrong shape")),
        lambda: None,
    ],
)
def test_a_transport_that_fails_at_the_last_moment_is_passed_over_aloud(start, capsys, load) -> None:
    started = start({"first": load, "second": FakeTransport})
    assert started.choice is SECOND
    assert started.config.wires == {"eventsource"}
    assert [host.closed for host in start.hosts] == [1, 0]
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "first:websocket cannot start" in err
    assert err.endswith("using second:eventsource.\n")


def test_strict_refuses_a_fallback_at_the_last_moment(start) -> None:
    with pytest.raises(UsageError, match="first:websocket cannot start"):
        start({"first": failing(ImportError("x")), "second": FakeTransport}, strict=True)
    assert all(host.closed for host in start.hosts)


def test_strict_refuses_what_the_plan_complains_of_before_anything_is_loaded(start) -> None:
    with pytest.raises(UsageError, match=r"no websocket here\. Without --strict, first:websocket would serve"):
        start({"first": failing(AssertionError("loaded"))}, complaint="no websocket here", strict=True)


def test_nothing_that_can_run_is_an_error_with_every_reason(start) -> None:
    with pytest.raises(TransportError, match=r"first:websocket cannot start.*second:eventsource cannot start"):
        start({"first": failing(ValueError("x")), "second": failing(ValueError("y"))})


@pytest.mark.parametrize("error", [TransportError("no such address"), PermissionError(13, "Permission denied")])
def test_an_address_that_cannot_be_bound_is_no_reason_to_fall_back(start, error) -> None:
    with pytest.raises(type(error)):
        start({"first": lambda: FakeTransport(error=error), "second": FakeTransport})
    assert [host.closed for host in start.hosts] == [1]


def test_a_taken_port_gives_way_to_the_next_free_one_aloud(start, capsys) -> None:
    started = start({"first": lambda: FakeTransport(taken={8180, 8181})})
    assert started.config.port == 8182
    assert capsys.readouterr().err == "tale: Port 8180 is taken; using 8182.\n"


def test_when_no_port_is_free_the_range_is_named(start) -> None:
    with pytest.raises(AddressInUse, match="65530 to 65535 are all taken"):
        start({"first": lambda: FakeTransport(taken=range(65_536))}, port=65_530)


@pytest.mark.parametrize(
    ("host", "cert", "printed"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:99/tale/?token=T"),
        ("0.0.0.0", None, "http://127.0.0.1:99/tale/?token=T"),
        ("::", None, "http://[::1]:99/tale/?token=T"),
        ("::1", None, "http://[::1]:99/tale/?token=T"),
        ("play.example", Path("x.pem"), "https://play.example:99/tale/?token=T"),
    ],
)
def test_the_printed_address_is_one_that_a_browser_here_can_open(host, cert, printed) -> None:
    assert serve.url(ServerConfig(host=host, ssl_cert=cert), (host, 99), "T") == printed


def run(serving, *, choice=FIRST) -> tuple[FakeHost, FakeServer]:
    host, server = FakeHost(()), FakeServer(99, serving)
    serve.run(serve.Started(choice, host, server, ServerConfig()), open_browser=False)
    return host, server


def test_the_line_is_printed_before_serving_and_alone(capsys) -> None:
    printed = []
    run(lambda: printed.append(capsys.readouterr().out))
    assert printed == ["Tale: http://127.0.0.1:99/tale/?token=secret\n"]
    assert capsys.readouterr() == ("", "")


def test_the_console_prints_no_line(capsys) -> None:
    run(lambda: None, choice=CONSOLE)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_server_and_closes_the_host(number) -> None:
    before = signal.getsignal(number)
    stopped = threading.Event()
    server = FakeServer(99)

    def serving() -> None:
        os.kill(os.getpid(), number)
        assert stopped.wait(10)

    server.serve, server.stop = serving, stopped.set
    host = FakeHost(())
    serve.run(serve.Started(FIRST, host, server, ServerConfig()), open_browser=False)
    assert host.closed == 1
    assert signal.getsignal(number) is before


def test_a_second_signal_interrupts_a_server_that_does_not_stop() -> None:
    reached = []

    def serving() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        reached.append("asked")
        os.kill(os.getpid(), signal.SIGTERM)
        reached.append("not interrupted")

    host, _ = run(serving)
    assert (reached, host.closed) == (["asked"], 1)


def test_in_the_terminal_the_first_signal_interrupts() -> None:
    def serving() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        raise AssertionError("not interrupted")

    host, server = run(serving, choice=CONSOLE)
    assert (host.closed, server.stopped) == (1, 1)


def test_a_server_that_fails_still_closes_everything() -> None:
    host, server = FakeHost(()), FakeServer(99, failing(ValueError("x")))
    with pytest.raises(ValueError, match="x"):
        serve.run(serve.Started(FIRST, host, server, ServerConfig()), open_browser=False)
    assert (host.closed, server.stopped) == (1, 1)
