"""The words that sentences are put together from, in English and in other languages."""

from __future__ import annotations

import pytest

from tale_core.story import Actor, Hidden, Name, Obeys, Rules, World
from tale_core.world.acting import Acting
from tale_core.world.command import Command
from tale_core.world.events import Run
from tale_core.world.language import AND, OR, fault, is_plain
from tale_core.world.messages import Messages, plain, standard
from tale_core.world.performance import Performance

from .playing import ANNA, BOB, Play

GERMAN = {
    "list.and": " und ",
    "list.or": " oder ",
    "list.before_remark": " [",
    "list.after_remark": "]",
    "article.a": "ein ",
    "article.an": "ein ",
    "article.the": "der ",
    "number.2": "zwei",
    "state.closed": "zu",
    "state.holding": "mit {liquid}",
    "health.wounded": "verwundet",
    "direction.north": "Norden",
    "way.through": " durch ",
    "way.going": "nach {direction}",
    "way.from": "von {direction}",
    "pronoun.you": "du|dich|dein|dich",
    "name.owner": "{name}s",
}


def joined(messages: Messages, *words: str, by: str = AND) -> str:
    return plain((tuple(messages.language.joined([[Run(word)] for word in words], by)),))


def test_lists_are_joined_by_the_words_of_the_language() -> None:
    german = standard().overlaid(GERMAN)
    assert joined(standard(), "a", "b", "c") == "a, b and c"
    assert joined(german, "a", "b", "c", by=OR) == "a, b oder c"
    assert standard().language.comma == german.language.comma == ", "


def test_a_thing_has_articles_and_a_plural_of_its_own() -> None:
    world, language = World(), standard().overlaid(GERMAN).language
    for thing in ("coin1", "coin2"):
        world.add(thing, Name("Münze", article="eine", the="die", many="Münzen"))
    world.add("ring", Name("Ring"))
    world.add("elixir", Name("eau", article="de l'", the="l’"))
    told = language.listed(world, ["coin1", "ring", "coin2"])
    assert plain((tuple(told),)) == "zwei Münzen und ein Ring"
    names = [language.name_of(world, thing) for thing in ("coin1", "ring", "elixir")]
    assert [language.the(name) for name in names] == ["die Münze", "der Ring", "l’eau"]
    assert language.article(names[2]) == "de l'"


def test_an_article_has_a_form_for_what_something_is_done_to() -> None:
    own = {"article.the": "der |den ", "article.a": "ein |einen ", "article.place": ""}
    told = {
        "take.done": "{You} {nimmst|nimmt} {the item}.",
        "take.person": "{The item}, in {the place}, hat {a target}.",
    }
    play = Play(messages={**GERMAN, **own, **told})
    play.world.set("note", Name("Ring"))
    play.world.set("lamp", Name("Lampe", article="eine", the="die"))
    assert play.type("take ring") == "Du nimmst den Ring."
    assert play.type("take lampe") == "Du nimmst die Lampe."
    performance = Performance(play.world, play.game.rules, play.game.messages)
    act = Acting(performance, ANNA, Command("take"), "note", "note")
    text = plain(performance.text(act, ANNA, "take.person", {"place": "hall"}))
    assert text == "Der Ring, in Great Hall, hat einen Ring."


@pytest.mark.parametrize(
    "line", ["take den ring", "nähme einen ring", "take die lampe", "take the ring", "take münzen"]
)
def test_what_is_typed_may_have_articles_and_plurals_of_the_language(line: str) -> None:
    rules = Rules()
    rules.synonym("take", "nähme")
    play = Play(rules, messages={**GERMAN, "article.the": "der |den ", "article.a": "ein |einen "})
    play.world.set("note", Name("Ring"))
    play.world.set("lamp", Name("Lampe", article="eine", the="die"))
    for coin in ("coin1", "coin2"):
        play.world.set(coin, Name("Münze", the="die", many="Münzen"))
        play.world.move(coin, "hall")
    play.type(line)
    taken = {"ring": ["note"], "lampe": ["lamp"], "münzen": ["coin1", "coin2"]}
    assert play.world.children(ANNA, "held") == taken[line.rsplit(maxsplit=1)[-1]]


