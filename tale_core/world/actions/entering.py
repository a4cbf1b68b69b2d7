"""Getting into and onto things, sitting, lying and standing there, and getting out again."""

from __future__ import annotations

from typing import Literal, NoReturn

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import need_reach, owner
from tale_core.world.actions.looking import describe_place
from tale_core.world.command import Verdict
from tale_core.world.components import Container, Enterable, How, Leads, Openable, Place, Posture
from tale_core.world.events import Run
from tale_core.world.language import OR
from tale_core.world.rulebook import Rules
from tale_core.world.scope import enclosure, is_open, touchable
from tale_core.world.store import World
from tale_core.world.vocabulary import distinct_name
from tale_core.world.ways import way, way_through, ways

rules = Rules()

Kind = Literal["stand", "sit", "lie"]

POSTURES: tuple[Kind, ...] = ("stand", "sit", "lie")
"""What one can do in or on a thing; each is an action too, which comes down to entering with that posture."""

_CANNOT = {"stand": "enter.no_standing", "sit": "enter.no_sitting", "lie": "enter.no_lying"}
_WHERE = {"sit": "enter.sit_where", "lie": "enter.lie_where"}
_NOWHERE = {"sit": "enter.nothing_to_sit_on", "lie": "enter.nothing_to_lie_on"}
_DONE = {"stand": "enter.done", "sit": "enter.sat_down", "lie": "enter.lay_down"}


def seat_of(world: World, actor: str) -> str:
    """Return the id of what the actor is in or on, "" when that is its place."""
    around = world.parent(actor)
    return "" if around is None or world.has(around, Place) else around


def how_to_enter(world: World, seat: str) -> How:
    """Tell whether one gets into a thing or onto it."""
    return "in" if world.has(seat, Container) else "on"


def leave_seats(act: Acting) -> None:
    """Let the actor get out of whatever does not go along when it goes somewhere."""
    while (seat := seat_of(act.world, act.actor)) and not _rides(act.world, seat):
        act.try_("leave", seat)


@rules.verify("enter")
def can_be_entered(act: Acting) -> Verdict | None:
    """Find it fine to go through ways and to enter what can be entered, impossible elsewhere, senseless once inside."""
    world, item = act.world, act.item
    if not item or way_through(world, act.actor, item) is not None or world.has(item, Leads):
        return None
    if not world.has(item, Enterable):
        return Verdict.IMPOSSIBLE
    return Verdict.ILLOGICAL if world.parent(act.actor) == item else None


@rules.verify(*POSTURES)
def can_be_sat_on(act: Acting) -> Verdict | None:
    """Find it impossible to sit on what is for nobody to enter, senseless where one does already."""
    if not act.item:
        return None
    seat = act.world.get(act.item, Enterable)
    if seat is None or act.action not in seat.postures:
        return Verdict.IMPOSSIBLE
    there = act.world.parent(act.actor) == act.item and act.world.get(act.actor, Posture) == Posture(act.action)
    return Verdict.ILLOGICAL if there else None


@rules.verify("approach")
def can_be_approached(act: Acting) -> Verdict | None:
    """Find it senseless to go to what is near already."""
    return None if _is_way_in(act) else Verdict.ILLOGICAL


@rules.verify("leave")
def can_be_left(act: Acting) -> Verdict | None:
    """Find it senseless to get out of what one is not in, and impossible where nobody could be."""
    if not act.item or act.item in act.world.ancestors(act.actor):
        return None
    return Verdict.ILLOGICAL if _is_way_in(act) else Verdict.IMPOSSIBLE


@rules.verify("ride")
def can_be_ridden(act: Acting) -> Verdict | None:
    """Find it impossible to ride what carries nobody."""
    return None if not act.item or _rides(act.world, act.item) else Verdict.IMPOSSIBLE


