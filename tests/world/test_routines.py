"""People keep to their routines and run errands, place by place, by the actions that players use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tale_core.errors import StoryError
from tale_core.game.story import load_story
from tale_core.story import Acting, Day, Lock, Rules, World
from tale_core.world.clock import minute_of
from tale_core.world.people import Asleep, Routine
from tale_core.world.routines import way_to

from .playing import Play


def playing(rules: Rules | None = None) -> Play:
    """Return a play in which the goblin goes to the garden at nine and back to the vault at ten, by the locked door."""
    play = Play(rules)
    play.world.set("story", Day(minute_of("8:50"), 10))
    play.world.set("goblin", Routine({"9:00": "garden", "10:00": "vault"}))
    play.world.remove("ogre")
    play.calm()
    play.world.move("goblin", "vault")
    rules = rules or Rules()
    play.world.set("oak_door", Lock(("brass_key",), locked=False))
    play.game.rules.begin(play.world)
    return play


def whereabouts(play: Play, turns: int) -> list[str | None]:
    found = []
    for _ in range(turns):
        play.type("wait")
        found.append(play.world.parent("goblin"))
    return found


def test_a_person_is_on_the_way_from_the_time_on_and_back_again() -> None:
    assert whereabouts(playing(), 9) == ["hall", *["garden"] * 5, "hall", "vault", "vault"]


def test_players_see_them_come_and_go_and_doors_open() -> None:
    play = playing()
    told = play.type("wait")
    assert "Somebody opens the oak door from the other side." in told
    assert "The goblin comes in from the north." in told
    assert "The goblin goes south." in play.type("wait")


def test_a_locked_door_stops_them_and_they_go_on_when_it_is_open() -> None:
    play = playing()
    play.world.set("oak_door", Lock(("brass_key",)))
    assert whereabouts(play, 2) == ["vault", "vault"]
    play.world.set("oak_door", Lock(("brass_key",), locked=False))
    assert whereabouts(play, 1) == ["hall"]


def test_an_errand_goes_before_the_routine_and_is_over_when_done() -> None:
    rules = Rules()
    rules.after("jump")(lambda act: act.send("goblin", "cellar"))
    play = playing(rules)
    play.type("jump")
    assert whereabouts(play, 4) == ["cellar", "hall", "garden", "garden"]


def test_sleepers_stay_and_so_does_whoever_the_conditions_keep() -> None:
    play = playing()
    play.world.set("goblin", Asleep())
    assert whereabouts(play, 2) == ["vault", "vault"]


def test_undo_brings_them_back() -> None:
    play = playing()
    before = play.world.state_hash()
    play.types("wait", "undo")
    assert play.world.state_hash() == before


def test_the_way_is_a_shortest_one_and_none_where_there_is_none() -> None:
    world: World = Play().world
    assert (way_to(world, "garden", "pit"), way_to(world, "pit", "garden"), way_to(world, "hall", "moon")) == (
        "north",
        "up",
        "",
    )


def test_an_errand_needs_no_clock_beforehand() -> None:
    rules = Rules()

    @rules.after("jump")
    def off(act: Acting) -> None:
        act.send("goblin", "hall")

    play = Play(rules)
    play.calm()
    play.world.move("goblin", "garden")
    play.type("jump")
    assert play.world.parent("goblin") == "hall"


@pytest.mark.parametrize(
    ("clock", "routine", "problem"),
    [
        ('[clock]\nbegins = "8:00"', '{"9:00": hal}', "world.yaml:4:42: 'bob' is at 9:00 in 'hal', which is no place"),
        ('[clock]\nbegins = "8:00"', "{noon: hall}", "'noon' is no time of day"),
        ("", '{"9:00": hall}', "'bob' has a routine in a story without a clock ([clock] in story.toml)"),
    ],
)
def test_mistakes_in_a_routine_are_told(tmp_path: Path, clock, routine, problem) -> None:
    head = 'id = "a"\ntitle = "A"\nauthor = "B"\nversion = "1"\nstart = "hall"\n'
    (tmp_path / "story.toml").write_text(head + clock, "utf-8")
    people = f"people:\n  bob: {{in: hall, routine: {{at: {routine}}}}}\n"
    (tmp_path / "world.yaml").write_text(f"places:\n  hall: {{title: Hall}}\n{people}", "utf-8")
    with pytest.raises(StoryError) as caught:
        load_story(tmp_path)
    assert problem in str(caught.value)
