"""What the steps remember."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars, lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import INSTANCE, rate, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import PER_SECOND


def row() -> Row:
    """What the steps remember."""
    age = f"max({series('newswatch_remembered_oldest_age_seconds', INSTANCE)})"
    return Row(
        "What the steps remember",
        (
            lines(
                "Articles remembered",
                "That copies are looked for in. At its limit the oldest go before their time, and copies of "
                "them alert again.",
                "short",
                Query(total(series("newswatch_remembered_articles", INSTANCE)), legend="remembered"),
                width=6,
            ),
            lines(
                "How far memory reaches back",
                "Time from the oldest remembered article to the newest.",
                "s",
                Query(age, legend="oldest"),
                width=6,
            ),
            bars(
                "Forgotten, by reason",
                "window: for their age, as they should; limit: since there are too many.",
                PER_SECOND,
                Query(
                    total(rate(series("newswatch_evicted_total", INSTANCE)), "reason"), legend="{{reason}}"
                ),
                width=6,
            ),
            lines(
                "Tables on disk",
                "Of the chosen workers. One that has lost a partition keeps its files, to go on from there.",
                "bytes",
                Query(
                    total(series("newswatch_table_bytes", INSTANCE), "table"),
                    legend="{{table}}",
                ),
                width=6,
            ),
        ),
    )
