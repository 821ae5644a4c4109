"""What each step does."""

from __future__ import annotations

from dashboards.grafana.parts.charts import lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import INSTANCE, quantile, rate, series, share, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import IDLE, PER_SECOND


def row() -> Row:
    """What each step does."""
    bucket = series("newswatch_step_duration_seconds_bucket", INSTANCE)
    size = [
        total(rate(series(f"newswatch_batch_size_{part}", INSTANCE)), "step") for part in ("sum", "count")
    ]
    return Row(
        "Steps, in the chosen instances",
        (
            lines(
                "Records a second, by step",
                "What each step takes. A copy does not go through entities; news.outcomes has ticks for "
                "alerts, too.",
                PER_SECOND,
                Query(size[0], legend="{{step}}", empty=IDLE),
                width=8,
            ),
            lines(
                "Time for a batch, by step",
                "95 of 100 batches take less. In entities it is spaCy's, in a process of its own.",
                "s",
                Query(quantile(0.95, bucket, "step"), legend="{{step}}", empty=IDLE),
                width=8,
            ),
            lines(
                "Records in a batch, by step",
                "How many a step takes at once, on average: more where it is behind.",
                "short",
                Query(share(*size), legend="{{step}}", empty=IDLE),
                width=8,
            ),
        ),
    )