@rules.before("enter")
def entering_is_going(act: Acting) -> None:
    """Treat "enter the door" as going through it, "enter the arch" as going where it leads, "enter" as going in."""
    leads = act.world.get(act.item, Leads)
    if act.item == act.place:
        act.refuse("go.already_here")
    if not act.item:
        act.instead("go", direction=act.words.get("direction", "in"))
    if leads is not None:
        act.instead("go", direction=leads.direction)
    if not act.world.has(act.item, Enterable) and "posture" not in act.words:
        act.instead("go", act.item)


@rules.check("approach")
def approaching_may_be_entering(act: Acting) -> None:
    """Treat going to a way or a seat as taking it; everything else that is in reach is near enough."""
    if not act.item and not act.by_player:
        act.done()  # whoever is told to come is there
    if act.item == act.actor or not act.item:
        act.refuse("approach.yourself")
    if _is_way_in(act):
        act.instead("enter", act.item)
    need_reach(act, act.item)
    act.refuse("approach.near")


@rules.before(*POSTURES)
def sitting_is_entering(act: Acting) -> None:
    """Treat sitting, lying and standing on something as entering it, without a name the only thing that is for that."""
    if act.item:
        act.instead("enter", act.item, posture=act.action)
    seat = seat_of(act.world, act.actor)
    if act.action == "stand":
        if not seat:
            act.refuse("enter.standing")
        act.instead("leave", seat)
    fitting = [thing for thing in touchable(act.world, act.actor) if _takes(act.world, thing, act.action)]
    if seat in fitting:
        act.instead("enter", seat, posture=act.action)
    if not fitting:
        act.refuse(_NOWHERE[act.action])
    if len(fitting) > 1 and act.by_player:
        _ask_where(act, fitting)
    act.instead("enter", fitting[0], posture=act.action)


def _ask_where(act: Acting, seats: list[str]) -> NoReturn:
    """Let the player choose among several seats."""
    names = {seat: distinct_name(act.world, act.actor, seat) for seat in seats}
    lines = {f"{act.action} {how_to_enter(act.world, seat)} {name}": name for seat, name in names.items()}
    the = {seat: act.language.definite(act.language.name_of(act.world, seat)) for seat in seats}
    shown = act.language.joined([[Run(f"{the[seat]}{name}", ref=seat)] for seat, name in names.items()], OR)
    act.choose(_WHERE[act.action], lines, seats=shown)
    act.stop()


@rules.before("ride")
def riding_is_entering(act: Acting) -> None:
    """Treat riding something as getting onto it, and without a name as wishing to go somewhere."""
    near = (each for each in touchable(act.world, act.actor) if _rides(act.world, each))
    mount = act.item or seat_of(act.world, act.actor) or next(near, "")
    if not mount or not _rides(act.world, mount):
        act.refuse("ride.cannot" if act.item else "ride.nothing")
    if act.world.parent(act.actor) == mount:
        act.refuse("ride.where", item=mount)
    act.instead("enter", mount)


@rules.before("leave")
def leaving_is_getting_out(act: Acting) -> None:
    """Treat "leave" as getting out of what one is in; else as going out, or as going the only way there is."""
    world = act.world
    seat = act.item or seat_of(world, act.actor)
    if seat and (way_through(world, act.actor, seat) is not None or world.has(seat, Leads)):
        act.instead("enter", seat)
    if seat:
        act.item = seat
        off = "how.off" if how_to_enter(world, seat) == "on" else "how.out_of"
        posture = world.get(act.actor, Posture) or Posture()
        standing = off != "how.off" or posture.kind == "stand" or _rides(world, seat)
        act.words = {**act.words, "off": act.language.word(off if standing else "how.up_from")}
        return
    found = ways(world, act.actor)
    if len(found) != 1 and way(world, act.actor, "out") is None:
        act.refuse("leave.which")
    act.instead("go", direction=found[0].direction if len(found) == 1 else "out")


