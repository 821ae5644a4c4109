"""Whom names mean, as `why` tells it: what is written otherwise, by what, and what was learnt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from streams.records import Entity, Evidence, Learnt, Position, Suppressed
from streams.why import names
from streams.why.find import Version
from streams.why.trace import Trace

ISA = "International Seabed Authority"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
PLACE = Position(topic="news.raw", partition=0, offset=0)
LEARNT = Learnt(
    alias="ISA",
    canonical=ISA,
    canonical_id="org:isa",
    label="ORG",
    stories=3,
    outlets=2,
    evidence=(Evidence(article_id="a1", story_id="s1", source="a.example"),),
)


def entity(text: str, canonical: str, by: Any) -> Entity:
    return Entity(text=text, label="ORG", start=0, end=1, canonical=canonical, canonical_id=canonical, by=by)


def held(learnt: tuple[Learnt, ...]) -> Suppressed:
    return Suppressed(
        watch="w",
        reason="duplicate",
        alert_id=None,
        article_id="a",
        story_id="s",
        status="new",
        event_time=NOW,
        detected_at=NOW,
        mentions=(),
        origin="live",
        seq=0,
        learnt=learnt,
    )


def test_called_tells_only_what_is_written_otherwise() -> None:
    """Each once, with what says so."""
    named = [entity("EU", "European Union", "table"), entity("EU", "European Union", "table")]
    told = list(names.called([*named, entity("NATO", "NATO", "table"), entity("ISA", ISA, "text")]))
    assert [(one.text, one.by) for one in told] == [("EU", "table"), ("ISA", "text")]


def test_entities_are_those_that_the_alert_step_has_understood() -> None:
    """What it learnt stands in its records, not in the article's."""
    found = Trace(Version(seq=0, position=PLACE))
    assert names.learnt(found) == ()
    assert names.entities(found) == ()
    found.ledger.append(held((LEARNT,)))
    assert names.learnt(found) == (LEARNT,)
