"""Whether alerts arrive at their receiver."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars, lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import quantile, rate, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import NO_WEBHOOK, PER_SECOND


def row() -> Row:
    """Whether alerts arrive at their receiver."""
    return Row(
        "Webhook",
        (
            bars(
                "Alerts, by what came of them",
                "Refused, given up, expired and unreadable ones are on webhook.undelivered; newswatch "
                "webhook resend posts them again.",
                PER_SECOND,
                Query(
                    total(rate(series("newswatch_webhook_alerts_total")), "outcome"),
                    legend="{{outcome}}",
                    empty=NO_WEBHOOK,
                ),
                width=6,
                none=NO_WEBHOOK,
            ),
            bars(
                "Posts, by answer",
                "Each try counts; an alert can have many.",
                PER_SECOND,
                Query(
                    total(rate(series("newswatch_webhook_attempts_total")), "answer"),
                    legend="{{answer}}",
                    empty=NO_WEBHOOK,
                ),
                width=6,
                none=NO_WEBHOOK,
            ),
            lines(
                "Time to the receiver's yes",
                "From detection; half and 99 of 100 are quicker.",
                "s",
                *(
                    Query(
                        quantile(rank, series("newswatch_webhook_delivery_seconds_bucket")),
                        legend=name,
                        empty=NO_WEBHOOK,
                    )
                    for rank, name in ((0.5, "half"), (0.99, "99 %"))
                ),
                width=6,
                none=NO_WEBHOOK,
            ),
            lines(
                "On their way",
                "Alerts that are not yet taken, and not yet given up.",
                "short",
                Query(total(series("newswatch_webhook_pending")), legend="pending", empty=NO_WEBHOOK),
                width=6,
                none=NO_WEBHOOK,
            ),
        ),
        collapsed=True,
    )
