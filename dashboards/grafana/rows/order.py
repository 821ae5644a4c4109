"""Whether outcomes come back into order."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars, lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import rate, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import PER_SECOND


def row() -> Row:
    """Whether outcomes come back into order."""
    return Row(
        "Order and repetition",
        (
            lines(
                "Outcomes that wait",
                "Outcomes that wait for an earlier one, so that the same news gives the same alerts. After "
                "the gap timeout an earlier one is given up.",
                "short",
                Query(f"max({series('newswatch_outcomes_waiting')})", legend="waiting"),
                width=8,
            ),
            bars(
                "Outcomes given up",
                "Articles whose outcome did not come in time. Each may be an alert that nobody got.",
                PER_SECOND,
                Query(total(rate(series("newswatch_skipped_total"))), legend="given up"),
                width=8,
            ),
            bars(
                "Delivered again, by step",
                "Inputs that came again after a crash or a rebalance; they get the same verdict, and are "
                "not counted twice.",
                PER_SECOND,
                Query(total(rate(series("newswatch_redelivered_total")), "step"), legend="{{step}}"),
                width=8,
            ),
        ),
        collapsed=True,
    )
