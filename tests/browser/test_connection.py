"""What the page does when the line to the game is bad: nothing is lost, and nothing comes twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from .conftest import TRANSPORTS
from .reader import DEADLINE, Reader
from .server import Proxy, Server

pytestmark = pytest.mark.browser

TROUBLE = r"WebSocket connection to|Failed to load resource|ERR_|net::"
"""What a browser itself writes into the console about connections that fail."""

WEBSOCKETS = [name for name in TRANSPORTS if name.endswith(":websocket")]


@pytest.fixture
def stranded(new_reader: Callable[[], Reader]) -> Iterator[Reader]:
    """Give a reader whose connection will fail: the browser's own remarks on that are no problem of the page."""
    made = new_reader()
    yield made
    assert [problem for problem in made.problems if not re.search(TROUBLE, problem)] == []


def truth(reader: Reader, count: int) -> list[str]:
    """Return the transcript as the server has it, by loading the page again."""
    reader.page.reload()
    reader.has_typed(count)
    return reader.transcript()


def test_a_cut_connection_goes_on_without_loss_or_repetition(server: Server, proxy: Proxy, stranded: Reader) -> None:
    stranded.open(server.url, proxy.port)
    lines = [line for number in range(6) for line in ("wait", "look" if number % 2 else "inventory")]
    for number, line in enumerate(lines, 1):
        stranded.type(line)
        if number % 3 == 0:
            proxy.cut()
    stranded.has_typed(len(lines))
    stranded.is_connected()
    assert stranded.typed() == lines
    assert stranded.transcript() == truth(stranded, len(lines))


def test_a_command_whose_answer_was_lost_runs_once(server: Server, proxy: Proxy, stranded: Reader) -> None:
    stranded.open(server.url, proxy.port)
    stranded.say("wait")
    turns = stranded.turns()
    proxy.swallow_answers()
    stranded.type("wait")
    expect(stranded.page.locator("#log-pending")).to_contain_text("wait")
    proxy.cut()
    proxy.allow()
    stranded.has_typed(2)
    assert stranded.turns() == turns + 1
    assert stranded.transcript() == truth(stranded, 2)


def test_what_is_typed_while_cut_off_is_kept_and_sent(server: Server, proxy: Proxy, stranded: Reader) -> None:
    stranded.open(server.url, proxy.port)
    stranded.say("look")
    proxy.refuse()
    expect(stranded.status).to_contain_text("Reconnecting", timeout=DEADLINE)
    for line in ("wait", "inventory", "look"):
        stranded.type(line)
    waiting = stranded.page.locator("#log-pending > *")
    expect(waiting).to_have_count(3)
    expect(waiting.first).to_contain_text("waiting for the connection")
    proxy.allow()
    stranded.has_typed(4)
    assert stranded.typed() == ["look", "wait", "inventory", "look"]
    expect(stranded.status).to_contain_text("Connected", timeout=DEADLINE)


def test_what_waits_to_be_sent_survives_a_reload(server: Server, proxy: Proxy, stranded: Reader) -> None:
    stranded.open(server.url, proxy.port)
    stranded.say("look")
    proxy.swallow_answers()
    stranded.type("inventory")
    stranded.type("wait")
    expect(stranded.page.locator("#log-pending > *")).to_have_count(2)
    proxy.cut()
    proxy.allow()
    stranded.page.reload()
    stranded.has_typed(3)
    assert stranded.typed() == ["look", "inventory", "wait"]


def test_a_reload_keeps_the_transcript(server: Server, stranded: Reader) -> None:
    stranded.open(server.url)
    for line in ("look", "inventory", "wait"):
        stranded.say(line)
    before = stranded.transcript()
    assert truth(stranded, 3) == before
    stranded.say("look")
    assert stranded.typed() == ["look", "inventory", "wait", "look"]


