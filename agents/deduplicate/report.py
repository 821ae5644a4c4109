"""What a batch of the duplicate check means in numbers, and what is said of stories that are linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agents.deduplicate.memory import Decision, Memory
    from streams.metrics import Metrics
    from streams.records import Eviction

log = structlog.get_logger(__name__)


class Reporter:
    """Reports a memory; counts what has left it since the last time."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._evicted: Mapping[Eviction, int] = {}

    def restored(self) -> None:
        """The memory was made anew, and counts from nought."""
        self._evicted = {}

    def lost(self) -> None:
        """Another worker has the articles now; what is here is in nobody's use, and counted there."""
        for gauge in (self._metrics.remembered_articles, self._metrics.remembered_age):
            gauge.set(0)
        self._metrics.table_entries.labels("remembered").set(0)

    def report(self, memory: Memory, decisions: Iterable[Decision]) -> None:
        """Say what a batch has changed."""
        metrics, remembered = self._metrics, len(memory)
        for decision in decisions:
            for link in decision.links:
                metrics.story_links.inc()
                log.info(
                    "stories share an article",
                    step="deduplicate",
                    article_id=link.article_id,
                    story_id=decision.verdict.story_id,
                    other_story_id=link.story_id,
                    seq=link.seq,
                )
        evicted = dict(memory.evicted)
        for reason, number in evicted.items():
            metrics.evicted.labels(reason).inc(number - self._evicted.get(reason, 0))
        self._evicted = evicted
        metrics.table_entries.labels("remembered").set(memory.kept)
        metrics.remembered_articles.set(remembered)
        metrics.remembered_bytes.set(memory.nbytes)
        metrics.remembered_article_bytes.set(memory.nbytes / remembered if remembered else 0)
        age = memory.oldest_age
        metrics.remembered_age.set(age.total_seconds() if age else 0)
