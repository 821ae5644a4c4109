"""The numbers a worker gives Prometheus; labels come from small closed sets, never from the news itself."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
)

from agents.entities.labels import LABELS
from agents.ingest.refusal import REASONS
from streams.pools import PoolsCollector
from streams.process import describe_process
from streams.records import Eviction, Origin, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

# A fifth of all series, and no rule looks at them.
disable_created_metrics()  # type: ignore[no-untyped-call]

STEPS = ("ingest", "deduplicate", "entities", "mentions", "alerts")
STEP_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
ALERT_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 20, 30, 60, 120)
"""Finest around the objective: an alert within 5 s of arrival."""
DELIVERY_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600)
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

QUERIES = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000)


class Metrics:
    """Every metric of a worker, on a registry of its own."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        describe_process(self.registry, "worker")
        self.pools = PoolsCollector()
        self.registry.register(self.pools)
        new: dict[str, Any] = {"registry": self.registry, "namespace": "newswatch"}
        self.ready = Gauge(
            "worker_ready",
            "1 where its event loop turns and it has what it needs, as /readyz says; else 0.",
            **new,
        )
        self.articles = Counter(
            "articles", "Articles that got their status, once each.", ["status", "origin"], **new
        )
        self.mentions = Counter("mentions", "Watched terms found.", ["watch"], **new)
        self.watch_articles = Counter(
            "watch_articles",
            "Live articles that mention a watch; a text that came before does not.",
            ["watch"],
            **new,
        )
        self.entity_articles = Counter(
            "entity_articles", "New live articles that name an entity of a watch's scope.", ["entity"], **new
        )
        self.source_articles = Counter(
            "source_articles",
            "Live articles by source: those that watches name, as written there, and those seen most.",
            ["source"],
            **new,
        )
        self.named_articles = Counter(
            "named_articles",
            "New live articles by whom they name: canonical names, those named most, each once an article.",
            ["entity"],
            **new,
        )
        self.watch_source = Info("watch_source", "A source that a watch names.", ["watch", "source"], **new)
        self.unmeasured = Gauge(
            "unmeasured",
            "Names in the watchlist without a series, since there are too many.",
            ["kind"],
            **new,
        )
        self.alerts = Counter(
            "alerts",
            "Alerts sent, once each; none of a watch on trial.",
            ["watch", "severity"],
            **new,
        )
        self.revisions = Counter("revisions", "Alerts sent again.", ["watch", "reason"], **new)
        self.suppressed = Counter("suppressed", "Mentions that raised no alert.", ["watch", "reason"], **new)
        self.entities = Counter("entities", "Entities found.", ["label"], **new)
        self.dead_letters = Counter("dead_letters", "Inputs refused.", ["reason"], **new)
        self.redelivered = Counter("redelivered", "Inputs that came again after a crash.", ["step"], **new)
        self.errors = Counter(
            "errors", "Articles that went on without a part that failed, marked so.", ["step"], **new
        )
        self.skipped = Counter("skipped", "Outcomes given up after the gap timeout.", **new)
        self.step_seconds = Histogram(
            "step_duration_seconds", "Time a step spent on a batch.", ["step"], buckets=STEP_SECONDS, **new
        )
        self.batch_size = Histogram(
            "batch_size", "Records a step took at once.", ["step"], buckets=BATCH_SIZES, **new
        )
        self.alert_seconds = Histogram(
            "alert_latency_seconds", "From arrival to alert.", ["origin"], buckets=ALERT_SECONDS, **new
        )
        self.queries_checked = Histogram(
            "queries_checked", "Queries looked at in full for an article.", buckets=QUERIES, **new
        )
        self.oracle_articles = Counter(
            "oracle_articles", "Articles whose mentions the oracle looked for as well.", **new
        )
        self.matcher_missed = Counter(
            "matcher_missed", "Watches for which matcher and oracle differed; must stay 0.", **new
        )
        self.webhook_alerts = Counter(
            "webhook_alerts", "Alerts done with by the webhook.", ["outcome"], **new
        )
        self.webhook_attempts = Counter(
            "webhook_attempts", "Posts to the webhook's receiver.", ["answer"], **new
        )
        self.webhook_seconds = Histogram(
            "webhook_delivery_seconds",
            "From detection to the receiver's yes.",
            buckets=DELIVERY_SECONDS,
            **new,
        )
        self.webhook_pending = Gauge("webhook_pending", "Alerts on their way to the receiver.", **new)
        self.table_entries = Gauge("table_entries", "Entries in a step's table.", ["table"], **new)
        self.table_bytes = Gauge("table_bytes", "Size of a step's table on disk.", ["table"], **new)
        self.remembered_articles = Gauge(
            "remembered_articles", "Articles that copies are looked for in.", **new
        )
        self.remembered_bytes = Gauge("remembered_bytes", "Memory of the index of these articles.", **new)
        self.remembered_article_bytes = Gauge("remembered_article_bytes", "The same for each of them.", **new)
        self.remembered_age = Gauge(
            "remembered_oldest_age_seconds", "Event time since the oldest of them came.", **new
        )
        self.evicted = Counter(
            "evicted",
            "Articles that are remembered no more, for their age or by the limit.",
            ["reason"],
            **new,
        )
        self.story_links = Counter(
            "story_links", "Stories found to share an article with another one.", **new
        )
        self.waiting = Gauge("outcomes_waiting", "Outcomes that wait for an earlier one.", **new)
        self.aliases = Gauge("aliases", "Meanings of short names that the alert step has learnt of.", **new)
        self.explained = Counter("explained", "Short names that articles explained.", **new)
        self.deadlines = Gauge("deadlines", "Deadlines that the clock knows.", **new)
        self.next_seq = Gauge("next_seq", "The outcome whose turn it is in the alert step.", **new)
        self.model = Info("model", "The spaCy pipeline in use.", **new)
        self.watchlist = Info("watchlist", "The watchlist in force.", **new)
        self.watchlist_refused = Counter(
            "watchlist_refused", "Watches or watchlists on the topic that could not be taken.", **new
        )
        self._begin()

    def _begin(self) -> None:
        """Show 0 where nothing has come yet: what appears with its first event is missed by `increase()`."""
        for status in get_args(Status):
            for origin in get_args(Origin):
                self.articles.labels(status, origin)
        for evicted in get_args(Eviction):
            self.evicted.labels(evicted)
        for reason in REASONS:
            self.dead_letters.labels(reason)
        for label in LABELS:
            self.entities.labels(label)
        for step in STEPS:
            self.errors.labels(step)
            self.redelivered.labels(step)

    @contextmanager
    def batch(self, step: str, size: int) -> Iterator[None]:
        """Measure one batch of a step."""
        self.batch_size.labels(step).observe(size)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.step_seconds.labels(step).observe(time.perf_counter() - start)
