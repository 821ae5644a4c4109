"""Which clause of a watch decided."""

from __future__ import annotations

import pytest

from agents.mentions.explain import explain
from agents.mentions.text import Text
from agents.mentions.watchlist import parse


@pytest.mark.parametrize(
    ("watch", "text", "decided", "reason"),
    [
        ("terms: [truce]", "A truce held.", "matched", "matched by 'truce'"),
        ("terms: [truce, ceasefire]", "Rain.", "words", "none of its terms was found: truce, ceasefire"),
        ("query: truce AND Kyiv", "A truce held.", "words", "Kyiv was not found"),
        (
            "query: truce NOT rain",
            "A truce in the rain.",
            "words",
            "rain is excluded by NOT, but stands there in body_text",
        ),
        (
            "terms: [truce], claim: [negated]",
            "A truce held.",
            "claim",
            "'truce' is affirmed, and the watch counts negated only",
        ),
        (
            "terms: [truce], scope: {languages: [de]}",
            "A truce held.",
            "scope",
            "out of scope: the language is en, not de",
        ),
        (
            "terms: [truce], scope: {sources: [b.org]}",
            "A truce held.",
            "scope",
            "out of scope: the source is a.org, and the watch looks at b.org",
        ),
        (
            "terms: [sanctioned]",
            "The race was sanctioned by the committee.",
            "words",
            "'sanctioned' is part of a name, or has another sense: The race was sanctioned by the committee.",
        ),
    ],
)
def test_the_clause_that_decided_is_named(watch: str, text: str, decided: str, reason: str) -> None:
    """In words."""
    (one,) = parse(f"watches: [{{name: w, {watch}}}]", "w").watches
    clause = explain(one, Text(body_text=text, language="en", source="a.org"))
    assert (clause.decided, clause.reason) == (decided, reason)
    assert bool(clause.mentions) == (decided in ("matched", "claim"))
