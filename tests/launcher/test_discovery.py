"""Plugins that are broken in every way that a plugin can be: each is listed with its reason, none stops a command."""

from __future__ import annotations

import json

import pytest

GOOD = {"websocket": [], "eventsource": []}

MARK = "from tale_core.plugins import hookimpl\n"

BROKEN = {
    "missing": ("import nonesuch_library", "unavailable", "'nonesuch_library' is not installed"),
    "syntax": ("def tale_transports(:\n    pass\n", "unavailable", "SyntaxError"),
    "raises": ("raise ValueError('out of cheese')", "unavailable", "ValueError: out of cheese"),
    "exits": ("import sys\nsys.exit(3)", "unavailable", "sys.exit(3)"),
    "imports-wrongly": ("from json import nonesuch", "unavailable", "cannot import name 'nonesuch'"),
    "prints": ("print('hello')\nraise KeyError('x')", "unavailable", "KeyError: 'x'"),
    "hook-raises": (f"{MARK}@hookimpl\ndef tale_transports():\n    1 / 0", "unavailable", "ZeroDivisionError"),
    "offers-nothing": (f"{MARK}@hookimpl\ndef tale_transports():\n    return []", "unavailable", "offers no transport"),
    "wrong-type": (f"{MARK}@hookimpl\ndef tale_transports():\n    return ['x']", "incompatible", "TransportSpec"),
    "no-list": (f"{MARK}@hookimpl\ndef tale_transports():\n    return 7", "incompatible", "a list is expected"),
    "wrong-arguments": (f"{MARK}@hookimpl\ndef tale_transports(world):\n    return []", "incompatible", "world"),
    "misspelt": (f"{MARK}@hookimpl\ndef tale_transport():\n    return []", "incompatible", "'tale_transports'"),
    "misspelt-unmarked": ("def tale_tranports():\n    return []", "incompatible", "did you mean 'tale_transports'"),
    "unmarked": ("def tale_transports():\n    return []", "incompatible", "not marked with @hookimpl"),
    "hookless": ("", "incompatible", "no hook tale_transports"),
    "old-api": (
        f"""{MARK}
from tale_core.serving.transport import TransportSpec
@hookimpl
def tale_transports():
    return [TransportSpec(name="old-api", api=0, wires={{"websocket": []}}, load=print)]
""",
        "incompatible",
        "version 0 of the transport interface; this Tale has version 1",
    ),
    "new-api": (
        f"""{MARK}
class Spec:
    api = 2
@hookimpl
def tale_transports():
    return [Spec()]
""",
        "incompatible",
        "version 2 of the transport interface",
    ),
    "no-wires": (
        f"""{MARK}
from tale_core.serving.transport import TransportSpec
@hookimpl
def tale_transports():
    return [TransportSpec(name="no-wires", wires={{}}, load=print)]
""",
        "incompatible",
        "TransportSpec",
    ),
}


@pytest.fixture
def all_broken(installation):
    for name, (source, _, _) in BROKEN.items():
        installation.add(name, source)
        installation.add(f"{name}-story", source.replace("tale_transport", "tale_stori"), group="tale.stories")
    return installation


@pytest.mark.parametrize(
    "command", [["--help"], ["--version"], [], ["play", "--help"], ["transports"], ["transports", "-v"], ["stories"]]
)
def test_no_broken_plugin_stops_a_command(all_broken, command) -> None:
    done = all_broken.tale(*command)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_every_broken_plugin_is_listed_with_state_and_reason(all_broken) -> None:
    reports = all_broken.reports()
    assert reports.keys() == BROKEN.keys()
    for name, (_, state, reason) in BROKEN.items():
        assert reports[name]["state"] == state, reports[name]
        assert reason in reports[name]["reason"]
        assert reports[name]["version"] == "1.2"


def test_what_a_plugin_prints_while_it_loads_stays_out_of_the_listing(installation) -> None:
    installation.add("chatty", "print('hello')\nraise SystemExit")
    done = installation.tale("transports", "--json")
    assert json.loads(done.stdout)
    assert done.stderr == "hello\n"


def test_a_fault_in_a_plugin_names_its_place_its_author_and_how_to_remove_it(installation) -> None:
    installation.add("raises", "\n\nraise ValueError('out of cheese')")
    report = installation.reports()["raises"]
    assert "raises.py:3" in report["reason"]
    assert "ada@example.org" in report["reason"]
    assert report["remedy"].endswith("pip uninstall raises")


