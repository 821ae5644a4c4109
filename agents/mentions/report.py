"""What the mentions step means in numbers, and in the log where something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from agents.mentions.oracle import missed
from agents.mentions.settle import MOST_MENTIONS
from agents.mentions.text import Text

if TYPE_CHECKING:
    from agents.mentions.settle import Settled
    from agents.mentions.watchlist import Watchlist
    from streams.metrics import Metrics
    from streams.records import Outcome, Sequenced

log = structlog.get_logger(__name__)


def report(metrics: Metrics, article: Sequenced, settled: Settled) -> None:
    """Count what an article took; name the one that no watch could be tried on."""
    if settled.error is None:
        metrics.queries_checked.observe(settled.checked)
    else:
        log.error("not matched", step="mentions", article_id=article.article_id, exc_info=settled.error)
        metrics.errors.labels("mentions").inc()


def compare(metrics: Metrics, watchlist: Watchlist, article: Sequenced, outcome: Outcome) -> None:
    """Hold an outcome against the oracle, and name the watches for which the two differ."""
    metrics.oracle_articles.inc()
    for watch in missed(watchlist, Text.of(article), outcome.mentions, most=MOST_MENTIONS):
        metrics.matcher_missed.inc()
        log.error("matcher and oracle differ", step="mentions", article_id=article.article_id, watch=watch)
