"""What is wrong, and where."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars
from dashboards.grafana.parts.firing import firing
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import rate, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import NO_REFUSAL, PER_SECOND


def row() -> Row:
    """What is wrong, and where."""
    return Row(
        "What is wrong",
        (
            firing(
                "Alerts of Prometheus",
                "All that fire, of any severity.",
                width=12,
                height=7,
            ),
            bars(
                "Dead letters, by reason",
                "Inputs refused: the record on news.dead-letters has the reason and the beginning of each.",
                PER_SECOND,
                Query(
                    total(rate(series("newswatch_dead_letters_total")), "reason"),
                    legend="{{reason}}",
                    empty=NO_REFUSAL,
                ),
                width=6,
                height=7,
                none="none",
            ),
            bars(
                "Errors, by step",
                "Articles that went on without a part that failed, marked so; an article that can't be "
                "matched raises no alert.",
                PER_SECOND,
                Query(total(rate(series("newswatch_errors_total")), "step"), legend="{{step}}"),
                width=6,
                height=7,
            ),
        ),
    )
