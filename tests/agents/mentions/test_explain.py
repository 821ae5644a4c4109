"""Which clause of a watch decided."""

from __future__ import annotations

import pytest

from agents.mentions.entity_scope import EntityScope
from agents.mentions.explain import explain, names_none
from agents.mentions.text import Text
from agents.mentions.watchlist import parse
from streams.records import Entity


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


def test_an_article_that_names_none_of_those_asked_for() -> None:
    """The words are there, and told; where nobody can tell whom it names it matches."""
    (one,) = parse("watches: [{name: w, terms: [truce], scope: {entities: [Kyiv, Oslo]}}]", "w").watches
    scope = EntityScope(("Kyiv", "Oslo"), frozenset({"city:703448"}))
    text = Text(body_text="A truce held in Kyiv.")
    clause = explain(one, text, scope, ())
    assert (clause.decided, clause.reason) == ("scope", "out of scope: it names none of Kyiv, Oslo")
    assert [mention.text for mention in clause.mentions] == ["truce"]
    kyiv = Entity(text="Kyiv", label="GPE", start=0, end=4, canonical="Kyiv", canonical_id="city:703448")
    assert explain(one, text, scope, (kyiv,)).decided == "matched"
    assert explain(one, text, scope, None).decided == "matched"
    assert explain(one, text, scope, (), who="its story").reason.startswith("out of scope: its story names")


def test_many_that_are_asked_for_are_counted() -> None:
    """An operator reads a line."""
    assert names_none(tuple("abcdefg")) == "out of scope: it names none of a, b, c, d, e and 2 more"
