"""Going from place to place, through doors and past guards."""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.actions.entering import leave_seats, seat_of
from tale_core.world.actions.holding import need_reach
from tale_core.world.actions.looking import arrive, describe_place
from tale_core.world.command import Verdict
from tale_core.world.components import Dialogue, Posture, Pushable
from tale_core.world.directions import OPPOSITES
from tale_core.world.perception import players_in, witnesses
from tale_core.world.rulebook import Rules
from tale_core.world.ways import Way, all_ways, guard_of, way, way_through, ways

rules = Rules()

_GOING = {"in": "way.inside", "out": "way.outside"}
_COMING = {"up": "way.from_above", "down": "way.from_below", "in": "way.from_inside", "out": "way.from_outside"}


def travel(act: Acting, place: str) -> None:
    """Put the actor into another place, unseen by any, and let them look around."""
    act.world.drop(act.actor, Posture)
    act.world.move(act.actor, place)
    describe_place(act)


@rules.verify("go")
def can_be_gone_to(act: Acting) -> Verdict | None:
    """Find it fine to go through the place's doors and senseless to go into anything else."""
    if act.item and way_through(act.world, act.actor, act.item) is None:
        return Verdict.ILLOGICAL
    return None


@rules.before("go")
def going_out_is_getting_out(act: Acting) -> None:
    """Treat "out" as getting out of what one is in, where no way is called so."""
    seat = seat_of(act.world, act.actor)
    if seat and act.words.get("direction") == "out" and way(act.world, act.actor, "out") is None:
        act.instead("leave", seat)


@rules.implicit("go")
def get_up_first(act: Acting) -> None:
    """Get out of what does not go along, if there is a way to go at all."""
    if seat_of(act.world, act.actor) and _way(act) is not None:
        leave_seats(act)


@rules.implicit("go")
def open_what_is_closed(act: Acting) -> None:
    """Open the door that is in the way, unless somebody bars it anyway."""
    found = _way(act)
    if found is not None and found.is_closed(act.world):
        act.try_("open", found.door)


@rules.before("back")
def go_back(act: Acting) -> None:
    """Go to where the actor came from, if a way leads there."""
    dialogue = act.world.get(act.actor, Dialogue) or Dialogue()
    before = dialogue.went_from if dialogue.went_from != act.place else dialogue.went_from_before
    direction = next((way.direction for way in all_ways(act.world, act.actor) if way.beyond == before), "")
    if not direction:
        act.refuse("go.no_way_back")
    act.instead("go", direction=direction)


@rules.check("go")
def there_is_a_way(act: Acting) -> None:
    """Refuse to go where no way leads."""
    found = _way(act)
    if found is None and act.item:
        act.refuse("go.not_a_way")
    if found is None:
        known = ways(act.world, act.actor)
        act.refuse(
            "go.nowhere" if known else "go.no_exits", direction=act.language.direction(act.words.get("direction", ""))
        )
    if found.is_closed(act.world):
        act.refuse("go.closed", door=found.door)
    stop_at_guard(act, found.beyond)


@rules.carry_out("go")
def leave_and_arrive(act: Acting) -> None:
    """Move the actor, with what it rides; those who are left and those who are joined both see it."""
    found = _way(act)
    if found is None:
        return
    mount = seat_of(act.world, act.actor)
    aboard = [player for player in players_in(act.world, mount) if player != act.actor] if mount else []
    going = act.language.toward(found.direction, _GOING, "way.going")
    act.tell_others("ride.leaves" if mount else "go.leaves", way=going, mount=mount)
    act.world.move(mount or act.actor, found.beyond)
    for player in witnesses(act.world, act.actor):
        if player not in aboard:
            _see_come(act, player, found, mount)
    for player in aboard:
        act.do("look", actor=player)


@rules.report("go")
def look_around(act: Acting) -> None:
    """Describe the new place to the player who came, as fully as they like it."""
    arrive(act)


@rules.verify("push_to")
def can_be_pushed(act: Acting) -> Verdict | None:
    """Find it senseless to push from place to place what is not for that."""
    return None if act.world.has(act.item, Pushable) else Verdict.ILLOGICAL


@rules.implicit("push_to")
def open_the_way(act: Acting) -> None:
    """Get up, and open the door that is in the way."""
    if act.world.has(act.item, Pushable):
        get_up_first(act)
        found = way(act.world, act.actor, act.words["direction"])
        if found is not None and found.is_closed(act.world):
            act.try_("open", found.door)


@rules.check("push_to")
def may_be_pushed(act: Acting) -> None:
    """Refuse what cannot be pushed that far, and where no way leads on the level."""
    need_reach(act, act.item)
    if not act.world.has(act.item, Pushable):
        act.refuse("push_to.cannot")
    direction = act.words["direction"]
    found, named = way(act.world, act.actor, direction), act.language.direction(direction)
    if found is None:
        act.refuse("go.nowhere", direction=named)
    if direction in {"up", "down"}:
        act.refuse("push_to.steep", direction=named)
    stop_at_guard(act, found.beyond)


@rules.carry_out("push_to")
def push_and_follow(act: Acting) -> None:
    """Move the thing and go after it."""
    found = way(act.world, act.actor, act.words["direction"])
    if found is not None:
        act.tell("push_to.done", direction=act.language.direction(found.direction))
        act.world.move(act.item, found.beyond)
        act.do("go", direction=found.direction)


def stop_at_guard(act: Acting, to: str) -> None:
    """End the action if somebody here guards the way to a place; the guard is provoked by the attempt."""
    guard = guard_of(act.world, act.actor, to)
    if guard:
        act.do("bar", act.actor, actor=guard)
        act.stop()


def _way(act: Acting) -> Way | None:
    if act.item:
        return way_through(act.world, act.actor, act.item)
    return way(act.world, act.actor, act.words.get("direction", ""))


def _see_come(act: Acting, player: str, found: Way, mount: str) -> None:
    """Tell a player who comes, and from where if it can be seen."""
    back = _way_back(act, found)
    message = ("ride.arrives" if mount else "go.arrives") if back else "go.arrives_somehow"
    act.report_to(player, message, way=act.language.toward(back, _COMING, "way.from"), mount=mount)


def _way_back(act: Acting, found: Way) -> str:
    """Return the direction from which the actor is seen to arrive: the way that leads back, if there is one."""
    opposite = OPPOSITES.get(found.direction, "")
    return opposite if opposite and way(act.world, act.actor, opposite) is not None else ""
