"""A hand-made story with one of everything, and a way to play it by typing."""

from __future__ import annotations

from pathlib import Path

from tale_core.game.game import Game, Turn
from tale_core.game.inputs import AnyInput, Join, Leave, Tick, Typed
from tale_core.game.story import Story, StoryInfo
from tale_core.story import (
    Actor,
    Behaviour,
    Container,
    Description,
    Door,
    Drinkable,
    Edible,
    Fixed,
    Hidden,
    Light,
    Lock,
    Name,
    Openable,
    Place,
    Readable,
    Rules,
    Scenery,
    Scoring,
    Supporter,
    Treasure,
    Weapon,
    Wearable,
    Wielded,
    World,
)
from tale_core.world.acting import command
from tale_core.world.events import SceneEvent
from tale_core.world.messages import plain
from tale_core.world.performance import Performance

ANNA, BOB = "anna", "bob"


def build(world: World) -> None:
    """Fill an empty world: a hall with a garden, a cellar, and a vault behind a locked door above a pit."""
    world.add("story", Scoring(max_score=20, goal="Find the crown."))
    exits = {"north": "oak_door", "east": "cellar", "south": "garden"}
    world.add("hall", Name("Great Hall"), Description("A wide hall with a marble altar."), Place(exits))
    world.add("garden", Name("Garden"), Description("Roses."), Place({"north": "hall", "west": "gate"}))
    world.add("lane", Name("Lane"), Place({"east": "gate"}))
    world.add("vault", Name("Vault"), Description("Bare stone."), Place({"south": "oak_door", "down": "pit"}))
    world.add("pit", Name("Pit"), Description("A deep pit."), Place({"up": "vault"}, level=1))
    world.add("cellar", Name("Cellar"), Description("Damp."), Place({"west": "hall"}, dark=True))
    world.add("oak_door", Name("oak door"), Door("hall", "vault"), Openable(), Lock(("brass_key",)))
    world.add("gate", Name("iron gate"), Door("garden", "lane"), Openable(), Hidden())
    world.add("altar", Name("marble altar"), Scenery(), Supporter(), at="hall")
    world.add("lamp", Name("lamp"), Light(lit=True, fuel=200), at="altar", how="on")
    world.add("brass_key", Name("brass key"), Description("A small key."), at="hall")
    world.add("iron_key", Name("iron key"), Hidden(), at="altar", how="on")
    world.add("chest", Name("chest"), Container(capacity=3), Openable(), Fixed(), at="hall")
    world.add("coin1", Name("coin"), at="chest")
    world.add("coin2", Name("coin"), at="chest")
    world.add("jar", Name("jar"), Container(transparent=True), Openable(), at="hall")
    world.add("bee", Name("bee"), at="jar")
    world.add("note", Name("note"), Readable("Beware of the ogre."), at="hall")
    world.add("cap", Name("leather cap"), Wearable("head", 1), at="garden")
    world.add("helmet", Name("helmet"), Wearable("head", 2), at="garden")
    world.add("sword", Name("iron sword"), Weapon(6, 20), at="garden")
    world.add("bread", Name("bread", article="some"), Edible(5, "It is stale."), at="garden")
    world.add("poison", Name("green potion"), Drinkable(-100), at="garden")
    world.add("statue", Name("statue"), Fixed("It weighs tons."), at="garden")
    world.add("goblin", Name("goblin", gender="he"), Actor(8, 8, points=5), Behaviour("hostile"), at="vault")
    world.add("club", Name("club"), Weapon(4), Wielded(), at="goblin", how="held")
    world.add("ogre", Name("ogre"), Actor(6, 6), Behaviour("guard"), at="vault")
    world.add("crown", Name("golden crown"), Treasure(15), at="pit")


def story(rules: Rules | None = None, messages: dict[str, str] | None = None) -> Story:
    """Return the story, with rules and messages of its own if given."""
    info = StoryInfo(id="small", title="Small", author="Nobody", version="1.0", start="hall", intro="You wake.")
    return Story(info, Path(), build, rules or Rules(), messages or {})


class Play:
    """Play a game by typing; what each player was told in the last turn is in ``heard``."""

    def __init__(self, rules: Rules | None = None, seed: int = 1, messages: dict[str, str] | None = None) -> None:
        self.game = Game(story(rules, messages), seed)
        self.heard: dict[str, str] = {}
        self.last: Turn
        self.join(ANNA, "Anna")

    @property
    def world(self) -> World:
        """The game's world as it is now: a restart makes another one."""
        return self.game.world

    def join(self, player: str, name: str) -> str:
        """Let a player join; return what they are told."""
        return self.take(Join(player, name), player)

    def leave(self, player: str) -> str:
        """Let a player leave; return what they are told."""
        return self.take(Leave(player), player)

    def tick(self) -> str:
        """Let time pass; return what Anna is told."""
        return self.take(Tick(), ANNA)

    def type(self, text: str, player: str = ANNA) -> str:
        """Type a line; return what the player is told, a line an event."""
        return self.take(Typed(player, text), player)

    def types(self, *lines: str, player: str = ANNA) -> str:
        """Type several lines; return what the player is told after the last one."""
        told = ""
        for line in lines:
            told = self.type(line, player)
        return told

    def take(self, given: AnyInput, player: str) -> str:
        """Apply an input; return what the player is told."""
        self.last = self.game.turn(given)
        self.heard = {}
        for event in self.last.events:
            if not isinstance(event, SceneEvent):
                self.heard[event.to] = "\n".join(filter(None, (self.heard.get(event.to), plain(event.text))))
        return self.heard.get(player, "")

    def do(self, action: str, item: str = "", target: str = "", player: str = ANNA, **words: str) -> str:
        """Let a player do something that needs no sentence; return what they are told."""
        performance = Performance(self.world, self.game.rules, self.game.messages)
        performance.perform(player, command(action, item, target, **words))
        self.heard = {}
        for event in performance.events:
            self.heard[event.to] = "\n".join(filter(None, (self.heard.get(event.to), plain(event.text))))
        return self.heard.get(player, "")

    def to(self, player: str, place: str) -> None:
        """Put a player somewhere without further ado."""
        self.world.move(player, place)

    def give(self, *things: str, player: str = ANNA) -> None:
        """Put things into a player's hands."""
        for thing in things:
            self.world.drop(thing, Hidden)
            self.world.move(thing, player, "held")

    def calm(self) -> None:
        """Take all monsters out of the world."""
        for monster in self.world.every(Behaviour):
            self.world.remove(monster)
