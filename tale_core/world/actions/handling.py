"""What people do with their hands and feet to things: what has an effect of its own, and what has only an answer.

The answers name the thing and vary; stories make such actions work with ``@rules.instead`` or their own rules.
"""

from __future__ import annotations

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import hand_over, is_held, need_held, need_reach, owner
from tale_core.world.actions.wearing import is_worn
from tale_core.world.command import Verdict
from tale_core.world.components import (
    Container,
    Device,
    Door,
    Enterable,
    Fixed,
    Leads,
    Light,
    Scenery,
    Wearable,
)
from tale_core.world.events import Run
from tale_core.world.language import OR
from tale_core.world.offers import Offers
from tale_core.world.perception import players_in
from tale_core.world.rulebook import Rules
from tale_core.world.scope import can_see, touchable, visible
from tale_core.world.store import World
from tale_core.world.ways import beyond

rules = Rules()

REFUSED = {
    "push": "handle.push",
    "pull": "handle.pull",
    "turn": "handle.turn",
    "raise": "handle.raise",
    "squeeze": "handle.squeeze",
    "shake": "handle.shake",
    "swing": "handle.swing",
    "wind": "handle.wind",
    "scratch": "handle.scratch",
    "cut": "handle.cut",
    "tear": "handle.tear",
    "break": "handle.break",
    "mend": "handle.mend",
    "assist": "handle.assist",
    "cook": "handle.cook",
    "make": "handle.make",
    "bend": "handle.bend",
    "stir": "handle.stir",
    "write": "handle.write",
    "count": "handle.count",
    "pick_lock": "handle.pick_lock",
    "tie": "handle.tie",
    "untie": "handle.untie",
    "fasten": "handle.fasten",
    "unfasten": "handle.unfasten",
    "burn": "handle.burn",
    "dig": "handle.dig",
    "bury": "handle.bury",
    "swim": "handle.swim",
    "fish": "handle.fish",
    "blow": "handle.blow",
    "ring": "handle.ring",
    "play": "handle.play",
    "climb": "handle.climb",
    "jump_over": "handle.jump_over",
    "kick": "handle.kick",
    "hide": "handle.hide",
    "put_under": "handle.put_under",
    "put_behind": "handle.put_behind",
}
"""Actions that do nothing by themselves, with why not."""

OF_NOTHING = {
    "dig": "handle.dig_here",
    "swim": "handle.swim_here",
    "fish": "handle.fish_here",
    "pick_lock": "handle.pick_lock_here",
    "play": "handle.play_what",
    "hide": "handle.hide_here",
    "dress": "handle.dress",
    "undress": "handle.undress",
    "point": "handle.point_where",
    "knock": "handle.knock_where",
}
"""What is told of an action that is done to nothing in particular."""

WITH_TARGET = {"tie": "handle.tie_to", "point": "handle.point_at_with"}
"""What is told instead when there is a second thing."""

DONE = {"rub": "handle.rubbed", "wave_about": "handle.waved", "knock": "handle.knocked", "point": "handle.pointed"}
"""Actions that everybody sees and that change nothing, with what is told."""

_UNFELT = {"assist", "count", "put_under", "put_behind", "hide", "jump_over"}
"""Actions of these that nobody minds."""


@rules.verify("wave_about")
def can_be_waved(act: Acting) -> Verdict | None:
    """Prefer to wave what is in hand."""
    return None if is_held(act.world, act.actor, act.item) else Verdict.ILLOGICAL


@rules.verify("put_under", "put_behind", "throw")
def is_in_hand(act: Acting) -> Verdict | None:
    """Prefer what is in hand."""
    return None if not act.item or is_held(act.world, act.actor, act.item) else Verdict.ILLOGICAL


@rules.verify("assist")
def can_be_helped(act: Acting) -> Verdict | None:
    """Leave it to the game's own "help" to help the actor, and with things."""
    others = describing.is_alive(act.world, act.item) and act.item != act.actor
    return None if others else Verdict.IMPOSSIBLE


@rules.verify("swing")
def can_be_swung_on(act: Acting) -> Verdict | None:
    """Find it impossible to swing on what one can swing in one's hand."""
    loose = not act.world.has(act.item, Fixed) and not act.world.has(act.item, Scenery)
    return Verdict.IMPOSSIBLE if loose else None


@rules.verify("climb")
def can_be_climbed(act: Acting) -> Verdict | None:
    """Prefer what leads somewhere or can be entered."""
    fit = any(act.world.has(act.item, kind) for kind in (Leads, Enterable))
    return None if fit or not act.item else Verdict.ILLOGICAL


@rules.before("climb")
def climbing_is_entering(act: Acting) -> None:
    """Treat climbing stairs and trees as going and getting where they lead."""
    if any(act.world.has(act.item, kind) for kind in (Leads, Enterable)):
        act.instead("enter", act.item)


@rules.before("hide")
def hiding_is_getting_in(act: Acting) -> None:
    """Treat hiding in a wardrobe as getting into it."""
    if act.world.has(act.item, Enterable) and act.world.has(act.item, Container):
        act.instead("enter", act.item)


@rules.before("kick")
def kicking_people_is_attacking(act: Acting) -> None:
    """Treat kicking somebody as attacking them."""
    if describing.is_alive(act.world, act.item):
        act.instead("attack", act.item)


