"""Opening and closing, locking and unlocking: doors and containers alike."""

from __future__ import annotations

import msgspec

from tale_core.world import describing
from tale_core.world.acting import Acting
from tale_core.world.actions.holding import is_held, need_held, need_reach, owner
from tale_core.world.actions.moving import stop_at_guard
from tale_core.world.command import Verdict
from tale_core.world.components import Container, Door, Lock, Name, Openable, Tried
from tale_core.world.events import Report
from tale_core.world.perception import players_in
from tale_core.world.rulebook import Rules
from tale_core.world.store import World
from tale_core.world.vocabulary import name_words
from tale_core.world.ways import beyond

rules = Rules()


def fitting_key(world: World, actor: str, thing: str) -> str:
    """Return the first key among the actor's belongings that fits the thing's lock, or ""."""
    lock = world.get(thing, Lock)
    keys = () if lock is None else lock.keys
    return next((key for key in keys if owner(world, key) == actor), "")


def is_locked(world: World, thing: str) -> bool:
    """Tell whether the thing is locked."""
    lock = world.get(thing, Lock)
    return lock is not None and lock.locked


@rules.verify("open")
def can_be_opened(act: Acting) -> Verdict | None:
    """Find it impossible to open what has no lid, senseless to open what is open."""
    openable = act.world.get(act.item, Openable)
    if openable is None:
        return Verdict.IMPOSSIBLE
    return Verdict.ILLOGICAL if openable.open else None


@rules.verify("close")
def can_be_closed(act: Acting) -> Verdict | None:
    """Find it impossible to close what has no lid, senseless to close what is closed."""
    openable = act.world.get(act.item, Openable)
    if openable is None:
        return Verdict.IMPOSSIBLE
    return None if openable.open else Verdict.ILLOGICAL


@rules.verify("open_with")
def can_be_opened_with(act: Acting) -> Verdict | None:
    """Prefer what can be opened, by lock and key, and keys in hand."""
    verdict = can_be_opened(act) if act.item else None
    if verdict is not None:
        return verdict
    if not act.target:
        return None if act.world.has(act.item, Lock) else Verdict.ILLOGICAL
    if not _is_key(act.world, act.target):
        return Verdict.ILLOGICAL
    return None if is_held(act.world, act.actor, act.target) else Verdict.DANGEROUS


@rules.before("open_with")
def opening_with_is_unlocking(act: Acting) -> None:
    """Treat opening something with a key as unlocking it with that, where it is locked, and opening it."""
    if is_locked(act.world, act.item):
        act.try_("unlock", act.item, act.target)
    act.instead("open", act.item)


@rules.verify("lock", "unlock")
def can_be_turned(act: Acting) -> Verdict | None:
    """Prefer what has a lock in the other state, and keys in hand; which key fits is for the player to find out."""
    lock = act.world.get(act.item, Lock)
    if act.item and lock is None:
        return Verdict.IMPOSSIBLE
    if act.target and not _is_key(act.world, act.target):
        return Verdict.ILLOGICAL
    if act.target and not is_held(act.world, act.actor, act.target):
        return Verdict.DANGEROUS
    if lock is not None and lock.locked == (act.action == "lock"):
        return Verdict.ILLOGICAL
    return None


@rules.implicit("open")
def unlock_first(act: Acting) -> None:
    """Unlock it with a fitting key that the actor has, unless somebody bars it anyway."""
    _stop_at_guard(act)
    key = fitting_key(act.world, act.actor, act.item)
    if is_locked(act.world, act.item) and key:
        act.try_("unlock", act.item, key)


@rules.implicit("lock")
def close_first(act: Acting) -> None:
    """Close what stands open."""
    openable = act.world.get(act.item, Openable)
    if openable is not None and openable.open and act.world.has(act.item, Lock):
        act.try_("close", act.item)


