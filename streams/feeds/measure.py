"""The numbers of `newswatch feeds`; the label `feed` is a name from the file, never from the news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from streams.feeds.pages import OUTCOMES as PAGE_OUTCOMES
from streams.feeds.poll import ENTRY_OUTCOMES, GOOD, OUTCOMES
from streams.pools import PoolsCollector
from streams.process import describe_process

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.feeds.feed import Feed
    from streams.feeds.poll import Polled

POLL_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300)
"""Up to a first poll that fetches 100 pages, a second apart."""


class FeedMetrics:
    """Every metric of a poller, on a registry of its own."""

    def __init__(self, feeds: Iterable[Feed], registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        describe_process(self.registry, "feeds")
        self.pools = PoolsCollector()
        self.registry.register(self.pools)
        new: dict[str, Any] = {"registry": self.registry, "namespace": "newswatch"}
        self.polls = Counter("feeds_polls", "Polls by what came of them.", ["outcome"], **new)
        self.entries = Counter(
            "feeds_entries", "Entries of the polls that were read, by what was done.", ["outcome"], **new
        )
        self.pages = Counter("feeds_pages", "Pages of entries by what came of them.", ["outcome"], **new)
        self.articles = Counter("feeds_articles", "Articles the broker has taken.", ["feed"], **new)
        self.failures = Gauge("feeds_failures", "Polls in a row that failed.", ["feed"], **new)
        self.good = Gauge(
            "feeds_last_good_timestamp_seconds", "When a feed was last read, or unchanged.", ["feed"], **new
        )
        self.seconds = Histogram("feeds_poll_duration_seconds", "Of a poll.", buckets=POLL_SECONDS, **new)
        self.unremembered = Counter(
            "feeds_unremembered", "States of feeds the broker did not take; tried again.", **new
        )
        for outcome in OUTCOMES:
            self.polls.labels(outcome)
        for entry in ENTRY_OUTCOMES:
            self.entries.labels(entry)
        for page in PAGE_OUTCOMES:
            self.pages.labels(page)
        for feed in feeds:
            self.articles.labels(feed.name)
            self.failures.labels(feed.name)

    def count(self, feed: Feed, polled: Polled, failures: int, seconds: float, now: float) -> None:
        """Count a poll."""
        self.polls.labels(polled.outcome).inc()
        self.seconds.observe(seconds)
        self.failures.labels(feed.name).set(failures)
        if polled.outcome in GOOD:
            self.good.labels(feed.name).set(now)
        for outcome, number in polled.counts.items():
            self.entries.labels(outcome).inc(number)
        for page in polled.pages:
            self.pages.labels(page.outcome).inc()
