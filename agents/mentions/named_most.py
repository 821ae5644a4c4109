"""Whom new articles name, counted for those named most: there are endless names, as the news has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.seen_most import SeenMost
from streams.records import Enriched

if TYPE_CHECKING:
    from datetime import datetime

    from streams.metrics import Metrics
    from streams.records import Sequenced

MOST = 200
"""Places at each worker; each is one series."""
ENOUGH = 3
"""Articles after which a name may have a place: so few that a small edition shows names, and more than
a slip of the pen comes again."""
LONGEST = 100
"""Code points of a name as a label."""
OTHER = "other"
"""The label of all that have no place."""


class NamedMost:
    """Counts canonical names in the articles of one worker; it forgets them with the worker."""

    def __init__(self, metrics: Metrics) -> None:
        self._counter = metrics.named_articles
        self._seen = SeenMost(MOST, ENOUGH)
        self._counter.labels(OTHER)

    def count(self, article: Sequenced, now: datetime) -> None:
        """Count an article, if it is new and live: each name once, and all without a place as one.

        Args:
            article: with its entities, if it is new.
            now: wall clock.
        """
        if not isinstance(article, Enriched) or (article.origin, article.verdict.status) != ("live", "new"):
            return
        before, labels = self._seen.tracked, set[str]()
        for name in {entity.canonical for entity in article.entities}:
            known = name != OTHER and len(name) <= LONGEST and name.isprintable()
            if known:
                self._seen.see(name, now)
            labels.add(name if known and name in self._seen.weights else OTHER)
        tracked = self._seen.tracked
        for gone in before - tracked:
            self._counter.remove(gone)
        for label in labels & (tracked | {OTHER}):
            self._counter.labels(label).inc()
