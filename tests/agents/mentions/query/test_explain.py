"""Why a query doesn't hold, in words."""

from __future__ import annotations

import pytest

from agents.mentions.finding import Finding
from agents.mentions.phrases import Phrases
from agents.mentions.query.explain import why_not
from agents.mentions.query.read import read_query
from agents.mentions.text import Text

ARTICLE = Text(headline="Truce holds", body_text="Talks went on in Geneva on Monday.", language="en")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("moscow", "moscow was not found"),
        ("body_text:truce", "body_text:truce was not found"),
        ("geneva AND sanction*", "sanction* was not found"),
        ('geneva AND "peace talks"', '"peace talks" was not found'),
        ('geneva AND "talks monday"~2', '"talks monday"~2 was not found'),
        ("geneva AND NOT truce", "truce is excluded by NOT, but stands there in headline"),
        (
            "geneva AND NOT (truce AND monday)",
            "(truce AND monday) is excluded by NOT, but stands there",
        ),
        ("geneva AND language:fr", "the language is en, not fr"),
        ("geneva AND (moscow OR kyiv)", "none of moscow, kyiv was found"),
        (
            "moscow OR kyiv OR minsk OR paris OR rome OR cairo OR doha",
            "none of moscow, kyiv, minsk, paris, rome and 2 more was found",
        ),
    ],
)
def test_the_clause_that_decided_is_named(query: str, reason: str) -> None:
    """As it may have been written; of many alternatives the first five."""
    assert why_not(read_query(query).root, Finding(ARTICLE, Phrases([]), {})) == reason
