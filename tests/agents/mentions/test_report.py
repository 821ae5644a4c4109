"""The mentions step in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
import structlog

from agents.mentions.match import Matcher
from agents.mentions.report import compare, report
from agents.mentions.settle import Settled, settle
from agents.mentions.watchlist import parse
from streams.metrics import Metrics
from streams.records import Sequenced, Verdict

if TYPE_CHECKING:
    from streams.records import Article

WATCHLIST = parse("watches: [{name: talks, query: 'negotiations AND Moscow'}]", "w")


@pytest.fixture
def article(seed_articles: list[Article]) -> Sequenced:
    """The first of the seeds, in its place."""
    given = msgspec.structs.asdict(seed_articles[0])
    return Sequenced(**given, seq=7, verdict=Verdict(status="new", story_id="s"))


def number(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"newswatch_{name}", labels)


def test_what_an_article_took_is_counted_and_what_failed_is_named(article: Sequenced) -> None:
    """An operator finds the article by its id."""
    metrics, settled = Metrics(), settle(Matcher(WATCHLIST), article)
    report(metrics, article, settled)
    assert number(metrics, "queries_checked_sum") == 1
    with structlog.testing.capture_logs() as logged:
        report(metrics, article, Settled(settled.outcome, error=ValueError("no")))
    assert number(metrics, "errors_total", step="mentions") == 1
    assert [line["article_id"] for line in logged] == [article.article_id]


def test_the_oracle_finds_what_the_matcher_missed(article: Sequenced) -> None:
    """And says in which watch; where they agree nothing is counted but the article."""
    metrics, outcome = Metrics(), settle(Matcher(WATCHLIST), article).outcome
    compare(metrics, WATCHLIST, article, outcome)
    assert (number(metrics, "oracle_articles_total"), number(metrics, "matcher_missed_total")) == (1, 0)
    with structlog.testing.capture_logs() as logged:
        compare(metrics, WATCHLIST, article, msgspec.structs.replace(outcome, mentions=()))
    assert number(metrics, "matcher_missed_total") == 1
    assert [line["watch"] for line in logged] == ["talks"]
