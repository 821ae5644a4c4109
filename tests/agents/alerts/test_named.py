"""Whom a story names, as far as a scope asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.named import MOST_NAMED, admits, looked_at, named, together
from agents.mentions.entity_scope import EntityScope
from streams.records import AlertEntity, Model, Outcome, Position

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
MODEL = Model(name="m", version="1")
ANYBODY = EntityScope()
RUBIO = EntityScope(("person:Marco Rubio",), frozenset({"rubio"}))


def outcome(**fields: Any) -> Outcome:
    values = {
        "seq": 0,
        "status": "new",
        "position": Position(topic="news.raw", partition=0, offset=0),
        "event_time": NOW,
        "arrived": NOW,
        "origin": "replay",
    }
    return Outcome(**{**values, **fields})


def people(*ids: str) -> list[AlertEntity]:
    return [AlertEntity(canonical=key, canonical_id=key, label="PERSON", count=1) for key in ids]


def story(*ids: str, scope: EntityScope = ANYBODY) -> bytes | None:
    return named(outcome(model=MODEL), people(*ids), None, scope)


def test_a_story_names_whom_its_first_article_names() -> None:
    """And nobody where the article was searched and names nobody."""
    assert admits(RUBIO, story("kyiv", "rubio"))
    assert not admits(RUBIO, story("kyiv"))
    assert story() == b""
    assert not admits(RUBIO, story())


def test_where_nobody_can_tell_it_is_in_scope() -> None:
    """So it is where nobody is asked for."""
    assert admits(RUBIO, None)
    assert admits(ANYBODY, story())


def test_a_copy_names_whom_its_story_names() -> None:
    """It was not searched."""
    assert not looked_at(outcome())
    assert named(outcome(), [], story("rubio"), RUBIO) == story("rubio")
    assert named(outcome(), [], None, RUBIO) is None


def test_an_update_adds_its_own() -> None:
    """What was named before stays."""
    more = named(outcome(model=MODEL), people("rubio"), story("kyiv"), ANYBODY)
    assert admits(RUBIO, more)
    assert admits(EntityScope(("gpe:Kyiv",), frozenset({"kyiv"})), more)


def test_an_article_that_could_not_be_searched_opens_the_scope() -> None:
    """Unless its story is in scope without it: then what is known stays known."""
    failed = outcome(model=MODEL, entities_error="spaCy took longer than 30 s")
    assert not looked_at(failed)
    assert named(failed, [], story("kyiv"), RUBIO) is None
    assert named(failed, [], story("rubio"), RUBIO) == story("rubio")


@given(st.integers(0, 3 * MOST_NAMED), st.integers(0, 3 * MOST_NAMED))
def test_one_that_is_asked_for_is_kept_whatever_its_place(many: int, place: int) -> None:
    """Even where the others are too many to be kept, and whatever comes after."""
    ids = [str(number) for number in range(many)]
    ids.insert(min(place, many), "rubio")
    kept = story(*ids, scope=RUBIO)
    more = named(outcome(model=MODEL), people(*(f"x{key}" for key in ids)), kept, RUBIO)
    for one in (kept, more, together((kept, story(*ids[::-1])))):
        assert one is not None
        assert admits(RUBIO, one)
        assert len(one) <= 4 * MOST_NAMED


def test_what_several_know_of_a_story_is_put_together() -> None:
    """One that knows nothing takes nothing away."""
    assert together([None, None]) is None
    assert together([None, story("kyiv"), story("kyiv", "rubio")]) == story("kyiv", "rubio")
    assert together([]) is None
