"""From arrival to alert."""

from __future__ import annotations

from dashboards.grafana.parts.charts import heat_map, lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import LIVE, STEP, increase, quantile, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import NO_LIVE, TIMES

LATENCY = "newswatch_alert_latency_seconds"


def row() -> Row:
    """From arrival to alert."""
    bucket = series(f"{LATENCY}_bucket", LIVE)
    return Row(
        "From arrival to alert",
        (
            lines(
                "Time to an alert",
                "From a live article's arrival to its alert: half, 95 and 99 of 100 are quicker. 5 s are "
                "promised for 99. A dot is an article, and leads to it in the console.",
                "s",
                *(
                    Query(quantile(rank, bucket), legend=name, empty=NO_LIVE, exemplars=name == "99 %")
                    for rank, name in ((0.5, "half"), (0.95, "95 %"), (0.99, "99 %"))
                ),
                width=8,
                limit=5,
                none="no live alerts",
            ),
            heat_map(
                "How many took how long",
                "How many live alerts took how long: one slow source shows here, and not in a percentile.",
                "s",
                Query(
                    total(increase(bucket, STEP), "le"),
                    legend="{{le}}",
                    form="heatmap",
                    empty=NO_LIVE,
                ),
                width=8,
            ),
            lines(
                "Late alerts against what is allowed",
                "Share of live alerts that took longer than 5 s, to the 1 % that may. Above 1 for 30 days "
                "the promise is broken; at 14.4 an hour uses up 2 % of what may be late in them.",
                TIMES,
                *(
                    Query(
                        f"{series(f'job:newswatch_alerts_late:ratio{window}')} / 0.01",
                        legend=window,
                        empty=NO_LIVE,
                    )
                    for window in ("1h", "6h", "1d")
                ),
                width=8,
                limit=1,
                none="no live alerts",
            ),
        ),
    )
