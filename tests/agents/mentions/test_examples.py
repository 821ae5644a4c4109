# ruff: noqa: E501
"""Trying the examples of a watchlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.mentions.entity_scope import Asking
from agents.mentions.examples import count, failures
from agents.mentions.scope_ids import entity_scopes
from agents.mentions.watchlist import parse
from streams.records import Entity

if TYPE_CHECKING:
    from agents.mentions.text import Text


def reasons(query: str, examples: str) -> list[tuple[str, str]]:
    text = f"watches:\n  - name: a\n    {query}\n    examples: {{{examples}}}\n"
    return [(failure.example, failure.reason) for failure in failures(parse(text, "w.yaml"))]


@pytest.mark.parametrize(
    ("query", "examples", "expected"),
    [
        ("query: truce AND Kyiv", "match: [A truce in Kyiv.], no_match: [A truce.]", []),
        ("query: truce AND Kyiv", "match: [Kyiv., A truce.]", [("match[0]", "truce was not found"), ("match[1]", "Kyiv was not found")]),
        ("query: truce OR war", "match: [Kyiv.]", [("match[0]", "none of truce, war was found")]),
        ("query: truce NOT headline:war", "match: [{headline: war, body_text: truce}]", [("match[0]", "headline:war is excluded by NOT, but stands there in headline")]),
        ("query: '\"peace talks\"~2'", "match: [peace]", [("match[0]", '"peace talks"~2 was not found')]),
        ("query: truce AND language:en", "match: [{body_text: truce, language: ru}]", [("match[0]", "the language is ru, not en")]),
        ("query: truce", "no_match: [Two truces.]", [("no_match[0]", "found 'truces' in body_text")]),
        ("terms: [truce]", "match: [war]", [("match[0]", "none of its terms was found")]),
        ("query: truce AND Kyiv\n    claim: [affirmed, negated]", "match: [Kyiv may sign a truce.]", [("match[0]", "'truce' is hypothetical; the watch counts affirmed, negated")]),
        ("terms: [truce]\n    claim: [negated]", "match: [No truce.], no_match: [A truce.]", []),
        ("terms: [truce]\n    claim: [negated]", "match: [A truce., war]", [("match[0]", "'truce' is affirmed; the watch counts negated"), ("match[1]", "none of its terms was found")]),
        ("query: truce\n    scope: {sources: [a]}", "match: [truce, {body_text: truce, source: a}]", []),
        ("query: truce\n    scope: {sources: [a]}", "match: [{body_text: truce, source: b}]", [("match[0]", "out of scope: language None, source b")]),
    ],
)  # fmt: skip
def test_a_failing_example_says_which_clause_decided(
    query: str, examples: str, expected: list[tuple[str, str]]
) -> None:
    """One that does as it says is not reported; of a scope only what the example tells is asked."""
    assert expected == reasons(query, examples)


def test_examples_are_counted() -> None:
    """So that nobody takes none for a success."""
    watchlist = parse("watches: [{name: a, terms: [b], examples: {match: [b], no_match: [c, d]}}]", "w.yaml")
    assert count(watchlist) == 3


def test_an_example_is_judged_by_whom_it_names() -> None:
    """It says whom it asked for, and whom it found; a text that names no place leaves open which."""
    text = """\
watches:
  - name: a
    query: truce
    scope: {entities: ['gpe:Kyiv']}
    examples:
      match: [A truce in Kyiv., A truce in Oslo., A truce., War in Kyiv.]
      no_match: [A truce in Oslo., A truce in Kyiv., A truce.]
"""
    places = {"Kyiv": "city:703448", "Oslo": "city:3143244"}

    def find(example: Text) -> list[Entity]:
        return [
            Entity(text=name, label="GPE", start=0, end=4, canonical=name, canonical_id=key)
            for name, key in places.items()
            if name in example.body_text
        ]

    watchlist = parse(text, "w.yaml")
    asking = Asking(entity_scopes(watchlist), find)
    assert [(failure.example, failure.reason) for failure in failures(watchlist, asking)] == [
        ("match[1]", "out of scope: it names none of gpe:Kyiv; it names Oslo (city:3143244)"),
        ("match[3]", "truce was not found"),
        ("no_match[1]", "found 'truce' in body_text"),
    ]
