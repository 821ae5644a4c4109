"""Whether it finds all, and at what cost."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars, lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import quantile, rate, series, share, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import IDLE, PER_SECOND


def row() -> Row:
    """Whether it finds all, and at what cost."""
    bucket = series("newswatch_queries_checked_bucket")
    checked, taken = (
        series("newswatch_oracle_articles_total"),
        series("newswatch_batch_size_sum", 'step="mentions"'),
    )
    return Row(
        "Matcher",
        (
            lines(
                "Queries looked at for an article",
                "Of all queries in force, those that were looked at in full: half and 99 of 100 articles "
                "need fewer.",
                "short",
                *(
                    Query(quantile(rank, bucket), legend=name, empty=IDLE)
                    for rank, name in ((0.5, "half"), (0.99, "99 %"))
                ),
                width=8,
            ),
            lines(
                "Share held against the oracle",
                "Articles whose mentions the oracle, which takes no shortcuts, looked for as well. "
                "NEWSWATCH_ORACLE_SHARE sets it.",
                "percentunit",
                Query(share(total(rate(checked)), total(rate(taken))), legend="checked", empty=IDLE),
                width=8,
            ),
            bars(
                "Watches missed or refused",
                "Watches in which matcher and oracle differ, which must not happen; watches and watchlists "
                "on the topic that could not be taken.",
                PER_SECOND,
                Query(total(rate(series("newswatch_matcher_missed_total"))), legend="missed"),
                Query(total(rate(series("newswatch_watchlist_refused_total"))), legend="refused"),
                width=8,
            ),
        ),
        collapsed=True,
    )
