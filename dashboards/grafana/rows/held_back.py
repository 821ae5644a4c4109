"""What rang for nobody, and what rang again."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import WATCH, hourly, series
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import IDLE, PER_HOUR, QUARTER


def row() -> Row:
    """What rang for nobody, and what rang again."""
    return Row(
        "Held back and told again",
        (
            bars(
                "Held back, by reason",
                "Mentions that raised no alert of their own, an hour: copies of a story that rang, "
                "cooldowns, silences, watches on trial, words outside a watch's scope.",
                PER_HOUR,
                Query(
                    hourly(series("newswatch_suppressed_total", WATCH), "reason"),
                    legend="{{reason}}",
                    empty=IDLE,
                ),
                width=12,
                step=QUARTER,
            ),
            bars(
                "Alerts sent again, by reason",
                "Revisions of alerts, an hour: more outlets, a claim that changed, another watch, a "
                "deadline that comes.",
                PER_HOUR,
                Query(
                    hourly(series("newswatch_revisions_total", WATCH), "reason"),
                    legend="{{reason}}",
                    empty=IDLE,
                ),
                width=12,
                step=QUARTER,
            ),
        ),
        collapsed=True,
    )
