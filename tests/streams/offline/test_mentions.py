"""Mentions in rows."""

from __future__ import annotations

import json
from typing import Any

from agents.mentions.match import Matcher
from agents.mentions.watchlist import parse
from streams.offline.mentions import mentions
from streams.offline.rows import read_row


def found(watch: str, **row: Any) -> list[str]:
    matcher = Matcher(parse(f"watches: [{{name: a, {watch}}}]", "w.yaml"))
    (answer,) = mentions([read_row(1, json.dumps(row).encode())], matcher)
    return [mention.text for mention in answer["mentions"]]


def test_a_row_can_tell_source_byline_and_language() -> None:
    """A query may ask for each of them."""
    watch = "query: 'truce AND source:afp AND byline:desk AND language:en'"
    assert found(watch, text="A truce.", source="AFP", byline="Desk", language="en") == ["truce"]
    assert found(watch, text="A truce.", source="AFP", byline=["Desk"], language="en") == []


def test_a_language_that_is_not_given_is_told_from_the_text() -> None:
    """As the pipeline does it."""
    watch = "query: truce, scope: {languages: [de]}"
    english = "The two governments said on Monday that a truce would begin at noon in the whole region."
    assert found(watch, text=english) == []
    assert found(watch, text=english, language="de") == ["truce"]
