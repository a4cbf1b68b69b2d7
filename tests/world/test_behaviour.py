"""What monsters do by themselves: sleep, roam, patrol, hunt, flee, steal and call one another; only near players."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Asleep, Behaviour, Name, Place, Treasure, Weapon
from tale_core.world.events import Combat
from tale_core.world.ways import nearby

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    """Return a game with Anna in the vault, the doors open and no monsters but those that a test makes."""
    play = Play()
    play.world.remove("goblin")
    play.world.remove("ogre")
    play.give("brass_key")
    play.types("unlock door with key", "open door", "drop key")
    play.to(ANNA, "vault")
    return play


def monster(play: Play, behaviour: Behaviour, at: str = "vault", id: str = "troll", **body: int) -> str:
    play.world.add(id, Name(id), Actor(**{"hp": 50, "max_hp": 50, "damage": 1, **body}), behaviour, at=at)
    return id


def sleeper(play: Play, behaviour: Behaviour, at: str = "vault", id: str = "troll", **body: int) -> str:
    play.world.set(monster(play, behaviour, at, id, **body), Asleep())
    return id


def test_who_sleeps_does_nothing_until_a_blow_wakes_it(play: Play) -> None:
    troll = sleeper(play, Behaviour("hostile"))
    assert "A troll (asleep) is here." in play.type("look")
    for _ in range(5):
        assert "troll" not in play.type("wait")
    told = play.type("attack troll")
    assert "wakes up" in told or "opens its eyes" in told
    assert play.world.need(troll, Behaviour) == Behaviour("hostile", provoked=True)


def test_a_blow_against_a_sleeper_always_hits_and_twice_as_hard(play: Play) -> None:
    troll = sleeper(play, Behaviour(), dodge=500)
    play.world.set(ANNA, Actor(30, 30, skill=0, damage=1))
    play.type("attack troll")
    assert play.world.need(troll, Actor).hp == 48


def test_noise_wakes_sleepers_and_a_shout_those_next_door(play: Play) -> None:
    troll = sleeper(play, Behaviour("hostile"))
    play.type("look")
    assert play.world.has(troll, Asleep)
    play.type("shout hello")
    assert not play.world.has(troll, Asleep)
    deaf = [sleeper(play, Behaviour(), "hall", f"troll{n}") for n in range(8)]
    play.type("shout hello")
    assert 0 < sum(play.world.has(each, Asleep) for each in deaf) < len(deaf)


def test_a_hunter_follows_whom_it_fights_through_open_ways_alone(play: Play) -> None:
    troll = monster(play, Behaviour("hostile", hunts=True))
    play.type("wait")
    assert "The troll comes in" in play.type("south")
    assert play.world.parent(troll) == "hall"
    play.types("north", "close door")
    where = play.world.parent(troll)
    play.types("wait", "wait")
    assert play.world.parent(troll) == where


def test_one_that_does_not_hunt_stays(play: Play) -> None:
    troll = monster(play, Behaviour("hostile"))
    play.types("wait", "south", "wait")
    assert play.world.parent(troll) == "vault"


def test_a_wounded_one_runs_and_does_not_come_back(play: Play) -> None:
    troll = monster(play, Behaviour("hostile", provoked=True, hunts=True, flees=50), hp=10)
    for _ in range(12):
        play.type("wait")
    assert play.world.parent(troll) != "vault"


def test_a_patrol_walks_its_path_round_and_round(play: Play) -> None:
    troll = monster(play, Behaviour("patrol", path=("hall", "garden")), "hall")
    play.world.move(ANNA, "vault")
    seen = []
    for _ in range(4):
        play.type("wait")
        seen.append(play.world.parent(troll))
    assert seen == ["garden", "hall", "garden", "hall"]


def test_kin_are_called_and_come(play: Play) -> None:
    monster(play, Behaviour("hostile", kin="trolls"))
    other = sleeper(play, Behaviour("hostile", kin="trolls", hunts=True), "hall", "brother")
    stranger = monster(play, Behaviour("hostile", kin="elves", hunts=True), "hall", "elf")
    told = play.type("wait")
    assert "The troll notices you" in told
    assert "for help" in told or "not meant for you" in told
    assert play.world.parent(other) == "vault"
    assert play.world.parent(stranger) == "hall"


def test_nobody_calls_where_nobody_hears(play: Play) -> None:
    monster(play, Behaviour("hostile", kin="trolls"))
    monster(play, Behaviour("guard", kin="trolls"), "hall", "sentry")
    told = play.type("wait")
    assert "help" not in told
    assert "cry" not in told


def test_the_death_of_kin_angers_or_frightens(play: Play) -> None:
    monster(play, Behaviour("still", kin="trolls"), hp=1)
    brave = monster(play, Behaviour("roam", kin="trolls"), id="brave")
    play.world.set(ANNA, Actor(30, 30, skill=200, damage=9))
    play.type("attack troll")
    assert play.world.need(brave, Behaviour).provoked


def test_a_thief_takes_a_treasure_and_makes_off_with_it(play: Play) -> None:
    thief = monster(play, Behaviour("roam", steals=True), id="magpie")
    play.give("crown", "sword")
    told = play.type("wait")
    assert "The magpie snatches the golden crown from you!" in told
    assert play.world.parent("crown") == thief
    play.type("wait")
    assert play.world.parent(thief) != "vault"
    assert play.world.parent("sword") == ANNA


def test_a_thief_that_dies_drops_its_loot_and_the_points_are_given_once(play: Play) -> None:
    thief = monster(play, Behaviour("roam", steals=True), id="magpie")
    play.world.move("crown", "vault")
    assert "15 points" in play.type("take crown")
    assert play.world.parent("crown") == thief
    play.world.set(thief, Actor(1, 1))
    play.to(ANNA, str(play.world.parent(thief)))
    play.world.set(ANNA, Actor(30, 30, skill=200, damage=9))
    play.type("attack magpie")
    assert "15 points" not in play.type("take crown")
    assert play.world.parent("crown") == ANNA


def test_a_thief_leaves_alone_what_is_no_treasure(play: Play) -> None:
    monster(play, Behaviour("roam", steals=True), id="magpie")
    play.give("sword")
    for _ in range(5):
        assert "snatches" not in play.type("wait")
    assert not play.world.has("sword", Treasure)


def test_one_that_disarms_strikes_at_the_weapon(play: Play) -> None:
    monster(play, Behaviour("hostile", provoked=True, disarms=100), skill=200)
    play.give("sword")
    play.type("wield sword")
    assert play.world.parent("sword") == "vault"


def test_monsters_far_away_do_nothing_and_cost_nothing(play: Play) -> None:
    for number in range(6):
        exits = {"down": f"deep{number + 1}"} if number < 5 else {}
        play.world.add(f"deep{number}", Name(f"deep {number}"), Place(exits))
    far = monster(play, Behaviour("roam"), "deep3")
    play.to(ANNA, "deep0")
    for _ in range(40):
        play.type("wait")
    assert play.world.parent(far) == "deep3"
    assert nearby(play.world, "deep0", 2) == ["deep0", "deep1", "deep2"]


def test_monsters_act_in_the_dark(play: Play) -> None:
    troll = monster(play, Behaviour("hostile", provoked=True, hunts=True), "hall")
    place = play.world.need("hall", Place)
    play.world.set("hall", Place(place.exits, dark=True))
    play.type("wait")
    assert play.world.parent(troll) == "vault"


def test_in_company_a_monster_turns_on_whose_time_has_passed(play: Play) -> None:
    play.join(BOB, "Bob")
    play.to(BOB, "vault")
    monster(play, Behaviour("hostile", provoked=True, kin="trolls"))
    play.type("wait", BOB)
    blows = [event for event in play.last.events if isinstance(event, Combat)]
    assert {blow.target for blow in blows} == {BOB}
    assert {blow.to for blow in blows} == {ANNA, BOB}


def test_what_a_monster_wields_is_struck_from_its_hand(play: Play) -> None:
    play.world.remove("club")
    play.world.move("goblin", "vault")
    play.world.move("club", "goblin", "held")
    play.world.set(ANNA, Actor(300, 300, skill=150))
    assert play.world.has("club", Weapon)
    told = play.type("disarm goblin")
    for _ in range(12):
        if play.world.parent("club") == "vault":
            break
        told = play.type("disarm goblin")
    assert "You knock the club out of the goblin's hands!" in told
    assert play.type("disarm goblin") == "The goblin wields no weapon."
