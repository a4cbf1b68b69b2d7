"""The pages around the game."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import TRANSPORTS
from .reader import DEADLINE, Reader
from .server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def home(serve: Callable[[str], Server]) -> str:
    return serve(TRANSPORTS[0]).url


@pytest.fixture
def page(reader: Reader, home: str) -> Page:
    reader.page.goto(home)
    return reader.page


def test_the_address_is_clean_once_the_token_is_used(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/tale/$"))


def test_the_title_page_offers_to_play_and_then_to_continue(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    page.get_by_role("link", name="Play").click()
    expect(page.locator("#status")).to_contain_text("Connected", timeout=DEADLINE)
    page.goto(page.url.replace("story", ""))
    expect(page.get_by_role("link", name="Continue")).to_be_visible()


def test_about_tells_of_the_story_and_the_engine(page: Page) -> None:
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    expect(page.locator(".facts")).to_contain_text("Tale ")
    page.get_by_role("link", name="Title page").click()
    expect(page).to_have_url(re.compile(r"/tale/$"))


def test_leaving_asks_first(page: Page) -> None:
    page.get_by_role("link", name="Play").click()
    expect(page.locator("#status")).to_contain_text("Connected", timeout=DEADLINE)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("link", name="Leave the game").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leave")
    page.get_by_role("link", name="Go on playing").click()
    expect(page.locator("#status")).to_contain_text("Connected", timeout=DEADLINE)
    page.goto(page.url.replace("story", "quit"))
    page.get_by_role("button", name="End the game").click()
    expect(page.get_by_role("link", name="Play")).to_be_visible()


def test_a_stranger_is_told_what_to_do(browser: Browser, home: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(home.partition("?")[0])
    assert answer is not None
    assert answer.status == 401
    expect(page.get_by_role("heading", level=1)).to_contain_text("private")
    expect(page.get_by_role("main")).to_contain_text("Open the address that Tale printed")
    context.close()


def test_an_unknown_page_says_so(browser: Browser, home: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(home)
    answer = page.goto(home.partition("?")[0] + "nowhere")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="Title page").click()
    expect(page).to_have_url(re.compile(r"/tale/$"))
    context.close()


def test_the_settings_are_kept_and_hold_on_every_page(page: Page) -> None:
    page.get_by_role("link", name="Play").click()
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("radio", name="Huge").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    for address in ("story", "about", ""):
        page.goto(re.sub(r"/tale/.*", f"/tale/{address}", page.url))
        root = page.locator("html")
        expect(root).to_have_attribute("data-theme", "dark")
        expect(root).to_have_attribute("data-size", "huge")


def test_without_javascript_the_page_says_that_it_needs_it(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in (home, home.partition("?")[0] + "story"):
        page.goto(address)
        sentence = page.locator("noscript p")
        expect(sentence).to_contain_text("needs JavaScript")
        box = sentence.bounding_box()
        assert box is not None
        assert box["height"] > 10, "the sentence is not drawn"
    context.close()
