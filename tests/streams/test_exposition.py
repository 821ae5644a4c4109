"""A registry as text."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics

from streams.exposition import exposition

PROMETHEUS = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1"


@pytest.fixture
def registry() -> CollectorRegistry:
    """With one observation, of an article."""
    it = CollectorRegistry()
    latency = Histogram("latency_seconds", "Of an alert.", ["origin"], registry=it, buckets=(1, 5))
    latency.labels("live").observe(3, {"article_id": "a" * 32})
    return it


@pytest.mark.parametrize("accept", ["", "*/*", PROMETHEUS])
def test_openmetrics_carries_the_article(registry: CollectorRegistry, accept: str) -> None:
    """In the bucket that the latency fell into."""
    kind, body = exposition(registry, accept)
    assert kind.startswith("application/openmetrics-text")
    exemplars = {
        sample.labels["le"]: sample.exemplar.labels
        for family in read_openmetrics(body.decode())
        for sample in family.samples
        if sample.exemplar
    }
    assert exemplars == {"5.0": {"article_id": "a" * 32}}


def test_who_takes_plain_text_alone_gets_that(registry: CollectorRegistry) -> None:
    """Without exemplars, which it can't carry."""
    kind, body = exposition(registry, "text/plain;version=0.0.4")
    assert kind.startswith("text/plain")
    assert b"article_id" not in body
