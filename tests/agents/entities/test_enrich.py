"""An article and its entities in one record."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.entities.enrich import MOST_ENTITIES, enriched, source
from agents.entities.extract import Source
from agents.entities.pool import Extraction
from streams.records import Entity, Model, Position, Sequenced, Verdict

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
IRAN = Entity(text="Iran", label="GPE", start=0, end=4, canonical="Iran", canonical_id="country:IR")


def article(headline_source: str = "given") -> Sequenced:
    return Sequenced(
        article_id="a",
        content_hash="c",
        headline="Iran speaks",
        headline_source=headline_source,  # type: ignore[arg-type]
        body_text="Iran speaks. So it does.",
        language="en",
        event_time=NOW,
        event_time_source="own",
        arrived=NOW,
        origin="live",
        position=Position(topic="t", partition=0, offset=0),
        seq=3,
        verdict=Verdict(status="new", story_id="a"),
    )


@pytest.mark.parametrize(
    ("headline_source", "headline"), [("given", "Iran speaks"), ("found", "Iran speaks"), ("derived", "")]
)
def test_a_headline_is_context_unless_the_body_has_it(headline_source: str, headline: str) -> None:
    """Read twice, a derived one would be two sentences."""
    assert source(article(headline_source)) == Source("Iran speaks. So it does.", headline)


def test_nothing_of_the_article_is_changed() -> None:
    """The entities, the reason why there are none, and the model stand beside it."""
    model = Model(name="m", version="1")
    whole = enriched(article(), Extraction((IRAN,)), model)
    assert (whole.entities, whole.entities_error, whole.model) == ((IRAN,), None, model)
    assert all(getattr(whole, name) == getattr(article(), name) for name in Sequenced.__struct_fields__)
    failed = enriched(article(), Extraction(error="took longer than 30 s"), model)
    assert (failed.entities, failed.entities_error) == ((), "took longer than 30 s")


def test_a_text_of_nothing_but_names_fits_a_record() -> None:
    """The first of them; a record that no topic takes would stop every worker."""
    whole = enriched(article(), Extraction((IRAN,) * (MOST_ENTITIES + 1)), Model(name="m", version="1"))
    assert len(whole.entities) == MOST_ENTITIES
