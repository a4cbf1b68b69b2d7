from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tale_core.serving import attachment as attachment_module
from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.serving.transport import Bye

from .client import Client, texts_of


def test_a_command_is_acked_and_answered(client: Client) -> None:
    stream = client.attach()
    connected, welcome = stream.read()
    assert connected["type"] == "connected"
    assert texts_of(welcome) == ["Welcome."]
    stream.send("echo hello", cid=1)
    (answer,) = stream.read()
    assert answer["cmd_ack"] == 1
    assert answer["seq"] == welcome["seq"] + 1
    assert answer["runs"][0] == {"kind": "input", "cid": 1, "text": [[{"text": "echo hello"}]]}
    assert texts_of(answer) == ["hello"]
    stream.send("echo hello", cid=1)
    assert stream.read() == [{"type": "ack", "cid": 1}]


def test_the_nine_fields_are_llamatales(client: Client) -> None:
    stream = client.attach("")
    stream.send("echo <b> & co")
    first, second = [message for message in stream.read() if message["type"] == "text"]
    nine = {"text", "special", "turns", "location", "location_image", "npcs", "items", "exits"}
    assert set(second) == nine | {"type", "seq", "cmd_ack"}
    assert first["text"] == "<p>Welcome.</p>"
    assert second["text"] == "<p>&lt;b&gt; &amp; co</p>"
    assert (second["turns"], second["location"], second["location_image"]) == (1, "Stage", "")
    assert (second["npcs"], second["items"], second["exits"]) == ("prompter", "prop", "north")


@pytest.mark.parametrize("wire", ["websocket", "eventsource"])
def test_a_cursor_resumes_without_loss_or_doubling(client: Client, wire: str) -> None:
    stream = client.attach(wire=wire)
    connected = stream.read()[0]
    stream.send("burst 3", cid=1)
    seen = stream.read()[-1]["seq"]
    stream.attachment.detach("cut")
    other = client.attach(wire=wire)
    other.send("echo while away", cid=2)
    other.attachment.detach("cut")
    again = client.attach(f"session={connected['session']}&epoch={connected['epoch']}&after={seen}", wire)
    greeting, *rest = again.read()
    assert greeting["recovered"] is True
    assert greeting["cmd_ack"] == 2
    assert [message["seq"] for message in rest] == [seen + 1]


def test_last_event_id_resumes_an_event_stream(client: Client) -> None:
    stream = client.attach(wire="eventsource")
    connected, welcome = stream.read()
    stream.send("echo one")
    again = client.attach("cap=runs", "eventsource", f"{connected['epoch']}.{welcome['seq']}")
    assert [message["type"] for message in again.read()] == ["connected", "text"]


@pytest.mark.parametrize("query", ["after=99&epoch={epoch}", "after=1&epoch=other", "epoch=other"])
def test_an_unknown_cursor_gets_a_snapshot(client: Client, query: str) -> None:
    stream = client.attach()
    epoch = stream.read()[0]["epoch"]
    stream.send("echo before")
    again = client.attach(query.format(epoch=epoch) + "&cap=runs")
    connected, snapshot = again.read()
    assert connected["recovered"] is False
    assert snapshot["special"] == ["clear"]
    assert snapshot["snapshot"] is True
    assert texts_of(snapshot) == ["Welcome.", "before"]
    assert snapshot["seq"] == connected["seq"]
    assert snapshot["scene"]["location"] == "Stage"
    again.send("echo after")
    assert again.texts() == ["after"]


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, outbox_messages=5)])
def test_a_cursor_that_is_too_old_gets_a_gap_and_a_snapshot(client: Client) -> None:
    stream = client.attach()
    connected, welcome = stream.read()
    for n in range(9):
        stream.send(f"echo {n}")
    gap, snapshot = stream.read()
    assert (gap["type"], gap["from"], gap["to"]) == ("gap", welcome["seq"] + 1, 5)
    assert texts_of(snapshot) == ["Welcome.", *(str(n) for n in range(9))]
    again = client.attach(f"epoch={connected['epoch']}&after=2&cap=runs")
    assert [message["type"] for message in again.read()] == ["connected", "gap", "text"]


def test_a_cid_runs_once(client: Client, host: Host) -> None:
    stream = client.attach()
    for cid in (1, 1, 2, 1, 2):
        stream.send(f"echo {cid}", cid=cid)
    assert stream.texts() == ["Welcome.", "1", "2"]


def test_a_cid_gap_is_an_error(client: Client) -> None:
    stream = client.attach()
    stream.read()
    stream.send("echo 3", cid=3)
    (error,) = stream.read()
    assert (error["type"], error["code"], error["cid"]) == ("error", "cid_gap", 3)


