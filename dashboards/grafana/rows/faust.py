"""What Faust counts."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars, lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import INSTANCE, quantile, rate, series, share, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import IDLE, PER_SECOND

BY_INSTANCE = "{{instance}}"
EACH = "by (instance)"
STEADY = "no rebalance within the time"


def row() -> Row:
    """What Faust counts."""
    received, sent = (
        total(rate(series(f"faust_messages_{way}_total", INSTANCE)), "topic") for way in ("received", "sent")
    )
    durations = ("send", "from hand-over to the brokers' yes"), ("commit", "storing offsets")
    return Row(
        "Faust",
        (
            lines(
                "Received, by topic",
                "Records that Faust gave to the steps.",
                PER_SECOND,
                Query(received, legend="{{topic}}", empty=IDLE),
                width=8,
            ),
            lines(
                "Sent, by topic",
                "Records handed to the producer, those of the tables too.",
                PER_SECOND,
                Query(sent, legend="{{topic}}", empty=IDLE),
                width=8,
            ),
            lines(
                "In hand, by instance",
                "Records given to the steps that they are not done with.",
                "short",
                Query(f"sum {EACH} ({series('faust_messages_active', INSTANCE)})", legend=BY_INSTANCE),
                width=8,
            ),
            lines(
                "Time of a send and a commit",
                "99 of 100 are quicker: a record until the brokers have it, and storing how far a group has "
                "read.",
                "s",
                *(
                    Query(
                        quantile(0.99, series(f"faust_{name}_duration_seconds_bucket", INSTANCE)),
                        legend=legend,
                    )
                    for name, legend in durations
                ),
                width=8,
            ),
            bars(
                "What goes wrong in it",
                "Records that the brokers did not take; waits for room, where a step is slower than its "
                "input.",
                PER_SECOND,
                Query(total(rate(series("faust_send_errors_total", INSTANCE))), legend="not taken"),
                Query(total(rate(series("faust_buffer_full_total", INSTANCE))), legend="buffer full"),
                width=8,
            ),
            lines(
                "Time of a rebalance",
                "From the loss of partitions until the tables of the new ones are read, on average.",
                "s",
                Query(
                    share(
                        *(
                            total(rate(series(f"faust_rebalance_duration_seconds_{part}", INSTANCE)))
                            for part in ("sum", "count")
                        )
                    ),
                    legend="rebalance",
                    empty=STEADY,
                ),
                width=8,
                none="none",
            ),
        ),
        collapsed=True,
    )
