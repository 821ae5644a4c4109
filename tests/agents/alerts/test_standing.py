"""Keys and ids of alerts, and the entities that they keep."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agents.alerts.standing import (
    MOST_ENTITIES,
    group_of,
    packed,
    standing_key,
    story_of,
    unpacked,
    watch_of,
    with_asked,
)
from agents.mentions.entity_scope import EntityScope
from agents.mentions.watch import GroupBy
from streams.records import AlertEntity, Outcome, Position

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
KYIV = AlertEntity(canonical="Kyiv", canonical_id="city:703448", label="GPE", count=3)


def outcome(**fields: Any) -> Outcome:
    values = {
        "seq": 0,
        "status": "new",
        "position": Position(topic="news.raw", partition=0, offset=0),
        "event_time": NOW,
        "arrived": NOW,
        "origin": "replay",
        "article_id": "a1",
        "story_id": "s1",
    }
    return Outcome(**{**values, **fields})


@pytest.mark.parametrize(("group_by", "key"), [("story", "s1/w"), ("entity", "s1/w"), ("none", "s1/w/a1")])
def test_a_key_tells_story_and_watch(group_by: GroupBy, key: str) -> None:
    """And the article, where each has an alert of its own."""
    assert key == standing_key("w", outcome(), group_by)
    assert (story_of(key), watch_of(key)) == ("s1", "w")


def test_an_article_without_a_story_is_its_own() -> None:
    """As the first of one is."""
    assert standing_key("w", outcome(story_id=None)) == "a1/w"


def test_a_cooldown_counts_for_the_entity_named_most_where_that_is_asked_for() -> None:
    """Else for the alert; so too where there is no entity."""
    other = AlertEntity(canonical="Oslo", canonical_id="city:1", label="GPE", count=1)
    assert group_of("s1/w", "entity", (KYIV, other)) == "entity/city:703448"
    assert group_of("s1/w", "entity", ()) == group_of("s1/w", "story", (KYIV,)) == "s1/w"


def test_entities_are_kept_up_to_a_number() -> None:
    """The first, which are the most named; none take no bytes."""
    many = tuple(
        AlertEntity(canonical=str(n), canonical_id=str(n), label="GPE", count=9 - n) for n in range(9)
    )
    assert unpacked(packed(many)) == many[:MOST_ENTITIES]
    assert (packed(()), unpacked(b"")) == (b"", ())


def test_one_that_a_scope_asks_for_is_kept_beside_them() -> None:
    """Only where none of them is asked for already; one is enough."""
    many = tuple(
        AlertEntity(canonical=str(n), canonical_id=str(n), label="GPE", count=9 - n) for n in range(9)
    )
    kept = packed(many)
    late = EntityScope(("7", "8"), frozenset({"7", "8"}))
    assert unpacked(with_asked(kept, many, late)) == (*many[:MOST_ENTITIES], many[7])
    assert with_asked(kept, many, EntityScope(("2", "8"), frozenset({"2", "8"}))) == kept
    assert with_asked(kept, many, EntityScope()) == kept
    assert with_asked(kept, (), late) == kept
    twice = with_asked(with_asked(kept, many, late), (KYIV,), EntityScope(("x",), frozenset({"city:703448"})))
    assert unpacked(twice) == (*many[:MOST_ENTITIES], KYIV)
