"""Templates, and that the messages and the code know of one another."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tale_core
from tale_core.game.game import Game
from tale_core.game.inputs import Join, Typed
from tale_core.game.story import Story, StoryInfo
from tale_core.world import naming, socials
from tale_core.world.actions import defaults
from tale_core.world.components import Actor, Container, Name, Place, Player
from tale_core.world.directions import OPPOSITES, SPELLINGS
from tale_core.world.events import Run
from tale_core.world.grammar import standard_grammar
from tale_core.world.language import NUMBERS
from tale_core.world.messages import Messages, Template, Voice, plain, prose, standard
from tale_core.world.parser import FAILURES
from tale_core.world.rulebook import Rules
from tale_core.world.store import World

ROOT = Path(tale_core.__file__).parent
IDS = re.compile(r"[a-z_]+\.[a-z_0-9]+")


@pytest.fixture
def world() -> World:
    world = World(1)
    world.add("hall", Name("hall"), Place())
    world.add("anna", Name("Anna", proper=True, gender="she"), Actor(1, 1), Player(), at="hall")
    world.add("bob", Name("Bob", proper=True, gender="he"), Actor(1, 1), Player(), at="hall")
    world.add("goblin", Name("goblin"), Actor(1, 1), at="hall")
    world.add("axe", Name("axe"), at="hall")
    world.add("gloves", Name("gloves", plural=True), at="hall")
    world.add("bread", Name("bread", article="some"), at="hall")
    world.add("coin1", Name("coin"), at="hall")
    world.add("coin2", Name("coin"), at="hall")
    return world


def tell(world: World, template: str, to: str, actor: str, **things: object) -> str:
    return plain(Template(template).render(voice(world, to, actor, **things)))


def voice(world: World, to: str, actor: str, unknown: str = "", **things: object) -> Voice:
    return Voice(world, standard().language, to, actor, things, lambda thing: thing != unknown)  # type: ignore[arg-type]


# Templates


@pytest.mark.parametrize(
    ("template", "to_anna", "to_bob"),
    [
        ("{You} {take|takes} {the axe}.", "You take the axe.", "Anna takes the axe."),
        ("{Your} axe falls on {your} foot.", "Your axe falls on your foot.", "Anna's axe falls on her foot."),
        ("{You} {see|sees} {yourself}.", "You see yourself.", "Anna sees herself."),
        ("{You} {hit|hits} {the bob}.", "You hit Bob.", "Anna hits you."),
        ("{The bob} {bob:bleed|bleeds} on {its bob} shirt.", "Bob bleeds on his shirt.", "You bleed on your shirt."),
        ("{The bob's} turn.", "Bob's turn.", "Your turn."),
    ],
)
def test_one_template_gives_both_forms(world: World, template: str, to_anna: str, to_bob: str) -> None:
    assert tell(world, template, "anna", "anna", axe="axe", bob="bob") == to_anna
    assert tell(world, template, "bob", "anna", axe="axe", bob="bob") == to_bob


def test_a_verb_may_have_a_form_of_its_own_for_several(world: World) -> None:
    template = "{You} {siehst|sieht|sehen}, was {the item} {item:bist|ist|sind}."
    world.add("rats", Name("rats", plural=True), Actor(1, 1), at="hall")
    assert tell(world, template, "anna", "anna", item="axe") == "You siehst, was the axe ist."
    assert tell(world, template, "anna", "rats", item="gloves") == "The rats sehen, was the gloves sind."
    assert tell(world, template, "anna", "goblin", item="anna") == "The goblin sieht, was you bist."
    assert tell(world, "{n:bist|ist|sind}", "anna", "goblin", n=2) == "sind"
    assert tell(world, "{n:are|is}", "anna", "goblin", n=2) == "are"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{A axe}", "An axe"),
        ("{a gloves}", "some gloves"),
        ("{a bread} and {the bread}", "some bread and the bread"),
        (
            "{The gloves} {gloves:are|is} gone; {they gloves} {gloves:were|was} new.",
            "The gloves are gone; they were new.",
        ),
        ("{it goblin}", "it"),
        ("{n#point|points}", "points"),
        ("{one#point|points}", "point"),
        ("{a many}", "an axe, some gloves and two coins"),
        ("{the many}", "the axe, the gloves, the coin and the coin"),
        ("{{braces}} {word}", "{braces} {raw}"),
    ],
)
def test_names_articles_and_numbers(world: World, template: str, text: str) -> None:
    things = {name: name for name in ("axe", "gloves", "bread", "goblin")}
    many = ("axe", "gloves", "coin1", "coin2")
    assert tell(world, template, "anna", "anna", n=2, one=1, many=many, word="{raw}", **things) == text


def test_what_is_not_known_has_no_name_and_no_reference(world: World) -> None:
    template = Template("{The goblin} {goblin:touch|touches} {the axe}.")
    text = template.render(voice(world, "anna", "anna", unknown="goblin", goblin="goblin", axe="axe"))
    assert plain(text) == "Someone touches the axe."
    assert [run.ref for run in text[0] if run.ref] == ["axe"]


def test_things_become_runs_with_references_and_roles(world: World) -> None:
    text = Template("{The goblin} has {a axe}. {!Run} {=go}").render(
        voice(world, "anna", "anna", goblin="goblin", axe="axe")
    )
    assert Run("goblin", ref="goblin", role="person") in text[0]
    assert Run("axe", ref="axe", role="item") in text[0]
    assert {run.role for run in text[0]} == {"", "person", "item", "danger", "code"}


def test_an_empty_line_parts_paragraphs(world: World) -> None:
    assert Template("One\ntwo.\n\nThree.").render(voice(world, "anna", "anna")) == (
        (Run("One two."),),
        (Run("Three."),),
    )
    assert prose("One\n two.\n\n\nThree.\n") == ((Run("One two."),), (Run("Three."),))


def test_a_gap_that_means_nothing_is_named() -> None:
    with pytest.raises(ValueError, match="the the thing"):
        Template("Look at {the the thing}.")
    with pytest.raises(ValueError, match="means nothing"):
        Template("{You} {a|b|c|d}.")


@given(st.text())
def test_prose_takes_any_text(text: str) -> None:
    assert plain(prose(text)).split() == text.split()


# Messages


def test_variants_are_chosen_by_the_worlds_random_numbers(world: World) -> None:
    messages = Messages({"a.b": ["one", "two", "three"]})
    seen = set()
    for turn in range(40):
        world.turn = turn
        first, second = (messages.render("a.b", voice(world, to, "anna")) for to in ("anna", "bob"))
        assert first == second
        seen.add(plain(first))
    assert seen == {"one", "two", "three"}


def test_a_text_that_is_no_id_is_its_own_template(world: World) -> None:
    messages = Messages({})
    assert plain(messages.render("{You} {sneeze|sneezes}.", voice(world, "bob", "anna"))) == "Anna sneezes."
    with pytest.raises(KeyError, match=r"no\.such_message"):
        messages.render("no.such_message", voice(world, "bob", "anna"))


def test_a_story_may_put_its_own_text_in_place(world: World) -> None:
    messages = standard().overlaid({"take.done": "Yours."})
    assert plain(messages.render("take.done", voice(world, "anna", "anna", item="axe"))) == "Yours."
    assert len(messages.ids()) == len(standard().ids())


def texts_in_code() -> set[str]:
    """Return every string in the world's and game's code that looks like a message's id."""
    groups = {name.split(".")[0] for name in standard().ids()}
    files = sorted([*(ROOT / "world").rglob("*.py"), *(ROOT / "game").rglob("*.py"), *(ROOT / "serving").rglob("*.py")])
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    ids = {text for text in texts if IDS.fullmatch(text) and not text.endswith((".html", ".toml"))}
    return {text for text in ids if text.split(".")[0] in groups}


