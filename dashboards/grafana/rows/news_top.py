"""Whether the news is as it should be."""

from __future__ import annotations

from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.panel import BAD, GOOD, WARNING, below
from dashboards.grafana.parts.promql import increase, or_none, series, share, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.parts.stats import stat
from dashboards.grafana.rows.said import IDLE, PAST

ARTICLES = "newswatch_articles_total"
TAKEN = series(ARTICLES, 'status!="rejected"')
COPIES = series(ARTICLES, 'status=~"near_duplicate|exact_duplicate"')


def row() -> Row:
    """Whether the news is as it should be."""
    bursting = series("ALERTS", 'alertstate="firing"', 'alertname=~"Newswatch(Watch|Entity)Bursting"')
    usual = (
        f"{series('job:newswatch_articles:increase1h')} / {series('job:newswatch_articles:increase1h_usual')}"
    )
    return Row(
        "",
        (
            stat(
                "Articles",
                "Articles of the last hour that were taken, copies and replays too.",
                "short",
                Query(total(increase(TAKEN, "1h"))),
                width=4,
                decimals=0,
            ),
            stat(
                "Of what is usual",
                "Live articles of the last hour, to what is usual at this hour. Below a third "
                "NewswatchNewsQuiet is about to fire: look at what brings news in.",
                "percentunit",
                Query(usual, empty=PAST),
                width=4,
                judged=below(0.33, 0.6),
                none="no past yet",
                decimals=0,
            ),
            stat(
                "Alerts",
                "Alerts of the last hour, each story and watch once.",
                "short",
                Query(or_none(total(increase(series("newswatch_alerts_total"), "1h")))),
                width=4,
                decimals=0,
                to=("Alerts in the console", "${console:raw}/"),
            ),
            stat(
                "Copies",
                "Share of the last hour's articles that repeat another one.",
                "percentunit",
                Query(
                    share(total(increase(COPIES, "1h")), total(increase(TAKEN, "1h"))),
                    empty=IDLE,
                ),
                width=4,
                none="no articles",
                decimals=0,
            ),
            stat(
                "Bursting",
                "Watches and entities that are in the news five times as often as expected, for ten minutes.",
                "short",
                Query(or_none(f"count({bursting})")),
                width=4,
                judged=((None, GOOD), (1, WARNING)),
                decimals=0,
            ),
            stat(
                "Quiet sources",
                "Sources that send less than a twentieth of what is usual for them: what they report is "
                "missed.",
                "short",
                Query(or_none(f"count({series('source:newswatch_articles:quiet_hours')})")),
                width=4,
                judged=((None, GOOD), (1, WARNING), (5, BAD)),
                decimals=0,
            ),
        ),
    )
