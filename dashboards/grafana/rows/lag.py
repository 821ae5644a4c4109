"""What waits to be read."""

from __future__ import annotations

from dashboards.grafana.parts.charts import lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import series
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import NOT_ASKED

STEPS_READ = 'topic=~"news[.].+"'
"""Not those of a webhook that was taken out: its group never reads on."""


def row() -> Row:
    """What waits to be read."""
    told = ("seconds", "records")
    oldest, unread = (
        f"max by (job, group, topic, partition) ({series(f'newswatch_lag_{unit}', STEPS_READ)})"
        for unit in told
    )
    return Row(
        "Lag",
        (
            lines(
                "Oldest unread record, by topic",
                "How long the oldest record that its reader has not done with has been there. It tells how "
                "late an alert is; the number of records does not.",
                "s",
                Query(f"max by (topic) ({oldest})", legend="{{topic}}", empty=NOT_ASKED),
                none="not known",
            ),
            lines(
                "Unread records, by topic",
                "Records that their reader has not done with, up to the end at the broker.",
                "short",
                Query(f"sum by (topic) ({unread})", legend="{{topic}}", empty=NOT_ASKED),
                none="not known",
            ),
        ),
    )
