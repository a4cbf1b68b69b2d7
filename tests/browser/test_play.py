"""The dungeon, played in a real browser over every web transport."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from .conftest import TRANSPORTS
from .reader import DEADLINE, Reader
from .server import Server

pytestmark = pytest.mark.browser

LINES = ("look", "inventory", "wait", "score", "examine me", "help", "exits", "wait", "look", "inventory")


def test_a_dozen_turns_are_played(server: Server, transport: str, reader: Reader) -> None:
    reader.open(server.url)
    reader.is_connected(transport.partition(":")[2])
    for line in LINES:
        answer = reader.say(line)
        assert any(answer), line
    for _ in range(2):
        typed = len(reader.typed())
        reader.exits.first.click()
        reader.has_typed(typed + 1)
        assert any(reader.last_answer())
    assert reader.typed()[: len(LINES)] == list(LINES)
    assert len(reader.typed()) == len(LINES) + 2
    assert reader.turns() > 0


@pytest.fixture
def played(reader: Reader, serve: Callable[[str], Server]) -> Reader:
    """Give a reader at the beginning of the game, on the first transport: what follows is the page's own affair."""
    reader.open(serve(TRANSPORTS[0]).url)
    return reader


def test_a_turn_counts_where_nothing_else_looks_different(played: Reader) -> None:
    for answer in ("carter", "mild"):
        played.say(answer)
    before = played.turns()
    played.say("wait")
    played.say("wait")
    assert played.turns() == before + 2


def test_an_exit_leads_to_another_place(played: Reader) -> None:
    name = played.page.locator("#place-name")
    before = name.inner_text()
    way = played.page.locator("#exits button:not(.is-locked, .is-closed)").first
    way.click()
    expect(name).not_to_have_text(before, timeout=DEADLINE)
    expect(played.page).to_have_title(re.compile(re.escape(name.inner_text())))


def test_an_exit_named_in_the_text_can_be_clicked(played: Reader) -> None:
    played.say("exits")
    ref = played.page.locator("#log-text .ref[data-ref^='exit:']:enabled").last
    wanted = (ref.get_attribute("data-ref") or "").removeprefix("exit:")
    ref.click()
    played.has_typed(2)
    assert played.typed()[-1] == wanted


def test_a_carried_thing_offers_what_can_be_done_with_it(played: Reader) -> None:
    rows = played.page.get_by_role("complementary", name="Around you").locator(".entry")
    row = rows.filter(has=played.page.locator(".entry-more")).first
    row.locator(".entry-more").click()
    expect(row.locator(".entry-more")).to_have_attribute("aria-expanded", "true")
    choice = row.locator(".entry-menu button").first
    command = choice.get_attribute("aria-label")
    choice.click()
    played.has_typed(1)
    assert played.typed() == [command]
    row.locator(".entry-main").click()
    played.has_typed(2)
    assert any(played.last_answer())


def test_tab_completes_from_a_list_that_the_keyboard_can_use(played: Reader) -> None:
    played.line.press_sequentially("inv")
    played.line.press("Tab")
    expect(played.line).to_have_value("inventory", timeout=DEADLINE)
    played.line.fill("e")
    played.line.press("Tab")
    options = played.page.get_by_role("listbox", name="Completions").get_by_role("option")
    expect(options.nth(1)).to_be_visible(timeout=DEADLINE)
    expect(played.line).to_have_attribute("aria-expanded", "true")
    second = options.nth(1).inner_text()
    played.line.press("ArrowDown")
    played.line.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(played.line).to_have_attribute("aria-activedescendant", "completion-1")
    played.line.press("Enter")
    expect(played.line).to_have_value(second)
    expect(options).to_have_count(0)
    assert played.typed() == []


def test_escape_closes_the_list_and_then_tab_leaves(played: Reader) -> None:
    played.line.fill("e")
    played.line.press("Tab")
    listbox = played.page.get_by_role("listbox", name="Completions")
    expect(listbox).to_be_visible(timeout=DEADLINE)
    played.line.press("Escape")
    expect(listbox).to_be_hidden()
    expect(played.line).to_have_value("e")
    played.line.press("Tab")
    expect(played.page.get_by_role("button", name="Send")).to_be_focused()


