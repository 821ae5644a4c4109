"""Holding the matcher against the oracle in production."""

from __future__ import annotations

from agents.mentions.match import Matcher
from agents.mentions.oracle import missed
from agents.mentions.text import Text
from agents.mentions.watchlist import parse

WATCHES = parse("watches: [{name: a, query: truce AND Kyiv}, {name: b, terms: [truce]}]", "w.yaml")
TEXT = Text(headline="Truce", body_text="A truce in Kyiv.")


def test_nothing_is_missed() -> None:
    """The usual case."""
    assert missed(WATCHES, TEXT, Matcher(WATCHES).matched(TEXT).mentions) == []


def test_what_is_missed_is_named_by_watch() -> None:
    """Left out, or found where it isn't."""
    found = Matcher(WATCHES).matched(TEXT).mentions
    assert missed(WATCHES, TEXT, tuple(item for item in found if item.watch == "b")) == ["a"]
    assert missed(WATCHES, Text(), found) == ["a", "b"]
    assert missed(WATCHES, TEXT, ()) == ["a", "b"]