def test_the_reader_is_called_in_the_case_that_the_sentence_needs() -> None:
    play = Play(messages={**GERMAN, "talk.player": "{You} {grüßt|grüßt} {the item}."})
    play.join(BOB, "Bob")
    assert play.type("talk to bob") == "Du grüßt Bob."
    assert play.heard[BOB] == "Anna grüßt dich."


def test_what_lists_add_and_where_ways_lead_is_told_in_the_language() -> None:
    play = Play(messages=GERMAN)
    told = play.type("look")
    assert "ein chest [zu]" in told
    assert "Norden durch der oak door [zu]" in told
    assert [exit.direction for exit in play.game.scene(ANNA).exits][:1] == ["north"]
    play.join(BOB, "Bob")
    play.give("brass_key")
    play.calm()
    play.types("unlock door", "north")
    assert "Anna goes nach Norden." in play.heard[BOB]


def test_a_language_without_a_word_has_the_english_one() -> None:
    language = standard().overlaid(GERMAN).language
    assert language.word("state.lit") == "lit"
    assert language.number(3) == "three"
    assert language.number(13) == "13"
    assert language.direction("sideways") == "sideways"


@pytest.mark.parametrize(
    "line", ["süden", "Suden", "geh süden", "go süden", "south", "s", "tom, süden", "süden. look", "geh in garden"]
)
def test_a_direction_can_be_typed_in_the_language_and_in_english(line: str) -> None:
    rules = Rules()
    rules.synonym("go", "geh")
    play = Play(rules, messages={"direction.south": "Süden"})
    play.world.add("tom", Name("Tom", proper=True), Actor(9, 9), Obeys(), at="hall")
    play.types("south", "north")
    play.type(line)
    assert play.world.place_of("tom" if line.startswith("tom") else ANNA) == "garden"


def test_several_directions_of_the_language_are_one_step_each() -> None:
    play = Play(messages={"direction.south": "achtern", "direction.west": "backbord", "direction.north": "bug"})
    play.world.drop("gate", Hidden)
    play.type("achtern backbord")
    assert play.world.place_of(ANNA) == "lane"
    assert play.game.complete(ANNA, "ach") == []
    play.types("east", "bug")
    assert play.game.complete(ANNA, "ach") == ["achtern"]
    assert "go achtern" in play.game.complete(ANNA, "go a")


def test_a_way_that_is_asked_for_is_named_and_answered_in_the_language() -> None:
    play = Play(messages={"direction.south": "achtern", "go.which": "Wohin: {options}?", "list.or": " oder "})
    assert play.type("go") == "Wohin: north, east oder achtern?"
    assert [option.command for event in play.last.events for option in getattr(event, "options", ())][-1] == "go south"
    play.type("achtern")
    assert play.world.place_of(ANNA) == "garden"


def test_a_name_of_several_words_is_shown_but_not_typed() -> None:
    language = standard().overlaid({"direction.south": "vers le sud", "direction.up": "haut"}).language
    assert language.spellings() == (("haut", "up"),)
    assert standard().language.spellings() == ()


@pytest.mark.parametrize(
    ("message", "text", "right"),
    [
        ("state.full_of", "voll {liquid}", True),
        ("state.full_of", "voll", False),
        ("state.full_of", "voll {liquid} {seat}", False),
        ("state.full_of", "voll {liquid} {the liquid}", False),
        ("state.lit", "brennend {item}", False),
        ("speech.said", "„{said}“, {speaker:sagst|sagt} {the speaker}.", True),
        ("speech.said", "„{speaker}“", False),
        ("pronoun.he", "er|ihn|sein|sich", True),
        ("pronoun.he", "er", False),
        ("article.the", "der |den ", True),
        ("article.the", "der |den |dem ", False),
    ],
)
def test_a_word_has_just_the_gaps_of_the_english_one(message: str, text: str, right: bool) -> None:
    assert is_plain(message)
    assert (fault(message, text, standard().variants(message)[0].source) == "") is right


def test_every_word_is_right_itself() -> None:
    words = {id: standard().variants(id) for id in standard().ids() if is_plain(id)}
    assert {len(variants) for variants in words.values()} == {1}
    assert [id for id, (text,) in words.items() if fault(id, text.source, text.source)] == []