def test_every_message_in_the_code_has_a_text() -> None:
    assert texts_in_code() - set(standard().ids()) == set()


def test_every_text_is_used_by_the_code() -> None:
    composed = {
        *socials.messages(),
        *(f"number.{n}" for n in range(NUMBERS)),
        *(f"pronoun.{each}" for each in ("it", "he", "she", "they")),
        *(f"direction.{each}" for each in OPPOSITES),
        *(f"word.{each}" for each in ("undo", "restart", "quit")),
    }
    unused = set(standard().ids()) - texts_in_code()
    assert {name for name in unused if not name.endswith("_short")} == composed


def test_every_short_form_has_its_long_one() -> None:
    shorts = [name for name in standard().ids() if name.endswith("_short")]
    assert shorts
    assert all(name.removesuffix("_short") in standard() for name in shorts)


def test_every_failure_of_the_parser_has_a_text() -> None:
    assert [code for code in FAILURES if code not in standard()] == []


def test_what_the_help_names_can_be_typed(world: World) -> None:
    words = {*standard_grammar().verbs, *SPELLINGS, "it"}
    for message in ("help.text", "verbs.text", "end.ask"):
        text = standard().render(message, voice(world, "anna", "anna"))
        named = [run.text.split()[0].strip(".") for part in text for run in part if run.role == "code"]
        assert named
        assert [word for word in named if word not in words] == []


def test_every_action_of_the_grammar_can_be_carried_out() -> None:
    assert [action for action in standard_grammar().actions if not defaults().knows(action)] == []


# Names


@pytest.mark.parametrize(
    ("word", "article"),
    [("apple", "an "), ("hour", "an "), ("unicorn", "a "), ("one-eyed cat", "a "), ("key", "a "), ("urn", "an ")],
)
def test_articles_go_by_sound(word: str, article: str) -> None:
    assert standard().language.article(Name(word)) == article


@pytest.mark.parametrize(
    ("word", "several"),
    [("coin", "coins"), ("torch", "torches"), ("ruby", "rubies"), ("key", "keys"), ("knife", "knives")],
)
def test_plurals(word: str, several: str) -> None:
    assert naming.plural(word) == several


def test_a_story_lists_things_people_and_ways_in_its_own_words() -> None:
    def build(world: World) -> None:
        world.add("yard", Name("Hof"), Place(exits={"north": "hall"}))
        world.add("hall", Name("Halle"), Place(exits={"south": "yard"}))
        world.add("chest", Name("Truhe", article="eine"), Container(), at="yard")
        world.add("key", Name("Ring", article="ein"), at="chest")
        world.add("wolf", Name("Wolf", article="ein"), Actor(hp=9, max_hp=9), at="yard")

    own = {
        "look.things": "Da: {things}.",
        "look.in": "Darin: {things}.",
        "look.person": "Und {people}.",
        "exits.some": "Wege: {ways}.",
        "inventory.carrying": "Getragen: {things}.",
    }
    info = StoryInfo(id="hof", title="Hof", author="Niemand", version="1", start="yard")
    game = Game(Story(info=info, folder=Path(), build=build, rules=Rules(), messages=own))
    game.turn(Join("anna", "Anna"))
    told = plain(game.turn(Typed("anna", "look")).events[0].text)
    assert told == "Hof\n\nDa: eine Truhe.\n\nDarin: ein Ring.\n\nUnd Ein Wolf.\n\nWege: north."
    game.turn(Typed("anna", "take ring"))
    assert "Getragen: ein Ring." in plain(game.turn(Typed("anna", "inventory")).events[0].text)
