"""Does a query hold, and by which words."""

from __future__ import annotations

import pytest

from agents.mentions.finding import Finding
from agents.mentions.phrases import Phrases
from agents.mentions.query.evaluate import evidence, holds
from agents.mentions.query.read import read_query
from agents.mentions.text import Text

ARTICLE = Text(
    headline="Truce holds",
    body_text="The truce was agreed in Geneva. Talks on a lasting peace go on.",
    source="Daily Courier",
    language="en",
)


def judged(query: str, text: Text = ARTICLE) -> tuple[bool, list[str]]:
    """Whether it holds, and the words that are its evidence."""
    found = Finding(text, Phrases([]), {})
    root = read_query(query).root
    spans = [
        getattr(text, field)[start:end]
        for field in ("headline", "body_text")
        for start, end in sorted(evidence(root, found, field))
    ]
    return holds(root, found), spans


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("truce AND geneva", (True, ["Truce", "truce", "Geneva"])),
        ("headline:truce", (True, ["Truce"])),
        ("geneva OR (moscow AND talks)", (True, ["Geneva"])),
        ("geneva AND NOT moscow", (True, ["Geneva"])),
        ("+geneva talks", (True, ["Geneva", "Talks"])),
        ("+geneva moscow", (True, ["Geneva"])),
        ('"lasting truce"~3', (False, [])),
        ('"agreed geneva"~1', (True, ["agreed in Geneva"])),
        ("truce AND language:en AND source:courier", (True, ["Truce", "truce"])),
    ],
)
def test_evidence_is_what_holds_and_is_not_negated(query: str, expected: tuple[bool, list[str]]) -> None:
    """Of alternatives only those that hold; of an optional part if it does; a language has none."""
    assert judged(query) == expected


@pytest.mark.parametrize(
    "query", ["geneva AND moscow", "geneva AND NOT truce", "headline:geneva", "geneva AND language:fr"]
)
def test_what_does_not_hold(query: str) -> None:
    """A part is missing, an excluded one stands there, the field or the language is another."""
    assert judged(query)[0] is False


def test_an_unknown_language_is_none() -> None:
    """Neither the one asked for nor excluded."""
    unknown = Text(body_text="The truce holds.")
    assert judged("truce AND language:en", unknown)[0] is False
    assert judged("truce AND NOT language:en", unknown)[0] is True
