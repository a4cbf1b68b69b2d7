"""The rules of Cloak of Darkness: where the cloak is, is no light, and who stumbles about there spoils the message."""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.story import Acting, Place, Player, Rules

rules = Rules()


@rules.after("join")
def dress(act: Acting) -> None:
    """Let the player come in the cloak."""
    if act.world.need(act.actor, Player).moves == 0:
        act.world.move("cloak", act.actor, "worn")


@rules.before("go", place="foyer", when=lambda act: act.words.get("direction") in {"north", "out"})
def stay(act: Acting) -> None:
    """Keep the player in the story."""
    act.refuse("You have only just come in, and it has not stopped raining.")


@rules.check("drop", "put_in", item="cloak", when=lambda act: act.place != "cloakroom")
def keep_it_clean(act: Acting) -> None:
    """Let the cloak be left in the cloakroom alone."""
    act.refuse("One does not leave a good cloak lying about. There is a cloakroom.")


@rules.after("drop", "put_on", "take", item="cloak")
def let_the_light_in(act: Acting) -> None:
    """Let the bar be dark as long as the player has the cloak."""
    worn = act.world.parent("cloak") == act.actor
    act.world.set("bar", replace(act.world.need("bar", Place), dark=worn))
    if act.world.parent("cloak") == "hook" and not act.fact("hung"):
        act.set_fact("hung")
        act.score(1, "hanging up the cloak")


def fumbles(act: Acting) -> bool:
    """Tell whether something is done in the dark other than going back to where there is light."""
    back = act.action in {"leave", "go"} and act.words.get("direction", "north") in {"north", "out"}
    return act.costs_time and not back and act.world.need("bar", Place).dark


@rules.instead(place="bar", when=fumbles)
def trample(act: Acting) -> None:
    """Let whatever is done in the dark spoil the message."""
    act.count("trampled")
    act.say("You cannot see your hand before your eyes. Something gives way softly under your shoes.")


@rules.instead("examine", "read", item="message")
def read_the_message(act: Acting) -> None:
    """End the story, well or badly."""
    if act.count("trampled", 0) < 2:
        act.score(1, "reading the message")
        act.end("won", "The letters are neat and clear. They say: “You have won.”")
    act.end("lost", "It has been trodden on too often. You can just make out: “You have l…”")
