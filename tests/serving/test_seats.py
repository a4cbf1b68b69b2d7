"""A world that many share: who stays away for too long leaves it, and comes back as the same person."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
import tale_web

from tale_core.serving.absences import Absences
from tale_core.serving.host import Host
from tale_core.serving.session import Session
from tale_core.serving.settings import Settings
from tale_core.serving.store import MemoryStore
from tests.world.playing import story

from .client import Client, Stream, inline
from .test_restart import all_texts, moved, settle

DEADLINE = 10.0

Start = Callable[..., Host]


@pytest.fixture
def settings() -> Settings:
    return Settings(rate=1e9, burst=1_000_000, shared=True, solo=False, metrics=True)


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    """Return a function that starts a server of a shared world; a former one is left as a kill would leave it."""
    hosts: list[Host] = []
    store = MemoryStore()

    def begin(**more: Any) -> Host:
        host = Host(story(), seed=1, page=tale_web.ROOT, settings=settings, store=store, **more)
        hosts.append(inline(host))
        return host

    yield begin
    for host in hosts:
        host.close()


def told(host: Host, stream: Stream) -> str:
    """Return what a reader was told since the last call, as one text."""
    settle(host)
    return "\n".join(_text(message) for message in all_texts(host, stream))


def _text(message: dict[str, Any]) -> str:
    blocks = message["runs"]
    return "\n".join("".join(run["text"] for run in part) for block in blocks for part in block.get("text", ()))


def await_nobody(host: Host) -> None:
    """Let the time of all who are away be up."""
    host._absences.expire(math.inf)
    settle(host)


def metric(host: Host, name: str) -> int:
    found = dict(line.rsplit(" ", 1) for line in host.metrics().splitlines() if not line.startswith("#"))
    return int(found[name])


def test_who_stays_away_leaves_the_world_and_comes_back_with_all_they_had(start: Start) -> None:
    host = start()
    anna, bob = Client(host), Client(host)
    hers, his = anna.attach(), bob.attach()
    hers.send("take note")
    hers.send("south")
    his.send("south")
    told(host, hers), told(host, his)
    hers.attachment.detach("the train went into a tunnel")
    assert metric(host, "tale_away") == 1
    his.send("look")
    assert "Player 1 is here." in told(host, his)
    await_nobody(host)
    assert "Player 1 leaves the story." in told(host, his)
    his.send("look")
    assert "Player 1" not in told(host, his)
    assert (metric(host, "tale_away"), metric(host, "tale_seats_freed_total")) == (0, 1)
    assert metric(host, "tale_sessions") == 1
    hers = anna.attach()
    assert "Here you are again, with all that you had." in told(host, hers)
    assert "Player 1 joins the story." in told(host, his)
    hers.send("inventory")
    assert "note" in told(host, hers)
    assert metric(host, "tale_sessions") == 2


def test_who_comes_back_in_time_never_left(start: Start) -> None:
    host = start()
    anna, bob = Client(host), Client(host)
    hers, his = anna.attach(), bob.attach()
    hers.attachment.detach("cut")
    hers = anna.attach()
    await_nobody(host)
    assert "leaves" not in told(host, his)
    assert metric(host, "tale_seats_freed_total") == 0
    assert "again" not in told(host, hers)


def test_one_of_two_tabs_is_enough_to_keep_a_seat(start: Start) -> None:
    host = start()
    anna = Client(host)
    first, second = anna.attach(), anna.attach()
    first.attachment.detach("taken over")
    await_nobody(host)
    second.send("look")
    assert "Great Hall" in told(host, second)
    assert metric(host, "tale_seats_freed_total") == 0


def test_who_is_back_before_the_seat_is_freed_keeps_it(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[Callable[[], None]] = []
    host = start()
    anna = Client(host)
    anna.attach().attachment.detach("cut")
    (table,) = set(host._tables.values())
    monkeypatch.setattr(table._strand, "post", jobs.append)
    host._absences.expire(math.inf)
    stream = anna.attach()
    stream.send("look")
    for job in jobs:
        job()
    assert "not in this story" not in told(host, stream)
    assert metric(host, "tale_seats_freed_total") == 0


@pytest.mark.parametrize("absent", [False, True], ids=["before the restart", "after the restart"])
def test_a_restart_changes_nothing_about_who_is_away(start: Start, absent: bool) -> None:
    host = start()
    anna, bob = Client(host), Client(host)
    hers, his = anna.attach(), bob.attach()
    settle(host)
    connected = hers.read()[0]
    hers.send("take note", cid=1)
    told(host, hers), told(host, his)
    if not absent:
        hers.attachment.detach("cut")
        await_nobody(host)
    host = start()
    his = moved(bob, host).attach()
    told(host, his)
    if absent:
        his.send("look")
        assert "Player 1 is here." in told(host, his)
        await_nobody(host)
    his.send("look")
    assert "Player 1 is here." not in told(host, his)
    hers = moved(anna, host).attach(f"cap=runs&session={connected['session']}&epoch={connected['epoch']}&after=1")
    seen = told(host, hers)
    assert "Here you are again" in seen
    hers.send("inventory", cid=2)
    assert "note" in told(host, hers)
    host = start()
    hers = moved(anna, host).attach()
    assert "Here you are again" in told(host, hers)
    hers.send("drop note", cid=3)
    assert "note" in told(host, hers)


def test_what_was_missed_is_a_gap_and_a_redraw_with_the_same_numbers(start: Start) -> None:
    host = start()
    anna, bob = Client(host), Client(host)
    hers, his = anna.attach(), bob.attach()
    settle(host)
    connected, *_, last = hers.read()
    hers.attachment.detach("cut")
    his.send("say hello")
    settle(host)
    await_nobody(host)
    hers = anna.attach(f"cap=runs&session={connected['session']}&epoch={connected['epoch']}&after={last['seq']}")
    settle(host)
    again, gap, snapshot, back = hers.read()
    assert (again["recovered"], gap["type"], snapshot["snapshot"]) == (False, "gap", True)
    assert gap["from"] == last["seq"] + 1
    assert back["seq"] == snapshot["seq"] + 1


@pytest.mark.parametrize(
    "settings", [Settings(rate=1e9, burst=10**6, shared=True, solo=False, sessions=1)], ids=["one seat"]
)
def test_a_seat_that_was_freed_is_there_for_others(start: Start) -> None:
    host = start()
    anna, bob = Client(host), Client(host)
    hers = anna.attach()
    assert host.attach(bob.peer, "websocket", "cap=runs", None).code == 4013  # type: ignore[union-attr]
    hers.attachment.detach("cut")
    await_nobody(host)
    his = bob.attach()
    settle(host)
    assert host.attach(anna.peer, "websocket", "cap=runs", None).code == 4013  # type: ignore[union-attr]
    his.send("quit")
    his.send("yes")
    settle(host)
    assert "Here you are again" in told(host, anna.attach())


def test_who_ends_their_session_while_away_is_not_waited_for(start: Start) -> None:
    host = start()
    anna = Client(host)
    anna.attach().attachment.detach("cut")
    settle(host)
    anna.post("/tale/quit", {})
    assert metric(host, "tale_away") == 0
    await_nobody(host)
    assert metric(host, "tale_seats_freed_total") == 0


def ids(host: Host, stream: Stream) -> tuple[str, str, int]:
    settle(host)
    connected = stream.read()[0]
    return connected["session"], connected["epoch"], connected["seq"]


def test_a_player_is_asked_for_a_name_by_which_the_others_know_them(start: Start) -> None:
    host = start()
    anna, bob = Client(host), Client(host)
    hers, his = anna.attach(), bob.attach()
    assert "What do you want to be called?" in told(host, hers)
    told(host, his)
    hers.send("Anna")
    assert "You are Anna from now on." in told(host, hers)
    assert "Player 1 is called Anna from now on." in told(host, his)
    his.send("anna")
    assert "Somebody else in this story is called Anna. What do you want to be called?" in told(host, his)
    his.send("take note")
    assert "Player 2 takes the note." in told(host, hers)
    his.send("name Bob")
    assert "Player 2 is called Bob from now on." in told(host, hers)
    his.send("look")
    assert "Anna is here." in told(host, his)


def test_a_name_stays_with_the_visitor_who_chose_it(start: Start) -> None:
    host = start()
    anna, bob = Client(host), Client(host)
    his = bob.attach()
    first = anna.attach()
    before = ids(host, first)
    first.send("Anna", cid=1)
    first.send("take note", cid=2)
    told(host, his)
    anna.post("/tale/quit", {})
    assert "Anna leaves the story." in told(host, his)
    host = start()
    second = moved(anna, host).attach()
    assert ids(host, second)[:2] != before[:2]
    assert "Anna joins the story." in told(host, moved(bob, host).attach())
    second.send("i", cid=1)
    settle(host)
    seen = [message for message in second.read() if message["type"] == "text"]
    assert "note" in _text(seen[-1])
    again = ids(host, moved(anna, host).attach())
    host = start()
    third = moved(anna, host).attach()
    assert ids(host, third) == again  # what the session before was told is not told to this one
    third.send("quit", cid=2)
    third.send("yes", cid=3)
    settle(host)
    fourth = moved(anna, host).attach()
    answer = told(host, fourth)
    assert "You wake." in answer
    assert "What do you want to be called?" not in answer
    fourth.send("i", cid=1)
    assert "note" not in told(host, fourth)


@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        (Settings(shared=True), 300.0),
        (Settings(shared=True, away=5), 5),
        (Settings(shared=True, away=0), 0),
        (Settings(), 0),
    ],
)
def test_a_client_is_told_for_how_long_its_seat_waits(start: Start, seconds: float) -> None:
    host = start()
    stream = Client(host).attach()
    settle(host)
    assert stream.read()[0]["resume_ttl"] == seconds
    stream.attachment.detach("cut")
    assert len(host._absences) == bool(seconds)


def session(player: str) -> Session:
    return Session(player, Settings(), lambda _line, _cid: None, lambda _name: None)


def test_the_time_of_an_absence_runs_from_its_last_beginning() -> None:
    stayed: list[Session] = []
    over = Event()

    def stay(each: Session) -> None:
        stayed.append(each)
        if len(stayed) == 2:
            over.set()

    absences = Absences(0.01, stay)
    anna, bob, cara = session("anna"), session("bob"), session("cara")
    for each in (anna, bob, cara, anna):
        absences.begin(each)
    absences.end(bob)
    assert over.wait(DEADLINE)
    assert stayed == [cara, anna]
    absences.close()


def test_nothing_waits_while_nobody_is_away() -> None:
    absences = Absences(1000, lambda _: None)
    anna, bob = session("anna"), session("bob")
    assert absences._timer is None
    absences.begin(anna)
    absences.begin(bob)
    assert absences._timer is not None
    absences.end(anna)
    absences.expire(0)
    assert absences._timer is not None
    absences.end(bob)
    assert absences._timer is None
    absences.begin(anna)
    absences.close()
    assert absences._timer is None