def test_a_malformed_message_is_an_error_and_the_game_goes_on(client: Client) -> None:
    stream = client.attach()
    stream.read()
    assert stream.attachment.submit('{"cmd": 7}') is None
    assert stream.attachment.submit(b"\xff") is None
    assert [message["code"] for message in stream.read()] == ["bad_message", "bad_message"]
    stream.send("echo fine")
    assert stream.texts() == ["fine"]


def test_an_oversize_frame_ends_the_connection(client: Client) -> None:
    stream = client.attach()
    bye = stream.attachment.submit("x" * 20_000)
    assert bye is not None
    assert bye.code == 4513
    assert stream.read()[-1]["type"] == "bye"
    assert stream.bye == bye
    assert client.attach().texts() == ["Welcome."]


def test_a_long_line_is_refused_unacked(client: Client) -> None:
    stream = client.attach()
    stream.read()
    stream.send("x" * 9000, cid=1)
    assert [message["code"] for message in stream.read()] == ["too_long"]
    stream.send("echo short", cid=1)
    assert stream.texts() == ["short"]


@pytest.mark.parametrize("settings", [Settings(rate=0.001, burst=2)])
def test_a_flood_is_slowed_then_cut(client: Client) -> None:
    stream = client.attach()
    byes = [stream.send(f"echo {n}") for n in range(6)]
    messages = stream.read()
    assert [message["code"] for message in messages if message["type"] == "error"] == ["rate_limited"] * 4
    assert [bye.code for bye in byes if bye] == [4029]
    assert messages[-1] == {
        "type": "bye",
        "code": 4029,
        "reason": messages[-1]["reason"],
        "reconnect": True,
        "after_ms": 2000,
    }


def test_a_fault_of_the_game_costs_nothing(client: Client) -> None:
    stream = client.attach()
    stream.read()
    stream.send("raise", cid=1)
    (sorry,) = stream.read()
    assert sorry["cmd_ack"] == 1
    assert sorry["runs"][-1]["kind"] == "error"
    assert "Traceback" not in json.dumps(sorry)
    stream.send("echo on", cid=2)
    assert "on" in stream.texts()


def test_a_second_tab_takes_over(client: Client) -> None:
    first, second = client.attach(), client.attach()
    assert first.read()[-1] == {
        "type": "bye",
        "code": 4509,
        "reason": "The game goes on in another tab.",
        "reconnect": False,
        "after_ms": 0,
    }
    first.attachment.detach("late")
    second.send("echo mine")
    assert second.texts() == ["Welcome.", "mine"]


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, tabs="mirror")])
def test_mirrored_tabs_see_the_same(client: Client) -> None:
    first, second = client.attach(), client.attach()
    first.send("echo both")
    assert first.texts() == second.texts() == ["Welcome.", "both"]


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, tabs="deny")])
def test_a_denied_tab_is_told_so(client: Client, host: Host) -> None:
    client.attach()
    refused = host.attach(client.peer, "websocket", "cap=runs")
    assert isinstance(refused, Bye)
    assert refused.code == 4509


def test_quit_drains_then_ends(client: Client, host: Host) -> None:
    stream = client.attach()
    session = stream.read()[0]["session"]
    stream.send("quit", cid=1)
    messages = stream.read()
    assert [message["type"] for message in messages] == ["text", "bye"]
    assert messages[-1]["code"] == 1000
    ended = host.attach(client.peer, "eventsource", f"session={session}")
    assert isinstance(ended, Bye)
    assert (ended.code, ended.reconnect) == (4510, False)
    assert client.attach().texts() == ["Welcome."]


def test_noecho_hides_the_next_line(client: Client) -> None:
    stream = client.attach()
    stream.send("secret")
    assert stream.read()[-1]["special"] == ["noecho"]
    stream.send("hunter2")
    answer = stream.read()[-1]
    assert answer["runs"][0]["text"] == [[{"text": ""}]]
    assert answer["special"] == []


def test_completions_for_both_kinds_of_client(client: Client) -> None:
    stream = client.attach()
    stream.read()
    stream.send("b", autocomplete=1, cid=9)
    assert stream.read() == [{"type": "completions", "cid": 9, "prefix": "b", "items": ["big", "burst"]}]
    old = client.attach("")
    old.read()
    old.send("b", autocomplete=1)
    (message,) = old.read()
    assert message["text"] == '<p>Suggestions:</p><p><span class="txt-monospaced">big  burst</span></p>'


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, inflight_messages=4)])
def test_no_more_is_sent_than_the_window_until_it_is_acked(client: Client) -> None:
    stream = client.attach()
    for n in range(10):
        stream.send(f"echo {n}")
    numbers = [message["seq"] for message in stream.read() if "seq" in message and message["type"] == "text"]
    assert numbers == [1, 2, 3, 4]
    stream.attachment.submit('{"ack": 99}')
    assert stream.read() == []
    stream.attachment.submit('{"ack": 3}')
    assert [message["seq"] for message in stream.read()] == [5, 6, 7]


