"""The rules of the Ember of Greywick: what is different here from any other story. Those of one subject stand apart."""

from __future__ import annotations

from msgspec.structs import replace

from tale_core.story import Acting, Actor, Behaviour, Description, Hidden, Place, Scenery, Verdict, cure

from . import characters, ending, peddlers, scrolls
from .book import rules
from .build import build, spring_of
from .ids import KING, START
from .themes import THEMES

__all__ = ["build", "characters", "ending", "peddlers", "rules", "scrolls"]


@rules.before("go", place=START)
def no_way_home(act: Acting) -> None:
    """Keep the player from going back up without the Ember."""
    if act.words.get("direction") == "up" or act.item == f"{START}.stair":
        act.refuse("Up there it is snowing on everybody you know. Not without the Ember.")


@rules.after("search")
def pick_out(act: Acting) -> None:
    """Lay what was found out on the ground, where everybody sees it."""
    world = act.world
    for where in [act.item] if act.item else world.children(act.place):
        if world.has(where, Scenery):
            for thing in world.children(where, "in"):
                if not world.has(thing, Hidden):
                    world.move(thing, act.place)


@rules.verify("drink")
def water_is_meant(act: Acting) -> Verdict | None:
    """Take it that whoever just wants to drink means the water that is there."""
    return Verdict.FINE if act.item and act.item == spring_of(act.world, act.place) else None


@rules.before("drink")
def drink_from_the_spring(act: Acting) -> None:
    """Heal whoever drinks good water; it never runs out."""
    if act.item != spring_of(act.world, act.place):
        return
    body = act.world.need(act.actor, Actor)
    act.tell("{You} {kneel|kneels} and {drink|drinks} from {the item}.")
    cure(act, act.actor, "poisoned")
    if body.hp < body.max_hp:
        act.world.set(act.actor, replace(body, hp=body.max_hp))
        act.say("The ache goes out of you, and the cold comes in, clean as a bell. You are as good as new.")
    act.done()


@rules.after("wake")
def look_awake(act: Acting) -> None:
    """Describe one that has woken as it is now."""
    name = act.world.name(act.actor)
    for theme in THEMES:
        for kind in theme.monsters:
            if kind.name == name and kind.awake:
                act.world.set(act.actor, Description(kind.awake))


@rules.every_turn
def the_king_speaks(act: Acting) -> None:
    """Let the Smith-King say something to whoever first comes before him."""
    world = act.world
    if world.parent(KING) == act.place and not world.need(KING, Behaviour).provoked and world.need(KING, Actor).hp:
        act.speak(KING, "“Shut the door,” says the Smith-King without looking up. “You are letting the winter in.”")


@rules.after("attack", item=KING)
def the_king_falls(act: Acting) -> None:
    """Mark the end of the fight."""
    if act.world.need(KING, Actor).hp == 0:
        act.tell(
            "The hammer goes out of his hand. All over the cavern, for the first time in two hundred years, it is "
            "quiet. The chain has broken, and at your feet lies the Ember."
        )


@rules.instead("listen", when=lambda act: not act.item)
def listen(act: Acting) -> None:
    """Tell what there is to be heard on this floor."""
    theme = THEMES[act.world.need(act.place, Place).level - 1]
    act.say(act.rng("listen", act.world.turn).choice(theme.sounds))
