"""The tree of a query."""

from __future__ import annotations

from agents.mentions.query.nodes import Has, Language, Near, fields_of, leaves
from agents.mentions.query.read import read_query


def test_the_leaves_are_all_words_phrases_and_languages_of_a_query() -> None:
    """Also those under a NOT and the optional ones, in the order they are written."""
    root = read_query('(+truce kyiv) AND NOT (moscow OR "peace talks"~2) AND language:en').root
    found = leaves(root)
    assert [type(leaf) for leaf in found].count(Near) == 1
    assert {leaf.unit.text for leaf in found if isinstance(leaf, Has)} == {"truce", "kyiv", "moscow"}
    assert [leaf.code for leaf in found if isinstance(leaf, Language)] == ["en"]


def test_without_a_field_headline_and_body_are_meant() -> None:
    """Not the outlet's name."""
    for query, fields in (("truce", ("headline", "body_text")), ("source:truce", ("source",))):
        root = read_query(query).root if query == "truce" else read_query(f"a AND {query}").root
        has = next(leaf for leaf in leaves(root) if isinstance(leaf, Has) and leaf.unit.text == "truce")
        assert fields_of(has) == fields
