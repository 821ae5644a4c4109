"""YAML that knows its lines, and YAML that is built to explode."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.watchlist_nodes import DEEPEST, Problem, compose, fields_of, items_of, text_of


def fields(text: str) -> dict[str, str]:
    node = fields_of(compose(text), "here", ("a", "b"), required=("a",))
    return {name: text_of(value, name) for name, value in node.items()}


def test_a_mapping_gives_its_fields() -> None:
    """Quoted or not."""
    assert fields("a: x\nb: '1'") == {"a": "x", "b": "1"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "here: is empty; write a mapping with a"),
        ("- a", 1, "here: is a list; write a mapping with a"),
        ("\nb: x", 2, "here: has no 'a'; add it"),
        ("a: x\nc: y", 2, "here: unknown field 'c'; the fields are a, b"),
        ("a: x\nb: y\na: z", 3, "here: 'a' stands twice, in line 1 and here; remove one of them"),
        ("? [x]\n: y", 1, "here: unknown field 'a list'; the fields are a, b"),
        ("a: 1", 1, "a: is '1' (YAML: int); write text, in quotes if it is meant as such"),
        ("a: no", 1, "a: is 'no' (YAML: bool); write text, in quotes if it is meant as such"),
        ("a:", 1, "a: is empty; write text, in quotes if it is meant as such"),
        ("b: x\na: [x]", 2, "a: is a list; write text"),
        ("a: *b", 1, "'*b': aliases are not read; write the value out"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, message: str) -> None:
    """What stands there, and what to write in its place."""
    with pytest.raises(Problem, match=re.escape(message)) as problem:
        fields(text)
    assert (line, message) == (problem.value.line, str(problem.value))


def test_items_of_a_list_and_of_what_is_none() -> None:
    """One value in place of a list is a mistake people make."""
    node = fields_of(compose("a: [x, y]\nb: x"), "here", ("a", "b"), required=())
    assert [text_of(item, "a") for item in items_of(node["a"], "a")] == ["x", "y"]
    with pytest.raises(Problem, match="b: is the text 'x'; write a list, one item a line after '- '"):
        items_of(node["b"], "b")


def test_a_value_is_shown_in_part() -> None:
    """A megabyte by mistake makes no message of a megabyte."""
    with pytest.raises(Problem) as problem:
        fields_of(compose("x" * 1_000_000), "here", ("a",), required=("a",))
    assert len(str(problem.value)) < 150


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1, 100_000])
def test_depth_is_bounded(depth: int) -> None:
    """Refused while it is read, long before the stack ends."""
    text = "[" * depth + "]" * depth
    if depth <= DEEPEST:
        assert compose(text) is not None
    else:
        with pytest.raises(Problem, match=f"is nested deeper than {DEEPEST} levels"):
            compose(text)


@given(st.text() | st.text(alphabet="ab:-[]{}&*!'\"\n #?|>%@"))
def test_any_text_is_nodes_or_a_typed_error(text: str) -> None:
    """Nothing else gets out."""
    try:
        fields(text)
    except (Problem, yaml.YAMLError):
        return
    assert "a" in text
