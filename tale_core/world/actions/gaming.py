"""Speaking about the game rather than in it: score, help, waiting, leaving and starting over."""

from __future__ import annotations

from typing import cast

from tale_core.world.acting import Acting
from tale_core.world.actions.holding import lose_all
from tale_core.world.components import STORY, Player
from tale_core.world.events import AnyEvent, Score, System, Text
from tale_core.world.people import Shared
from tale_core.world.performance import What, Wish
from tale_core.world.rulebook import Rules
from tale_core.world.waiting import turns_until

rules = Rules()
rules.free("score", "quit", "restart", "yes", "no", "again", "about")
rules.free("time")
rules.free("undo", "save", "restore", "saves", "script")


_PHASES = ((5, "time.night"), (12, "time.morning"), (18, "time.afternoon"), (22, "time.evening"), (24, "time.night"))
"""How the time is told in the hours up to each."""


@rules.check("wait")
def it_is_a_time(act: Acting) -> None:
    """Refuse to wait until something that is no time of day, or in a story that keeps none."""
    until = act.words.get("topic", "")
    if until and turns_until(act.world, until) is None:
        act.refuse("wait.until" if act.time else "wait.turns")


@rules.report("wait")
def wait(act: Acting) -> None:
    """Let time pass."""
    act.say("wait.done")


@rules.report("score")
def score(act: Acting) -> None:
    """Tell how many points the player has, and in how many turns."""
    player = act.world.get(act.actor, Player)
    if player is None:
        return
    most = act.performance.max_score()

    def made(to: str, text: Text) -> AnyEvent:
        return Score(to=to, text=text, score=player.score, max_score=most)

    message = "score.told" if most else "score.none"
    text = act.performance.text(act, act.actor, message, {"score": player.score, "most": most, "turns": player.moves})
    act.performance.emit(made(act.actor, text))


@rules.report("time")
def time(act: Acting) -> None:
    """Tell the time of day, or in a story that has none how long it has gone on."""
    now = act.time
    if now is None:
        act.say("time.none", turns=act.world.need(act.actor, Player).moves if act.by_player else 0)
        return
    act.say(next(message for hour, message in _PHASES if now.hour < hour), clock=str(now), day=now.day)


@rules.report("about")
def about(act: Acting) -> None:
    """Tell what this is."""
    _system(act, "about.text")


@rules.check("yes", "no")
def nothing_was_asked(act: Acting) -> None:
    """Answer an answer to no question."""
    act.refuse("answer.unasked")


@rules.check("again")
def nothing_to_repeat(act: Acting) -> None:
    """Answer a wish to repeat when nothing was done yet."""
    act.refuse("again.nothing")


@rules.check("undo", "save", "restore", "saves")
def not_among_others(act: Acting) -> None:
    """Refuse to turn back a world that goes on for others."""
    if act.world.has(STORY, Shared):
        act.refuse("undo.shared" if act.action == "undo" else "save.shared")


@rules.carry_out("undo", "save", "restore", "saves", "script")
def wish(act: Acting) -> None:
    """Leave it to whoever runs the game, once this turn is over."""
    _wish(act, cast("What", act.action))


@rules.check("quit")
def really_quit(act: Acting) -> None:
    """Ask first, unless the story is over for this player anyway."""
    if not _is_over(act):
        act.confirm("quit.sure")


@rules.carry_out("quit")
def quit_(act: Acting) -> None:
    """End the story for this player, who leaves what they had to others."""
    lose_all(act.world, act.actor)
    act.do("depart")
    act.end("quit")


@rules.check("restart")
def really_restart(act: Acting) -> None:
    """Ask first, unless the story is over for this player anyway."""
    if not _is_over(act):
        act.confirm("restart.sure")


@rules.carry_out("restart")
def restart(act: Acting) -> None:
    """Leave it to the game to begin anew once this turn is over."""
    _wish(act, "restart")


def _wish(act: Acting, what: What) -> None:
    if act.by_player:
        act.performance.wish = Wish(what, act.actor, act.words.get("topic", "").strip())


def _is_over(act: Acting) -> bool:
    player = act.world.get(act.actor, Player)
    return player is not None and player.outcome != ""


def _system(act: Acting, code: str, **things: str) -> None:
    text = act.performance.text(act, act.actor, code, things)
    act.performance.emit(System(to=act.actor, text=text, code=code))
