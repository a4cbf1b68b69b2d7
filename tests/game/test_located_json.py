from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tale_core.game.located import Mapping, Mark, plain
from tale_core.game.located_json import read_json

numbers = st.integers(-(10**15), 10**15) | st.floats(-1000, 1000).map(lambda number: round(number, 3))
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values, st.sampled_from([None, 1, "\t"]))
def test_what_json_writes_is_read_as_it_was(value, indent) -> None:
    node, mistakes = read_json(json.dumps(value, indent=indent))
    assert not mistakes
    assert node is not None
    assert plain(node) == value


@given(st.text(alphabet='{}[]":,\\ntruefals0123.eE- \n'))
def test_any_text_is_read_or_has_a_mistake_where_python_finds_one(text: str) -> None:
    node, mistakes = read_json(text)
    try:
        json.loads(text, strict=False)
    except ValueError:
        assert mistakes or not text.strip()
    else:
        assert node is not None or mistakes


def test_values_know_where_they_stand() -> None:
    node, _ = read_json('{"a": 1,\n  "b": ["x",\n true]}')
    assert isinstance(node, Mapping)
    key, value = node.entries["b"]
    assert (key, value.mark, value.items[1].mark) == (Mark(2, 3), Mark(2, 8), Mark(3, 2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1 "b": 2}', "1:9: this is no JSON: a comma or '}' is expected here"),
        ('{"a": [1, 2', "1:12: this is no JSON: the closing ']' is missing"),
        ('{"a": }', "1:7: this is no JSON: a value is expected here, not '}'"),
        ("{a: 1}", "1:2: this is no JSON: a key in quotes is expected here"),
        ('{"a" 1}', "1:6: this is no JSON: a colon is expected here"),
        ('{"a": "x}', "1:7: this is no JSON: unterminated string starting"),
        ('{"a": "\\q"}', "1:8: this is no JSON: invalid \\escape"),
        ("[yes]", "1:2: this is no JSON: a value is expected here, not 'yes'"),
        ("[1] 2", "1:5: this is no JSON: there is more after the end of the data"),
        ("[1", "1:3: this is no JSON: the closing ']' is missing"),
        ("[", "1:2: this is no JSON: it ends too early"),
        ("[" * 5000, "1:42: this is more than 40 levels deep"),
        ("9" * 500, "1:1: this is no JSON: the number 99999999999999999999… is too long"),
        ('{"a": 1,\n "a": 2}', "2:2: 'a' is here twice: it is on line 1 already"),
    ],
)
def test_a_mistake_is_pointed_at(text: str, expected: str) -> None:
    _, mistakes = read_json(text)
    assert [f"{each.mark.line}:{each.mark.column}: {each.text}" for each in mistakes] == [expected]
