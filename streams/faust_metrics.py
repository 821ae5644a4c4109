"""Faust's own numbers, those that are right: counted by its monitor, in seconds, by plain topic names.

Its sensor for Prometheus (`faust.sensors.prometheus`, 0.15.3) has more: ends of partitions that stop at what
was fetched, rebalances that only count those under way, latencies of rebalances and of the web that are
always 0, milliseconds. None of that is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faust.sensors import Monitor
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from streams.topic_label import topic_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from prometheus_client import CollectorRegistry
    from prometheus_client.metrics_core import Metric

SEND_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REBALANCE_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120)
"""A worker that died is missed after 20 s; a table of a million articles takes up to 60 s."""


class FaustMonitor(Monitor):
    """Faust's monitor, which counts anyway; what it doesn't keep is observed here."""

    def __init__(self, registry: CollectorRegistry, prefix: str) -> None:
        """Make it.

        Args:
            registry: of the worker.
            prefix: of the edition's topics.
        """
        super().__init__()
        self.metrics = registry
        new: dict[str, Any] = {"registry": registry, "namespace": "faust"}
        self._send = Histogram(
            "send_duration_seconds",
            "From a record's hand-over to its acknowledgement by the brokers.",
            buckets=SEND_SECONDS,
            **new,
        )
        self._commit = Histogram(
            "commit_duration_seconds", "Of storing offsets with the brokers.", buckets=SEND_SECONDS, **new
        )
        self._rebalance = Histogram(
            "rebalance_duration_seconds",
            "From the loss of partitions until the tables of the new ones are read.",
            buckets=REBALANCE_SECONDS,
            **new,
        )
        self._rebalances = Counter("rebalances", "Rebalances of the group that this worker saw.", **new)
        self._rebalancing = Gauge("rebalancing", "1 during a rebalance, else 0.", **new)
        self._full = Counter(
            "buffer_full", "Waits for room in the buffer of records that a step has not taken yet.", **new
        )
        registry.register(_Counted(self, prefix))

    def on_send_completed(self, producer: Any, state: Any, metadata: Any) -> None:
        """A record is acknowledged."""
        super().on_send_completed(producer, state, metadata)
        self._send.observe(self.send_latency[-1])

    def on_commit_completed(self, consumer: Any, state: Any) -> None:
        """Offsets are stored."""
        super().on_commit_completed(consumer, state)
        self._commit.observe(self.commit_latency[-1])

    def on_rebalance_start(self, app: Any) -> dict[str, Any]:
        """The group shares its partitions out anew."""
        self._rebalances.inc()
        self._rebalancing.set(1)
        return super().on_rebalance_start(app)

    def on_rebalance_end(self, app: Any, state: dict[str, Any]) -> None:
        """The worker goes on with what it was given."""
        super().on_rebalance_end(app, state)
        self._rebalancing.set(0)
        self._rebalance.observe(state["latency_end"])

    def on_topic_buffer_full(self, tp: Any) -> None:
        """A step is slower than its input."""
        super().on_topic_buffer_full(tp)
        self._full.inc()


class _Counted(Collector):
    """What the monitor counts by itself, read when it is asked for: an event costs nothing more."""

    def __init__(self, monitor: Monitor, prefix: str) -> None:
        self._monitor = monitor
        self._prefix = prefix

    def describe(self) -> Iterable[Metric]:
        return _families().values()

    def collect(self) -> Iterable[Metric]:
        monitor, families = self._monitor, _families()
        for topic, number in self._by_topic(monitor.messages_received_by_topic).items():
            families["received"].add_metric([topic], number)
        for topic, number in self._by_topic(monitor.messages_sent_by_topic).items():
            families["sent"].add_metric([topic], number)
        families["failed"].add_metric([], monitor.send_errors)
        families["active"].add_metric([], monitor.messages_active)
        for outcome, number in (
            ("completed", monitor.assignments_completed),
            ("failed", monitor.assignments_failed),
        ):
            families["assigned"].add_metric([outcome], number)
        for name, table in list(monitor.tables.items()):
            for operation in ("retrieved", "updated", "deleted"):
                families["tables"].add_metric([name, operation], getattr(table, f"keys_{operation}"))
        return families.values()

    def _by_topic(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Add up by label; a copy first, since the event loop may add a topic meanwhile."""
        found: dict[str, int] = {}
        for topic, number in dict(counts).items():
            label = topic_label(topic, self._prefix)
            found[label] = found.get(label, 0) + number
        return found


def _families() -> dict[str, CounterMetricFamily | GaugeMetricFamily]:
    return {
        "received": CounterMetricFamily(
            "faust_messages_received", "Records given to the steps.", labels=["topic"]
        ),
        "sent": CounterMetricFamily(
            "faust_messages_sent", "Records handed to the producer, those of tables too.", labels=["topic"]
        ),
        "failed": CounterMetricFamily("faust_send_errors", "Records that the brokers did not take."),
        "active": GaugeMetricFamily("faust_messages_active", "Records given to the steps and not yet done."),
        "assigned": CounterMetricFamily(
            "faust_assignments",
            "Shares of partitions worked out by this worker as the group's leader.",
            labels=["outcome"],
        ),
        "tables": CounterMetricFamily(
            "faust_table_operations", "Keys read, written and deleted.", labels=["table", "operation"]
        ),
    }
