"""What the brokers have."""

from __future__ import annotations

from dashboards.grafana.parts.charts import lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.lists import ranking
from dashboards.grafana.parts.promql import most, series
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import NO_DISK, NOT_ASKED


def row() -> Row:
    """What the brokers have."""
    free, whole = (series(f"newswatch_broker_disk_{part}_bytes") for part in ("free", "total"))
    worst = f"max by (topic, partition) ({series('newswatch_lag_records')})"
    return Row(
        "Kafka",
        (
            lines(
                "Disk left, by broker",
                "Below 15 % NewswatchBrokerDiskFilling warns.",
                "percentunit",
                Query(f"min by (broker) ({free} / {whole})", legend="broker {{broker}}", empty=NO_DISK),
                width=8,
                share=True,
                none="not told",
            ),
            ranking(
                "Largest topics",
                "Bytes on the brokers' disks, all copies. Each topic ends at its limit; the watches' own "
                "are one bar.",
                "bytes",
                Query(
                    most(10, f"max by (topic) ({series('newswatch_topic_bytes')})"),
                    legend="{{topic}}",
                    instant=True,
                    empty=NOT_ASKED,
                ),
                width=8,
                none="not told",
            ),
            lines(
                "Partitions furthest behind",
                "Unread records. One far above its topic's others: a worker that hangs, or one key that has "
                "it all.",
                "short",
                Query(most(8, worst), legend="{{topic}} {{partition}}", empty=NOT_ASKED),
                width=8,
                none="not known",
            ),
        ),
    )
