"""What the default actions do, told from the player's side."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Hidden, Light, Location, Lock, Openable, Wielded
from tale_core.world.events import Combat, Inventory, Refused, RoomEvent, Score

from .playing import ANNA, BOB, Play


@pytest.fixture
def play() -> Play:
    return Play()


def kinds(play: Play) -> list[str]:
    return [type(event).__name__ for event in play.last.events]


# Looking


def test_looking_describes_the_place_its_things_and_exits(play: Play) -> None:
    assert play.type("look").split("\n\n") == [
        "Great Hall",
        "A wide hall with a marble altar.",
        "You can see a brass key, a chest (closed), a jar (closed) and a note here.",
        "On the marble altar you can see a lamp (lit).",
        "In the jar you can see a bee.",
        "You can go north through the oak door (closed), east and south.",
    ]


def test_exits_name_what_was_seen_behind_them(play: Play) -> None:
    play.types("south", "north")
    assert "south to the Garden" in play.type("exits")


def test_like_things_are_counted(play: Play) -> None:
    assert "In the chest you can see two coins." in play.type("open chest")


def test_a_dark_place_shows_nothing(play: Play) -> None:
    told = play.type("east")
    assert "too dark" in told
    assert "Damp" not in told
    assert "see nothing" not in play.type("inventory")


def test_a_light_makes_a_dark_place_visible(play: Play) -> None:
    assert "Damp" in play.types("take lamp", "east")


def test_examining_tells_description_and_state(play: Play) -> None:
    assert play.type("x brass key") == "A small key."
    assert play.type("x chest") == "The chest is closed."
    assert "locked" not in play.type("x oak door")
    assert play.type("x altar") == "On the marble altar you can see a lamp (lit)."
    assert play.type("x me").startswith("You are unhurt: 30 of 30 hit points.")


def test_examining_tells_what_people_bear_and_how_they_are(play: Play) -> None:
    play.to(ANNA, "vault")
    assert play.type("x goblin") == "The goblin is unhurt.\n\nThe goblin holds a club."


def test_reading_quotes_the_writing(play: Play) -> None:
    assert play.type("read note") == "You read:\n\nBeware of the ogre."
    assert play.type("read brass key") == "There is nothing to read on the brass key."


# Taking and dropping


def test_a_thing_taken_is_held(play: Play) -> None:
    assert play.type("take brass key") == "You take the brass key."
    assert play.world.get("brass_key", Location) == Location(ANNA, "held")
    assert play.type("take brass key") == "You already have the brass key."


def test_a_thing_dropped_lies_in_the_place(play: Play) -> None:
    assert play.types("take brass key", "drop brass key") == "You drop the brass key."
    assert play.world.parent("brass_key") == "hall"
    assert play.type("drop brass key") == "You do not have the brass key."


def test_fixed_things_stay_where_they_are(play: Play) -> None:
    assert play.type("take altar") == "The marble altar cannot be taken."
    assert play.type("take chest") == "The chest cannot be taken."
    play.to(ANNA, "garden")
    assert play.type("take statue") == "It weighs tons."
    assert play.type("take me") == "You have yourself well in hand."


def test_several_things_get_one_report_each(play: Play) -> None:
    play.type("open chest")
    told = play.type("take all from chest")
    assert told == "coin: taken.\ncoin: taken."
    assert play.type("drop coins") == "coin: dropped.\ncoin: dropped."


def test_what_others_hold_is_theirs(play: Play) -> None:
    play.to(ANNA, "vault")
    assert play.type("take club") == "The club belongs to the goblin."


def test_a_treasure_is_worth_its_points_once(play: Play) -> None:
    play.calm()
    play.to(ANNA, "pit")
    assert "Your score has gone up by 15 points." in play.type("take crown")
    assert "score" not in play.types("drop crown", "take crown")


def test_inventory_tells_what_is_held_and_worn(play: Play) -> None:
    assert play.type("i") == "You are carrying nothing."
    play.give("sword", "cap", "lamp")
    play.types("wear cap", "wield sword")
    assert play.type("i").split("\n\n") == [
        "You are carrying a lamp (lit) and an iron sword (wielded).",
        "You are wearing a leather cap.",
    ]
    assert isinstance(play.last.events[0], Inventory)


# Putting and giving


def test_putting_opens_and_takes_first(play: Play) -> None:
    told = play.type("put note in chest").split("\n")
    assert told == ["(first taking the note)", "(first opening the chest)", "You put the note into the chest."]


def test_a_full_container_takes_no_more(play: Play) -> None:
    assert "no more room" in play.types("put note in chest", "put brass key in chest")


def test_nothing_goes_into_itself(play: Play) -> None:
    play.types("take jar", "open jar")
    assert "inside itself" in play.type("put jar in jar")


def test_putting_on_a_supporter(play: Play) -> None:
    play.type("take note")
    assert play.type("put note on altar") == "You put the note on the marble altar."
    assert play.world.get("note", Location) == Location("altar", "on")


def test_taking_through_glass_opens_it_first(play: Play) -> None:
    assert play.type("take bee") == "(first opening the jar)\nYou take the bee."


def test_giving_to_a_player_hands_it_over(play: Play) -> None:
    play.join(BOB, "Bob")
    assert play.type("give note to bob") == "(first taking the note)\nYou give the note to Bob."
    assert "Anna gives the note to you." in play.heard[BOB]
    assert play.world.parent("note") == BOB


def test_monsters_want_no_gifts(play: Play) -> None:
    play.to(ANNA, "vault")
    play.give("note")
    assert play.type("give note to ogre") == "The ogre does not want the note."


# Opening and locking


def test_a_locked_door_stays_shut(play: Play) -> None:
    assert play.type("open oak door") == "The oak door is locked."
    assert play.type("north") == "(first trying to open the oak door)\nThe oak door is locked."
    assert play.world.place_of(ANNA) == "hall"


def test_going_unlocks_and_opens_with_the_key_in_hand(play: Play) -> None:
    told = play.types("take brass key", "north").split("\n")
    assert told[:2] == ["(first unlocking the oak door with the brass key)", "(first opening the oak door)"]
    assert "Vault" in told[2]
    assert play.world.place_of(ANNA) == "vault"


def test_only_the_right_key_fits(play: Play) -> None:
    play.give("iron_key", "brass_key")
    assert play.type("unlock oak door with iron key") == "The iron key does not fit the oak door."
    assert play.type("unlock oak door with brass key") == "You unlock the oak door with the brass key."
    assert play.type("unlock oak door with brass key") == "The oak door is not locked."


def test_locking_closes_first(play: Play) -> None:
    play.give("brass_key")
    told = play.types("open oak door", "lock oak door with brass key")
    assert told == "(first closing the oak door)\nYou lock the oak door with the brass key."
    assert play.world.need("oak_door", Lock).locked


def test_a_door_has_two_sides(play: Play) -> None:
    play.calm()
    play.give("brass_key")
    play.join(BOB, "Bob")
    play.to(BOB, "vault")
    play.type("open oak door")
    assert play.heard[BOB] == "Somebody opens the oak door from the other side."
    assert "is open" in play.type("x oak door", BOB)
    assert play.type("close oak door", BOB) == "You close the oak door."
    assert play.world.get("oak_door", Openable) == Openable(open=False)


# Clothes, food and weapons


def test_wearing_takes_the_other_hat_off_first(play: Play) -> None:
    play.to(ANNA, "garden")
    assert play.type("wear cap") == "(first taking the leather cap)\nYou put on the leather cap."
    assert play.type("wear helmet").split("\n") == [
        "(first taking the helmet)",
        "(first taking off the leather cap)",
        "You put on the helmet.",
    ]
    assert play.type("drop helmet") == "(first taking off the helmet)\nYou drop the helmet."


def test_food_heals_and_is_gone(play: Play) -> None:
    play.to(ANNA, "garden")
    play.world.set(ANNA, Actor(20, 30))
    told = play.type("eat bread").split("\n")
    assert told[1:] == ["You eat the bread.", "It is stale.", "You feel better: 5 hit points more."]
    assert play.world.need(ANNA, Actor).hp == 25
    assert play.world.parent("bread") is None
    assert play.type("eat sword") == "The iron sword is plainly not to be eaten."


def test_poison_kills(play: Play) -> None:
    play.to(ANNA, "garden")
    told = play.type("drink potion")
    assert "You have died" in told
    assert told.endswith("Do you want to undo that, to restart or to quit?")


def test_only_one_weapon_is_wielded(play: Play) -> None:
    play.give("sword", "club")
    play.types("wield sword", "wield club")
    assert play.world.every(Wielded) == ["club"]
    assert play.type("unwield club") == "You lower the club."
    assert play.type("wield note").endswith("The note makes no weapon.")


def test_a_wielded_weapon_that_is_dropped_is_no_longer_wielded(play: Play) -> None:
    play.give("sword")
    play.types("wield sword", "drop sword")
    assert not play.world.has("sword", Wielded)


# Searching and light


def test_searching_reveals_what_is_hidden(play: Play) -> None:
    assert "iron key" not in play.type("look")
    assert play.type("search altar") == "You find an iron key!"
    assert not play.world.has("iron_key", Hidden)
    assert play.type("search altar") == "You find only a lamp and an iron key."


def test_searching_a_place_reveals_its_hidden_doors(play: Play) -> None:
    play.to(ANNA, "garden")
    assert play.type("west") == "You cannot go west from here."
    assert play.type("search") == "You find an iron gate!"
    assert "Lane" in play.type("west")


def test_in_the_dark_searching_is_feeling_for_things_one_by_one(play: Play) -> None:
    play.world.move("note", "cellar")
    play.world.move("iron_key", "cellar")
    play.type("east")
    assert play.type("take note") == "It is too dark to make out any “note”."
    assert play.type("search") == "You feel your way about, and your hands find a note."
    assert play.type("search") == "You feel your way about, but find nothing else."
    assert play.type("take note") == "You take the note."


def test_a_light_warns_before_it_goes_out(play: Play) -> None:
    play.give("lamp")
    play.world.set("lamp", Light(fuel=12))
    assert "The lamp grows dim: 10 more turns" in play.types("wait", "wait")
    assert "The lamp grows dim: 5 more turns" in play.types(*["wait"] * 5)
    assert "The lamp flickers and goes out." in play.types(*["wait"] * 5)
    assert play.world.need("lamp", Light) == Light(lit=False, fuel=0)
    assert "too dark" in play.type("east")


def test_a_light_left_elsewhere_does_not_run_down(play: Play) -> None:
    play.types("south", *["wait"] * 3)
    assert play.world.need("lamp", Light).fuel == 200


# Going


def test_no_way_is_refused_with_the_direction(play: Play) -> None:
    assert play.type("west") == "You cannot go west from here."
    assert isinstance(play.last.events[0], Refused)


def test_going_is_seen_on_both_sides(play: Play) -> None:
    play.join(BOB, "Bob")
    play.type("south")
    assert play.heard[BOB] == "Anna goes south."
    play.to(BOB, "garden")
    play.types("north", "south")
    assert play.heard[BOB] == "Anna comes in from the north."


def test_doors_can_be_entered_and_places_left(play: Play) -> None:
    play.calm()
    play.give("brass_key")
    assert "Vault" in play.type("enter oak door")
    play.to(ANNA, "cellar")
    play.give("lamp")
    assert "Great Hall" in play.type("leave")


# Others


def test_verbs_help_and_score_cost_no_time(play: Play) -> None:
    for line in ("help", "verbs", "score", "look", "i", "x chest", "froob", "take froob"):
        play.type(line)
    assert play.game.scene(ANNA).turns == 0
    play.type("wait")
    assert play.game.scene(ANNA).turns == 1


def test_score_tells_points_and_turns(play: Play) -> None:
    assert play.types("wait", "score") == "You have scored 0 of 20 points in 1 turn."
    assert next(event for event in play.last.events if isinstance(event, Score)).max_score == 20


def test_the_dark_hides_who_does_it(play: Play) -> None:
    play.calm()
    play.join(BOB, "Bob")
    play.to(ANNA, "cellar")
    play.to(BOB, "cellar")
    play.type("wait")
    play.type("jump")
    assert BOB not in play.heard


def test_every_reply_to_looking_is_a_room(play: Play) -> None:
    play.type("look")
    assert isinstance(play.last.events[0], RoomEvent)
    assert kinds(play) == ["RoomEvent"]
    assert not [event for event in play.last.events if isinstance(event, Combat)]
