"""Whether news is fetched."""

from __future__ import annotations

from dashboards.grafana.parts.charts import bars
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.lists import table
from dashboards.grafana.parts.promql import CHOSEN, increase, rate, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import NEVER_WELL, NO_FEEDS, NONE_FAILS, PER_SECOND


def row() -> Row:
    """Whether news is fetched."""
    taken = total(increase(series("newswatch_feeds_articles_total"), CHOSEN), "feed")
    good = f"max by (feed) (time() - {series('newswatch_feeds_last_good_timestamp_seconds')})"
    return Row(
        "Feeds",
        (
            bars(
                "Polls, by what came of them",
                "read and unchanged are well; the others say what went wrong.",
                PER_SECOND,
                Query(
                    total(rate(series("newswatch_feeds_polls_total")), "outcome"),
                    legend="{{outcome}}",
                    empty=NO_FEEDS,
                ),
                width=8,
                none=NO_FEEDS,
            ),
            bars(
                "Entries, by what was done",
                "published and again became articles; known, old and left did not.",
                PER_SECOND,
                Query(
                    total(rate(series("newswatch_feeds_entries_total")), "outcome"),
                    legend="{{outcome}}",
                    empty=NO_FEEDS,
                ),
                width=8,
                none=NO_FEEDS,
            ),
            bars(
                "Pages, by what came of them",
                "Pages that were asked for, since the entry had no text.",
                PER_SECOND,
                Query(
                    total(rate(series("newswatch_feeds_pages_total")), "outcome"),
                    legend="{{outcome}}",
                    empty=NO_FEEDS,
                ),
                width=8,
                none=NO_FEEDS,
            ),
            table(
                "Articles, by feed",
                "That the broker took within the time shown above.",
                "short",
                Query(taken, form="table", instant=True, empty=NO_FEEDS),
                columns={"feed": "Feed", "Value": "Articles"},
                sort="Articles",
                descending=True,
                width=8,
                none=NO_FEEDS,
            ),
            table(
                "Since a feed was well",
                "Time since it was last read, or was told that nothing is new.",
                "s",
                Query(
                    good,
                    form="table",
                    instant=True,
                    empty=NEVER_WELL,
                ),
                columns={"feed": "Feed", "Value": "Since"},
                sort="Since",
                descending=True,
                width=8,
                none=NO_FEEDS,
            ),
            table(
                "Feeds that fail",
                "Polls in a row that failed.",
                "short",
                Query(
                    f"max by (feed) ({series('newswatch_feeds_failures')}) > 0",
                    form="table",
                    instant=True,
                    empty=NONE_FAILS,
                ),
                columns={"feed": "Feed", "Value": "Polls"},
                sort="Polls",
                descending=True,
                width=8,
                none="none",
            ),
        ),
        collapsed=True,
    )
