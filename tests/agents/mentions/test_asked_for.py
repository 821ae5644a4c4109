"""Which entities of scopes an article names."""

from __future__ import annotations

from agents.mentions.asked_for import AskedFor
from agents.mentions.watchlist import parse
from streams.records import Entity

WATCHLIST = parse(
    """
watches:
  - {name: a, terms: [truce], scope: {entities: ["person:Marco Rubio", "city:703448"]}}
  - {name: b, terms: [deadline], scope: {entities: [NATO, "person:Marco Rubio", "person:marco rubio"]}}
  - {name: c, terms: [sanctions], scope: {languages: [en]}}
  - {name: d, terms: [grain]}
""",
    "test",
)


def entity(canonical_id: str) -> Entity:
    label = canonical_id.partition(":")[0].upper()
    return Entity(text="x", label=label, start=0, end=1, canonical="x", canonical_id=canonical_id)


def test_each_item_is_told_once_as_it_is_written() -> None:
    """Whoever asks for it, however often the article names it; two spellings of one are two items."""
    found = AskedFor(WATCHLIST).among([entity("person:marco-rubio")] * 3 + [entity("city:703448")])
    assert found == ("city:703448", "person:Marco Rubio", "person:marco rubio")


def test_what_nobody_asks_for_is_not_told() -> None:
    """An article has hundreds of others."""
    assert AskedFor(WATCHLIST).among([entity("person:marco-polo"), entity("country:UA")]) == ()
    assert AskedFor(parse("watches: [{name: a, terms: [b]}]", "t")).among([entity("city:703448")]) == ()
