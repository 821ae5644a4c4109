"""Mentions in rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from agents.mentions.match import Matcher
from agents.mentions.watchlist import parse
from streams.offline.mentions import mentions
from streams.offline.rows import read_row

ARRIVED = datetime(2025, 11, 24, 12, tzinfo=UTC)


def found(watch: str, **row: Any) -> list[str]:
    matcher = Matcher(parse(f"watches: [{{name: a, {watch}}}]", "w.yaml"))
    (answer,) = mentions([read_row(1, json.dumps(row).encode())], matcher, arrived=ARRIVED)
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


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"published": "2024-11-20T08:00:00Z"}, "2024-11-22"),
        ({"pubDate": "Wed, 20 Nov 2024 08:00:00 GMT"}, "2024-11-22"),
        ({}, "2025-11-28"),
        ({"published": "some day"}, "2025-11-28"),
        ({"published": "2099-01-01"}, "2025-11-28"),
    ],
)
def test_a_date_beside_a_mention_is_reckoned_from_the_row_s_own(row: dict[str, str], expected: str) -> None:
    """From its arrival where it has none that can be; no watch without a clock tells it."""
    watches = "watches: [{name: a, terms: [deadline], clock: true}, {name: b, terms: [deadline]}]"
    line = json.dumps({"text": "The deadline is Friday.", **row}).encode()
    (answer,) = mentions([read_row(1, line)], Matcher(parse(watches, "w.yaml")), arrived=ARRIVED)
    assert [(item.watch, item.due) for item in answer["mentions"]] == [("a", expected), ("b", None)]
