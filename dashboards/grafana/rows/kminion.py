"""What kminion tells of Kafka beside: it runs with its profile, under a job of its own."""

from __future__ import annotations

from dashboards.grafana.parts.charts import lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.promql import anywhere, most, rate
from dashboards.grafana.parts.query import Query

OFF = "kminion runs only with its profile"


def row() -> Row:
    """The cluster as a whole, other programs' topics and groups too."""
    written = rate(anywhere("kminion_kafka_topic_high_water_mark_sum"))
    return Row(
        "Kafka, by kminion",
        (
            lines(
                "Written, by topic",
                "Records a second that all programs write, the ten topics with most.",
                "suffix: /s",
                Query(most(10, f"sum by (topic_name) ({written})"), legend="{{topic_name}}", empty=OFF),
                width=8,
                none=OFF,
            ),
            lines(
                "Behind, by group",
                "Unread records of every group on the cluster.",
                "short",
                Query(
                    most(10, f"sum by (group_id) ({anywhere('kminion_kafka_consumer_group_topic_lag')})"),
                    legend="{{group_id}}",
                    empty=OFF,
                ),
                width=8,
                none=OFF,
            ),
            lines(
                "Members, by group",
                "Programs that share a group's work.",
                "short",
                Query(
                    f"sum by (group_id) ({anywhere('kminion_kafka_consumer_group_members')})",
                    legend="{{group_id}}",
                    empty=OFF,
                ),
                width=8,
                none=OFF,
            ),
        ),
        collapsed=True,
    )
