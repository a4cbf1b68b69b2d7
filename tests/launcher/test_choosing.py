"""What ``--transport`` chooses: a table of wishes against what is installed."""

from __future__ import annotations

import pytest

from tale_core.errors import UsageError
from tale_core.launcher.choosing import choose
from tale_core.launcher.reports import State, TransportReport, WireReport


def transport(
    name: str,
    *wires: str,
    rank: int = 0,
    missing: dict[str, str] | None = None,
    state: State = "available",
    features: tuple[str, ...] = ("tls",),
) -> TransportReport:
    lacking = missing or {}
    reports = tuple(
        WireReport(
            name=wire,
            available=wire not in lacking,
            missing=(lacking[wire],) if wire in lacking else (),
            remedy=f"pip install {lacking[wire]}" if wire in lacking else "",
        )
        for wire in wires
    )
    if state == "available" and reports and not any(wire.available for wire in reports):
        state = "unavailable"
    broken = state != "available"
    return TransportReport(
        name=name,
        group="tale.transports",
        entry_point=f"tale_{name}",
        state=state,
        rank=rank,
        wires=reports,
        features=features,
        reason=f"{name} is broken" if broken else "",
        remedy=f"pip install {name}" if broken else "",
    )


BOTH = ("websocket", "eventsource")
CONSOLE = transport("console", "terminal", features=())
FASTAPI = transport("fastapi", *BOTH, rank=20)
FLASK = transport("flask", *BOTH, rank=10)
NO_FASTAPI = transport("fastapi", *BOTH, rank=20, missing={"websocket": "fastapi", "eventsource": "fastapi"})
NO_FLASK = transport("flask", *BOTH, rank=10, missing={"websocket": "flask", "eventsource": "flask"})
NO_FLASK_SOCK = transport("flask", *BOTH, rank=10, missing={"websocket": "flask_sock"})
BROKEN_FASTAPI = transport("fastapi", state="unavailable")
FASTAPI_OFF = transport("fastapi", state="disabled")
PIGEON = transport("pigeon", "feather", rank=99)
ALL = (FASTAPI, FLASK, CONSOLE)


@pytest.mark.parametrize(
    ("asked", "installed", "chosen", "wires"),
    [
        (None, ALL, "fastapi:websocket", BOTH),
        (None, (CONSOLE, FLASK, FASTAPI), "fastapi:websocket", BOTH),
        (None, (NO_FASTAPI, FLASK, CONSOLE), "flask:websocket", BOTH),
        (None, (NO_FASTAPI, NO_FLASK_SOCK, CONSOLE), "flask:eventsource", ["eventsource"]),
        (None, (PIGEON, *ALL), "fastapi:websocket", BOTH),
        (None, (PIGEON, CONSOLE), "pigeon:feather", ["feather"]),
        ("websocket", ALL, "fastapi:websocket", BOTH),
        ("websocket", (BROKEN_FASTAPI, FLASK, CONSOLE), "flask:websocket", BOTH),
        ("websocket", (FASTAPI_OFF, FLASK, CONSOLE), "flask:websocket", BOTH),
        ("eventsource", ALL, "fastapi:eventsource", ["eventsource"]),
        ("terminal", ALL, "console:terminal", ["terminal"]),
        ("console", ALL, "console:terminal", ["terminal"]),
        ("flask", ALL, "flask:websocket", BOTH),
        ("flask:websocket", ALL, "flask:websocket", BOTH),
        ("flask:eventsource", ALL, "flask:eventsource", ["eventsource"]),
        ("flask:eventsource", (NO_FLASK_SOCK,), "flask:eventsource", ["eventsource"]),
        ("pigeon", (*ALL, PIGEON), "pigeon:feather", ["feather"]),
        ("feather", (*ALL, PIGEON), "pigeon:feather", ["feather"]),
    ],
)
def test_what_was_asked_for_runs_without_a_word(asked, installed, chosen, wires) -> None:
    plan = choose(asked, installed)
    assert str(plan.choices[0]) == chosen
    assert plan.choices[0].wires == frozenset(wires)
    assert plan.complaint == ""