@rules.implicit("lock", "unlock")
def find_the_key(act: Acting) -> None:
    """Choose the fitting key that the actor has when none was named; take a named one into one's hands."""
    if not act.target:
        act.target = fitting_key(act.world, act.actor, act.item)
    elif act.world.has(act.item, Lock) and _is_key(act.world, act.target):
        need_held(act, act.target)


@rules.check("open")
def may_be_opened(act: Acting) -> None:
    """Refuse what does not open, is open or is locked."""
    need_reach(act, act.item)
    openable = act.world.get(act.item, Openable)
    if openable is None:
        act.refuse("open.cannot")
    if openable.open:
        act.refuse("open.already")
    if is_locked(act.world, act.item):
        _find_locked(act)
        act.refuse("open.locked")


def _find_locked(act: Acting) -> None:
    """Let everybody who sees the vain attempt know that the thing is locked."""
    if not act.world.has(act.item, Tried):
        act.world.set(act.item, Tried())
        act.tell_others("open.in_vain")


@rules.check("close")
def may_be_closed(act: Acting) -> None:
    """Refuse what does not close or is closed."""
    need_reach(act, act.item)
    openable = act.world.get(act.item, Openable)
    if openable is None:
        act.refuse("close.cannot")
    if not openable.open:
        act.refuse("close.already")


@rules.check("lock", "unlock")
def may_be_turned(act: Acting) -> None:
    """Refuse what has no lock, is in that state already, or needs another key."""
    need_reach(act, act.item)
    lock = act.world.get(act.item, Lock)
    if lock is None:
        act.refuse("lock.cannot")
    if lock.locked == (act.action == "lock"):
        act.refuse("lock.already" if lock.locked else "unlock.already")
    if not act.target:
        _find_locked(act)
        act.refuse("lock.no_key")
    if not is_held(act.world, act.actor, act.target) and owner(act.world, act.target) != act.actor:
        act.refuse("drop.not_held", item=act.target)
    if act.target not in lock.keys:
        act.refuse("lock.wrong_key")


@rules.carry_out("open", "close")
def swing(act: Acting) -> None:
    """Change the state; who stands on a door's other side sees it."""
    act.world.set(act.item, Openable(open=act.action == "open"))
    door = act.world.get(act.item, Door)
    if door is None:
        return
    message = "open.elsewhere" if act.action == "open" else "close.elsewhere"
    for player in players_in(act.world, beyond(act.world, act.place, act.item)):
        act.report_to(player, message)


@rules.carry_out("lock", "unlock")
def turn(act: Acting) -> None:
    """Change the state of the lock."""
    lock = act.world.need(act.item, Lock)
    act.world.set(act.item, msgspec.structs.replace(lock, locked=act.action == "lock"))
    act.world.drop(act.item, Tried)


@rules.report("open")
def report_open(act: Acting) -> None:
    """Tell of the opening and, for a container, of what it reveals."""
    act.tell("open.done")
    if act.implicit or not act.by_player or not act.world.has(act.item, Container):
        return
    text = describing.all_contents(act, [act.item])
    if text:
        act.performance.emit(Report(to=act.actor, text=text, action=act.action))


@rules.report("close")
def report_close(act: Acting) -> None:
    """Tell of the closing."""
    act.tell("close.done")


@rules.report("lock")
def report_lock(act: Acting) -> None:
    """Tell of the locking."""
    act.tell("lock.done")


@rules.report("unlock")
def report_unlock(act: Acting) -> None:
    """Tell of the unlocking."""
    act.tell("unlock.done")


def _stop_at_guard(act: Acting) -> None:
    """End the action if somebody guards what lies behind the door."""
    if act.world.has(act.item, Door):
        stop_at_guard(act, beyond(act.world, act.place, act.item))


def _is_key(world: World, thing: str) -> bool:
    """Tell whether the thing is called a key, or opens any lock in the world."""
    name = world.get(thing, Name)
    is_called_so = name is not None and "key" in name_words(name)
    return is_called_so or any(thing in world.need(lock, Lock).keys for lock in world.every(Lock))