def test_tab_leaves_an_empty_line(played: Reader) -> None:
    expect(played.line).to_be_focused()
    played.line.press("Tab")
    expect(played.page.get_by_role("button", name="Send")).to_be_focused()


def test_the_arrow_keys_recall_lines_even_after_a_reload(played: Reader) -> None:
    played.say("look")
    played.say("wait")
    played.page.reload()
    played.has_typed(2)
    played.line.fill("insp")
    played.line.press("ArrowUp")
    expect(played.line).to_have_value("wait")
    played.line.press("ArrowUp")
    expect(played.line).to_have_value("look")
    played.line.press("ArrowDown")
    played.line.press("ArrowDown")
    expect(played.line).to_have_value("insp")


def test_an_empty_line_is_not_sent(played: Reader) -> None:
    played.say("wait")  # else it would answer what the dungeon asks at the beginning
    played.type("")
    played.type("   ")
    played.say("wait")
    assert played.typed() == ["wait", "wait"]


def test_typing_anywhere_goes_to_the_command_line(played: Reader) -> None:
    played.page.get_by_role("log").focus()
    played.page.keyboard.type("wait")
    expect(played.line).to_have_value("wait")


def test_the_page_can_be_used_with_the_keyboard_alone(played: Reader) -> None:
    keyboard, page = played.page.keyboard, played.page
    page.get_by_role("link", name="To the command line").focus()
    keyboard.press("Enter")
    expect(played.line).to_be_focused()
    keyboard.type("take all")
    keyboard.press("Enter")
    played.has_typed(1)
    reached = set()
    for _ in range(40):
        keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.closest('[id]')?.id ?? ''"))
    assert {"line", "exit-list", "inventory-list", "things-list", "open-settings", "log"} <= reached
    played.exits.first.focus()
    keyboard.press("Enter")
    played.has_typed(2)
    assert page.evaluate("() => document.activeElement !== document.body"), "the focus was lost"


def test_everything_that_acts_has_a_name_and_the_parts_have_landmarks(played: Reader) -> None:
    tree = played.page.locator("body").aria_snapshot()
    for role in ("button", "combobox", "link", "textbox"):
        assert not re.search(rf"- {role}(:|$| \[)", tree, re.MULTILINE), f"a {role} without a name in\n{tree}"
    for part in ("banner:", "main:", 'log "Story"', 'navigation "Ways out"', 'complementary "Around you"', "status:"):
        assert part in tree


def test_new_text_is_shown_unless_the_reader_has_scrolled_up(played: Reader) -> None:
    log, more = played.page.get_by_role("log"), played.page.get_by_role("button", name="More below")
    for _ in range(6):
        played.say("help")
    log.evaluate("(log) => { log.scrollTop = 0; log.dispatchEvent(new Event('scroll')); }")
    expect(more).to_be_visible()
    assert log.evaluate("(log) => log.scrollTop") == 0
    more.click()
    expect(more).to_be_hidden()
    played.say("wait")
    assert log.evaluate("(log) => log.scrollHeight - log.scrollTop - log.clientHeight") < 60


def test_the_transcript_keeps_within_its_bound(played: Reader) -> None:
    for number in range(1, 61):
        played.type("wait")
        played.has_typed(number)
        if played.blocks.count() > 100:
            break
    assert played.blocks.count() <= 500


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["desktop", "phone"])
def test_the_page_fits_and_is_not_blank(
    browser: Browser, serve: Callable[[str], Server], scheme: str, size: tuple[int, int]
) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    reader = Reader(context.new_page())
    reader.open(serve(TRANSPORTS[0]).url)
    reader.say("inventory")
    picture = reader.page.screenshot()
    assert len(picture) > 20_000, "hardly anything is drawn"
    assert reader.page.evaluate("() => document.documentElement.scrollWidth") <= width
    expect(reader.line).to_be_in_viewport(ratio=1)
    expect(reader.exits.first).to_be_in_viewport()
    ground = reader.page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    brightness = sum(int(part) for part in re.findall(r"\d+", ground)[:3])
    assert (brightness < 150) == (scheme == "dark")
    if width < 500:
        around = reader.page.get_by_role("complementary", name="Around you")
        expect(around).to_be_hidden()
        reader.page.get_by_role("button", name="Around you").click()
        expect(around).to_be_visible()
    assert reader.problems == []
    context.close()