@rules.implicit("enter")
def get_ready(act: Acting) -> None:
    """Put down what is to be entered, get out of what one is in, open what is closed."""
    world, item = act.world, act.item
    if not world.has(item, Enterable):
        return
    if owner(world, item) == act.actor:
        act.try_("drop", item)
    while (seat := seat_of(world, act.actor)) and seat != item and seat not in world.ancestors(item):
        act.try_("leave", seat)
    if seat != item and world.has(item, Container) and not is_open(world, item):
        act.try_("open", item)


@rules.implicit("leave")
def open_first(act: Acting) -> None:
    """Open what one is shut in."""
    if act.world.parent(act.actor) == act.item and act.world.has(act.item, Container):
        openable = act.world.get(act.item, Openable)
        if openable is not None and not openable.open:
            act.try_("open", act.item)


@rules.check("enter")
def may_be_entered(act: Acting) -> None:
    """Refuse what is out of reach, not for that, full, or entered already."""
    world, item = act.world, act.item
    need_reach(act, item)
    seat = world.get(item, Enterable)
    posture = act.words.get("posture", "")
    if seat is None or (posture and posture not in seat.postures):
        act.refuse(_CANNOT.get(posture, "go.not_a_way"))
    if world.parent(act.actor) == item:
        if not posture or world.get(act.actor, Posture) == Posture(_posture(posture, seat)):
            act.refuse("enter.already", how=_told_how(act, item))
    elif sum(describing.is_alive(world, other) for other in world.children(item)) >= seat.seats:
        act.refuse("enter.full", how=_told_how(act, item))


@rules.check("leave")
def may_be_left(act: Acting) -> None:
    """Refuse to get out of what one is not in."""
    if act.world.parent(act.actor) != act.item:
        act.refuse("leave.not_in", how=_told_how(act, act.item))


@rules.carry_out("enter")
def enter(act: Acting) -> None:
    """Move the actor there and give it its posture."""
    seat = act.world.need(act.item, Enterable)
    before = enclosure(act.world, act.actor)
    already = act.world.parent(act.actor) == act.item
    if not already:
        act.world.move(act.actor, act.item, how_to_enter(act.world, act.item))
    posture = _posture(act.words.get("posture", ""), seat)
    act.world.set(act.actor, Posture(posture))
    message = "ride.done" if seat.rides and "posture" not in act.words else _DONE[posture]
    if already and posture == "stand":
        message = "enter.stood_up"
    act.tell(message, how=_told_how(act, act.item))
    if enclosure(act.world, act.actor) != before:
        describe_place(act)


@rules.carry_out("leave")
def leave(act: Acting) -> None:
    """Move the actor to what is around."""
    outside = act.world.parent(act.item)
    if outside is None:
        act.refuse("leave.not_in", how=_told_how(act, act.item))
    act.world.move(act.actor, outside, "in" if act.world.has(outside, Place) else how_to_enter(act.world, outside))
    act.world.drop(act.actor, Posture)


@rules.report("leave")
def report_leave(act: Acting) -> None:
    """Tell of it."""
    act.tell("leave.done")


def _is_way_in(act: Acting) -> bool:
    """Tell whether the action's item is what one gets through, into or onto."""
    if any(act.world.has(act.item, kind) for kind in (Leads, Enterable, Place)):
        return True
    return way_through(act.world, act.actor, act.item) is not None


def _posture(wanted: str, seat: Enterable) -> Kind:
    return next((each for each in (*seat.postures, *POSTURES) if each == wanted or not wanted), "stand")


def _told_how(act: Acting, seat: str) -> str:
    return act.language.word("how.in" if how_to_enter(act.world, seat) == "in" else "how.on")


def _takes(world: World, thing: str, posture: str) -> bool:
    seat = world.get(thing, Enterable)
    return seat is not None and posture in seat.postures


def _rides(world: World, thing: str) -> bool:
    seat = world.get(thing, Enterable)
    return seat is not None and seat.rides
