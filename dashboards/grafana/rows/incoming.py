"""Who says it, and how much of it is new."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars, lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.lists import ranking
from dashboards.grafana.parts.promql import CHOSEN, hourly, increase, most, rate, series, share, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import IDLE, PER_HOUR, QUARTER, REPLAYED

STATUSES = (
    ("new", "green"),
    ("update", "yellow"),
    ("near_duplicate", "blue"),
    ("exact_duplicate", "light-blue"),
    ("rejected", "red"),
)
ARTICLES = "newswatch_articles_total"
TAKEN = series(ARTICLES, 'status!="rejected"')


def row() -> Row:
    """Who says it, and how much of it is new."""
    copied = (("near", "near_duplicate", "blue"), ("exact", "exact_duplicate", "light-blue"))
    return Row(
        "What comes in",
        (
            bars(
                "Articles by status",
                "Each article has one status; they add up to what came in. Live and replayed.",
                PER_HOUR,
                Query(hourly(series(ARTICLES), "status"), legend="{{status}}"),
                width=8,
                step=QUARTER,
                colors=STATUSES,
            ),
            lines(
                "Share of copies",
                "Of the articles that were taken: how many repeat another one word for word, or nearly.",
                "percentunit",
                *(
                    Query(
                        share(total(rate(series(ARTICLES, f'status="{status}"'))), total(rate(TAKEN))),
                        legend=name,
                        empty=IDLE,
                    )
                    for name, status, _ in copied
                ),
                width=8,
                share=True,
                colors=[(name, color) for name, _, color in copied],
            ),
            ranking(
                "Articles by source",
                "Live articles within the time shown above, copies too: the sources that watches name and "
                "those seen most.",
                "short",
                Query(
                    most(
                        10,
                        total(
                            increase(series("newswatch_source_articles_total", 'source!="other"'), CHOSEN),
                            "source",
                        )
                        + " > 0.5",
                    ),
                    legend="{{source}}",
                    instant=True,
                    empty=REPLAYED,
                ),
                width=8,
                none="no live news yet",
                to=(
                    "Alerts from this source in the console",
                    "${console:raw}/?source=${__field.labels.source:percentencode}",
                ),
            ),
        ),
    )