@rules.before("blow")
def flames_are_blown_out(act: Acting) -> None:
    """Treat blowing at a flame as putting it out."""
    light = act.world.get(act.item, Light)
    if light is not None and light.lit:
        act.instead("extinguish", act.item)


@rules.verify("burn")
def can_be_set_alight(act: Acting) -> Verdict | None:
    """Prefer lamps and candles that are not lit, and flames to light them with."""
    light = act.world.get(act.item, Light)
    has_flame = not act.target or is_flame(act.world, act.target)
    return None if light is not None and not light.lit and has_flame else Verdict.ILLOGICAL


@rules.before("burn")
def lights_burn(act: Acting) -> None:
    """Treat burning a lamp as lighting it, once what it is lit with burns itself."""
    if not act.world.has(act.item, Light):
        return
    if act.target:
        need_reach(act, act.target)
        if not is_flame(act.world, act.target):
            act.refuse("handle.no_flame_in")
        if not act.world.need(act.target, Light).lit:
            act.try_("light", act.target)
    act.instead("light", act.item)


@rules.check("burn")
def there_is_a_flame(act: Acting) -> None:
    """Refuse to burn anything where nothing burns, and with what does not."""
    if act.target and not is_flame(act.world, act.target):
        act.refuse("handle.no_flame_in")
    near = [act.target] if act.target else touchable(act.world, act.actor)
    if not any(is_flame(act.world, thing) for thing in near):
        act.refuse("handle.no_flame")


def is_flame(world: World, thing: str) -> bool:
    """Tell whether a thing burns, or would once it is lit: a light without a switch."""
    return world.has(thing, Light) and not world.has(thing, Device)


@rules.before("fasten", "unfasten")
def clothes_are_buckled(act: Acting) -> None:
    """Treat buckling and unbuckling clothes as putting them on and taking them off."""
    if not act.world.has(act.item, Wearable):
        return
    if is_worn(act.world, act.actor, act.item) != (act.action == "fasten"):
        act.instead("wear" if act.action == "fasten" else "remove", act.item)


@rules.before("hang")
def hanging_is_putting(act: Acting) -> None:
    """Treat hanging something up as putting it there."""
    act.instead("put_on", act.item, act.target)


@rules.before("throw")
def throwing_into_is_putting(act: Acting) -> None:
    """Treat throwing something into a basket as putting it there."""
    if act.world.has(act.target, Container):
        act.instead("put_in", act.item, act.target)


@rules.verify("use")
def is_used_with_another(act: Acting) -> Verdict | None:
    """Prefer whatever else the words may mean for two things."""
    return Verdict.DANGEROUS if act.target else None


@rules.implicit("wave_about", "throw", "put_under", "put_behind")
def take_it_first(act: Acting) -> None:
    """Take what is to be waved or thrown into one's hands."""
    if act.item:
        need_held(act, act.item)


@rules.check(*REFUSED, *OF_NOTHING, "rub")
def refuse(act: Acting) -> None:
    """Tell why nothing comes of it; point and knock go on."""
    world, item = act.world, act.item
    if not item and act.action in OF_NOTHING:
        act.refuse(OF_NOTHING[act.action])
    if act.action == "point":
        if not all(can_see(world, act.actor, thing) for thing in (item, act.target) if thing):
            act.refuse("look.unseen")
        return
    need_reach(act, item, act.target)
    if item == act.actor:
        act.refuse("handle.yourself")
    if item and describing.is_alive(world, item) and act.action not in _UNFELT:
        act.refuse("handle.person")
    if act.action in REFUSED:
        second = act.target and act.action in WITH_TARGET
        act.refuse(WITH_TARGET[act.action] if second else REFUSED[act.action], topic=act.words.get("topic", ""))


@rules.report(*DONE)
def report_done(act: Acting) -> None:
    """Tell of it; who is behind a door hears the knocking."""
    act.tell(WITH_TARGET[act.action] if act.target and act.action in WITH_TARGET else DONE[act.action])
    if act.action == "knock" and act.world.has(act.item, Door):
        for player in players_in(act.world, beyond(act.world, act.place, act.item)):
            act.report_to(player, "handle.knocking")
    elif act.action == "knock":
        act.say("handle.no_answer")


@rules.check("throw")
def may_be_thrown(act: Acting) -> None:
    """Refuse to throw at people, oneself and what cannot be seen."""
    if not can_see(act.world, act.actor, act.target):
        act.refuse("look.unseen")
    if act.target == act.actor:
        act.refuse("handle.yourself")
    if describing.is_alive(act.world, act.target):
        act.refuse("throw.person")


@rules.carry_out("throw")
def throw(act: Acting) -> None:
    """Let the thing fall to the ground."""
    act.tell("throw.done")
    hand_over(act.world, act.item, act.place)


@rules.check("use")
def say_how(act: Acting) -> None:
    """Tell what could be done with the thing."""
    need_reach(act, act.item, act.target)
    if act.target:
        act.refuse("use.together")
    world = act.world
    options = Offers(world, act.actor, visible(world, act.actor)).of(act.item, owner(world, act.item))
    act.refuse("use.how", options=act.language.joined([[Run(line, role="code")] for line in options[:3]], OR))
