"""Whether the news gets through."""

from __future__ import annotations

from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.panel import BAD, GOOD, WARNING, above, below
from dashboards.grafana.parts.promql import LIVE, WORKER, increase, or_none, rate, series, share, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.parts.stats import stat
from dashboards.grafana.rows.said import IDLE, NO_LIVE, NOT_ASKED, PER_SECOND

LATENCY = "newswatch_alert_latency_seconds"
PROMISED = 'le="5.0"'
"""99 % of live alerts within 5 s of their article's arrival."""
STEPS_READ = 'topic=~"news[.].+"'
"""Not those of a webhook that was taken out: its group never reads on."""


def row() -> Row:
    """Whether the news gets through."""
    up = series("up", WORKER)
    errors, taken = series("newswatch_errors_total"), series("newswatch_articles_total", 'status!="rejected"')
    refused = series("newswatch_articles_total", 'status="rejected"')
    alerts = series("ALERTS", 'alertstate="firing"', 'severity=~"critical|warning"')
    given_up, missed = series("newswatch_skipped_total"), series("newswatch_matcher_missed_total")
    latency = series(f"{LATENCY}_bucket", LIVE, PROMISED), series(f"{LATENCY}_count", LIVE)
    return Row(
        "",
        (
            stat(
                "Workers",
                "Workers that answer Prometheus. NewswatchWorkerDown knows how many are usual.",
                "short",
                Query(or_none(total(up))),
                width=3,
                judged=((None, BAD), (1, GOOD)),
                decimals=0,
            ),
            stat(
                "Alerts firing",
                "Alerts of Prometheus, critical and warning; the table below has them.",
                "short",
                Query(or_none(f"count({alerts})")),
                width=3,
                judged=((None, GOOD), (1, WARNING)),
                decimals=0,
            ),
            stat(
                "Articles a second",
                "Articles that get their status, a second, live and replayed.",
                PER_SECOND,
                Query(total(rate(series("newswatch_articles_total")))),
                width=3,
            ),
            stat(
                "Alerts in 5 s",
                "Share of the live alerts of the last hour that were out within 5 s of their article's "
                "arrival. 99 % are promised.",
                "percentunit",
                Query(
                    share(*(total(increase(selected, "1h")) for selected in latency)),
                    empty=NO_LIVE,
                ),
                width=3,
                judged=below(0.9, 0.99),
                none="no alerts",
                decimals=1,
            ),
            stat(
                "Oldest unread",
                "Age of the oldest record that a step has not read. A replay makes it old; "
                "NewswatchLagRising knows that.",
                "s",
                Query(f"max({series('newswatch_lag_seconds', STEPS_READ)})", empty=NOT_ASKED),
                width=3,
                judged=above(60, 600),
                to=("How each step is, in the console", "${console:raw}/health"),
                none="not known",
                decimals=0,
            ),
            stat(
                "Refused",
                "Share of the inputs of the last hour that are no articles; they are on news.dead-letters, "
                "with a reason.",
                "percentunit",
                Query(
                    share(
                        total(increase(refused, "1h")),
                        total(increase(series("newswatch_articles_total"), "1h")),
                    ),
                    empty=IDLE,
                ),
                width=3,
                judged=above(0.05, 0.2),
                none="no articles",
                decimals=1,
            ),
            stat(
                "Incomplete",
                "Share of the articles of the last hour that went on without what a step should have found.",
                "percentunit",
                Query(share(total(increase(errors, "1h")), total(increase(taken, "1h"))), empty=IDLE),
                width=3,
                judged=above(0.01, 0.2),
                none="no articles",
                decimals=1,
            ),
            stat(
                "Missed",
                "Within the last hour: outcomes that were given up, and watches in which matcher and oracle "
                "differ. Each may be an alert that nobody got.",
                "short",
                Query(f"{total(increase(given_up, '1h'))} + {total(increase(missed, '1h'))}"),
                width=3,
                judged=((None, GOOD), (1, BAD)),
                decimals=0,
            ),
        ),
    )
