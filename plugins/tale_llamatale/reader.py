"""Read a LlamaTale story: its settings, its zones, its things and people, put together as a story of Tale's."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tale_core.game.located import Scalar
from tale_core.game.problems import TOP, Problems
from tale_core.game.reading import Reading, reading_of
from tale_core.game.story import Code, assembled
from tale_core.game.storyfile import Mode, StoryInfo
from tale_core.world.acting import Acting
from tale_core.world.command import Verdict
from tale_core.world.rulebook import Rules
from tale_llamatale.drafts import Drafts
from tale_llamatale.goods import Warehouse
from tale_llamatale.people import Census
from tale_llamatale.places import Gazetteer
from tale_llamatale.records import Book, Record, slug
from tale_llamatale.spawning import spawners, spawning

CONFIG = "story_config.json"
WORLD = "world.json"
WELCOME = "messages/welcome.txt"

MODES: dict[str, Mode] = {"IF": "if", "MUD": "mud"}

COINS = {"FANTASY": "gold coin", "MODERN": "dollar", "NOTHING": ""}

_OF_THE_SERVER = (
    "custom_resources", "day_night", "display_gametime", "display_race", "epoch", "gametime_to_realtime", "items",
    "license_file", "max_load_time", "max_wait_hours", "mud_host", "mud_port", "npcs", "playable_races",
    "requires_tale", "save_games_enabled", "savegames_enabled", "server_mode", "server_tick_method", "server_tick_time",
    "show_exits_in_look", "startlocation_wizard", "story_type", "type", "version",
    "zones",
)  # fmt: skip
"""Settings that say how LlamaTale is to run, and nothing of the story."""


def read(folder: Path) -> Reading:
    """Read the story in the folder; raise StoryError with every mistake in it."""
    problems = Problems(folder)
    book = Book(problems)
    config, world = book.file(CONFIG, "a story"), book.file(WORLD, "a world")
    whole_world = world.record("world", "a world") or Record(book, WORLD, "a world", world.node)
    story = world.record("story", "a story")
    drafts = Drafts()
    places = Gazetteer(drafts, world)
    places.add_all()
    catalogue = world.record("catalogue", "a catalogue")
    goods = Warehouse(drafts, catalogue)
    people = Census(drafts, places, goods)
    loose = [(goods.made(key, record), record) for key, record in whole_world.records("items", "an item")]
    for key, record in whole_world.records("npcs", "a person"):
        people.add(key, record)
    listed: dict[str, str] = {}
    for spot in places.spots:
        for each in spot.record.names_and_records("items", "an item"):
            if isinstance(each, str) and goods.own(each):
                listed[goods.own(each)] = spot.id
            else:
                goods.put(each, spot.record, spot.id)
    _lay_out(drafts, loose, listed, places, people, goods)
    found = spawners(whole_world, catalogue, places, goods, people)
    info = _info(config, story.text("name") if story is not None else "", places, problems)
    if (folder / "story.py").is_file():
        mark = config.mark()
        book.remark("code", "story.py", CONFIG, mark, "story.py is not run: it is written for LlamaTale")
    rules = _rules(drafts, places)
    spawning(rules, found)
    reading = reading_of(assembled(problems, info, drafts.all, Code(rules)))
    coming = frozenset(id for spawner in found for id, _ in spawner.waiting)
    return replace(reading, notes=book.notes(), named=coming, own=False)


def _lay_out(
    drafts: Drafts,
    loose: list[tuple[str, Record]],
    listed: dict[str, str],
    places: Gazetteer,
    people: Census,
    goods: Warehouse,
) -> None:
    """Put the things of the world's own list where they are: in a place, with somebody, or in another thing."""
    index = {draft.id: number for number, draft in enumerate(drafts.all)}
    for id, record in loose:
        where = record.text("location")
        person = people.find(where)
        parent = places.find(where) or person or goods.own(where) or listed.get(id, "")
        if where and not parent:
            hint = places.meant(where)
            record.wrong("location", f"{record.text('name') or id!r} is in {where!r}, which is nowhere", hint)
        number = index[id]
        drafts.all[number] = drafts.all[number]._replace(parent=parent, how="held" if parent == person != "" else "in")


def _info(config: Record, name: str, places: Gazetteer, problems: Problems) -> StoryInfo:
    """Return what the story says of itself."""
    config.leave(*_OF_THE_SERVER)
    title = config.text("name") or name or problems.folder.resolve().name
    told = config.record("context", "a story's context") if not isinstance(_value(config, "context"), Scalar) else None
    background = told.text("base_story") if told is not None else config.text("context")
    about = config.record("world_info", "a world") if not isinstance(_value(config, "world_info"), Scalar) else None
    described = about.text("description") if about is not None else config.text("world_info")
    modes = tuple(MODES[each] for each in config.names("supported_modes") if each in MODES)
    coin = COINS.get(config.text("money_type").upper(), "gold coin")
    return StoryInfo(
        id=slug(title, "story").replace("_", "-"),
        title=title,
        author=config.text("author") or "somebody",
        version="1.0",
        modes=modes or ("if",),
        start=_start(config, places, problems),
        description=background or described,
        intro=_welcome(problems.folder) or background or described,
        credits=config.text("author_address"),
        coin=coin,
        purse=max(0, config.number("player_money")) if coin else 0,
    )


def _start(config: Record, places: Gazetteer, problems: Problems) -> str:
    """Return where the story starts: the place that it names, or else the first."""
    wish = config.text("startlocation_player")
    found = places.find(wish) if wish else ""
    if found:
        return found
    if not places.spots:
        problems.stop_if_any()  # what is wrong with the file is why
        text = "the story has no locations: a language model would make them as it is played"
        problems.add(WORLD, TOP, text, 'write some: {"zones": {"town": {"locations": […]}}}')
        problems.stop_if_any()
    first = places.spots[0]
    if wish and not wish.startswith("start_zone."):
        config.wrong("startlocation_player", f"the story starts in {wish!r}, which is no location", places.meant(wish))
    elif wish:
        text = f"{wish!r} asks for a world that a language model makes: the story starts in {first.name!r}"
        config.book.remark("start", wish, CONFIG, config.mark("startlocation_player"), text)
    return first.id


def _welcome(folder: Path) -> str:
    path = folder / WELCOME
    try:
        return path.read_text(encoding="utf-8").strip() if path.is_file() and path.stat().st_size < 65_536 else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _value(record: Record, key: str) -> object:
    return record.node.entries[key][1] if key in record.node.entries else None


def _rules(drafts: Drafts, places: Gazetteer) -> Rules:
    """Return what such a story does differently: its exits go by their names, and tell who goes."""
    rules = Rules()
    ways, arrivals = drafts.ways, places.arrivals

    @rules.verify("go", "enter")
    def an_exit_is_meant(act: Acting) -> Verdict | None:
        """Take a place that is named for the exit that leads there."""
        return Verdict.FINE if act.item in ways else None

    @rules.before("go", "enter", "climb")
    def go_by_name(act: Acting) -> None:
        """Go where the exit leads that was named."""
        if act.item in ways:
            act.instead("go", direction=ways[act.item])

    @rules.carry_out("go")
    def remember(act: Acting) -> None:
        """Tell who goes what the exit has to say, once nothing is in the way."""
        told = arrivals.get((act.place, act.words.get("direction", "")))
        if told:
            act.say("{told}", told=told)

    return rules
