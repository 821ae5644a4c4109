"""Whom new articles name, in numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.mentions.named_most import ENOUGH, LONGEST, MOST, OTHER, NamedMost
from streams.metrics import Metrics
from streams.records import Enriched, Entity, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.records import Article, Status

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def naming(seed_articles: list[Article]) -> Callable[..., Enriched]:
    """Make a live article that names these."""
    given = msgspec.structs.asdict(seed_articles[0]) | {"origin": "live"}

    def make(*names: str, status: Status = "new", **fields: str) -> Enriched:
        entities = tuple(
            Entity(text="x", label="ORG", start=0, end=1, canonical=name, canonical_id=name) for name in names
        )
        verdict = Verdict(status=status, story_id="s")
        return Enriched(**(given | fields), seq=7, verdict=verdict, entities=entities)

    return make


def counted(metrics: Metrics) -> dict[str, float]:
    """By label what is not 0."""
    [family] = metrics.named_articles.collect()
    return {
        sample.labels["entity"]: sample.value
        for sample in family.samples
        if sample.name.endswith("_total") and sample.value
    }


def test_a_name_seen_enough_is_counted_by_itself_once_an_article(naming: Callable[..., Enriched]) -> None:
    """Those before that, and all other names, are the rest: one of it for each article."""
    metrics = Metrics()
    named = NamedMost(metrics)
    for number in range(ENOUGH + 2):
        named.count(naming("NATO", "NATO", f"nobody {number}", f"no one {number}"), NOW)
    assert counted(metrics) == {"NATO": 3, OTHER: ENOUGH + 2}


@pytest.mark.parametrize("fields", [{"origin": "replay"}, {"status": "update"}])
def test_what_is_not_new_and_live_is_not_counted(
    naming: Callable[..., Enriched], fields: dict[str, str]
) -> None:
    """A replay is no news."""
    metrics = Metrics()
    named = NamedMost(metrics)
    for _ in range(2 * ENOUGH):
        named.count(naming("NATO", **fields), NOW)
    assert counted(metrics) == {}


@pytest.mark.parametrize("name", [OTHER, "a\nb", "a\u202eb", "x" * (LONGEST + 1)])
def test_what_makes_no_label_is_among_the_rest(naming: Callable[..., Enriched], name: str) -> None:
    """However often it comes."""
    metrics = Metrics()
    named = NamedMost(metrics)
    for _ in range(2 * ENOUGH):
        named.count(naming(name), NOW)
    assert counted(metrics) == {OTHER: 2 * ENOUGH}


def test_the_series_are_bounded_and_a_place_lost_is_a_series_less(naming: Callable[..., Enriched]) -> None:
    """A thousand names, each often enough; then one that comes much more often."""
    metrics = Metrics()
    named = NamedMost(metrics)
    for number in range(MOST + 100):
        for _ in range(ENOUGH):
            named.count(naming(f"name {number:04}"), NOW)
    for _ in range(3 * ENOUGH):
        named.count(naming("NATO"), NOW)
    found = counted(metrics)
    assert len(found) <= MOST + 1
    assert "NATO" in found
    assert "name 0000" not in found
