"""``tale play --watch``: what is saved is loaded again, and the player stays where they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tale_web

from tale_core.errors import TaleError
from tale_core.game.story import load_story
from tale_core.launcher import remedy
from tale_core.launcher.watching import Watcher
from tale_core.serving.host import Host
from tale_core.serving.settings import Settings
from tale_core.testing.client import Message, Stream
from tests.serving.client import Client, inline

WORLD = """\
places:
  hut: {title: The Hut, description: A hut., exits: {north: yard}}
  yard: {title: Yard, description: A yard., exits: {south: hut}}
things:
  ball: {in: hut}
"""


@pytest.fixture
def hut(write_story) -> Path:
    folder = write_story()
    (folder / "world.yaml").write_text(WORLD, "utf-8")
    return folder


@pytest.fixture
def host(hut: Path):
    made = inline(Host(load_story(hut), seed=1, page=tale_web.ROOT, settings=Settings(rate=1e9, burst=1_000_000)))
    yield made
    made.close()


def told(messages: list[Message]) -> str:
    """Return the text of messages, one line."""
    blocks = [block for message in messages for block in message.get("runs", ())]
    return " ".join(run["text"] for block in blocks for paragraph in block.get("text", ()) for run in paragraph)


def save(hut: Path, host: Host, **files: str) -> None:
    changed = []
    for name, text in files.items():
        changed.append(hut / name.replace("_", "."))
        changed[-1].write_text(text, "utf-8")
    Watcher(hut).reload(host, changed)


def typed(host: Host, *lines: str) -> Callable[[], str]:
    """Type lines; return a function that returns what was told since."""
    stream = Client(host).attach()
    for number, line in enumerate(lines, 1):
        stream.send(line, cid=number)
    stream.read()
    return lambda: told(stream.read())


def test_the_player_stays_where_they_are_and_keeps_what_they_have(hut: Path, host: Host, capsys) -> None:
    heard = typed(host, "take ball", "north")
    save(hut, host, world_yaml=WORLD.replace("A yard.", "A garden."))
    text = heard()
    assert "The story has changed (world.yaml), and goes on with you where you are." in text
    assert "Yard A garden." in text
    (table,) = set(host._tables.values())
    world = table._game.world  # type: ignore[attr-defined]
    assert (world.parent("ball"), world.parent("player")) == ("player", "yard")
    assert "tale: world.yaml changed" in capsys.readouterr().err


def test_a_rule_that_is_saved_holds_at_once(hut: Path, host: Host) -> None:
    heard = typed(host)
    rule = "@rules.before('look')\ndef dark(act):\n    act.refuse('No.')\n"
    rules = f"from tale_core.story import Rules\nrules = Rules()\n{rule}"
    save(hut, host, rules_py=rules)
    assert heard().endswith("No.")


def test_mistakes_are_told_and_the_old_story_goes_on(hut: Path, host: Host, capsys) -> None:
    heard = typed(host, "north")
    save(hut, host, world_yaml=WORLD.replace("title: Yard", "titel: Yard"))
    text = heard()
    assert "The story has mistakes now. It goes on as it was until they are mended: world.yaml:3:3: " in text
    assert "world.yaml:3:10: 'titel' means nothing here (did you mean 'title'?)" in text
    assert "titel" in capsys.readouterr().err
    save(hut, host, world_yaml=WORLD)
    assert "The story has changed" in heard()


def test_a_place_that_is_gone_leaves_the_player_at_the_start(hut: Path, host: Host) -> None:
    heard = typed(host, "north")
    save(hut, host, world_yaml="places:\n  hut: {title: The Hut, description: A hut.}\n")
    text = heard()
    assert "What is there no more was left out" in text
    assert "The Hut A hut." in text


def test_another_id_asks_for_a_new_start(hut: Path, host: Host) -> None:
    heard = typed(host)
    save(hut, host, story_toml=(hut / "story.toml").read_text("utf-8").replace('"hut"', '"den"', 1))
    assert "start it again" in heard()


@pytest.mark.parametrize(
    ("name", "concerns"),
    [
        ("world.yaml", True),
        ("rules.py", True),
        ("resources/hut.png", True),
        ("sub/deeper.py", True),
        ("tests/win.transcript", False),
        ("tests/world.yaml", False),
        ("__pycache__/rules.py", False),
        (".git/x.yaml", False),
        ("world.schema.json", False),
        ("world.yaml~", False),
    ],
)
def test_only_what_the_story_is_made_of_concerns_it(hut: Path, name: str, concerns: bool) -> None:
    assert Watcher(hut).concerns(hut.resolve() / name) == concerns


def test_without_what_watches_it_is_told_how_to_get_it(hut: Path, monkeypatch) -> None:
    monkeypatch.setattr(remedy, "is_missing", lambda module: module == "watchfiles")
    with pytest.raises(TaleError, match=r"--watch needs the package 'watchfiles'.*install"):
        Watcher(hut)


def test_a_saved_file_reaches_the_page(hut: Path, play) -> None:
    running = play("play", str(hut), "--watch", "--port", "0", "--no-open", "--seed", "1")
    with running.browser().open("eventsource") as stream:
        _until(stream, "A hut.")
        (hut / "world.yaml").write_text(WORLD.replace("A hut.", "A palace."), "utf-8")
        _until(stream, "A palace.")
    assert running.end()[0] == 0


def _until(stream: Stream, text: str) -> None:
    while text not in told([stream.read()]):
        pass  # ``read`` has a deadline
