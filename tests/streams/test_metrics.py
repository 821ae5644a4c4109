"""The numbers of a worker."""

from __future__ import annotations

import pytest

from agents.entities.labels import LABELS
from agents.ingest.refusal import REASONS
from streams.metrics import STEPS, Metrics

CLOSED = {
    *("status", "origin", "watch", "severity", "reason", "label", "step", "table", "outcome", "answer"),
    *("kind", "entity", "source"),
}
"""What a label may be: sets that the program or its watchlist closes, never an id or a text.

An entity has to be named in a watch; of the sources that are not, only so many have a label."""


def test_labels_are_closed_sets() -> None:
    """A label from the news would give a time series an article."""
    metrics = Metrics()
    used = {
        label
        for item in vars(metrics).values()
        if (names := getattr(item, "_labelnames", None))
        for label in names
    }
    assert used <= CLOSED


def test_a_step_that_never_failed_says_so() -> None:
    """A counter that is not there can't be told from a worker that is not there."""
    metrics = Metrics()
    for step in STEPS:
        assert metrics.registry.get_sample_value("newswatch_errors_total", {"step": step}) == 0


def test_what_has_not_come_yet_is_0() -> None:
    """A counter that appears with its first event is missed by increase()."""
    metrics = Metrics()
    for status in ("new", "rejected", "exact_duplicate"):
        labels = {"status": status, "origin": "live"}
        assert metrics.registry.get_sample_value("newswatch_articles_total", labels) == 0
    for reason in REASONS:
        assert metrics.registry.get_sample_value("newswatch_dead_letters_total", {"reason": reason}) == 0
    for label in LABELS:
        assert metrics.registry.get_sample_value("newswatch_entities_total", {"label": label}) == 0


def test_a_batch_is_measured_also_when_it_fails() -> None:
    """Its size and its duration."""
    metrics = Metrics()
    with pytest.raises(OSError, match="gone"), metrics.batch("alerts", 7):
        raise OSError("gone")
    value = metrics.registry.get_sample_value
    assert value("newswatch_batch_size_sum", {"step": "alerts"}) == 7
    assert value("newswatch_step_duration_seconds_count", {"step": "alerts"}) == 1


def test_two_workers_in_a_process_share_nothing() -> None:
    """Each has a registry of its own."""
    first, second = Metrics(), Metrics()
    first.skipped.inc()
    assert second.registry.get_sample_value("newswatch_skipped_total") == 0
