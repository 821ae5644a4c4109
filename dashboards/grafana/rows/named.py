"""Who it is about."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.lists import ranking
from dashboards.grafana.parts.promql import CHOSEN, hourly, increase, most, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import IDLE, PER_HOUR, QUARTER, REPLAYED


def row() -> Row:
    """Who it is about."""
    return Row(
        "Who is named",
        (
            ranking(
                "Most named",
                "New live articles within the time shown above that name a person, organisation or place, "
                "by canonical name. Only those named most have a place of their own.",
                "short",
                Query(
                    most(
                        10,
                        total(
                            increase(series("newswatch_named_articles_total", 'entity!="other"'), CHOSEN),
                            "entity",
                        )
                        + " > 0.5",
                    ),
                    legend="{{entity}}",
                    instant=True,
                    empty=REPLAYED,
                ),
                width=12,
                none="no live news yet",
                to=(
                    "Alerts that name it in the console",
                    "${console:raw}/?entity=${__field.labels.entity:percentencode}",
                ),
            ),
            bars(
                "Entities by label",
                "Names found in new articles, an hour, by what they are.",
                PER_HOUR,
                Query(hourly(series("newswatch_entities_total"), "label"), legend="{{label}}", empty=IDLE),
                width=12,
                step=QUARTER,
            ),
        ),
    )
