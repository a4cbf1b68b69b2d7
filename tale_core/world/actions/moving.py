"""Going from place to place, through doors and past guards."""

from __future__ import annotations

from tale_core.world.acting import Acting
from tale_core.world.actions.looking import describe_place
from tale_core.world.command import Verdict
from tale_core.world.directions import OPPOSITES
from tale_core.world.rulebook import Rules
from tale_core.world.ways import Way, guard_of, way, way_through, ways

rules = Rules()

_GOING = {"in": "inside", "out": "outside"}
_COMING = {"up": "from above", "down": "from below", "in": "from inside", "out": "from outside"}


def travel(act: Acting, place: str) -> None:
    """Put the actor into another place, unseen by any, and let them look around."""
    act.world.move(act.actor, place)
    describe_place(act)


@rules.verify("go", "enter")
def can_be_gone_to(act: Acting) -> Verdict | None:
    """Find it fine to go through the place's doors and senseless to go into anything else."""
    if act.item and way_through(act.world, act.actor, act.item) is None:
        return Verdict.ILLOGICAL
    return None


@rules.before("enter")
def entering_is_going(act: Acting) -> None:
    """Treat "enter the door" as going through it, and a bare "enter" as going in."""
    act.instead("go", act.item, **({} if act.item else {"direction": act.words.get("direction", "in")}))


@rules.before("leave")
def leaving_is_going_out(act: Acting) -> None:
    """Treat "leave" as going out, or as going the only way there is."""
    found = ways(act.world, act.actor)
    if len(found) != 1 and way(act.world, act.actor, "out") is None:
        act.refuse("go.which")
    act.instead("go", direction=found[0].direction if len(found) == 1 else "out")


@rules.implicit("go")
def open_what_is_closed(act: Acting) -> None:
    """Open the door that is in the way, unless somebody bars it anyway."""
    found = _way(act)
    if found is not None and found.is_closed(act.world):
        act.try_("open", found.door)


@rules.check("go")
def there_is_a_way(act: Acting) -> None:
    """Refuse to go where no way leads."""
    found = _way(act)
    if found is None and act.item:
        act.refuse("go.not_a_way")
    if found is None:
        known = ways(act.world, act.actor)
        act.refuse("go.nowhere" if known else "go.no_exits", direction=act.words.get("direction", ""))
    if found.is_closed(act.world):
        act.refuse("go.closed", door=found.door)
    stop_at_guard(act, found.beyond)


@rules.carry_out("go")
def leave_and_arrive(act: Acting) -> None:
    """Move the actor; those who are left and those who are joined both see it."""
    found = _way(act)
    if found is None:
        return
    act.tell_others("go.leaves", way=_GOING.get(found.direction, found.direction))
    act.world.move(act.actor, found.beyond)
    back = _way_back(act, found)
    act.tell_others("go.arrives" if back else "go.arrives_somehow", way=_COMING.get(back, f"from the {back}"))


@rules.report("go")
def look_around(act: Acting) -> None:
    """Describe the new place to the player who came."""
    describe_place(act)


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


def _way_back(act: Acting, found: Way) -> str:
    """Return the direction from which the actor is seen to arrive: the way that leads back, if there is one."""
    opposite = OPPOSITES.get(found.direction, "")
    return opposite if opposite and way(act.world, act.actor, opposite) is not None else ""
