"""A player of the dungeon who is sensible and nothing more: reads scenes and events, types commands, keeps a map.

It knows no seed and no rules, and of ids only that the same one means the same thing. It takes what can be taken, wears
and wields what is better, searches every place once, opens what opens, fights only who has come at it, heals in time
and leaves the stairs down for last.
"""

from __future__ import annotations

import re

from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.world.events import AnyEvent, Combat, Ended, Entry, Report, Scene, SceneEvent

ME = "player"
MOST_COMMANDS = 2500
CAREFUL = 0.45
"""The share of its health below which the player stops fighting and heals, unless it is told to be more careful."""

DESPERATE = 0.25
"""The share of its health below which the player runs for water rather than stay and eat."""

MOST_ROUNDS = 6
"""How often at most the player goes through all places again when nothing else is left to do."""

RESTED = 0.75
"""The share of its health below which the player goes back to the water before going on."""

BACK = {"north": "south", "south": "north", "east": "west", "west": "east", "up": "down", "down": "up"}

Exit = tuple[str, str]  # place, direction


class Stuck(Exception):
    """Report that the player knows nothing more to do."""


class Solver:
    """Play one game to its end with ``solve``; ``typed`` has all commands, ``outcome`` how it ended."""

    def __init__(self, game: Game, *answers: str, careful: float = CAREFUL) -> None:
        self.game = game
        self._careful = careful
        self.scene = Scene(turns=0, place="", location="")
        self.typed: list[str] = []
        self.outcome = ""
        self.lowest = 1.0
        """The smallest share of its health that the player was left with."""
        self._events: tuple[AnyEvent, ...] = ()
        self._ways: dict[Exit, str] = {}
        self._blocked: dict[Exit, frozenset[str]] = {}  # tried in vain with these keys
        self._locked: dict[str, tuple[str, frozenset[str]]] = {}  # locked thing -> its place, keys tried
        self._searched: set[str] = set()
        self._done: set[str] = set()  # commands on things that need no second time
        self._foes: set[str] = set()
        self._fled: dict[str, set[str]] = {}  # place -> foes left there alive
        self._worth: dict[str, int] = {}
        self._failing = False  # the lantern was seen to grow dim
        self._walked = 0  # places that were gone to only to see who is there
        self._springs: dict[str, str] = {}  # place -> command that heals
        self._exits: dict[str, list[str]] = {}
        self._see(game.turn(Join(ME, "Ann")).events)
        for line in answers:
            self._type(line)

    def solve(self) -> str:
        """Play until the story ends and return its outcome; raise Stuck."""
        while not self.outcome:
            if len(self.typed) > MOST_COMMANDS:
                raise Stuck(f"still playing after {MOST_COMMANDS} commands, at {self.scene.location}")
            self._step()
        return self.outcome

    def _step(self) -> None:
        foes = [person for person in self.scene.people if person.id in self._foes]
        if self._tend_light():
            pass
        elif foes:
            self._fight(foes[0])
        elif self._handle_things():
            pass
        elif self._health() < RESTED and self._springs:
            self._go_and_drink()
        elif not (self._equip() or self._search()):
            self._explore()

    # Perceiving

    def _type(self, line: str) -> None:
        self.typed.append(line)
        self._see(self.game.turn(Typed(ME, line)).events)

    def _see(self, events: tuple[AnyEvent, ...]) -> None:
        self._events = events
        for event in events:
            match event:
                case SceneEvent():
                    self.scene = event.scene
                    self.lowest = min(self.lowest, self._health())
                case Ended():
                    self.outcome = event.outcome
                case Combat() if event.target == ME:
                    self._foes.add(event.attacker)
                case Report() if event.action in {"threaten", "bar"}:
                    self._foes.update(run.ref for run in event.text[0] if run.ref)
        self._exits[self.scene.place] = [exit.direction for exit in self.scene.exits]
        self._fled[self.scene.place] = self._foes & {person.id for person in self.scene.people}
        for entry in self.scene.things:
            if not any(line.startswith(("open ", "unlock ")) for line in entry.commands):
                self._locked.pop(entry.id, None)
            drink = next((line for line in entry.commands if line.startswith("drink ")), "")
            if drink and not any(line.startswith("take ") for line in entry.commands):
                self._springs[self.scene.place] = drink

    def _health(self) -> float:
        assert self.scene.vitals is not None
        return self.scene.vitals.hp / self.scene.vitals.max_hp

    def _told(self) -> str:
        return " ".join(run.text for event in self._events for paragraph in event.text for run in paragraph)

    def _keys(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self.scene.inventory if entry.name.endswith("key"))

    def _tend_light(self) -> bool:
        """Fill the lantern when it fails, and light it again; return whether there was anything to do."""
        told = self._told()
        if any(sign in told for sign in ("grows dim", "last of", "flicker")):
            self._failing = True
        oil = next((entry.name for entry in self.scene.inventory if entry.name == "flask of oil"), "")
        if self._failing and oil:
            self._failing = False
            self._type(f"refuel lantern with {oil}")
            return True
        dark = next((e for e in self.scene.inventory if e.name.endswith("lantern") and "lit" not in e.state), None)
        if dark is not None and any(line.startswith("light ") for line in dark.commands):
            self._type("light lantern")
            return True
        return False

    # Fighting and healing

    def _fight(self, foe: Entry) -> None:
        if self._health() >= self._careful:
            self._type(next(line for line in foe.commands if line.startswith("attack ")))
        elif self._health() >= DESPERATE and (remedy := self._remedy()):
            self._type(remedy)
        elif self._springs:
            self._go_and_drink()
        else:
            back = next(direction for (place, direction) in self._ways if place == self.scene.place)
            self._walk(back)

    def _remedy(self) -> str:
        lines = (line for entry in self.scene.inventory for line in entry.commands)
        return next((line for line in lines if line.startswith(("eat ", "drink "))), "")

    def _go_and_drink(self) -> None:
        path = self._path(set(self._springs))
        if path:
            self._walk(path[0])
        else:
            self._type(self._springs[self.scene.place])

    # Things

    def _equip(self) -> bool:
        """Wield and wear what is better than what is in use; return whether there was anything to do."""
        for entry in self.scene.inventory:
            use = next((line for line in entry.commands if line.startswith(("wield ", "wear "))), "")
            if not use or use in self._done:
                continue
            if entry.id not in self._worth:
                self._type(f"examine {entry.name}")
                numbers = re.findall(r"up to (\d+)|takes? (\d+)", self._told())
                self._worth[entry.id] = max((int(a or b) for a, b in numbers), default=0)
                return True
            wielded = [self._worth.get(e.id, 0) for e in self.scene.inventory if "wielded" in e.state]
            self._done.add(use)
            if use.startswith("wield ") and wielded and wielded[0] >= self._worth[entry.id]:
                continue
            self._wear_or_wield(use, entry)
            return True
        return False

    def _wear_or_wield(self, use: str, entry: Entry) -> None:
        worn = {e.id: e for e in self.scene.inventory if "worn" in e.state}
        self._type(use)
        still = {e.id for e in self.scene.inventory if "worn" in e.state}
        for off in worn.keys() - still:
            if self._worth.get(off, 0) > self._worth[entry.id]:
                self._type(f"wear {worn[off].name}")

    def _handle_things(self) -> bool:
        """Take and open what is here; return whether there was anything to do."""
        for entry in self.scene.things:
            for line in entry.commands:
                doing = f"{line.split()[0]} {entry.id}"
                if line.startswith(("take ", "disarm ")) and doing not in self._done:
                    self._done.add(doing)
                    self._type(line)
                    return True
                if line.startswith(("open ", "unlock ")) and self._locked.get(entry.id, ("", None))[1] != self._keys():
                    self._open(entry, line)
                    return True
        return False

    def _open(self, entry: Entry, line: str) -> None:
        self._locked[entry.id] = (self.scene.place, self._keys())
        self._type(line)

    def _search(self) -> bool:
        if self.scene.place in self._searched:
            return False
        self._searched.add(self.scene.place)
        self._type("search")
        return True

    # Moving

    def _explore(self) -> None:
        here, keys = self.scene.place, self._keys()
        fresh = [exit for exit in self._known_exits() if exit not in self._ways and self._blocked.get(exit) != keys]
        locked = {place for place, tried in self._locked.values() if tried != keys}
        fights = {place for place, foes in self._fled.items() if foes}
        unsearched = self._exits.keys() - self._searched
        sideways = {place for place, direction in fresh if direction != "down"} | locked | unsearched
        if self._health() >= RESTED or not sideways:
            sideways |= fights
        goals = sideways or {place for place, _ in fresh} or self._rounds()
        path = self._path(goals)
        if path:
            self._walk(path[0])
            return
        down = not sideways
        if not any(place == here for place, _ in fresh):
            self._type("wait")
            return
        direction = next(way for place, way in fresh if place == here and (way == "down") == down)
        self._walk(direction)

    def _rounds(self) -> set[str]:
        """Return a place to look at for those who have run away with what is needed; one after another."""
        places = list(self._exits)
        if self._walked > MOST_ROUNDS * len(places):
            raise Stuck(f"nothing left to do at {self.scene.location}")
        while self.scene.place == places[-1 - self._walked % len(places)]:
            self._walked += 1
        return {places[-1 - self._walked % len(places)]}

    def _known_exits(self) -> list[Exit]:
        return [(place, direction) for place, directions in self._exits.items() for direction in directions]

    def _walk(self, direction: str) -> None:
        before = self.scene.place
        self._type(direction)
        if self.scene.place != before:
            self._ways[before, direction] = self.scene.place
            if BACK[direction] in {exit.direction for exit in self.scene.exits}:
                self._ways.setdefault((self.scene.place, BACK[direction]), before)
        elif not any(person.id in self._foes for person in self.scene.people):
            self._blocked[before, direction] = self._keys()

    def _path(self, goals: set[str]) -> list[str]:
        """Return the directions to the nearest of ``goals`` over known ways, none when it is here."""
        queue: list[tuple[str, list[str]]] = [(self.scene.place, [])]
        seen = {self.scene.place}
        for here, path in queue:
            if here in goals:
                return path
            for (place, direction), there in self._ways.items():
                if place == here and there not in seen:
                    seen.add(there)
                    queue.append((there, [*path, direction]))
        raise Stuck(f"no known way from {self.scene.location} to any of {sorted(goals)}")
