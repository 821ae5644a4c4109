"""What is watched for, and what came of it."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.lists import table
from dashboards.grafana.parts.promql import CHOSEN, WATCH, hourly, increase, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import IDLE, PER_HOUR, QUARTER

CONSOLE_WATCH = (
    "Alerts of this watch in the console",
    "${console:raw}/?watch=${__field.labels.watch:percentencode}",
)


def row() -> Row:
    """What is watched for, and what came of it."""
    sent = total(increase(series("newswatch_alerts_total", WATCH), CHOSEN), "watch", "severity")
    return Row(
        "What is watched",
        (
            bars(
                "Mentions by watch",
                "Watched terms found, an hour. A long article can have many. Click a bar for the watch's "
                "alerts.",
                PER_HOUR,
                Query(
                    hourly(series("newswatch_mentions_total", WATCH), "watch"),
                    legend="{{watch}}",
                    empty=IDLE,
                ),
                width=16,
                height=9,
                step=QUARTER,
                to=CONSOLE_WATCH,
            ),
            table(
                "Alerts by watch",
                "Alerts sent within the time shown above. A watch leads to its alerts in the console.",
                "short",
                Query(f"{sent} > 0.5", form="table", instant=True, empty=IDLE),
                columns={"watch": "Watch", "severity": "Severity", "Value": "Alerts"},
                sort="Alerts",
                descending=True,
                links={
                    "Watch": ("Alerts of this watch in the console", "${console:raw}/?watch=${__value.raw}")
                },
                width=8,
                height=9,
                none="no alerts",
            ),
        ),
    )
