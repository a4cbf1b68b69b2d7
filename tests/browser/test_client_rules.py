"""The client rules of the protocol, one by one, against a server that says exactly what each needs."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import TRANSPORTS
from .reader import DEADLINE, Reader
from .scripted import Line, Script, said
from .server import Server

pytestmark = pytest.mark.browser

Open = Callable[[], None]


@pytest.fixture
def open_story(reader: Reader, serve: Callable[[str], Server]) -> Open:
    """Open the play page, whose WebSocket is scripted by then."""
    url = serve(TRANSPORTS[0]).url

    def go() -> None:
        reader.page.goto(url)
        reader.page.goto(url.partition("?")[0] + "story")

    return go


def begin(line: Line) -> None:
    """Greet, and describe a bare stage; on a later connection only greet."""
    line.greet(seq=1)
    if line.number == 1:
        line.tell(1, said("Curtain."))


def test_what_is_in_the_text_is_text(reader: Reader, open_story: Open) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;"
    scene = {
        "turns": 1,
        "place": nasty,
        "location": nasty,
        "exits": [{"direction": nasty, "command": nasty, "label": nasty, "state": nasty}],
        "things": [{"id": nasty, "name": nasty, "commands": [nasty, nasty], "state": nasty}],
    }
    asked = said(nasty, "ask", options=[{"label": nasty, "command": nasty}])

    def opened(line: Line) -> None:
        line.greet()
        line.tell(1, {"kind": "room", "text": [[{"text": nasty, "ref": nasty, "role": nasty}]]}, asked, scene=scene)

    Script(reader.page, opened)
    open_story()
    expect(reader.page.locator("#place-name")).to_have_text(nasty, timeout=DEADLINE)
    expect(reader.blocks.first).to_have_text(nasty)
    expect(reader.page.get_by_role("group", name="Answers").get_by_role("button")).to_have_text(nasty)
    expect(reader.page.locator("main img:not(#place-image), main script")).to_have_count(0)


def test_a_repeated_message_is_shown_once_and_a_missing_one_is_fetched(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=4)
        if line.number == 1:
            line.tell(1, said("one"))
            line.tell(1, said("one"))
            line.tell(2, said("two"))
            line.tell(4, said("four"))
        else:
            line.tell(2, said("two"))
            line.tell(3, said("three"))
            line.tell(4, said("four"))

    script = Script(reader.page, opened)
    open_story()
    expect(reader.blocks).to_have_text(["one", "two", "three", "four"], timeout=DEADLINE)
    assert len(script.lines) == 2
    assert script.lines[0].query == {"cap": "runs,z"}
    assert script.lines[1].query == {"cap": "runs,z", "session": "s1", "epoch": "e1", "after": "2"}


def packed(seq: int, *blocks: dict[str, object]) -> dict[str, object]:
    """Return the fields of a message that holds another one."""
    inner = {"type": "text", "seq": seq, "cmd_ack": 0, "special": [], "runs": blocks}
    squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    squeezed = squeeze.compress(json.dumps(inner).encode()) + squeeze.flush()
    return {"seq": seq, "d": b64encode(squeezed).decode()}


def test_packed_messages_keep_their_place_among_others(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=4)
        line.tell(1, said("one"))
        line.say("z", **packed(2, said("two " * 2000)))
        line.tell(3, said("three"))
        line.say("z", **packed(4, said("four")))
        line.say("bye", code=4510, reason="All is told.", reconnect=False, after_ms=0)
        line.socket.close(code=4510)

    Script(reader.page, opened)
    open_story()
    expect(reader.blocks).to_have_text(["one", "two " * 2000, "three", "four"], timeout=DEADLINE)


def test_a_message_that_cannot_be_unpacked_is_fetched_again(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=2)
        if line.number == 1:
            line.tell(1, said("one"))
            line.say("z", seq=2, d="bm9uc2Vuc2U=")
        else:
            line.tell(2, said("two"))

    script = Script(reader.page, opened)
    open_story()
    expect(reader.blocks).to_have_text(["one", "two"], timeout=DEADLINE)
    assert script.lines[1].query["after"] == "1"


def test_after_a_gap_everything_is_redrawn_with_a_notice(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        begin(line)
        line.say("gap", **{"from": 2, "to": 8, "reason": "trimmed"})
        line.tell(9, said("As it is now."), special=["clear"], snapshot=True)
        line.tell(10, said("And on."))

    Script(reader.page, opened)
    open_story()
    expect(reader.blocks).to_have_count(3, timeout=DEADLINE)
    assert reader.transcript()[0] == "As it is now."
    assert "no longer kept" in reader.transcript()[1]
    assert reader.transcript()[2] == "And on."


def test_an_unacknowledged_command_is_sent_once_more(reader: Reader, open_story: Open) -> None:
    def answer(line: Line, message: dict[str, object]) -> None:
        if line.number == 1:
            line.socket.close(code=4000)
        else:
            line.take(message, message["cid"] + 1, said(f"done: {message['cmd']}"))  # type: ignore[operator]

    script = Script(reader.page, begin, answer)
    open_story()
    reader.type("knock")
    reader.type("enter")
    reader.has_typed(2)
    assert [line.commands for line in script.lines] == [[(1, "knock")], [(1, "knock"), (2, "enter")]]
    assert script.lines[1].query["after"] == "1"


def test_a_command_that_was_taken_is_not_sent_again(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=line.number, accepted=line.number - 1)
        if line.number == 1:
            line.tell(1, said("Curtain."))
        else:
            line.tell(2, {"kind": "input", "cid": 1, "text": [[{"text": "knock"}]]}, said("Who is it?"), executed=1)

    script = Script(reader.page, opened, lambda line, _: line.socket.close(code=4000))
    open_story()
    reader.type("knock")
    reader.has_typed(1)
    expect(reader.blocks.last).to_have_text("Who is it?")
    assert [line.commands for line in script.lines] == [[(1, "knock")], []]


def test_a_command_that_came_too_fast_is_sent_again_later(reader: Reader, open_story: Open) -> None:
    def answer(line: Line, message: dict[str, object]) -> None:
        if len(line.commands) == 1:
            line.say("error", code="rate_limited", message="Too fast.", cid=1, retry_after=0.2)
        else:
            line.take(message, 2, said("Ah."))

    script = Script(reader.page, begin, answer)
    open_story()
    reader.say("knock")
    assert script.lines[0].commands == [(1, "knock"), (1, "knock")]


def test_a_command_that_is_refused_is_told_and_takes_no_number(reader: Reader, open_story: Open) -> None:
    def answer(line: Line, message: dict[str, object]) -> None:
        if message["cmd"] == "shout":
            line.say("error", code="too_long", message="That is too long.", cid=message["cid"])
        else:
            line.take(message, 2, said("Ah."))

    script = Script(reader.page, begin, answer)
    open_story()
    reader.type("shout")
    expect(reader.blocks.last).to_have_text("“shout” was not sent: That is too long.", timeout=DEADLINE)
    reader.say("knock")
    assert script.lines[0].commands == [(1, "shout"), (1, "knock")]


def test_another_tabs_command_under_the_same_number_is_noticed(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=line.number, accepted=line.number - 1)
        if line.number == 1:
            line.tell(1, said("Curtain."))
        else:
            line.tell(2, {"kind": "input", "cid": 1, "text": [[{"text": "dance"}]]}, said("You dance."), executed=1)

    Script(reader.page, opened, lambda line, _: line.socket.close(code=4000))
    open_story()
    reader.type("knock")
    expect(reader.blocks.last).to_contain_text("“knock” was not sent", timeout=DEADLINE)
    assert reader.typed() == ["dance"]


def test_pings_are_answered_and_what_was_shown_is_acknowledged(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=2)
        line.tell(1, said("one"))
        line.tell(2, said("two"))
        line.say("ping", t=77)

    def answer(line: Line, message: dict[str, object]) -> None:
        line.take(message, 2 + len(line.commands), said("three"))

    script = Script(reader.page, opened, answer)
    open_story()
    reader.say("knock")
    reader.say("knock")
    heard = script.lines[0].heard
    assert {"pong": 77, "ack": 2} in heard
    assert [each["ack"] for each in heard if each.get("cid") == 1] == [2]
    assert [each["ack"] for each in heard if each.get("cid") == 2] == [3]


def test_a_hidden_line_is_neither_shown_nor_kept(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=1)
        line.tell(1, said("Say the word.", "prompt", noecho=True), special=["noecho"])

    def answer(line: Line, message: dict[str, object]) -> None:
        line.say("ack", cid=1)
        echo = {"kind": "input", "cid": 1, "text": [[{"text": ""}]]}
        line.tell(2, echo, said("It opens."), executed=1)

    script = Script(reader.page, opened, answer)
    open_story()
    expect(reader.line).to_have_attribute("type", "password", timeout=DEADLINE)
    reader.type("xyzzy")
    reader.has_typed(1)
    expect(reader.line).to_have_attribute("type", "text")
    assert script.lines[0].commands == [(1, "xyzzy")]
    assert "xyzzy" not in reader.page.locator("main").inner_text()
    assert "xyzzy" not in reader.page.evaluate("() => JSON.stringify(sessionStorage)")
    reader.line.press("ArrowUp")
    expect(reader.line).to_have_value("")


def test_an_empty_line_may_answer_a_question(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=1)
        line.tell(1, said("Press Enter.", "prompt"))

    script = Script(reader.page, opened, lambda line, message: line.take(message, 2, said("Thank you.")))
    open_story()
    expect(reader.blocks.last).to_have_text("Press Enter.", timeout=DEADLINE)
    reader.type("")
    reader.has_typed(1)
    reader.type("")
    assert script.lines[0].commands == [(1, "")]


def test_an_answer_can_be_chosen_with_a_button(reader: Reader, open_story: Open) -> None:
    options = [{"label": "The red one", "command": "red key"}, {"label": "The blue one", "command": "blue key"}]

    def opened(line: Line) -> None:
        line.greet(seq=1)
        line.tell(1, said("Which key?", "ask", options=options))

    script = Script(reader.page, opened, lambda line, message: line.take(message, 2, said("Taken.")))
    open_story()
    answers = reader.page.get_by_role("group", name="Answers")
    answers.get_by_role("button", name="The blue one").click()
    reader.has_typed(1)
    expect(answers).to_be_hidden()
    assert script.lines[0].commands == [(1, "blue key")]


def test_the_transcript_is_bounded_and_can_be_wiped(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        line.greet(seq=2)
        line.tell(1, *(said(f"line {number}") for number in range(700)))
        line.tell(2, said("the end"))

    def answer(line: Line, message: dict[str, object]) -> None:
        line.say("ack", cid=1)
        line.tell(3, said("A clean page.", "system"), executed=1, special=["clear"])

    Script(reader.page, opened, answer)
    open_story()
    expect(reader.blocks.last).to_have_text("the end", timeout=DEADLINE)
    assert reader.blocks.count() == 500
    expect(reader.blocks.first).to_have_text("line 201")
    reader.type("clear")
    expect(reader.blocks).to_have_text(["A clean page."], timeout=DEADLINE)
    expect(reader.page.locator("#log-pending > *")).to_have_count(0)


@pytest.mark.parametrize(
    ("code", "word", "button"),
    [
        (1000, "Ended", "Play again"),
        (4510, "Ended", "Play again"),
        (4509, "Open in another tab", "Continue here"),
        (4500, "Stopped", "Connect again"),
        (4504, "Stopped", "Open the present game"),
    ],
)
def test_a_bye_that_forbids_reconnecting_is_obeyed(
    reader: Reader, open_story: Open, code: int, word: str, button: str
) -> None:
    def opened(line: Line) -> None:
        begin(line)
        if line.number == 1:
            line.say("bye", code=code, reason="So it ends.", reconnect=False, after_ms=0)
            line.socket.close(code=code)

    script = Script(reader.page, opened)
    open_story()
    expect(reader.status).to_contain_text(word, timeout=DEADLINE)
    expect(reader.line).to_be_disabled()
    assert len(script.lines) == 1
    reader.banner.get_by_role("button", name=button).click()
    reader.is_connected()
    assert len(script.lines) == 2


def test_a_bye_that_asks_for_it_is_followed_by_a_new_connection(reader: Reader, open_story: Open) -> None:
    def opened(line: Line) -> None:
        begin(line)
        if line.number == 1:
            line.say("bye", code=4000, reason="Back soon.", reconnect=True, after_ms=50)

    script = Script(reader.page, opened, lambda line, message: line.take(message, 2, said("Ah.")))
    open_story()
    reader.say("knock")
    assert len(script.lines) == 2
    assert script.lines[1].query["after"] == "1"


def test_a_picture_is_shown_with_its_words(reader: Reader, open_story: Open) -> None:
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

    def opened(line: Line) -> None:
        line.greet(seq=2)
        line.say("data", seq=1, data=picture, mime="image/gif", alt="A black dot")
        line.say("data", seq=2, data="data:text/html,no", mime="text/html", alt="A page")
        line.tell(3, said("There."))

    Script(reader.page, opened)
    open_story()
    expect(reader.page.get_by_role("img", name="A black dot")).to_be_visible(timeout=DEADLINE)
    expect(reader.blocks).to_have_count(2)
