"""Lag and brokers as metrics."""

from __future__ import annotations

from typing import NamedTuple

from prometheus_client import CollectorRegistry

from streams.lag.collector import LagCollector
from streams.lag.seen import Disk, Lag, Seen

SEEN = Seen(
    lags=(Lag("newswatch", "news.raw", 0, 7, 1.5), Lag("newswatch", "news.unique", 2, 0, 0.0)),
    disks=(Disk(1, 30, 100),),
    sizes=(("news.raw", 4096),),
)


class Sight(NamedTuple):
    """What was seen."""

    seen: Seen | None
    up: bool | None


def values(collector: LagCollector) -> dict[tuple[str, str], float]:
    """By name and last label."""
    registry = CollectorRegistry()
    registry.register(collector)
    return {
        (sample.name.removeprefix("newswatch_"), ",".join(sample.labels.values())): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def test_what_was_seen_is_shown() -> None:
    """All of it."""
    assert values(LagCollector(Sight(SEEN, up=True))) == {
        ("lag_records", "newswatch,news.raw,0"): 7,
        ("lag_seconds", "newswatch,news.raw,0"): 1.5,
        ("lag_records", "newswatch,news.unique,2"): 0,
        ("lag_seconds", "newswatch,news.unique,2"): 0,
        ("broker_up", ""): 1,
        ("broker_disk_free_bytes", "1"): 30,
        ("broker_disk_total_bytes", "1"): 100,
        ("topic_bytes", "news.raw"): 4096,
    }


def test_a_worker_shows_the_partitions_that_it_has() -> None:
    """Those of others are theirs to show."""
    found = values(LagCollector(Sight(SEEN, up=True), lambda lag: lag.topic == "news.raw"))
    assert {labels for name, labels in found if name == "lag_records"} == {"newswatch,news.raw,0"}


def test_brokers_that_are_silent_are_down_and_nothing_old_is_shown() -> None:
    """A lag that stands still would look like one that is known."""
    assert values(LagCollector(Sight(None, up=False))) == {("broker_up", ""): 0}


def test_before_the_first_question_nobody_is_down() -> None:
    """A start must not wake anyone."""
    assert values(LagCollector(Sight(None, up=None))) == {}
