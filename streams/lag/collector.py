"""Lag and brokers as metrics; a scrape reads what the last look found, and asks nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streams.lag.seen import Lag, Seen


class Sight(Protocol):
    """What an observer tells."""

    @property
    def seen(self) -> Seen | None:
        """What the brokers said last; None where that is too long ago."""

    @property
    def up(self) -> bool | None:
        """Whether they answer; None while nothing has been asked."""


class LagCollector(Collector):
    """Gives what an observer has seen; nothing of it once the brokers have been silent for too long."""

    def __init__(self, sight: Sight, concerns: Callable[[Lag], bool] = lambda _: True) -> None:
        """Make it.

        Args:
            sight: of the brokers.
            concerns: which lags to give, of all that were seen.
        """
        self._sight = sight
        self._concerns = concerns

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """The metrics without values."""
        return _families().values()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The metrics as last seen."""
        seen, up, families = self._sight.seen, self._sight.up, _families()
        if up is not None:
            families["up"].add_metric([], float(up))
        for lag in filter(self._concerns, seen.lags if seen else ()):
            labels = [lag.group, lag.topic, str(lag.partition)]
            families["records"].add_metric(labels, lag.records)
            families["seconds"].add_metric(labels, lag.seconds)
        for disk in seen.disks if seen else ():
            families["free"].add_metric([str(disk.broker)], disk.free)
            families["total"].add_metric([str(disk.broker)], disk.total)
        for topic, size in seen.sizes if seen else ():
            families["size"].add_metric([topic], size)
        return families.values()


def _families() -> dict[str, GaugeMetricFamily]:
    lag, broker = ["group", "topic", "partition"], ["broker"]
    return {
        "records": GaugeMetricFamily(
            "newswatch_lag_records",
            "Unread records of a partition, up to its end at the broker.",
            labels=lag,
        ),
        "seconds": GaugeMetricFamily(
            "newswatch_lag_seconds",
            "Age of the oldest unread record, since it was written; 0 where none is unread.",
            labels=lag,
        ),
        "up": GaugeMetricFamily("newswatch_broker_up", "1 while a broker answers this process, else 0."),
        "free": GaugeMetricFamily(
            "newswatch_broker_disk_free_bytes",
            "Left for a broker's logs; of several folders that with the least.",
            labels=broker,
        ),
        "total": GaugeMetricFamily(
            "newswatch_broker_disk_total_bytes",
            "Size of the volume that this is left on.",
            labels=broker,
        ),
        "size": GaugeMetricFamily(
            "newswatch_topic_bytes",
            "Bytes of a topic on the brokers' disks, all copies; `alerts.*` are the watches' own together.",
            labels=["topic"],
        ),
    }