class Clock:
    """Stand in for ``time`` with a clock that tests set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fake = Clock()
    monkeypatch.setattr(attachment_module, "time", fake)
    return fake


@pytest.mark.parametrize(("wire", "interval"), [("websocket", 25.0), ("eventsource", 15.0)])
def test_pings_come_when_idle_and_silence_ends_the_connection(
    client: Client, clock: Clock, wire: str, interval: float
) -> None:
    stream = client.attach(wire=wire)
    stream.read()
    assert stream.attachment.next_deadline() == clock.now + interval
    clock.now += interval
    assert [message["type"] for message in stream.read()] == ["ping"]
    stream.attachment.submit('{"pong": 1}')
    clock.now += interval
    assert [message["type"] for message in stream.read()] == ["ping"]
    clock.now += interval
    stream.read()
    clock.now += interval
    assert stream.read()[-1]["code"] == 4009


def test_a_llamatale_event_stream_gets_its_keepalive(client: Client, clock: Clock) -> None:
    stream = client.attach("", "eventsource")
    assert bytes(stream.raw()[0]).startswith(b":" + b" " * 2048)
    clock.now += 15
    assert stream.raw() == [b"data: keepalive\n\n"]


@pytest.mark.parametrize("settings", [Settings(rate=1e9, burst=10**6, inflight_messages=1)])
def test_a_reader_that_never_acks_is_cut(client: Client, clock: Clock) -> None:
    stream = client.attach()
    stream.send("echo a")
    stream.read()
    assert stream.attachment.next_deadline() == clock.now + 10
    clock.now += 10
    assert stream.read()[-1]["code"] == 4008


def test_closing_tells_every_attachment(client: Client, host: Host) -> None:
    streams = [client.attach(), Client(host).attach(wire="eventsource")]
    host.close()
    assert [stream.read()[-1]["code"] for stream in streams] == [1001, 1001]
    assert isinstance(host.attach(client.peer, "websocket", ""), Bye)


ACTIONS = st.lists(
    st.one_of(
        st.just(("cut",)),
        st.tuples(st.just("poll"), st.integers(1, 4)),
        st.just(("say",)),
        st.just(("resend",)),
        st.just(("hop",)),
    ),
    max_size=60,
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(actions=ACTIONS)
def test_any_cuts_and_hops_leave_every_message_once_and_in_order(host: Host, actions: list[tuple[object, ...]]) -> None:
    """Rendered equals published, executed equals submitted, whatever happens to the connection."""
    client = Client(host)
    wire, rendered, sent, session, epoch, after = "websocket", [], [], "", "", 0
    stream = client.attach(wire=wire)

    def take(limit: int) -> None:
        nonlocal session, epoch, after
        for frame in stream.attachment.poll(max_frames=limit).frames:
            text = frame if isinstance(frame, str) else frame.decode()
            for line in text.splitlines():
                body = line.removeprefix("data: ")
                if not body.startswith("{"):
                    continue
                message = json.loads(body)
                if message["type"] == "connected":
                    session, epoch = message["session"], message["epoch"]
                elif message["type"] == "text":
                    assert message["seq"] == after + 1
                    after = message["seq"]
                    rendered.extend(texts_of(message))

    take(1)
    for action in [*actions, ("cut",), ("poll", 1000)]:
        match action:
            case ("cut",) | ("hop",):
                if action == ("hop",):
                    wire = "eventsource" if wire == "websocket" else "websocket"
                stream.attachment.detach("cut")
                stream = client.attach(f"session={session}&epoch={epoch}&after={after}&cap=runs", wire)
            case ("poll", int(limit)):
                take(limit)
            case ("say",):
                sent.append(f"line {len(sent) + 1}")
                stream.send(sent[-1], cid=len(sent))
            case ("resend",):
                for cid, line in enumerate(sent, 1):
                    stream.send(line, cid=cid)
    assert rendered == ["Welcome.", *sent]
    assert all(earlier != later for earlier, later in pairwise(rendered))
    client.host.leave(client.host.gate.visitor(client.peer), Bye(1000, "done"))  # type: ignore[arg-type]
    stream.attachment.detach("done")