def test_a_second_tab_takes_over_and_gives_back(
    server: Server, stranded: Reader, new_reader: Callable[[], Reader]
) -> None:
    stranded.open(server.url)
    stranded.say("look")
    second = new_reader()
    second.open(server.url)
    second.has_typed(1)
    assert second.transcript() == stranded.transcript()
    expect(stranded.banner).to_contain_text("another tab", timeout=DEADLINE)
    expect(stranded.status).to_contain_text("Open in another tab")
    expect(stranded.line).to_be_disabled()
    second.say("wait")
    stranded.page.get_by_role("button", name="Continue here").click()
    stranded.has_typed(2)
    stranded.is_connected()
    assert stranded.typed() == ["look", "wait"]
    expect(second.banner).to_contain_text("another tab", timeout=DEADLINE)
    stranded.say("inventory")
    assert stranded.typed() == ["look", "wait", "inventory"]
    assert second.problems == []


def test_a_game_that_was_left_can_be_played_again(server: Server, stranded: Reader) -> None:
    stranded.open(server.url)
    stranded.say("look")
    stranded.type("quit")
    answers = stranded.page.get_by_role("group", name="Answers").get_by_role("button")
    expect(answers).to_have_count(2, timeout=DEADLINE)
    answers.first.click()
    expect(stranded.status).to_contain_text("Ended", timeout=DEADLINE)
    expect(stranded.line).to_be_disabled()
    stranded.page.get_by_role("button", name="Play again").click()
    stranded.is_connected()
    expect(stranded.line).to_be_enabled()
    expect(stranded.blocks.first).to_be_visible(timeout=DEADLINE)
    assert stranded.typed() == []
    stranded.say("look")
    assert stranded.typed() == ["look"]


@pytest.mark.parametrize("transport", WEBSOCKETS, indirect=True)
def test_a_blocked_websocket_falls_back_to_eventsource(server: Server, proxy: Proxy, stranded: Reader) -> None:
    proxy.block_websocket("refused")
    stranded.open(server.url, proxy.port)
    stranded.is_connected("eventsource")
    for line in ("look", "wait", "inventory"):
        assert any(stranded.say(line))
    proxy.cut()
    stranded.say("look")
    stranded.is_connected("eventsource")
    assert stranded.typed() == ["look", "wait", "inventory", "look"]


@pytest.mark.slow
@pytest.mark.parametrize("transport", WEBSOCKETS[:1], indirect=True)
def test_a_websocket_that_is_never_answered_falls_back(server: Server, proxy: Proxy, stranded: Reader) -> None:
    proxy.block_websocket("silent")
    stranded.open(server.url, proxy.port)
    stranded.is_connected("eventsource")
    assert any(stranded.say("look"))


@pytest.mark.parametrize("transport", WEBSOCKETS[:1], indirect=True)
def test_websockets_that_die_young_fall_back(server: Server, stranded: Reader) -> None:
    opened = _greet_and_die(stranded.page)
    stranded.open(server.url)
    stranded.is_connected("eventsource")
    assert len(opened) == 3
    assert any(stranded.say("look"))


@pytest.mark.parametrize("transport", WEBSOCKETS[:1], indirect=True)
def test_the_fallback_is_remembered_and_then_forgotten(server: Server, proxy: Proxy, stranded: Reader) -> None:
    proxy.block_websocket("refused")
    stranded.open(server.url, proxy.port)
    stranded.is_connected("eventsource")
    proxy.block_websocket("")
    stranded.page.reload()
    stranded.is_connected("eventsource")
    stranded.page.evaluate("() => localStorage.setItem('tale.fallback-until', String(Date.now() - 1))")
    stranded.page.reload()
    stranded.is_connected("websocket")


