"""Bursts and blind spots."""

from __future__ import annotations

from dashboards.grafana.parts.charts import lines
from dashboards.grafana.parts.firing import firing
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.lists import table
from dashboards.grafana.parts.promql import WATCH, most, series
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import ALL_SEND, PAST, TIMES

CONSOLE_WATCH = (
    "Alerts of this watch in the console",
    "${console:raw}/?watch=${__field.labels.watch:percentencode}",
)


def row() -> Row:
    """Bursts and blind spots."""

    def times(level: str, *matchers: str) -> str:
        now = series(f"{level}:newswatch_articles:increase1h", *matchers)
        expected = series(f"{level}:newswatch_articles:increase1h_expected", *matchers)
        return most(10, f"{now} / clamp_min({expected}, 1)")

    silent = f"max by (source) ({series('source:newswatch_articles:quiet_hours')})"
    return Row(
        "Bursts and blind spots",
        (
            lines(
                "Watches against what is expected",
                "Articles of the last hour that mention a watch, to what is expected at this hour while all "
                "else is as it is. From 5 on, and ten articles more, it is a burst.",
                TIMES,
                Query(times("watch", WATCH), legend="{{watch}}", empty=PAST),
                width=12,
                limit=5,
                to=CONSOLE_WATCH,
                none="no past yet",
            ),
            lines(
                "Entities against what is expected",
                "The same of the entities that the scopes of watches name.",
                TIMES,
                Query(
                    times("entity"),
                    legend="{{entity}}",
                    empty=f"{PAST}, and a watch whose scope names an entity",
                ),
                width=12,
                limit=5,
                none="no past yet",
            ),
            table(
                "Quiet sources",
                "Sources that send less than a twentieth of what is usual, and for how many hours: 1, 6 or "
                "24.",
                "short",
                Query(silent, form="table", instant=True, empty=ALL_SEND),
                columns={"source": "Source", "Value": "Hours"},
                sort="Hours",
                descending=True,
                width=8,
                height=6,
                none="all sources send",
            ),
            firing(
                "Alerts about the news",
                "What Prometheus says of bursts, sources and the flow of news.",
                'alertname=~"Newswatch(News|Source|Watch|Entity).+"',
                width=16,
                height=6,
            ),
        ),
    )