def test_a_missing_module_is_mended_by_the_extra_that_brings_it(installation) -> None:
    installation.add(
        "lacking",
        "import nonesuch_library",
        requires=[
            'nonesuch-library>=2; extra == "fancy"',
            'nonesuch-library>=2; extra == "all"',
            "other; extra == 'all'",
        ],
    )
    assert installation.reports()["lacking"]["remedy"].endswith("-m pip install 'lacking[fancy]'")


def test_a_wire_that_lacks_a_module_is_told_apart_from_one_that_runs(installation) -> None:
    needs = {"websocket": ["nonesuch_library", "json"], "eventsource": ["json"]}
    installation.add_transport("half", needs, requires=["nonesuch-library; extra == 'half'"])
    report = installation.reports()["half"]
    assert report["state"] == "available"
    websocket, eventsource = report["wires"]
    assert (websocket["available"], websocket["missing"]) == (False, ["nonesuch_library"])
    assert websocket["remedy"].endswith("pip install 'half[half]'")
    assert (eventsource["available"], eventsource["missing"]) == (True, [])


def test_a_transport_none_of_whose_wires_can_run_is_unavailable(installation) -> None:
    installation.add_transport("none", {"websocket": ["nonesuch_library"]}, rank=5)
    report = installation.reports()["none"]
    assert (report["state"], report["rank"]) == ("unavailable", 5)
    assert "'nonesuch_library' is not installed" in report["reason"]


def test_the_second_of_two_plugins_with_one_name_is_unavailable(installation) -> None:
    installation.add_transport("aaa-flask", GOOD, plugin="flask", rank=1000)
    installation.add_transport("bbb", GOOD, plugin="twin", rank=1)
    installation.add_transport("ccc", GOOD, plugin="twin", rank=2)
    reports = installation.reports()
    assert reports["aaa-flask"]["state"] == "unavailable"
    assert "already taken by tale-core" in reports["aaa-flask"]["reason"]
    assert reports["bbb"]["state"] == "available"
    assert "already taken by bbb" in reports["ccc"]["reason"]


def test_a_transport_that_takes_another_ones_name_under_its_own_entry_point_is_unavailable(installation) -> None:
    installation.add("sly", _transport_named("flask"))
    report = installation.reports()["sly"]
    assert (report["name"], report["state"]) == ("flask", "unavailable")
    assert "already taken by tale-core" in report["reason"]


def _transport_named(name: str) -> str:
    return f"""
        {MARK}
        from tale_core.serving.transport import TransportSpec

        @hookimpl
        def tale_transports():
            return [TransportSpec(name={name!r}, wires={{"websocket": []}}, load=print)]
    """


@pytest.mark.parametrize("setting", ["good", "other,good", "other good", " good , other "])
def test_a_plugin_is_switched_off_by_the_environment_and_never_imported(installation, setting) -> None:
    installation.add("good", "raise SystemExit('imported')")
    report = installation.reports(TALE_DISABLE_PLUGINS=setting)["good"]
    assert report["state"] == "disabled"
    assert "TALE_DISABLE_PLUGINS" in report["reason"]


def test_a_plugin_is_switched_off_by_a_flag(installation) -> None:
    installation.add_transport("good", GOOD)
    assert installation.reports()["good"]["state"] == "available"
    assert installation.reports("--no-plugin", "good")["good"]["state"] == "disabled"


def test_one_distribution_may_offer_several_transports(installation) -> None:
    installation.add(
        "pair",
        f"""
        {MARK}
        from tale_core.serving.transport import TransportSpec

        @hookimpl
        def tale_transports():
            return [TransportSpec(name=name, wires={{"websocket": []}}, load=print) for name in ("left", "right")]
        """,
    )
    listed = {each["name"] for each in json.loads(installation.tale("transports", "--json").stdout)}
    assert {"left", "right"} <= listed


def test_a_distribution_whose_package_is_gone_is_to_be_reinstalled(installation) -> None:
    installation.add("gone", "")
    (installation.folder / "gone.py").unlink()
    report = installation.reports()["gone"]
    assert "not where the installation says" in report["reason"]
    assert report["remedy"].endswith("pip install --force-reinstall gone")