@pytest.mark.parametrize("transport", WEBSOCKETS[:1], indirect=True)
def test_a_server_that_was_away_is_no_reason_to_fall_back(server: Server, proxy: Proxy, stranded: Reader) -> None:
    stranded.open(server.url, proxy.port)
    proxy.refuse()
    expect(stranded.banner).to_contain_text("does not answer", timeout=DEADLINE)
    proxy.allow()
    _network_is_back(stranded.page)
    stranded.is_connected("websocket")
    expect(stranded.banner).to_be_hidden()
    assert any(stranded.say("look"))


@pytest.mark.parametrize("transport", WEBSOCKETS[:1], indirect=True)
def test_too_many_waiting_commands_are_refused_with_a_word(server: Server, proxy: Proxy, stranded: Reader) -> None:
    stranded.open(server.url, proxy.port)
    proxy.refuse()
    expect(stranded.status).to_contain_text("Reconnecting", timeout=DEADLINE)
    for _ in range(64):
        stranded.type("l")
    stranded.type("one too many")
    expect(stranded.blocks.last).to_contain_text("“one too many” was not kept: 64 commands are waiting already.")
    expect(stranded.line).to_have_value("one too many")
    proxy.allow()
    _network_is_back(stranded.page)
    stranded.has_typed(64)
    assert set(stranded.typed()) == {"l"}


@pytest.mark.parametrize("transport", WEBSOCKETS[:1], indirect=True)
def test_a_command_for_another_game_is_not_sent(server: Server, proxy: Proxy, stranded: Reader) -> None:
    stranded.open(server.url, proxy.port)
    stranded.say("look")
    proxy.refuse()
    expect(stranded.status).to_contain_text("Reconnecting", timeout=DEADLINE)
    stranded.type("wait")
    expect(stranded.page.locator("#log-pending > *")).to_have_count(1)
    # Meanwhile the same browser leaves this game, past the proxy, and begins another.
    left = stranded.page.context.request.post(
        server.url.partition("?")[0] + "quit",
        headers={"Content-Type": "application/json"},
        data="{}",
    )
    assert left.ok
    proxy.allow()
    expect(stranded.banner).to_be_visible(timeout=DEADLINE)
    stranded.page.get_by_role("button", name="Play again").click()
    stranded.is_connected()
    expect(stranded.page.locator("#log-text")).to_contain_text("“wait” was not sent", timeout=DEADLINE)
    assert stranded.typed() == []


@pytest.mark.parametrize("transport", WEBSOCKETS[:1], indirect=True)
def test_a_command_for_an_earlier_epoch_is_not_sent(
    server: Server, stranded: Reader, new_reader: Callable[[], Reader]
) -> None:
    stranded.open(server.url)
    stranded.say("look")
    kept = stranded.page.evaluate("() => JSON.parse(sessionStorage.getItem('tale.session'))")
    stale = kept | {"epoch": "earlier", "queue": [{"line": "open sesame", "cid": 2}]}
    late = new_reader()
    late.page.add_init_script(f"sessionStorage.setItem('tale.session', {json.dumps(json.dumps(stale))})")
    late.page.goto(stranded.page.url)
    expect(late.page.locator("#log-text")).to_contain_text("“open sesame” was not sent", timeout=DEADLINE)
    expect(late.page.locator("#log-text")).to_contain_text("The game has started anew.")
    assert late.typed() == ["look"]
    late.say("wait")
    assert late.typed() == ["look", "wait"]
    assert late.problems == []


def _network_is_back(page: Page) -> None:
    """Let the page know at once what it would find out itself after at most twenty seconds."""
    page.evaluate("() => window.dispatchEvent(new Event('online'))")


def _greet_and_die(page: Page) -> list[str]:
    opened: list[str] = []

    def route(socket: WebSocketRoute) -> None:
        opened.append(socket.url)
        server = socket.connect_to_server()

        def greet(message: str | bytes) -> None:
            if '"connected"' in str(message):
                socket.send(message)
                socket.close(code=4000)

        server.on_message(greet)

    page.route_web_socket(re.compile("/tale/ws"), route)
    return opened
