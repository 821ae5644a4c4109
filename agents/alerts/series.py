"""Live articles counted for the rules of Prometheus: by watch, by entity and by source.

What a counter shows when it appears is missed by `increase()`, so each has its series, at 0, from when the
watchlist came into force, at every worker: the next to count may be any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import structlog

from agents.alerts.measured import Measured, NamedSources, measured
from agents.alerts.reasons import held_back, sent_again
from agents.alerts.sources import OTHER, folded
from streams.records import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from agents.mentions.watchlist import Watchlist
    from streams.metrics import Metrics
    from streams.records import Outcome

log = structlog.get_logger(__name__)


class Series:
    """The series of a worker that the rules are about."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._labels = Measured(frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), {})
        self._named = NamedSources(())
        self._seen_most: frozenset[str] = frozenset()
        metrics.source_articles.labels(OTHER)
        for origin in get_args(Origin):
            metrics.alert_seconds.labels(origin)

    def put_in_force(self, watchlist: Watchlist) -> None:
        """Have the series of this watchlist, and no others."""
        before, labels = self._labels, measured(watchlist)
        metrics, sources = self._metrics, self._source_labels()
        self._labels, self._named = labels, NamedSources(labels.sources)
        _become(metrics.watch_articles, _ones(before.watches), _ones(labels.watches))
        _become(metrics.entity_articles, _ones(before.entities), _ones(labels.entities))
        _become(metrics.watch_source, before.pairs, labels.pairs)
        _become(metrics.source_articles, _ones(sources), _ones(self._source_labels()))
        # What a watch that has gone counted stays: it happened.
        for watch in watchlist.watches:
            if watch.name in labels.watches:
                metrics.mentions.labels(watch.name)
                metrics.alerts.labels(watch.name, watch.severity)
            if watch.name in labels.reasoned:
                for reason in sent_again(watch):
                    metrics.revisions.labels(watch.name, reason)
                for held in held_back(watch):
                    metrics.suppressed.labels(watch.name, held)
        for kind, number in labels.left_out.items():
            metrics.unmeasured.labels(kind).set(number)
            if number and number != before.left_out.get(kind):
                log.warning("the watchlist has more than get a rate", kind=kind, without=number)

    def track(self, sources: frozenset[str]) -> None:
        """Have the series of these sources beside those that watches name.

        Args:
            sources: folded names; none at a worker that does not count, or what it counted once would look
                like a source that is silent now.
        """
        if sources != self._seen_most:
            before, self._seen_most = self._source_labels(), sources
            _become(self._metrics.source_articles, _ones(before), _ones(self._source_labels()))

    def count(self, outcome: Outcome, outside: AbstractSet[str] = frozenset()) -> None:
        """Count a settled article, if it is live news.

        A source is alive whatever it sends. A watch does not burst by one text that comes again and again.

        Args:
            outcome: the article's.
            outside: watches that it mentions though it is out of their scope.
        """
        if outcome.origin != "live" or outcome.status == "rejected" or outcome.redelivered:
            return
        for source in self._sources(outcome.source):
            self._metrics.source_articles.labels(source).inc()
        if outcome.status == "exact_duplicate":
            return
        for watch in ({mention.watch for mention in outcome.mentions} - outside) & self._labels.watches:
            self._metrics.watch_articles.labels(watch).inc()
        for entity in self._labels.entities.intersection(outcome.asked_for):
            self._metrics.entity_articles.labels(entity).inc()

    def _sources(self, source: str | None) -> set[str]:
        """The labels that an article counts under."""
        if source is None:
            return {OTHER}
        labels = set(self._named.fitting(source))
        own = folded(source)
        if own in self._seen_most and not self._named.spells_out(own):
            labels.add(own)
        return labels or {OTHER}

    def _source_labels(self) -> set[str]:
        """Every label of a source; one that a watch spells out has no second one."""
        own = {source for source in self._seen_most if not self._named.spells_out(source)}
        return {*self._labels.sources, *own, OTHER}


def _ones(labels: Iterable[str]) -> set[tuple[str]]:
    return {(label,) for label in labels}


def _become(metric: Any, before: Iterable[tuple[str, ...]], now: Iterable[tuple[str, ...]]) -> None:
    before, now = set(before), set(now)
    for gone in before - now:
        metric.remove(*gone)
    for new in now:
        metric.labels(*new)