@pytest.mark.parametrize(
    ("asked", "installed", "chosen", "told"),
    [
        ("websocket", (NO_FASTAPI, FLASK, CONSOLE), "flask:websocket", ["fastapi is broken", "pip install fastapi"]),
        (
            "websocket",
            (NO_FASTAPI, NO_FLASK_SOCK, CONSOLE),
            "flask:eventsource",
            ["fastapi is broken", "'flask_sock' is not installed", "pip install flask_sock"],
        ),
        ("websocket", (NO_FASTAPI, NO_FLASK, CONSOLE), "console:terminal", ["pip install fastapi", "flask is broken"]),
        ("websocket", (FASTAPI_OFF, CONSOLE), "console:terminal", ["no plugin here offers it"]),
        ("websocket", (CONSOLE,), "console:terminal", ["no plugin here offers it"]),
        ("eventsource", (NO_FASTAPI, NO_FLASK, CONSOLE), "console:terminal", ["pip install fastapi"]),
        ("flask", (FASTAPI, NO_FLASK_SOCK, CONSOLE), "flask:eventsource", ["flask_sock"]),
        ("flask:websocket", (FASTAPI, NO_FLASK_SOCK, CONSOLE), "fastapi:websocket", ["pip install flask_sock"]),
        ("flask:eventsource", (FASTAPI, NO_FLASK, CONSOLE), "fastapi:eventsource", ["pip install flask"]),
        ("fastapi", (FASTAPI_OFF, FLASK, CONSOLE), "flask:websocket", ["fastapi is broken"]),
        ("fastapi:websocket", (BROKEN_FASTAPI, FLASK, CONSOLE), "flask:websocket", ["fastapi is broken"]),
        ("console", (transport("console", "terminal", state="unavailable"), FLASK), "flask:websocket", ["console"]),
        (None, (NO_FASTAPI, NO_FLASK, CONSOLE), "console:terminal", ["no web transport", "pip install fastapi"]),
    ],
)
def test_falling_back_says_why_and_what_would_mend_it(asked, installed, chosen, told) -> None:
    plan = choose(asked, installed)
    assert str(plan.choices[0]) == chosen
    for words in told:
        assert words in plan.complaint
    assert "\n" not in plan.complaint


def test_the_chain_goes_from_the_wire_elsewhere_to_eventsource_to_the_console() -> None:
    chain = [str(choice) for choice in choose("fastapi:websocket", (CONSOLE, FLASK, FASTAPI, PIGEON)).choices]
    assert chain == [
        "fastapi:websocket",
        "flask:websocket",
        "fastapi:eventsource",
        "flask:eventsource",
        "pigeon:feather",
        "console:terminal",
    ]


def test_with_a_certificate_only_transports_that_do_tls_serve() -> None:
    plain = transport("plain", *BOTH, rank=30, features=())
    plan = choose("websocket", (plain, FASTAPI, CONSOLE), secure=True)
    assert str(plan.choices[0]) == "fastapi:websocket"
    assert "plain:websocket: it does not do TLS" in plan.complaint


def test_a_duplicate_never_stands_in_for_the_owner_of_its_name() -> None:
    usurper = transport("fastapi", *BOTH, rank=99, state="unavailable")
    plan = choose("fastapi", (FASTAPI, CONSOLE, usurper))
    assert (str(plan.choices[0]), plan.complaint) == ("fastapi:websocket", "")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("websockets", ["transport 'websockets'", "Did you mean 'websocket'", "eventsource, fastapi, flask"]),
        ("fastpi", ["Did you mean 'fastapi'"]),
        ("flsk:websocket", ["transport plugin 'flsk'", "Did you mean 'flask'", "Valid: console, fastapi, flask"]),
        ("flask:evntsource", ["wire of 'flask' called 'evntsource'", "Did you mean 'eventsource'"]),
        ("console:websocket", ["wire of 'console' called 'websocket'", "Valid: terminal"]),
        ("fastapi:", ["wire of 'fastapi' called ''"]),
        (":websocket", ["transport plugin ''"]),
        ("", ["transport ''"]),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_and_the_valid_ones(asked, told) -> None:
    with pytest.raises(UsageError) as caught:
        choose(asked, ALL)
    for words in told:
        assert words in str(caught.value)


def test_nothing_installed_leaves_nothing_to_choose() -> None:
    plan = choose(None, ())
    assert plan.choices == ()
    assert "no plugin here offers it" in plan.complaint
